// layers: core analysis
#include "assembledcorpus.h"
#include "detector.h"
#include "stoprules.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const std::string lines = "t a - model 0-10 stop=stop model=m-1 version=41\n"
                          "t b - model 3600000-3600010 stop=stop model=m-1 version=42\n"
                          "t c - model 3600020-3600030 stop=tool_use requested=m-2 version=42\n"
                          "t d - model 10800000-10800001 stop=eager_stop model=m-2\n"
                          "t e - model -\n";

SpanStop stopOf(const Corpus& corpus, const char* span, StopRuleId rule, bool disagrees = false)
{
    SpanStop stop;
    stop.row = rowNamed(corpus, span);
    stop.rule = ruleOf(rule).name;
    stop.bucket = ruleOf(rule).bucket;
    stop.claim = claimOf(corpus.text(SpanText::StopReason, stop.row));
    stop.disagrees = disagrees;
    return stop;
}

StopSurvey surveyOf(const Corpus& corpus)
{
    return {stopOf(corpus, "a", StopRuleId::EndsWhole), stopOf(corpus, "b", StopRuleId::OpenCode, true),
            stopOf(corpus, "c", StopRuleId::ToolCall), stopOf(corpus, "d", StopRuleId::UnlistedWord),
            stopOf(corpus, "e", StopRuleId::NoEvidence)};
}

template <typename Group>
std::size_t countIn(const Group& group, StopBucket bucket)
{
    return group.rows[static_cast<std::size_t>(bucket)].size();
}

QStringList namesOf(const StopTrend& trend)
{
    QStringList names;
    for (const StopTrend::Group& group : trend.groups)
        names << QString::fromStdString(group.name) + ':' + QString::number(group.calls);
    return names;
}

} // namespace

class TestStopSurvey : public QObject
{
    Q_OBJECT

private slots:
    void rulesAreInTheOrderOfBuckets()
    {
        QCOMPARE(std::ssize(stopRules()), stopRuleCount);
        for (std::size_t i = 0; i < stopRules().size(); ++i) {
            const StopRule& rule = stopRules()[i];
            QVERIFY(!rule.about.empty());
            QCOMPARE(stopRuleNamed(rule.name), &rule);
            QVERIFY(i == 0 || stopRules()[i - 1].bucket <= rule.bucket);
        }
        QCOMPARE(stopRuleNamed("of nobody"), nullptr);
        QCOMPARE(name(StopBucket::ExternalStop), "external_stop");
        QCOMPARE(label(StopBucket::Handoff), "hand-off");
        QCOMPARE(name(StopBucket::Unknown), "unknown");
    }

    void factsKeepEverything()
    {
        const Corpus corpus = corpusOf(lines);
        SpanStop stop = stopOf(corpus, "b", StopRuleId::OpenJson, true);
        stop.flags = bit(StopFlag::MidStructure) | bit(StopFlag::LooksWhole);
        stop.also = bitOf(StopRuleId::RefusalInProse) | bitOf(StopRuleId::NoEvidence);
        stop.place = {TextPlace::Of::Output, 1, 2};
        stop.from = 7;
        stop.to = 90;
        const auto again = spanStopOf(stopFact(stop));
        QVERIFY(again.has_value());
        QVERIFY(*again == stop);
        QCOMPARE(stopFlags(again->flags).size(), 2u);
        QCOMPARE(name(stopFlags(again->flags)[1]), "looks_whole");
        QVERIFY(again->has(StopFlag::MidStructure) && !again->has(StopFlag::Unanswered));
    }

    void factsOfOthersAreNone()
    {
        const Corpus corpus = corpusOf(lines);
        TraceFact fact = stopFact(stopOf(corpus, "a", StopRuleId::EndsWhole));
        QVERIFY(spanStopOf(fact).has_value());
        fact.key = "chunk";
        QVERIFY(!spanStopOf(fact).has_value());
        for (const char* damaged : {"", "ends_whole", "ends_whole 1", "ends_whole 1 2 x", "ends_whole 0 0 0",
                                    "ends_whole 0 0 0 99", "of_nobody 0 0 0 1"}) {
            fact = {std::string(stopFactKey), damaged, fact.place};
            QVERIFY2(!spanStopOf(fact).has_value(), damaged);
        }
    }

    void wordsAgainstBuckets()
    {
        const Corpus corpus = corpusOf(lines);
        const StopMatrix matrix = stopMatrix(corpus, surveyOf(corpus), nullptr);
        QCOMPARE(matrix.calls, 5u);
        QCOMPARE(matrix.disagreements, 1u);
        QCOMPARE(matrix.words.size(), 4u);
        QCOMPARE(matrix.words[0].text, "stop");
        QCOMPARE(matrix.words[0].calls, 2u);
        QCOMPARE(matrix.words[0].disagreements, 1u);
        QCOMPARE(countIn(matrix.words[0], StopBucket::Complete), 1u);
        QCOMPARE(matrix.words[0].rows[static_cast<std::size_t>(StopBucket::SilentTruncation)],
                 std::vector<Row>{rowNamed(corpus, "b")});
        QCOMPARE(matrix.words[1].text, "");
        QCOMPARE(matrix.words[1].claim, StopClaim::NotRecorded);
        QVERIFY(matrix.words[1].known);
        QCOMPARE(matrix.words[2].text, "eager_stop");
        QVERIFY(!matrix.words[2].known);
        QCOMPARE(matrix.words[2].claim, StopClaim::Unknown);
        QCOMPARE(matrix.words[3].text, "tool_use");
    }

    /// Nobody lists numbers as words; of a call to Google they are known all the same.
    void aNumberThatItsVendorIsKnownToWriteNeedsNoReview()
    {
        const Corpus corpus =
            corpusOf("t a - model 0-10 stop=1 model=gemini-2\nt b - model 20-30 stop=1 model=gemini-2\n");
        StopSurvey survey{stopOf(corpus, "a", StopRuleId::EndsWhole), stopOf(corpus, "b", StopRuleId::EndsWhole)};
        QVERIFY(!stopMatrix(corpus, survey, nullptr).words[0].known);
        survey[0].claim = survey[1].claim = StopClaim::Complete;
        const StopMatrix matrix = stopMatrix(corpus, survey, nullptr);
        QVERIFY(matrix.words[0].known);
        QCOMPARE(matrix.words[0].claim, StopClaim::Complete);
    }

    void onlyWhatIsShown()
    {
        const Corpus corpus = corpusOf(lines);
        const std::vector<Row> shown{rowNamed(corpus, "b"), rowNamed(corpus, "e")};
        const StopMatrix matrix = stopMatrix(corpus, surveyOf(corpus), &shown);
        QCOMPARE(matrix.calls, 2u);
        QCOMPARE(matrix.words.size(), 2u);
        const std::vector<Row> none;
        QCOMPARE(stopMatrix(corpus, surveyOf(corpus), &none).calls, 0u);
        QCOMPARE(stopTrend(corpus, surveyOf(corpus), &shown, SpanText::ModelServed).groups.size(), 2u);
        QCOMPARE(stopMatrix(corpus, {}, nullptr).words.size(), 0u);
    }

    void byValue()
    {
        const Corpus corpus = corpusOf(lines);
        const StopSurvey survey = surveyOf(corpus);
        QCOMPARE(namesOf(stopTrend(corpus, survey, nullptr, SpanText::ModelServed)),
                 QStringList({"m-1:2", "m-2:2", ":1"}));
        const StopTrend versions = stopTrend(corpus, survey, nullptr, SpanText::PromptVersion);
        QCOMPARE(namesOf(versions), QStringList({":2", "42:2", "41:1"}));
        QCOMPARE(versions.groups[1].disagreements, 1u);
        QCOMPARE(countIn(versions.groups[1], StopBucket::Handoff), 1u);
    }

    void byHour()
    {
        const Corpus corpus = corpusOf(lines);
        const StopTrend trend = stopTrendByTime(corpus, surveyOf(corpus), nullptr);
        QCOMPARE(namesOf(trend),
                 QStringList({"1970-01-01 00:00:1", "1970-01-01 01:00:2", "1970-01-01 02:00:0", "1970-01-01 03:00:1"}));
        QCOMPARE(countIn(trend.groups[2], StopBucket::Complete), 0u);
    }

    void byDayAndWeek()
    {
        const auto trendOf = [](int days) {
            const Corpus corpus = corpusOf("t a - model 0-1\nt b - model " + std::to_string(days) + "00000000-\n");
            const StopSurvey survey{stopOf(corpus, "a", StopRuleId::EndsWhole),
                                    stopOf(corpus, "b", StopRuleId::EndsWhole)};
            return stopTrendByTime(corpus, survey, nullptr);
        };
        // 26 and 51 times 100,000 s: 30.1 and 59.03 days; 52 times: 60.2 days, which touch 61.
        QCOMPARE(trendOf(26).groups.size(), 31u);
        QCOMPARE(trendOf(26).groups[1].name, "1970-01-02");
        QCOMPARE(trendOf(51).groups.size(), 60u);
        const StopTrend weeks = trendOf(52);
        QCOMPARE(weeks.groups.size(), 10u);
        QCOMPARE(weeks.groups[0].name, "week of 1969-12-29");
        // 30 years of weeks: only those with calls.
        QCOMPARE(trendOf(9'500).groups.size(), 2u);
    }

    void nothingHasATime()
    {
        const Corpus corpus = corpusOf("t a - model -\n");
        QCOMPARE(stopTrendByTime(corpus, {stopOf(corpus, "a", StopRuleId::EndsWhole)}, nullptr).groups.size(), 0u);
    }
};

QTEST_APPLESS_MAIN(TestStopSurvey)
#include "tst_stopsurvey.moc"
