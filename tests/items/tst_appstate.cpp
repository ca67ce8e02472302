// layers: core items
#include "appstate.h"

#include "largefile.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString week = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/support-week");
const QString oneTrace = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
constexpr int patience = 60'000;

Row firstOfKind(const AppState& state, SpanKind kind)
{
    const SpanTable& spans = state.corpus()->spans;
    for (Row row = 0; row < spans.rows(); ++row) {
        if (spans.kind(row) == kind)
            return row;
    }
    return noRow;
}

} // namespace

class TestAppState : public QObject
{
    Q_OBJECT

private slots:
    void opensAFolder()
    {
        AppState state;
        QSignalSpy loading(&state, &AppState::loadingChanged);
        QVERIFY(!state.isOpen());
        QCOMPARE(state.corpus()->spans.rows(), 0u);
        state.open({week});
        QVERIFY(state.loading());
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QVERIFY(!state.loading());
        QVERIFY(loading.size() >= 2);
        QCOMPARE(state.corpus()->traces.rows(), 174u);
        QCOMPARE(state.corpus()->spans.rows(), 627u);
        QCOMPARE(state.openCorpus()->issueRows, std::uint64_t{3});
        QCOMPARE(state.openCorpus()->refused, std::uint64_t{0});
        QCOMPARE(state.paths(), QStringList{week});
        QVERIFY(QFile::exists(state.workspacePath()));
        QVERIFY(!state.trace());
    }

    void aSingleTraceIsShownAtOnce()
    {
        AppState state;
        state.open({oneTrace});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QCOMPARE(state.trace(), std::optional<std::uint32_t>(0));
        QVERIFY(!state.canGoBack());
    }

    void whatIsMissingIsSaid()
    {
        AppState state;
        QSignalSpy failed(&state, &AppState::failed);
        state.open({QStringLiteral("/nowhere/at/all.json")});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        QVERIFY2(failed.constFirst().constFirst().toString().contains(QStringLiteral("/nowhere/at/all.json")),
                 qPrintable(failed.constFirst().constFirst().toString()));
        QVERIFY(!state.isOpen());
        QVERIFY(!state.loading());
        state.open({oneTrace});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QCOMPARE(failed.size(), 1);
    }

    void theNewestOpeningCounts()
    {
        AppState state;
        QSignalSpy corpora(&state, &AppState::corpusChanged);
        state.open({week});
        state.open({oneTrace});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QTest::qWait(300);
        QCOMPARE(state.corpus()->spans.rows(), 4u);
        QCOMPARE(state.paths(), QStringList{oneTrace});
    }

    void showsWhatIsReadSoFar()
    {
        const QTemporaryDir folder;
        const QString large = writeLargeFile(folder.path());
        AppState state;
        QSignalSpy progressed(&state, &AppState::progressed);
        std::uint32_t partial = 0;
        bool grows = true;
        connect(&state, &AppState::corpusChanged, this, [&] {
            if (!state.loading() || state.corpus()->spans.rows() == 0)
                return;
            grows = grows && state.corpus()->spans.rows() > partial && state.corpus()->traces.rows() == 0;
            partial = state.corpus()->spans.rows();
        });
        state.open({large});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QVERIFY(partial > 0);
        QVERIFY(grows);
        QVERIFY(!progressed.isEmpty());
        QCOMPARE(state.corpus()->spans.rows(), spansOfLargeFile);
        QCOMPARE(state.corpus()->traces.rows(), std::uint32_t{tracesOfLargeFile});

        state.open({large});
        QTRY_VERIFY_WITH_TIMEOUT(state.progress()->spans > 0, patience);
        QSignalSpy failed(&state, &AppState::failed);
        state.cancelLoading();
        QVERIFY(!state.loading());
        QVERIFY(state.isOpen()); // what was open before
        QCOMPARE(state.corpus()->spans.rows(), spansOfLargeFile);
        QCOMPARE(state.corpus()->traces.rows(), std::uint32_t{tracesOfLargeFile});
        QVERIFY(failed.isEmpty());
    }

    void cancellingTheFirstOpeningLeavesNothing()
    {
        const QTemporaryDir folder;
        AppState state;
        QSignalSpy corpora(&state, &AppState::corpusChanged);
        state.open({writeLargeFile(folder.path())});
        QTRY_VERIFY_WITH_TIMEOUT(state.corpus()->spans.rows() > 0, patience);
        QVERIFY(state.loading());
        state.cancelLoading();
        QVERIFY(!state.loading());
        QVERIFY(!state.isOpen());
        QCOMPARE(state.corpus()->spans.rows(), 0u);
        QVERIFY(state.paths().isEmpty());
    }

    void whatCannotBeOpenedLeavesWhatIs()
    {
        AppState state;
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        const unsigned opening = state.opening();
        const CorpusPtr corpus = state.corpus();
        state.setTrace(3);
        state.setFilter(QStringLiteral("kind:tool"));
        QSignalSpy failed(&state, &AppState::failed);
        state.open({QStringLiteral("/nowhere/at/all.json")});
        QVERIFY(state.isOpen()); // there is nothing newer to show
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        QVERIFY(!state.loading());
        QCOMPARE(state.opening(), opening);
        QCOMPARE(state.paths(), QStringList{week});
        QCOMPARE(state.corpus(), corpus);
        QCOMPARE(state.trace(), std::optional<std::uint32_t>(3));
        QCOMPARE(state.filterText(), QStringLiteral("kind:tool"));
        QVERIFY(state.canGoBack());
    }

    void cancellingBringsBackPlaceAndFilter()
    {
        const QTemporaryDir folder;
        AppState state;
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        const unsigned opening = state.opening();
        state.setTrace(3);
        state.setRange({1, 2});
        state.setFilter(QStringLiteral("kind:tool"));
        state.open({writeLargeFile(folder.path())});
        QTRY_VERIFY_WITH_TIMEOUT(state.opening() != opening, patience);
        QVERIFY(!state.isOpen()); // the first spans of the large file are shown
        QVERIFY(!state.trace());
        QCOMPARE(state.filterText(), QString());
        state.cancelLoading();
        QVERIFY(state.isOpen());
        QCOMPARE(state.opening(), opening);
        QCOMPARE(state.paths(), QStringList{week});
        QCOMPARE(state.trace(), std::optional<std::uint32_t>(3));
        QCOMPARE(state.range(), (TimeRange{1, 2}));
        QTRY_VERIFY_WITH_TIMEOUT(state.matches(), patience);
        QCOMPARE(state.matches()->size(), std::size_t{138});
        state.goBack();
        QCOMPARE(state.filterText(), QString());
    }

    void readsTheSameAgain()
    {
        AppState state;
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        const unsigned opening = state.opening();
        state.open(state.paths());
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen() && state.opening() != opening, patience);
        QCOMPARE(state.paths(), QStringList{week});
        QCOMPARE(state.corpus()->spans.rows(), 627u);
    }

    void closingWhileLoadingStaysClosed()
    {
        AppState state;
        state.open({week});
        state.close();
        QVERIFY(!state.loading());
        QTest::qWait(500);
        QVERIFY(!state.isOpen());
        QCOMPARE(state.corpus()->spans.rows(), 0u);
    }

    void dyingWhileLoading()
    {
        auto state = std::make_unique<AppState>();
        state->open({week});
        state.reset();
        QTest::qWait(200);
    }

    void filters()
    {
        AppState state;
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QVERIFY(!state.matches());
        QVERIFY(!state.setFilter(QStringLiteral("kind:tool")));
        QCOMPARE(state.filterText(), QStringLiteral("kind:tool"));
        QTRY_VERIFY_WITH_TIMEOUT(state.matches(), patience);
        QCOMPARE(state.matches()->size(), std::size_t{138});
        QVERIFY(std::is_sorted(state.matches()->begin(), state.matches()->end()));
        for (const Row row : *state.matches())
            QCOMPARE(state.corpus()->spans.kind(row), SpanKind::ToolCall);

        const auto error = state.setFilter(QStringLiteral("kind:"));
        QVERIFY(error);
        QVERIFY(!error->message.empty());
        QCOMPARE(state.filterText(), QStringLiteral("kind:tool"));
        QVERIFY(state.matches());

        QVERIFY(!state.setFilter(QStringLiteral("\"refund\"")));
        QVERIFY(!state.matches());
        QVERIFY(!state.setFilter(QStringLiteral("status:error"))); // the search before it is dropped
        QTRY_VERIFY_WITH_TIMEOUT(!state.filtering(), patience);
        QCOMPARE(state.matches()->size(), std::size_t{20}); // and 3 that are cancelled

        QVERIFY(!state.setFilter({}));
        QVERIFY(!state.matches());
        QVERIFY(!state.filtering());
    }

    void goesBackAndForward()
    {
        AppState state;
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        const Row tool = firstOfKind(state, SpanKind::ToolCall);
        const auto trace = static_cast<std::uint32_t>(state.corpus()->spans.at(SpanColumn::Trace, tool));
        QVERIFY(!state.canGoBack());
        QVERIFY(!state.canGoForward());
        state.setTrace(trace);
        state.setSpan(tool);
        state.setFilter(QStringLiteral("kind:tool"));
        QVERIFY(state.canGoBack());

        state.goBack();
        QCOMPARE(state.filterText(), QString());
        QVERIFY(!state.matches());
        QCOMPARE(state.span(), tool);
        state.goBack();
        QCOMPARE(state.span(), noRow);
        QCOMPARE(state.trace(), std::optional(trace));
        state.goBack();
        QVERIFY(!state.trace());
        QVERIFY(!state.canGoBack());
        state.goBack(); // nothing before: stays
        QVERIFY(!state.trace());
        for (int i = 0; i < 3; ++i)
            state.goForward();
        QCOMPARE(state.filterText(), QStringLiteral("kind:tool"));
        QTRY_VERIFY_WITH_TIMEOUT(state.matches(), patience);
        QVERIFY(!state.canGoForward());

        state.goBack();
        state.setTrace(std::nullopt); // a new way: what was ahead is forgotten
        QVERIFY(!state.canGoForward());
        QCOMPARE(state.span(), tool); // the whole corpus still holds the span
    }

    void aSpanOfAnotherTraceLeadsThere()
    {
        AppState state;
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        const Row other = state.corpus()->rowsOf(5).front();
        state.setSpan(other);
        QVERIFY(!state.trace()); // the whole corpus shows it already
        state.setTrace(2);
        QCOMPARE(state.span(), noRow);
        state.setRange({1, 2});
        QSignalSpy traces(&state, &AppState::traceChanged);
        state.setSpan(other);
        QCOMPARE(state.trace(), std::optional<std::uint32_t>(5));
        QTRY_COMPARE(traces.size(), 1);
        QVERIFY(!state.range().recorded()); // a range of time belongs to its trace
    }

    void eachSignalComesOnceATurn()
    {
        AppState state;
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        state.announce();
        QCoreApplication::processEvents();
        QSignalSpy traces(&state, &AppState::traceChanged);
        QSignalSpy spans(&state, &AppState::spanChanged);
        QSignalSpy ranges(&state, &AppState::rangeChanged);
        QSignalSpy histories(&state, &AppState::historyChanged);
        QSignalSpy filters(&state, &AppState::filterChanged);
        for (std::uint32_t trace = 0; trace < 5; ++trace) {
            state.setTrace(trace);
            state.setSpan(state.corpus()->rowsOf(trace).front());
            state.setRange({1, 2 + Nanos{trace}});
        }
        QCOMPARE(state.trace(), std::optional<std::uint32_t>(4));
        QCOMPARE(traces.size() + spans.size() + ranges.size() + histories.size(), 0);
        QCoreApplication::processEvents();
        QCOMPARE(traces.size(), 1);
        QCOMPARE(spans.size(), 1);
        QCOMPARE(ranges.size(), 1);
        QCOMPARE(histories.size(), 1);
        QCOMPARE(filters.size(), 0);
        state.goBack();
        state.announce();
        QCOMPARE(spans.size(), 2);
        QCoreApplication::processEvents(); // what was announced does not come again
        QCOMPARE(spans.size(), 2);
        QCOMPARE(traces.size(), 1);
    }

    void whatIsNotThereIsNotSelected()
    {
        AppState state;
        state.open({oneTrace});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        state.setSpan(4);
        QCOMPARE(state.span(), noRow);
        state.setTrace(1);
        QCOMPARE(state.trace(), std::optional<std::uint32_t>(0));
    }

    void backRestoresTheVisibleTime()
    {
        AppState state;
        state.open({week});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        state.adjustVisibleRange({0, 1'000}); // the view was fitted: no place of its own
        QVERIFY(!state.canGoBack());
        state.setVisibleRange({100, 200});
        state.setVisibleRange({110, 190});
        state.setVisibleRange({120, 180}); // one gesture
        state.setTrace(3);
        QVERIFY(!state.visibleRange().recorded()); // another trace is shown whole
        state.adjustVisibleRange({5, 9});
        state.setVisibleRange({6, 7});

        state.goBack();
        QCOMPARE(state.trace(), std::optional<std::uint32_t>(3));
        QCOMPARE(state.visibleRange(), (TimeRange{5, 9}));
        state.goBack();
        QVERIFY(!state.trace());
        QCOMPARE(state.visibleRange(), (TimeRange{120, 180}));
        state.goBack();
        QCOMPARE(state.visibleRange(), (TimeRange{0, 1'000}));
        QVERIFY(!state.canGoBack());
        QSignalSpy views(&state, &AppState::visibleRangeChanged);
        state.goForward();
        state.announce();
        QCOMPARE(views.size(), 1);
        QCOMPARE(state.visibleRange(), (TimeRange{120, 180}));
        state.setVisibleRange({1, 2}); // a new way
        QVERIFY(!state.canGoForward());
    }
};

QTEST_GUILESS_MAIN(TestAppState)
#include "tst_appstate.moc"
