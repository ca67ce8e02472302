// layers: items core analysis
#include "filter.h"
#include "stopoverview.h"
#include "stopscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

QStringList linesOf(const std::vector<StopLine>& lines)
{
    QStringList texts;
    for (const StopLine& line : lines)
        texts
            << QStringLiteral("%1:%2/%3").arg(QString::fromStdString(line.name)).arg(line.disagreeing).arg(line.calls);
    return texts;
}

std::vector<Row> matching(const Corpus& corpus, const QString& text)
{
    const ParsedFilter parsed = parseFilter(text.toStdString());
    return parsed ? evaluate(parsed.filter, corpus, {}, {}).value() : std::vector<Row>();
}

} // namespace

class TestStopOverview : public QObject
{
    Q_OBJECT

private slots:
    void callsAndRunsAreCountedApart()
    {
        const StopsPtr stops = fiveCalls();
        const auto made = stopOverview(stops, SpanText::ModelServed, nullptr);
        QCOMPARE(made->calls, std::uint64_t(5));
        QCOMPARE(made->disagreeingInAll, (std::array<std::uint64_t, stopsOfCount>{2, 0}));
        QVERIFY(!made->filtered && made->anyWord && made->timed);
        QCOMPARE(linesOf(made->words), QStringList({"end_turn:1/2", "eager_stop:1/1", ":0/1", "tool_use:0/1"}));
        QVERIFY(!made->words[1].known && made->words[2].known);
        QCOMPARE(linesOf(made->groups), QStringList({"m-1:1/2", "m-2:1/2", ":0/1"}));
        QCOMPARE(made->shown.calls, std::uint64_t(5));
        QCOMPARE(made->shown[StopBucket::Complete].rows, std::vector<Row>{rowNamed(*stops->corpus, "a")});
        QCOMPARE(made->shown.rows(true, *stops),
                 (std::vector<Row>{rowNamed(*stops->corpus, "b"), rowNamed(*stops->corpus, "d")}));
        QVERIFY(made->recorded[static_cast<std::size_t>(SpanText::PromptVersion)]);
        QVERIFY(!made->recorded[static_cast<std::size_t>(SpanText::Tenant)]);
        const auto runs = stopOverview(stops, SpanText::ModelServed, nullptr, StopsOf::Runs);
        QCOMPARE(runs->calls, std::uint64_t(1));
        QCOMPARE(linesOf(runs->words), QStringList({"end_turn:0/1"}));
        QCOMPARE(runs->shown.rows(false, *stops), std::vector<Row>{rowNamed(*stops->corpus, "r")});
        for (const auto& each : {made, runs}) {
            QCOMPARE(each->inAll, (std::array<std::uint64_t, stopsOfCount>{5, 1}));
            QCOMPARE(each->inAll[0] + each->inAll[1], std::uint64_t(stops->survey.size()));
        }
        QCOMPARE(stopsText(StopsOf::Runs, 1), QStringLiteral("1 run"));
    }

    void aFilterLeavesSomeAndAllAreStillCounted()
    {
        const StopsPtr stops = fiveCalls();
        const auto rows = std::make_shared<const std::vector<Row>>(matching(*stops->corpus, "model:m-1"));
        const auto made = stopOverview(stops, std::nullopt, rows);
        QVERIFY(made->filtered);
        QCOMPARE(made->shown.calls, std::uint64_t(2));
        QCOMPARE(made->calls, std::uint64_t(5));
        QCOMPARE(made->all[static_cast<std::size_t>(StopBucket::Handoff)], std::uint64_t(1));
        QCOMPARE(linesOf(made->groups), QStringList({"1970-01-01 00:00:0/1", "1970-01-01 01:00:1/1"}));
        const auto none = stopOverview(std::make_shared<FoundStops>(), std::nullopt, nullptr);
        QCOMPARE(none->calls, std::uint64_t(0));
        QVERIFY(none->words.empty());
    }

    void whatTheLanguageCanSayIsAFilter()
    {
        const StopsPtr stops = fiveCalls();
        const Corpus& corpus = *stops->corpus;
        const auto made = stopOverview(stops, SpanText::PromptVersion, nullptr);
        for (const StopLine& word : made->words)
            QCOMPARE(matching(corpus, filterOfWord(made->what, word)), word.rows(false, *stops));
        const auto runs = stopOverview(stops, SpanText::Agent, nullptr, StopsOf::Runs);
        QCOMPARE(matching(corpus, filterOfWord(runs->what, runs->words.front())), runs->shown.rows(false, *stops));
        QVERIFY(filterOfWord(runs->what, StopLine()).isEmpty());
        QVERIFY(filterOfGroup(runs->what, runs->by, runs->groups.front()).isEmpty());
        for (const StopLine& group : made->groups) {
            const QString filter = filterOfGroup(made->what, made->by, group);
            QCOMPARE(filter.isEmpty(), group.name.empty());
            if (!filter.isEmpty())
                QCOMPARE(matching(corpus, filter), group.rows(false, *stops));
        }
        QVERIFY(filterOfGroup(made->what, std::nullopt, made->groups.front()).isEmpty());
        const std::vector<Row> two = made->shown.rows(true, *stops);
        QCOMPARE(matching(corpus, filterOfSpans(corpus, two)), two);
        QVERIFY(filterOfSpans(corpus, {}).isEmpty());
        QVERIFY(filterOfSpans(corpus, std::vector<Row>(25, 1)).isEmpty());
        StopLine odd;
        odd.name = "a \"b\" \\";
        QVERIFY(bool(parseFilter(filterOfWord(StopsOf::Calls, odd).toStdString())));
        QCOMPARE(parseFilter(filterOfWord(StopsOf::Calls, odd).toStdString()).filter.root.children.back().text,
                 odd.name);
        for (const auto& by : stopGroupings())
            QVERIFY(!groupingText(by).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStopOverview)
#include "tst_stopoverview.moc"
