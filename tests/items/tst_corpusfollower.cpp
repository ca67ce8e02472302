// layers: core analysis items store pipeline
// Following and clocks as the state of a window has them.
#include "appstate.h"
#include "imported.h"
#include "notebook.h"
#include "otlpclocks.h"

#include <QSignalSpy>
#include <QTest>

#include <cstdio>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr int patience = 60'000;

std::string span(int number, const std::string& name)
{
    return otlpLine({.span = number, .parent = number == 1 ? 0 : 1, .start = number, .end = 90, .name = name});
}

void append(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::app) << bytes;
}

} // namespace

class TestCorpusFollower : public QObject
{
    Q_OBJECT

private slots:
    void whatComesIsShownAndPlacesStay()
    {
        const Files files;
        const std::string path = files.write("log.jsonl", span(1, "root") + span(2, "a") + "{\"half");
        AppState state;
        state.open({QString::fromStdString(path)});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QVERIFY(state.canFollow());
        QVERIFY(!state.following()); // not unless it is asked for
        state.setSpan(1);
        state.setVisibleRange({5, 6});
        const unsigned opening = state.opening();
        state.setFollowing(true);
        QSignalSpy looked(&state.follower(), &CorpusFollower::looked);
        QTRY_VERIFY_WITH_TIMEOUT(looked.size() > 0, patience);
        QCOMPARE(state.openCorpus()->issueRows, 0U); // the half line is waited for
        QCOMPARE(state.newSpans(), 0);
        append(path, "\n" + span(3, "b") + span(4, "c"));
        state.lookAtFiles();
        QTRY_COMPARE_WITH_TIMEOUT(state.newSpans(), 2, patience);
        QCOMPARE(treesOf(*state.corpus()), QStringLiteral("root(a b c)"));
        QCOMPARE(state.opening(), opening);
        QCOMPARE(state.corpus()->text(SpanText::Name, state.span()), std::string_view("a"));
        QCOMPARE(state.visibleRange(), (TimeRange{5, 6}));
        QVERIFY(state.canGoBack());
        state.markSeen();
        QCOMPARE(state.newSpans(), 0);
        state.setFollowing(false);
        append(path, span(5, "d"));
        state.lookAtFiles();
        QTest::qWait(0);
        QCOMPARE(treesOf(*state.corpus()), QStringLiteral("root(a b c)"));
    }

    void listenersKnowThatItGrew()
    {
        const Files files;
        const std::string path = files.write("log.jsonl", span(1, "root"));
        AppState state;
        state.open({QString::fromStdString(path)});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        state.announce();
        bool growing = false;
        connect(&state, &AppState::corpusChanged, this, [&] { growing = state.growing(); });
        state.setFollowing(true);
        append(path, span(2, "a"));
        QTRY_COMPARE_WITH_TIMEOUT((state.lookAtFiles(), state.corpus()->spans.rows()), 2U, patience);
        state.announce();
        QVERIFY(growing);
        QVERIFY(!state.growing());
    }

    void itStopsWithAReason()
    {
        const Files files;
        const std::string path = files.write("log.jsonl", span(1, "root"));
        AppState state;
        state.open({QString::fromStdString(path)});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QVERIFY(std::remove(path.c_str()) == 0);
        QSignalSpy stopped(&state, &AppState::followStopped);
        state.setFollowing(true);
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patience);
        QVERIFY(stopped[0][0].toString().contains("log.jsonl"));
        QVERIFY(!state.following());
        QVERIFY(state.isOpen()); // what was read is still there
    }

    void workspacesAreNotFollowed()
    {
        const Files files;
        const std::string work = files.workspace();
        QVERIFY(importInto(work, {files.write("log.jsonl", span(1, "root"))}, {}));
        AppState state;
        state.open({QString::fromStdString(work)});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QVERIFY(!state.canFollow());
        state.setFollowing(true);
        QVERIFY(!state.following());
    }

    void alignedClocksAreKeptWithTheNotes()
    {
        const Files files;
        const QString path = QString::fromStdString(files.write("calls.jsonl", callsWithSkew()));
        {
            AppState state;
            state.open({path});
            QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
            QVERIFY(state.corpus()->spans.flagged(1, SpanFlag::OutsideParent));
            QVERIFY(state.corpus()->clocks.empty()); // nothing is shifted unless it is asked for
            state.setSpan(1);
            state.setClocks({{"stock", 2'000 * millisecond}});
            QTRY_VERIFY_WITH_TIMEOUT(!state.corpus()->clocks.empty(), patience);
            QVERIFY(!state.corpus()->spans.flagged(1, SpanFlag::OutsideParent));
            QCOMPARE(state.span(), Row{1});
            QCOMPARE(state.corpus()->spans.start(1) - state.recordedCorpus()->spans.start(1), 2'000 * millisecond);
        }
        AppState state;
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(!state.corpus()->clocks.empty(), patience);
        QCOMPARE(state.clocks(), (ClockSettings{{"stock", 2'000 * millisecond}}));
        state.setClocks({});
        QTRY_VERIFY_WITH_TIMEOUT(state.corpus()->clocks.empty(), patience);
        QVERIFY(state.corpus()->spans.flagged(1, SpanFlag::OutsideParent));
    }

    void estimatesCanBeUsedWithoutKeepingThem()
    {
        const Files files;
        const QString path = QString::fromStdString(files.write("calls.jsonl", callsWithSkew()));
        AppState state;
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        state.useEstimatedClocks();
        QTRY_VERIFY_WITH_TIMEOUT(!state.corpus()->clocks.empty(), patience);
        QCOMPARE(state.clocks(), (ClockSettings{{"stock", 2'000 * millisecond}}));
        QVERIFY(!QFile::exists(state.notes().file()));
        state.setFollowing(true); // what comes is shifted, too
        append(path.toStdString(), otlpLine({.trace = 9, .span = 9, .start = 0, .end = 5, .service = "stock"}));
        QTRY_COMPARE_WITH_TIMEOUT((state.lookAtFiles(), state.corpus()->spans.rows()), 11U, patience);
        QVERIFY(state.corpus()->spans.flagged(10, SpanFlag::ClockAligned));
    }
};

QTEST_GUILESS_MAIN(TestCorpusFollower)
#include "tst_corpusfollower.moc"
