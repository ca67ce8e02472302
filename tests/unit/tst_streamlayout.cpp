// layers: core layout
#include "streamlayout.h"
#include "streamscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr int width = 60;

char mark(StreamLook look)
{
    return "#ra+:~"[static_cast<int>(look)];
}

StreamScene sceneOf(const StreamTimeline& timeline, TimeRange range = {0, width* millisecond})
{
    StreamViewport view;
    view.range = range;
    view.width = width;
    return layOut(timeline, view);
}

/// One line a lane, one character a pixel: the look of the box there, "P" where boxes overlap. What came last is one
/// pixel wide: how long it stands is not known. Below lines with
/// exposure a line of "=".
QStringList picture(const StreamTimeline& timeline, const StreamScene& scene)
{
    QStringList lines;
    const auto trimmed = [](std::string line) {
        line.erase(line.find_last_not_of(' ') + 1);
        return QString::fromStdString(line);
    };
    for (const StreamLaneBox& lane : scene.lanes) {
        std::string line(width, ' ');
        for (const StreamBox& box : scene.boxes) {
            for (int x = std::max(box.rect.x, 0); box.lane == lane.lane && x < std::min(box.rect.right(), width); ++x)
                line[static_cast<std::size_t>(x)] = line[static_cast<std::size_t>(x)] == ' ' ? mark(box.look) : 'P';
        }
        lines << (timeline.lanes[lane.lane].drafts ? "drafts " : "text   ") + trimmed(line);
        std::string below(width, ' ');
        for (const ExposureLine& exposure : scene.exposures) {
            for (int x = std::max(exposure.fromX, 0);
                 exposure.y >= lane.y + lane.height - 1 && exposure.y < lane.y + lane.height + 6 &&
                 x < std::min(exposure.toX, width);
                 ++x)
                below[static_cast<std::size_t>(x)] = '=';
        }
        if (below.find('=') != std::string::npos)
            lines << "       " + trimmed(below);
    }
    return lines;
}

} // namespace

class TestStreamLayout : public QObject
{
    Q_OBJECT

private slots:
    void chunksLieAtTheirTimes()
    {
        const auto timeline = streamTimeline(modelOf("0 chunk a\n10 chunk b\n20 chunk c\n30 end"), {}, noTime);
        QVERIFY(!timeline->ordinal);
        QCOMPARE(picture(*timeline, sceneOf(*timeline)), QStringList{"text   #####################"});
        QCOMPARE(timeline->bounds.end, 30 * millisecond);
        QCOMPARE(timeline->eventAt(15 * millisecond), 1u);
    }

    void aStallStaysEmpty()
    {
        const auto timeline =
            streamTimeline(modelOf("0 chunk a\n4 chunk b\n8 chunk c\n50 chunk d\n54 chunk e\n58 end"), {}, noTime);
        QCOMPARE(picture(*timeline, sceneOf(*timeline)),
                 QStringList{"text   ########################                          #####"});
    }

    void whatWasTakenBackShowsHowLongItStood()
    {
        const auto timeline = streamTimeline(
            modelOf("0 chunk sure\n10 chunk no\n30 retract 4 6 refusal\n30 chunk sorry\n40 chunk x"), {}, noTime);
        QCOMPARE(
            picture(*timeline, sceneOf(*timeline)),
            (QStringList{"text   ##########~~~~~~~~~~~~~~~~~~~~###########", "                 ===================="}));
    }

    void draftsLieAboveWithTheirFate()
    {
        const auto timeline = streamTimeline(
            modelOf("0 chunk abcd\n10 draft@4 d efgh\n30 accept d 6\n30 chunk XY\n40 chunk Z\n50 end"), {}, noTime);
        QCOMPARE(
            picture(*timeline, sceneOf(*timeline)),
            (QStringList{"drafts           ++++++++++~~~~~~~~~~", "text   ##########++++++++++~~~~~~~~~~###########",
                         "                 ===================="}));
    }

    void withoutTimesTheAxisCounts()
    {
        const auto timeline = streamTimeline(modelOf("- start\n- chunk a\n- chunk b\n- end"), {}, noTime);
        QVERIFY(timeline->ordinal);
        QCOMPARE(timeline->bounds.end, Nanos(4'000));
        const StreamScene scene = sceneOf(*timeline, {0, 6'000});
        QCOMPARE(picture(*timeline, scene), QStringList{"text             ####################"});
        QVERIFY(scene.gaps.empty());
        const auto one = streamTimeline(modelOf("- start\n- chunk a\n- end"), {}, noTime);
        QCOMPARE(picture(*one, sceneOf(*one, {0, 6'000})), QStringList{"text             ##########"});
        QCOMPARE(timeline->eventAt(2'500), 2u);
        QCOMPARE(timeline->eventAt(99'000), 3u);
        QCOMPARE(timeline->eventAt(-1), noEvent);
    }

    void exposuresThatCrossLieBelowEachOther()
    {
        const auto timeline = streamTimeline(
            modelOf("0 chunk ab\n10 chunk cd\n20 retract 2 4 retry\n25 chunk e\n40 retract 0 3 refusal"), {}, noTime);
        const StreamScene scene = sceneOf(*timeline);
        QCOMPARE(scene.exposures.size(), std::size_t(2));
        QCOMPARE(scene.exposures[0].fromX, 10);
        QCOMPARE(scene.exposures[1].fromX, 0);
        QVERIFY(scene.exposures[1].y > scene.exposures[0].y);
    }

    void narrowPiecesAreOneRun()
    {
        StreamWriter writer;
        StreamEvent event;
        event.kind = StreamEventKind::Chunk;
        event.text = "ab";
        for (int i = 0; i < 100'000; ++i) {
            event.time = i * 10'000;
            writer.add(event);
        }
        const auto timeline = streamTimeline(StreamModel::of(writer.take()), {}, noTime);
        const StreamScene scene = sceneOf(*timeline, {0, second});
        QCOMPARE(scene.boxes.size(), std::size_t(1));
        QCOMPARE(scene.boxes.front().count, 100'000u);
        QCOMPARE(scene.boxes.front().rect.width, width);
        QCOMPARE(scene.longestGap, Nanos(10'000));
        QCOMPARE(QString::fromStdString(textOf(*timeline, scene.boxes.front(), 5)), "ababa");
    }

    void marksStretchesAndPhasesHaveTheirPlace()
    {
        StreamMarks marks;
        marks.phases = {{StreamPhaseKind::Waiting, {0, 10 * millisecond}, PhaseSource::Measured}};
        marks.stretches = {
            {StreamStretch::Kind::Stall, {10 * millisecond, 40 * millisecond}, 0, 0, noEvent, 0, 0, "nothing came"},
            {StreamStretch::Kind::Loop, {}, 1, 2, 0, 3, 1, "it repeats itself"}};
        const auto timeline =
            streamTimeline(modelOf("10 chunk a\n40 chunk b\n45 chunk c\n50 ping\n50 stop end_turn\n50 ping"), marks, 0);
        const StreamScene scene = sceneOf(*timeline);
        QCOMPARE(timeline->origin, Nanos(0));
        QCOMPARE(scene.phases.front().rect.width, 10);
        QCOMPARE(scene.stretches[0].rect.x, 10);
        QCOMPARE(scene.stretches[0].rect.right(), 40);
        QCOMPARE(scene.stretches[1].rect.y, scene.lanes.front().y);
        QCOMPARE(scene.marks.size(), std::size_t(1));
        QCOMPARE(scene.marks.front().event, 4u);
        QCOMPARE(scene.gaps[40], 30 * millisecond);
        QVERIFY(boxAt(scene, 11, scene.lanes.front().y + 1));
        QVERIFY(!boxAt(scene, 1, scene.lanes.front().y + 1));
    }

    void textIsCutBetweenCharacters()
    {
        const auto timeline = streamTimeline(modelOf("0 chunk aé€b\n1 end"), {}, noTime);
        const StreamScene scene = sceneOf(*timeline);
        QCOMPARE(QString::fromStdString(textOf(*timeline, scene.boxes.front(), 5)), QString::fromUtf8("aé"));
    }

    void nothingIsNoPicture()
    {
        const auto timeline = streamTimeline(modelOf(""), {}, noTime);
        const StreamScene scene = sceneOf(*timeline);
        QVERIFY(scene.boxes.empty());
        QVERIFY(scene.lanes.empty());
    }

    void whatTheSourceStatesHasItsOwnRow()
    {
        StreamMarks marks;
        marks.phases = {{StreamPhaseKind::Waiting, {0, 10 * millisecond}, PhaseSource::Measured}};
        marks.stated = {{StreamPhaseKind::Queueing, {0, 4 * millisecond}, PhaseSource::Declared},
                        {StreamPhaseKind::Prefill, {4 * millisecond, 70 * millisecond}, PhaseSource::Declared}};
        const auto timeline = streamTimeline(modelOf("10 chunk a\n20 chunk b"), marks, 0);
        QCOMPARE(timeline->bounds.end, 70 * millisecond);
        const StreamScene scene = sceneOf(*timeline);
        QCOMPARE(scene.stated.size(), std::size_t(2));
        QCOMPARE(scene.stated[1].rect.x, 4);
        QVERIFY(scene.statedTop >= scene.phases[0].rect.bottom());
        QVERIFY(scene.lanes[0].y >= scene.stated[0].rect.bottom());
        // Their times mean nothing on an axis that counts.
        const auto counted = streamTimeline(modelOf("- chunk a\n- chunk b"), marks, noTime);
        QVERIFY(sceneOf(*counted, {0, 2'000}).stated.empty());
    }

    void textsThatDisagreeAreLinked()
    {
        StreamMarks marks;
        marks.links = {{0, 0, 2, "a number differs"}, {0, 2, 3, "too narrow"}, {0, noEvent, 3, "no place"}};
        const auto timeline =
            streamTimeline(modelOf("0 chunk 41\n30 retract 0 2 retry\n31 chunk 39\n33 chunk x"), marks, 0);
        const StreamScene scene = sceneOf(*timeline);
        QCOMPARE(scene.links.size(), std::size_t(1));
        QCOMPARE(scene.links[0].fromX, 0);
        QCOMPARE(scene.links[0].toX, 31);
        QCOMPARE(scene.links[0].y, scene.lanes[0].y);
        QVERIFY(sceneOf(*timeline, {40 * millisecond, 100 * millisecond}).links.empty());
    }
};

QTEST_APPLESS_MAIN(TestStreamLayout)
#include "tst_streamlayout.moc"
