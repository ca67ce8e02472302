// layers: core analysis
#include "openitems.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rules = std::vector<std::string>;

const std::string askedFor =
    R"({"type": "json_schema", "json_schema": {"name": "tent", "schema": {"type": "object", "properties": )"
    R"({"name": {"type": "string"}, "price": {"type": ["number", "null"]}}, "required": ["name", "price"]}}})";

Rules answered(const std::string& facts, const std::string& answer, const char* key = "llm.request.response_format",
               const std::string& schema = askedFor)
{
    TraceScript script("t a - model 0-10 " + facts + '\n');
    script.content("a").output = {said(Role::Assistant, answer)};
    script.content("a").attributes = {{key, schema, AttributeType::Json}};
    return rulesOf(findingsOf(detectorNamed("stops"), script));
}

std::string listOf(std::initializer_list<const char*> states)
{
    std::string list;
    int number = 0;
    for (const char* const state : states)
        list += (list.empty() ? "" : ", ") + std::string(R"({"content": "step )") + std::to_string(++number) +
                R"(", "status": ")" + state + "\"}";
    return "{\"todos\": [" + list + "]}";
}

/// The list was written twice, then the answer came.
Rules withList(const std::string& first, const std::string& last, const std::string& answer, bool asSpans = false)
{
    TraceScript script("t run - agent 0-900 agent=coder\n"
                       "t a run model 0-10 stop=tool_use\nt x run tool 11-12 tool=TodoWrite\n"
                       "t b run model 20-30 stop=tool_use\nt y run tool 31-32 tool=TodoWrite\n"
                       "t c run model 40-50 stop=end_turn\n");
    if (!asSpans) {
        script.content("a").output = {asked("TodoWrite", "1", first)};
        script.content("b").output = {asked("TodoWrite", "2", last)};
    }
    script.content("x").toolArguments = first;
    script.content("y").toolArguments = last;
    script.content("c").output = {said(Role::Assistant, answer)};
    return rulesOf(findingsOf(detectorNamed("stops"), script));
}

} // namespace

class TestFalseCompletion : public QObject
{
    Q_OBJECT

private slots:
    void aRequiredMemberIsMissing()
    {
        const Rules fires{"stop.missing_fields:finding"};
        QCOMPARE(answered("stop=stop", R"({"name": "tent"})"), fires);
        QCOMPARE(answered("stop=stop", R"({"name": "tent", "price": null})"), Rules());
        QCOMPARE(answered("stop=stop", R"({"name": 4, "price": 2})"), Rules()); // another violation
        QCOMPARE(answered("stop=length", R"({"name": "tent"})"), Rules());      // the word says that it was cut
        QCOMPARE(answered("stop=stop", "The tent costs 40 euros."), Rules());   // it did not keep to JSON at all
        QCOMPARE(answered("stop=stop", R"({"name": "tent"})", "note", R"({"required": ["price"]})"), Rules());
    }

    void aMemberOfThatNameIsNoKeyword()
    {
        const std::string schema = R"({"type": "json_schema", "json_schema": {"name": "field", "schema": {"type": )"
                                   R"("object", "properties": {"required": {"type": "boolean"}}}}})";
        QCOMPARE(answered("stop=stop", R"({"required": "yes"})", "llm.request.response_format", schema), Rules());
    }

    void openItemsAndAllIsDone()
    {
        const Rules fires{"stop.open_items:check"};
        const std::string begun = listOf({"in_progress", "pending", "pending"});
        const std::string open = listOf({"completed", "completed", "pending"});
        const std::string done = listOf({"completed", "completed", "completed"});
        QCOMPARE(withList(begun, open, "All tasks are complete."), fires);
        QCOMPARE(withList(begun, open, "All tasks are complete.", true), fires);
        QCOMPARE(withList(begun, open, "I renamed the file. I have completed all the steps."), fires);
        QCOMPARE(withList(begun, done, "All tasks are complete."), Rules());
        QCOMPARE(withList(begun, listOf({"completed", "in_progress"}), "All tasks are complete."), Rules());
        QCOMPARE(withList(begun, open, "Two of the tasks are complete, one is left."), Rules());
        QCOMPARE(withList(begun, open, "Once you have run it, all tasks are complete."), Rules());
        QCOMPARE(withList(begun, listOf({"blocked", "pending"}), "All tasks are complete."), Rules()); // what is that?
    }

    void aListIsOfItsConversation()
    {
        TraceScript script("t run - agent 0-900 agent=coder\nt a run model 0-10 stop=tool_use\n"
                           "t sub run agent 11-50 agent=helper\nt b sub model 12-40 stop=end_turn\n");
        script.content("a").output = {asked("update_plan", "1", R"({"plan": [{"step": "x", "status": "pending"}]})")};
        script.content("b").output = {said(Role::Assistant, "All tasks are complete.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("stops"), script)), Rules());
    }

    void claims_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("claims");
        const auto add = [](const char* text, bool claims) { QTest::newRow(text) << text << claims; };
        add("Everything is done.", true);
        add("All done!", true);
        add("All three tasks have been completed successfully.", true);
        add("I've finished all of the items.", true);
        add("All of the remaining steps are complete.", false);
        add("Not all tasks are complete.", false);
        add("All tests pass.", false);
        add("Are all tasks complete?", false);
        add("Everything except the last item is done.", false);
        add("I did all I could.", false);
        add("", false);
    }
    void claims()
    {
        QFETCH(QString, text);
        QFETCH(bool, claims);
        QCOMPARE(claimOfAllDone(text.toStdString()).has_value(), claims);
    }

    void listsThatAreNone()
    {
        for (const char* const text : {"", "{}", "[]", "{\"todos\": []}", "{\"todos\": [4]}", "{\"todos\": \"x\"}",
                                       "{\"todos\": [{\"content\": \"a\"}]}", "{\"todos\": [", "\xff"})
            QVERIFY2(!itemsIn(text), text);
        const auto items =
            itemsIn(R"({"plan": [{"step": "a", "status": "Completed"}, {"step": "b", "status": "todo"}]})");
        QVERIFY(items);
        QCOMPARE(items->all, std::size_t(2));
        QCOMPARE(items->open, std::size_t(1));
        QCOMPARE(items->first, std::string("b"));
    }
};

QTEST_APPLESS_MAIN(TestFalseCompletion)
#include "tst_falsecompletion.moc"
