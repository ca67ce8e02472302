// layers: core analysis
#include "arcrequest.h"

#include <QTest>

using namespace arcscope;

namespace
{

std::string written(std::string_view text)
{
    const auto range = writtenIn(text);
    return range ? std::string(range->of(text)) : "nothing";
}

std::string ids(const char* text)
{
    std::vector<std::string> found;
    addRecordIds(text, found, 10);
    std::string all;
    for (const std::string& id : found)
        all += (all.empty() ? "" : " ") + id;
    return all;
}

std::string argumentIds(const char* json)
{
    std::vector<std::string> found;
    addRecordIdsOfArguments(json, found, 10);
    std::string all;
    for (const std::string& id : found)
        all += (all.empty() ? "" : " ") + id;
    return all;
}

} // namespace

class TestArcRequest : public QObject
{
    Q_OBJECT

private slots:
    void whatAPersonWrote()
    {
        QCOMPARE(written("  Fix the tests.\n"), std::string("Fix the tests."));
        QCOMPARE(written("<system-reminder>Be brief.</system-reminder>\nFix the tests."),
                 std::string("Fix the tests."));
        QCOMPARE(written("Fix the tests.\n<system-reminder>Be brief.</system-reminder>"),
                 std::string("Fix the tests."));
        QCOMPARE(written("<environment_context>\n<cwd>/x</cwd>\n</environment_context>"), std::string("nothing"));
        QCOMPARE(written("<user_query>\nWhy is it slow?\n</user_query>"), std::string("Why is it slow?"));
        QCOMPARE(written("<command-name>/mcp</command-name>\n<command-message>mcp</command-message>\n"
                         "<command-args></command-args>"),
                 std::string("nothing"));
        QCOMPARE(written("<command-message>review is running</command-message>\n<command-name>/review</command-name>\n"
                         "<command-args>the last commit</command-args>"),
                 std::string("the last commit"));
        QCOMPARE(written("[Request interrupted by user for tool use]"), std::string("nothing"));
        QCOMPARE(written("This session is being continued from a previous conversation that ran out of context."),
                 std::string("nothing"));
        QCOMPARE(written("# AGENTS.md instructions for /home/x\n\n<INSTRUCTIONS>a</INSTRUCTIONS>"),
                 std::string("nothing"));
        // Markup that a person wrote is his.
        QCOMPARE(written("<b>Why</b> is this bold?"), std::string("<b>Why</b> is this bold?"));
        QCOMPARE(written("<div>x</div>"), std::string("<div>x</div>"));
        QCOMPARE(written("<system-reminder>never closed"), std::string("<system-reminder>never closed"));
        QCOMPARE(written(""), std::string("nothing"));
    }

    void idsOfRecords()
    {
        QCOMPARE(ids("My order FH-21880 and #W2378156."), std::string("fh-21880 w2378156"));
        QCOMPARE(ids("ticket ord_4471, again ord_4471"), std::string("ord_4471"));
        QCOMPARE(ids("On 2026-03-12 at 10:30 with gpt 4 and 250 people"), std::string());
        QCOMPARE(ids("see https://example.com/FH-21880 or /tmp/FH-21880"), std::string());
        QCOMPARE(argumentIds("{\"order_id\": \"#W2378156\", \"user_id\": \"mia_li_3668\", \"ticket\": 4127}"),
                 std::string("w2378156 4127"));
        QCOMPARE(argumentIds("{\"order_id\": \"the blue one\"}"), std::string());
        QCOMPARE(argumentIds("{\"order_id\""), std::string());
        QCOMPARE(argumentIds("no JSON"), std::string());
    }

    void runsOfWords()
    {
        std::vector<std::uint64_t> a;
        std::vector<std::uint64_t> b;
        addWordShingles("one two three four five six seven", a, 100);
        addWordShingles("zero. One, two three four five six!", b, 100);
        QCOMPARE(a.size(), std::size_t(2));
        QCOMPARE(b.size(), std::size_t(2));
        QCOMPARE(a[0], b[1]);
        std::vector<std::uint64_t> few;
        addWordShingles("one two three four five", few, 100);
        QVERIFY(few.empty());
        addWordShingles("one two three four five six seven eight", few, 1);
        QCOMPARE(few.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestArcRequest)
#include "tst_arcrequest.moc"
