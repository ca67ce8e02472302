// layers: core layout analysis
#include "findinglayout.h"

#include "assembledcorpus.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const char* const spans = R"(
    t root - agent 0-100 agent=main
    t ask root model 0-40
    t tool root tool 40-60
    t say root model 60-100
)";

struct Laid {
    Corpus corpus = corpusOf(spans);
    std::shared_ptr<const TimelineData> data = traceTimeline(corpus, 0, {}, {}).value();
    Viewport view;

    Laid()
    {
        view.range = data->bounds;
        view.width = 1'000;
        view.height = 400;
    }
    Row row(const char* name) const { return rowNamed(corpus, name); }
    FindingScene scene(const std::vector<TimelineFinding>& findings,
                       std::optional<std::uint32_t> chosen = std::nullopt) const
    {
        return layOutFindings(*data, view, findings, chosen, 1);
    }
};

} // namespace

class TestFindingLayout : public QObject
{
    Q_OBJECT

private slots:
    void flagsStandAtTheMomentOrTheStart()
    {
        const Laid laid;
        const FindingScene scene = laid.scene({{laid.row("tool")},
                                               {laid.row("say"), 80 * millisecond, noRow, noTime, false},
                                               {laid.row("ask"), 30 * millisecond}});
        QCOMPARE(scene.flags.size(), std::size_t(3));
        QCOMPARE(scene.flags[0].x, 400);
        QCOMPARE(scene.flags[1].x, 800);
        QVERIFY(scene.flags[0].sure && !scene.flags[1].sure);
        QCOMPARE(scene.flags[2].x, 300);
        QCOMPARE(laid.scene({{laid.row("ask"), 90 * millisecond}}).flags[0].x, 400); // not beside its span
        const auto rect = rectOf(*laid.data, laid.view, laid.row("tool"));
        QCOMPARE(scene.flags[0].y, rect->y);
        QVERIFY(scene.arcs.empty());
        QCOMPARE(flagAt(scene, 803, scene.flags[1].y + 2, 1), &scene.flags[1]);
        QCOMPARE(flagAt(scene, 600, scene.flags[1].y + 2, 1), nullptr);
    }

    void flagsThatCoverEachOtherAreOne()
    {
        const Laid laid;
        std::vector<TimelineFinding> many;
        for (int i = 0; i < 1'000; ++i)
            many.push_back({laid.row("say"), 80 * millisecond + i});
        const FindingScene scene = laid.scene(many);
        QCOMPARE(scene.flags.size(), std::size_t(1));
        QCOMPARE(scene.flags[0].count, std::uint32_t(1'000));
        QCOMPARE(scene.flags[0].finding, std::uint32_t(0));
    }

    void arcsLeadFromOnePlaceToTheOther()
    {
        const Laid laid;
        const TimelineFinding linked{laid.row("tool"), noTime, laid.row("say"), noTime, true};
        const FindingScene scene = laid.scene({linked});
        QCOMPARE(scene.flags.size(), std::size_t(2));
        QCOMPARE(scene.arcs.size(), std::size_t(1));
        const FindingArc& arc = scene.arcs[0];
        QVERIFY(!arc.chosen);
        QCOMPARE(arc.points.front().x, 400.0);
        QCOMPARE(arc.points.back().x, 600.0);
        double top = arc.points.front().y;
        for (const FindingPoint& point : arc.points)
            top = std::min(top, point.y);
        QVERIFY(top < arc.points.front().y - laid.view.rowHeight); // bent over what lies between
        QVERIFY(top >= 0);
        QVERIFY(arc.points.size() > 10 && arc.points.size() < 500);
    }

    void anArcWithoutRoomAboveHangs()
    {
        Laid laid;
        laid.view.scroll = static_cast<int>(rectOf(*laid.data, laid.view, laid.row("tool"))->y); // first line in sight
        const FindingScene scene = laid.scene({{laid.row("tool"), noTime, laid.row("say"), noTime, true}});
        QCOMPARE(scene.arcs.size(), std::size_t(1));
        double bottom = 0;
        for (const FindingPoint& point : scene.arcs[0].points) {
            QVERIFY(point.y >= 0 && point.y <= laid.view.height);
            bottom = std::max(bottom, point.y);
        }
        QVERIFY(bottom > scene.arcs[0].points.front().y + laid.view.rowHeight);
    }

    void onlyTheStrongestHaveArcsAndTheChosenOne()
    {
        const Laid laid;
        const std::vector<TimelineFinding> many(100, {laid.row("tool"), noTime, laid.row("say"), noTime, true});
        QCOMPARE(laid.scene(many).arcs.size(), mostFindingArcs);
        const FindingScene scene = laid.scene(many, 77);
        QCOMPARE(scene.arcs.size(), mostFindingArcs + 1);
        QVERIFY(scene.arcs.back().chosen);
        QCOMPARE(scene.arcs.back().finding, std::uint32_t(77));
        QCOMPARE(laid.scene(many, 3).arcs.size(), mostFindingArcs + 1); // its own stands beside those of the others
    }

    void whatIsNotSeenHasNoFlag()
    {
        Laid laid;
        const TimelineFinding linked{laid.row("ask"), noTime, laid.row("say"), noTime, true};
        laid.view.range = {55 * millisecond, 70 * millisecond};
        FindingScene scene = laid.scene({linked});
        QCOMPARE(scene.flags.size(), std::size_t(1));
        QCOMPARE(scene.arcs.size(), std::size_t(1)); // one end is seen
        for (const FindingPoint& point : scene.arcs[0].points)
            QVERIFY(std::abs(point.x) < 3'000);
        laid.view.range = {30 * millisecond, 50 * millisecond};
        scene = laid.scene({linked});
        QVERIFY(scene.flags.empty() && scene.arcs.empty());
        laid.view.range = laid.data->bounds;
        laid.view.lanes.resize(laid.data->lanes.size());
        for (LaneState& lane : laid.view.lanes)
            lane.hidden = true;
        QVERIFY(laid.scene({linked}).flags.empty());
        QVERIFY(laid.scene({{Row(9'999)}, {noRow}}).flags.empty());
        QVERIFY(layOutFindings(TimelineData{}, laid.view, {linked}, 0, 1).flags.empty());
    }

    void manyCostLittle()
    {
        const Laid laid;
        std::vector<TimelineFinding> many;
        for (int i = 0; i < 20'000; ++i)
            many.push_back({laid.row("say"), (60 + i % 40) * millisecond, laid.row("ask"), noTime, i % 2 == 0});
        QElapsedTimer timer;
        timer.start();
        const FindingScene scene = laid.scene(many, 5);
        qInfo("20,000 findings: %lld us", static_cast<long long>(timer.nsecsElapsed() / 1'000));
        QVERIFY(scene.flags.size() < 200);
        QVERIFY(timer.elapsed() < 500);
    }
};

QTEST_APPLESS_MAIN(TestFindingLayout)
#include "tst_findinglayout.moc"
