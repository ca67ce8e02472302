// layers: core analysis
#include "arclabels.h"

#include <QTest>

using namespace arcscope;

namespace
{

std::string said(const char* name, const char* value, const char* word = "", bool onWhole = true, double success = 1)
{
    RecordedLabel label;
    label.name = name;
    label.value = value;
    label.word = word;
    label.onWhole = onWhole;
    const auto decided = judged(label, success);
    if (!decided)
        return "nothing";
    return std::string(arcscope::name(decided->outcome)) + ' ' + std::string(arcscope::name(decided->resolution)) +
           (decided->human ? " human" : "");
}

} // namespace

class TestArcLabels : public QObject
{
    Q_OBJECT

private slots:
    void namesSayWhatTheyJudge_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("scope");
        const auto row = [](const char* name, LabelScope scope) {
            QTest::newRow(name) << name << static_cast<int>(scope);
        };
        row("reward", LabelScope::Whole);
        row("max reward", LabelScope::Whole);
        row("is_correct", LabelScope::Whole);
        row("taskCompletion", LabelScope::Whole);
        row("Task Completion", LabelScope::Whole);
        row("task_outcome", LabelScope::Whole);
        row("user-feedback", LabelScope::Whole);
        row("agent_goal_accuracy", LabelScope::Whole);
        row("toxicity", LabelScope::Part);
        row("answer_grounded", LabelScope::Part);
        row("answer relevancy", LabelScope::Part);
        row("context_precision", LabelScope::Part);
        row("tool_call_success", LabelScope::Part);
        row("correct_format", LabelScope::Part);
        row("ticket.status", LabelScope::Ticket);
        row("support_ticket_resolved_by", LabelScope::Ticket);
        row("ticket.priority", LabelScope::Other);
        row("ticketing status", LabelScope::Other);
        row("match", LabelScope::Other);
        row("quality", LabelScope::Other);
        row("incorrectly", LabelScope::Other);
    }
    void namesSayWhatTheyJudge()
    {
        QFETCH(QString, name);
        QFETCH(int, scope);
        QCOMPARE(static_cast<int>(labelScopeOf(name.toStdString())), scope);
    }

    void numbersNeedAScale()
    {
        QCOMPARE(said("reward", "1"), std::string("succeeded resolved"));
        QCOMPARE(said("reward", "1.0"), std::string("succeeded resolved"));
        QCOMPARE(said("reward", "0.67"), std::string("failed failed"));
        QCOMPARE(said("reward", "0"), std::string("failed failed"));
        QCOMPARE(said("reward", "0.67", "", true, 0.5), std::string("succeeded resolved"));
        QCOMPARE(said("reward", "4"), std::string("nothing")); // of how many?
        QCOMPARE(said("quality", "0.7"), std::string("nothing"));
        QCOMPARE(said("quality", "1"), std::string("succeeded resolved"));
        QCOMPARE(said("user_feedback", "-1"), std::string("failed failed human"));
        QCOMPARE(said("reward", "nan"), std::string("nothing"));
        QCOMPARE(said("reward", "very"), std::string("nothing"));
    }

    void ticketsTellWhenTheyAreClosed()
    {
        QCOMPARE(said("ticket.status", "solved"), std::string("succeeded resolved"));
        QCOMPARE(said("ticket.status", "Closed"), std::string("succeeded resolved"));
        QCOMPARE(said("ticket.status", "open"), std::string("nothing"));
        QCOMPARE(said("ticket.status", "pending"), std::string("nothing"));
        QCOMPARE(said("ticket.status", "3"), std::string("nothing"));
        QCOMPARE(said("ticket.resolution", "gave up, human helped"), std::string("deferred resolved_by_human"));
        QCOMPARE(said("ticket.resolution", "won't fix"), std::string("declined infeasible"));
        QCOMPARE(said("ticket.resolved_by", "human"), std::string("deferred resolved_by_human"));
        QCOMPARE(said("ticket.resolved_by", "bot"), std::string("succeeded resolved"));
        QCOMPARE(said("ticket.resolved_by", "u-17"), std::string("nothing"));
        QCOMPARE(said("ticket.status", "solved", "", false), std::string("nothing"));
    }

    void wordsComeBeforeNumbers()
    {
        QCOMPARE(said("task_outcome", "0.5", "resolved_by_human"), std::string("deferred resolved_by_human"));
        QCOMPARE(said("task_outcome", "1.0", "infeasible"), std::string("declined infeasible"));
        QCOMPARE(said("task_outcome", "0", "abandoned"), std::string("failed abandoned"));
        QCOMPARE(said("match", "C"), std::string("succeeded resolved"));
        QCOMPARE(said("match", "I"), std::string("failed failed"));
        QCOMPARE(said("match", "P"), std::string("failed failed"));
        QCOMPARE(said("match", "N"), std::string("failed failed"));
        QCOMPARE(said("is_correct", "False"), std::string("failed failed"));
        QCOMPARE(said("thumbs", "\U0001F44D"), std::string("succeeded resolved human"));
        QCOMPARE(said("task_outcome", "", "unknown"), std::string("nothing"));
        QCOMPARE(said("task_outcome", "0.5", "unknown"), std::string("nothing"));
    }

    void partsDecideNothing()
    {
        QCOMPARE(said("toxicity", "1"), std::string("nothing"));
        QCOMPARE(said("match", "C", "", false), std::string("nothing"));
        QCOMPARE(said("reward", "1", "", false), std::string("succeeded resolved"));
    }
};

QTEST_APPLESS_MAIN(TestArcLabels)
#include "tst_arclabels.moc"
