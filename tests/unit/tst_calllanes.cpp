// layers: core layout
#include "calllanes.h"

#include <QTest>

#include <map>
#include <sstream>

using namespace arcscope;

namespace
{

constexpr int width = 40;
constexpr int rowHeight = 10;

/// One row a line, indented by its depth: `NAME [own=A-B] [asked=] [run=A-B] [given=] [joined=] [attempt=] [wasted=A-B]
/// [critical=A-B] [failed|cancelled|late|retry|unpaired|owner|open]`, times in pixels of the pictures below.
CallLanes lanesOf(const std::string& text)
{
    CallLanes lanes;
    std::vector<std::uint32_t> open;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto depth = static_cast<std::uint32_t>(line.find_first_not_of(' '));
        LaneRow row;
        row.depth = depth;
        open.resize(std::min<std::size_t>(depth, open.size()));
        row.parent = open.empty() ? LaneRow::none : open.back();
        std::istringstream words(line);
        std::string word;
        words >> word; // its name
        while (words >> word) {
            const auto equals = word.find('=');
            const std::string key = word.substr(0, equals);
            const std::string value = equals == std::string::npos ? std::string() : word.substr(equals + 1);
            const auto dash = value.find('-');
            const auto range = [&] {
                return TimeRange{std::stoll(value.substr(0, dash)) * millisecond,
                                 std::stoll(value.substr(dash + 1)) * millisecond};
            };
            const std::map<std::string, LaneFlag> flags{
                {"owner", LaneFlag::Owner},  {"failed", LaneFlag::Failed}, {"cancelled", LaneFlag::Cancelled},
                {"late", LaneFlag::Late},    {"retry", LaneFlag::Retry},   {"unpaired", LaneFlag::Unpaired},
                {"open", LaneFlag::OpenEnd}, {"agent", LaneFlag::Agent}};
            if (const auto flag = flags.find(key); flag != flags.end())
                row.flags.set(flag->second);
            else if (key == "run")
                row.run = range();
            else if (key == "own")
                row.own = range();
            else if (key == "wasted")
                row.wasted = range();
            else if (key == "critical") {
                row.firstCritical = static_cast<std::uint32_t>(lanes.critical.size());
                row.criticals = 1;
                lanes.critical.push_back(range());
            } else {
                Nanos& time = key == "asked"    ? row.asked
                              : key == "off"    ? row.calledOff
                              : key == "given"  ? row.given
                              : key == "joined" ? row.joined
                                                : row.attemptEnd;
                time = std::stoll(value) * millisecond;
            }
        }
        open.push_back(static_cast<std::uint32_t>(lanes.rows.size()));
        lanes.rows.push_back(row);
    }
    closeRows(lanes);
    lanes.bounds = {0, width * millisecond};
    return lanes;
}

CallViewport viewport(int height = 1'000, int scroll = 0)
{
    CallViewport view;
    view.range = {0, width * millisecond};
    view.width = width;
    view.height = height;
    view.rowHeight = rowHeight;
    view.scroll = scroll;
    view.critical = true;
    return view;
}

/// One line a row that is seen: `o` an owner, `=` a scope, `+` folded calls, `_` between, `?` asked for, `-` idle, `:`
/// since the attempt before, `.` waiting, `#` running, `/` cancelled, `!` late, `~` wasted, `^` critical, `|` a join;
/// `<` and `>` where it goes on.
QStringList picture(const CallLanes& lanes, const CallRows& rows, const CallViewport& view)
{
    const CallScene scene = layOut(lanes, rows, view);
    std::vector<std::string> lines(scene.places, std::string(width, ' '));
    for (const LanePiece& piece : scene.pieces) {
        const char mark = "o=+_?-:.#/!~^|"[static_cast<int>(piece.part)];
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto place = scene.firstPlace + static_cast<std::uint32_t>(i);
            const int middle = static_cast<int>(place) * rowHeight - view.scroll + rowHeight / 2;
            const bool join = piece.part == LanePart::Join;
            if (join ? middle < piece.rect.y || middle > piece.rect.bottom() : rows.visible()[place] != piece.row)
                continue;
            for (int x = std::max(piece.rect.x, 0); x < std::min(piece.rect.right(), width); ++x)
                lines[i][static_cast<std::size_t>(x)] = mark;
            if (piece.cutLeft)
                lines[i].front() = '<';
            if (piece.cutRight)
                lines[i].back() = '>';
        }
    }
    QStringList all;
    for (std::string& line : lines) {
        line.erase(line.find_last_not_of(' ') + 1);
        all << QString::fromStdString(line);
    }
    return all;
}

QStringList picture(const CallLanes& lanes)
{
    return picture(lanes, CallRows(lanes), viewport());
}

} // namespace

class TestCallLanes : public QObject
{
    Q_OBJECT

private slots:
    void callsWaitRunAndAreJoined()
    {
        QCOMPARE(picture(lanesOf("turn owner own=0-4 run=6-20 joined=24\n"
                                 " a asked=4 run=6-10\n"
                                 " b asked=4 run=8-20\n")),
                 (QStringList{"oooo  ==============    |", "    ..####--------------|", "    ....############----|"}));
    }

    /// A pause of the rows in sight takes a few pixels; an agent that goes on all the time does not hinder it.
    void longPausesAreFolded()
    {
        const std::string text = "all owner agent own=0-1000 run=0-1000\n"
                                 " a asked=0 run=2-8\n"
                                 " b asked=992 run=994-1000\n";
        CallLanes lanes = lanesOf(text);
        lanes.bounds = {0, 1000 * millisecond};
        CallViewport view = viewport();
        view.range = lanes.bounds;
        QVERIFY(picture(lanes, CallRows(lanes), view)[1].size() <= 3);
        view.fold = 4;
        const CallScene scene = layOut(lanes, CallRows(lanes), view);
        QCOMPARE(scene.axis.folds().size(), std::size_t(1));
        QCOMPARE(scene.axis.folds()[0].pause, (TimeRange{8 * millisecond, 992 * millisecond}));
        QCOMPARE(scene.axis.folds()[0].to - scene.axis.folds()[0].from, 4.0);
        QCOMPARE(picture(lanes, CallRows(lanes), view)[1].count(QLatin1Char('#')), 13);
        const int inFirst = static_cast<int>(scene.axis.x(5 * millisecond));
        QVERIFY(hitTest(lanes, CallRows(lanes), view, inFirst, rowHeight + 5).part == LanePart::Run);
        // Rows out of sight have no say.
        view.height = 2 * rowHeight;
        const CallScene one = layOut(lanes, CallRows(lanes), view);
        QVERIFY(one.axis.folds().empty());
        QVERIFY(one.axis.x(0) > 0 && one.axis.x(8 * millisecond) < width); // the agent is cut
        QVERIFY(!one.ticks.ticks.empty() && one.ticks.ticks.back().time < 20 * millisecond);
        // Without times nothing is long.
        placeByOrder(lanes);
        QVERIFY(layOut(lanes, CallRows(lanes), viewport()).axis.folds().empty());
    }

    void whatWasOnlyAskedForIsAMoment()
    {
        CallLanes lanes = lanesOf("turn owner own=0-4\n"
                                  " a asked=4 run=4-4 open unpaired\n");
        lanes.rows[1].flags.set(LaneFlag::NotRun);
        QCOMPARE(picture(lanes)[1], QStringLiteral("    ??"));
        placeByOrder(lanes);
        CallViewport view = viewport();
        view.range = lanes.bounds;
        QCOMPARE(picture(lanes, CallRows(lanes), view)[1].trimmed(), QStringLiteral("??"));
    }

    void whatEndsBehindTheJoinIsOutsideOfItsScope()
    {
        QCOMPARE(picture(lanesOf("turn owner run=2-30 joined=14\n"
                                 " a run=2-10\n"
                                 " b run=2-30 late\n")),
                 (QStringList{"  ============|===============", //
                              "  ########----|",                //
                              "  ############|!!!!!!!!!!!!!!!"}));
    }

    void aRetryShowsWhereTheAttemptBeforeEnded()
    {
        QCOMPARE(picture(lanesOf("turn owner run=2-24\n"
                                 " a run=2-8 failed\n"
                                 " a run=14-24 attempt=8 retry\n")),
                 (QStringList{"  ======================", "  ######", "        ::::::##########"}));
    }

    void whatWasCancelledIsMarkedFromThenOn()
    {
        QCOMPARE(picture(lanesOf("turn owner run=2-20\n"
                                 " a run=2-20 cancelled off=10\n"
                                 " b run=2-20 cancelled\n")),
                 (QStringList{"  ==================", "  ########//////////", "  //////////////////"}));
    }

    void workAfterTheFailureThatDecidedIsWasted()
    {
        QCOMPARE(picture(lanesOf("turn owner run=2-30\n"
                                 " a run=2-10 failed\n"
                                 " b run=2-30 wasted=10-30\n")),
                 (QStringList{"  ============================", "  ########", "  ########~~~~~~~~~~~~~~~~~~~~"}));
    }

    void withoutTimesOfItsOwnACallLiesBetweenAskingAndGiving()
    {
        QCOMPARE(picture(lanesOf("turn owner\n"
                                 " a asked=5 given=15\n"
                                 " b asked=5\n"
                                 " c given=15\n"
                                 " d\n")),
                 (QStringList{"", "     __________", "     ??", "               ??", ""}));
    }

    void theCriticalPathIsALineOfItsOwn()
    {
        const CallLanes lanes = lanesOf("turn owner run=2-20\n a run=2-20 critical=6-12\n");
        QCOMPARE(picture(lanes).at(1), QStringLiteral("  ####^^^^^^########"));
        CallViewport without = viewport();
        without.critical = false;
        QCOMPARE(picture(lanes, CallRows(lanes), without).at(1), QStringLiteral("  ##################"));
    }

    void aCollapsedOwnerShowsItsCallsInOneRow()
    {
        const CallLanes lanes = lanesOf("turn owner run=2-30 joined=32\n"
                                        " a run=2-10\n"
                                        "  inner owner run=3-9\n"
                                        "   x run=3-9\n"
                                        " b run=6-14\n"
                                        " c run=20-30\n"
                                        "next owner run=34-36\n");
        CallRows rows(lanes);
        rows.setCollapsed(0, true);
        QCOMPARE(picture(lanes, rows, viewport()),
                 (QStringList{"  ++++++++++++      ++++++++++", "                                  =="}));
        QVERIFY(!rows.place(1));
        QCOMPARE(rows.place(6), std::optional(1u));
        rows.setCollapsed(0, false);
        rows.setCollapsed(2, true);
        QCOMPARE(rows.size(), std::size_t(6));
        QCOMPARE(rows.lastChild(0), std::optional(4u));
        QVERIFY(!rows.lastChild(2));
    }

    void whatIsZoomedGoesOnOutside()
    {
        const CallLanes lanes = lanesOf("turn owner run=0-40\n a run=0-40\n b run=30-40\n");
        CallViewport view = viewport();
        view.range = {10 * millisecond, 20 * millisecond};
        QCOMPARE(picture(lanes, CallRows(lanes), view),
                 (QStringList{"<" + QString(width - 2, u'=') + ">", "<" + QString(width - 2, u'#') + ">", ""}));
    }

    void onlyRowsInSightAreLookedAt()
    {
        // A hundred owners inside of each other, each with a hundred calls.
        CallLanes lanes;
        std::uint32_t parent = LaneRow::none;
        std::uint32_t depth = 0;
        for (int level = 0; level < 50; ++level) {
            LaneRow owner;
            owner.parent = parent;
            owner.depth = depth++;
            owner.flags.set(LaneFlag::Owner);
            owner.run = {0, width * millisecond};
            owner.joined = 39 * millisecond;
            const auto row = static_cast<std::uint32_t>(lanes.rows.size());
            lanes.rows.push_back(owner);
            for (int call = 0; call < 200; ++call) {
                LaneRow each;
                each.parent = row;
                each.depth = depth;
                each.run = {call * 100'000, call * 100'000 + millisecond};
                lanes.rows.push_back(each);
            }
            parent = static_cast<std::uint32_t>(lanes.rows.size() - 1);
            ++depth;
        }
        closeRows(lanes);
        lanes.bounds = {0, width * millisecond};
        const CallRows rows(lanes);
        QCOMPARE(rows.size(), std::size_t(10'050));
        const CallScene scene = layOut(lanes, rows, viewport(400, 9'000 * rowHeight + 5));
        QCOMPARE(scene.firstPlace, 9'000u);
        QCOMPARE(scene.places, 41u);
        QVERIFY2(scene.touched < 200, qPrintable(QString::number(scene.touched)));
        QVERIFY(scene.pieces.size() < 200);
        QCOMPARE(rows.place(9'000), std::optional(9'000u));
    }

    void joinsOfOwnersAboveReachIntoThePicture()
    {
        std::string text = "turn owner run=2-20 joined=30\n";
        for (int i = 0; i < 30; ++i)
            text += " a run=2-20\n";
        const CallLanes lanes = lanesOf(text);
        const QStringList seen = picture(lanes, CallRows(lanes), viewport(3 * rowHeight, 10 * rowHeight));
        QCOMPARE(seen, (QStringList{"  ##################----------|", "  ##################----------|",
                                    "  ##################----------|"}));
    }

    void onlyWhatIsKeptAndWhatItLiesInIsSeen()
    {
        const CallLanes lanes = lanesOf("turn owner run=2-20\n"
                                        " a run=2-20\n"
                                        " b run=2-20\n"
                                        "  inner owner run=3-9\n"
                                        "   x run=3-9 failed\n"
                                        "next owner run=22-30\n"
                                        " c run=22-30\n");
        CallRows rows(lanes);
        std::vector<bool> kept(lanes.rows.size());
        for (std::size_t i = 0; i < kept.size(); ++i)
            kept[i] = lanes.rows[i].flags.problem();
        rows.setKept(kept);
        QCOMPARE(std::vector<std::uint32_t>(rows.visible().begin(), rows.visible().end()),
                 (std::vector<std::uint32_t>{0, 2, 3, 4}));
        rows.setKept({});
        QCOMPARE(rows.size(), std::size_t(7));
    }

    void problemsFollowEachOtherAround()
    {
        const CallLanes lanes = lanesOf("turn owner\n a failed\n b\n c late\n");
        const CallRows rows(lanes);
        QCOMPARE(nextProblem(lanes, rows, LaneRow::none, true), 1u);
        QCOMPARE(nextProblem(lanes, rows, 1, true), 3u);
        QCOMPARE(nextProblem(lanes, rows, 3, true), 1u);
        QCOMPARE(nextProblem(lanes, rows, 1, false), 3u);
        QCOMPARE(nextProblem(lanes, rows, LaneRow::none, false), 3u);
        const CallLanes fine = lanesOf("turn owner agent\n a open\n");
        QCOMPARE(nextProblem(fine, CallRows(fine), 0, true), LaneRow::none);
    }

    void withoutTimesTheAxisCounts()
    {
        CallLanes lanes = lanesOf("turn owner\n a\n b failed\nnext owner\n c\n");
        placeByOrder(lanes);
        QVERIFY(lanes.ordinal);
        QCOMPARE(lanes.bounds, (TimeRange{0, 5 * orderStep}));
        CallViewport view = viewport();
        view.range = lanes.bounds;
        QCOMPARE(
            picture(lanes, CallRows(lanes), view),
            (QStringList{QString(24, u'='), QString(8, u' ') + QString(8, u'#'), QString(16, u' ') + QString(8, u'#'),
                         QString(24, u' ') + QString(16, u'='), QString(32, u' ') + QString(8, u'#')}));
        const CallScene scene = layOut(lanes, CallRows(lanes), view);
        QVERIFY(!scene.ticks.ticks.empty());
        const auto labelled = std::find_if(scene.ticks.ticks.begin(), scene.ticks.ticks.end(),
                                           [](const Tick& tick) { return !tick.label.empty(); });
        QVERIFY(labelled != scene.ticks.ticks.end() && labelled->label.starts_with("#"));
    }

    void aPointTellsRowAndPart()
    {
        const CallLanes lanes = lanesOf("turn owner run=6-20 joined=24\n"
                                        " a asked=4 run=8-12\n");
        const CallRows rows(lanes);
        const auto at = [&](int x, int y) { return hitTest(lanes, rows, viewport(), x, y, 0); };
        QCOMPARE(at(10, 15).row, 1u);
        QCOMPARE(at(10, 15).part, std::optional(LanePart::Run));
        QCOMPARE(at(5, 15).part, std::optional(LanePart::Wait));
        QCOMPARE(at(20, 15).part, std::optional(LanePart::Idle));
        QCOMPARE(at(35, 15).row, 1u);
        QVERIFY(!at(35, 15).part);
        QCOMPARE(at(10, 5).part, std::optional(LanePart::Scope));
        QCOMPARE(at(10, 25).row, LaneRow::none);
        QCOMPARE(at(10, -1).row, LaneRow::none);
        QCOMPARE(contentHeight(rows, viewport()), 2 * rowHeight);
    }

    void theStoryOfARowReachesFromAskingToTheJoin()
    {
        const CallLanes lanes = lanesOf("turn owner own=0-4 run=6-20 joined=24\n"
                                        " a asked=4 run=8-12 given=24\n"
                                        " b\n");
        QCOMPARE(lanes.calls, (TimeRange{0, 24 * millisecond}));
        QCOMPARE(storyOf(lanes, 0), (TimeRange{0, 24 * millisecond}));
        QCOMPARE(storyOf(lanes, 1), (TimeRange{4 * millisecond, 24 * millisecond}));
        QVERIFY(!storyOf(lanes, 2).recorded());
    }

    void joinsOfNarrowScopesAreLeftOut()
    {
        const CallLanes lanes = lanesOf("turn owner run=6-20 joined=24\n a run=6-20\n");
        CallViewport view = viewport();
        view.range = {0, 1'000 * width * millisecond};
        const CallScene scene = layOut(lanes, CallRows(lanes), view);
        QVERIFY(std::none_of(scene.pieces.begin(), scene.pieces.end(),
                             [](const LanePiece& piece) { return piece.part == LanePart::Join; }));
    }

    void nothingToDrawIsNoError()
    {
        const CallLanes none;
        const CallRows rows(none);
        QVERIFY(layOut(none, rows, viewport()).pieces.empty());
        QCOMPARE(hitTest(none, rows, viewport(), 1, 1).row, LaneRow::none);
        QCOMPARE(nextProblem(none, rows, LaneRow::none, true), LaneRow::none);
    }
};

QTEST_APPLESS_MAIN(TestCallLanes)
#include "tst_calllanes.moc"
