// layers: core analysis
#include "arcphases.h"

#include <QTest>

#include <sstream>

using namespace arcscope;

namespace
{

ArcLabel label(const char* name, ArcOutcome outcome, Nanos time = noTime, bool human = false, bool named = false)
{
    ArcLabel made;
    made.name = name;
    made.value = std::string(arcscope::name(outcome));
    made.outcome = outcome;
    made.human = human;
    made.named = named;
    made.place.time = time;
    made.place.row = 7;
    return made;
}

std::string verdictOf(const std::vector<ArcLabel>& labels)
{
    std::vector<const ArcLabel*> all;
    for (const ArcLabel& one : labels)
        all.push_back(&one);
    const ArcVerdict verdict = verdictOfLabels(all);
    return std::string(name(verdict.outcome)) + ' ' + std::string(name(verdict.source)) + ' ' + verdict.rule;
}

std::string verdictOf(const std::string& steps, const ArcEnd& end = {})
{
    std::vector<ArcPieceEvent> events;
    std::istringstream words(steps);
    for (std::string word; words >> word;) {
        ArcPieceEvent& event = events.emplace_back();
        const bool byRule = word.ends_with('*');
        if (byRule)
            word.pop_back();
        for (int i = 0; i < arcStepCount; ++i) {
            if (name(static_cast<ArcStep>(i)) == word)
                event.step = static_cast<ArcStep>(i);
        }
        event.source = byRule ? ArcSource::Rule : ArcSource::UserAction;
    }
    std::vector<const ArcPieceEvent*> all;
    for (const ArcPieceEvent& event : events)
        all.push_back(&event);
    const ArcVerdict verdict = verdictOfSteps(all, end);
    return std::string(name(verdict.outcome)) + ' ' + std::string(name(verdict.resolution)) + ' ' +
           std::string(name(verdict.source)) + (verdict.rule.empty() ? "" : ' ' + verdict.rule);
}

} // namespace

class TestArcPhases : public QObject
{
    Q_OBJECT

private slots:
    void everyStepFromEveryPhase()
    {
        const std::vector<std::vector<std::string>> table{
            {"open", "asked", "answered", "open", "open", "doubted", "doubted", "doubted", "handed over"},
            {"asked", "asked", "answered", "asked", "asked", "doubted", "doubted", "doubted", "handed over"},
            {"answered", "asked", "answered", "accepted", "answered", "doubted", "doubted", "doubted", "handed over"},
            {"doubted", "asked", "retried", "doubted", "doubted", "doubted", "doubted", "doubted", "handed over"},
            {"retried", "asked", "retried", "accepted", "retried", "doubted", "doubted", "doubted", "handed over"},
            {"accepted", "asked", "accepted", "accepted", "accepted", "doubted", "doubted", "doubted", "handed over"},
            {"handed over", "asked", "handed over", "handed over", "handed over", "doubted", "doubted", "doubted",
             "handed over"}};
        QCOMPARE(table.size(), std::size_t(arcPhaseCount));
        for (int phase = 0; phase < arcPhaseCount; ++phase) {
            const std::vector<std::string>& line = table[static_cast<std::size_t>(phase)];
            QCOMPARE(name(static_cast<ArcPhase>(phase)), std::string_view(line[0]));
            for (int step = 0; step < arcStepCount; ++step)
                QCOMPARE(name(arcPhaseAfter(static_cast<ArcPhase>(phase), static_cast<ArcStep>(step))),
                         std::string_view(line[static_cast<std::size_t>(step) + 1]));
        }
    }

    void silenceIsUnknown()
    {
        QCOMPARE(verdictOf(""), std::string("unknown unknown none"));
        QCOMPARE(verdictOf("request response"), std::string("unknown unknown none"));
        QCOMPARE(verdictOf("request"), std::string("unknown unknown none"));
        QCOMPARE(verdictOf("request response re_ask* response"), std::string("unknown unknown none"));
        QCOMPARE(verdictOf("request response accept* request response"), std::string("unknown unknown none"));
        QCOMPARE(verdictOf("accept*"), std::string("unknown unknown none"));
    }

    void whatTheUserDidDecides()
    {
        QCOMPARE(verdictOf("request response accept"), std::string("succeeded resolved user_action user: accept"));
        QCOMPARE(verdictOf("request response accept*"), std::string("succeeded resolved rule rule: accept"));
        QCOMPARE(verdictOf("request response accept* response"), std::string("succeeded resolved rule rule: accept"));
        QCOMPARE(verdictOf("request response accept* re_ask* response"), std::string("unknown unknown none"));
        QCOMPARE(verdictOf("request response escalate* response accept*"),
                 std::string("deferred unknown rule rule: escalate"));
        QCOMPARE(verdictOf("request response re_ask* response regenerate response"),
                 std::string("failed abandoned rule rule: asked again and left"));
        QCOMPARE(verdictOf("request response re_ask* response regenerate response accept"),
                 std::string("succeeded resolved user_action user: accept"));
    }

    void howTheRunEndsDecidesOnlyWhatNobodyAccepted()
    {
        ArcEnd end;
        end.declined = true;
        QCOMPARE(verdictOf("request response", end),
                 std::string("declined declined rule rule: the last answer declines"));
        QCOMPARE(verdictOf("request response accept", end), std::string("succeeded resolved user_action user: accept"));
        end = {};
        end.failed = true;
        end.word = "max_steps";
        QCOMPARE(verdictOf("request", end), std::string("failed failed rule rule: the run ended with max_steps"));
        end = {};
        end.openQuestion = true;
        QCOMPARE(verdictOf("request response", end), std::string("failed abandoned rule rule: question left open"));
        end = {};
        end.written = true;
        QCOMPARE(verdictOf("request response", end), std::string("unknown unknown none"));
        QCOMPARE(verdictOf("request response ignore*", end),
                 std::string("succeeded resolved rule rule: last write succeeded"));
    }

    void labelsAgreeOrNobodyKnows()
    {
        using enum ArcOutcome;
        QCOMPARE(verdictOf(std::vector<ArcLabel>{}), std::string("unknown none "));
        QCOMPARE(verdictOf({label("reward", Succeeded)}), std::string("succeeded label label: reward"));
        QCOMPARE(verdictOf({label("a", Failed), label("b", Failed)}), std::string("failed label label: b"));
        QCOMPARE(verdictOf({label("a", Succeeded), label("b", Failed)}),
                 std::string("unknown label labels disagree: a succeeded, b failed"));
        // The latest of one name, a name for the whole work, then the latest person.
        QCOMPARE(verdictOf({label("a", Failed, 5), label("a", Succeeded, 9)}), std::string("succeeded label label: a"));
        QCOMPARE(verdictOf({label("a", Failed, 9), label("a", Succeeded, 5)}), std::string("failed label label: a"));
        QCOMPARE(verdictOf({label("quality", Failed), label("resolved", Succeeded, noTime, false, true)}),
                 std::string("succeeded label label: resolved"));
        QCOMPARE(verdictOf({label("a", Succeeded, 9), label("b", Failed, 5, true)}),
                 std::string("failed label label: b"));
        QCOMPARE(verdictOf({label("a", Succeeded, 9, true), label("b", Failed, 5, true)}),
                 std::string("succeeded label label: a"));
    }
};

QTEST_APPLESS_MAIN(TestArcPhases)
#include "tst_arcphases.moc"
