// layers: core analysis
#include "tracescript.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A corpus in which a tool returns these, one trace each.
std::vector<Finding> found(const std::vector<std::string>& results, bool timed = true)
{
    std::string lines;
    for (std::size_t i = 0; i < results.size(); ++i)
        lines += "t" + std::to_string(i) + " s" + std::to_string(i) + " - tool " +
                 (timed ? std::to_string(i * 100) + "-" + std::to_string(i * 100 + 10) : "-") + " tool=stock\n";
    TraceScript script(lines);
    for (std::size_t i = 0; i < results.size(); ++i) {
        SpanContent& content = script.content("s" + std::to_string(i));
        content.toolArguments = "{\"sku\":\"A" + std::to_string(i) + "\"}";
        content.toolResult = results[i];
        content.resource.push_back({"service.version", i < 30 ? "2.3.1" : "2.3.2", AttributeType::Text});
    }
    return findingsOf(detectorNamed("tool-shapes"), script);
}

std::vector<std::string> several(std::size_t times, const std::string& result, std::vector<std::string> after = {})
{
    std::vector<std::string> all(times, result);
    all.insert(all.end(), after.begin(), after.end());
    return all;
}

std::string factOf(const Finding& finding, const char* label)
{
    for (const FindingFact& fact : finding.facts) {
        if (fact.label == label)
            return fact.text;
    }
    return {};
}

/// The findings of a look-up that returns `result`, and the answer behind it.
std::vector<std::string> afterNothing(const std::string& tool, const std::string& result, const std::string& answer)
{
    TraceScript script("t a - model 0-10\nt b - tool 11-20 tool=" + tool + "\nt c - model 30-40\n");
    script.content("a").input = {said(Role::User, "Where is my parcel?")};
    script.content("a").output = {asked(tool, "1", "{\"order\":\"ORD-7731\"}")};
    script.content("b").toolArguments = "{\"order\":\"ORD-7731\"}";
    script.content("b").toolResult = result;
    script.content("c").input = {said(Role::User, "Where is my parcel?"), asked(tool, "1", "{\"order\":\"ORD-7731\"}"),
                                 returned("1", result)};
    script.content("c").output = {said(Role::Assistant, answer)};
    return rulesOf(findingsOf(detectorNamed("tool-shapes"), script));
}

using Words = std::vector<std::string>;

} // namespace

class TestToolShapes : public QObject
{
    Q_OBJECT

private slots:
    void aChangeThatStaysIsAFinding()
    {
        const auto all = found(several(30, "{\"price\":4}", several(5, "{\"price\":4,\"confidence\":0.2}")));
        QCOMPARE(rulesOf(all), (Words{"shape.path_added:finding"}));
        QCOMPARE(all[0].places[0].quote, std::string("{\"price\":4,\"confidence\":0.2}"));
        QCOMPARE(factOf(all[0], "path"), std::string("/confidence"));
        QCOMPARE(factOf(all[0], "since then"), std::string("4 of 4 results are like it"));
        QCOMPARE(factOf(all[0], "version recorded"), std::string("service.version 2.3.1 → service.version 2.3.2"));
    }

    void withoutTimesNobodyKnowsWhatCameFirst()
    {
        const auto all = found(several(30, "{\"price\":4,\"size\":1}", several(5, "{\"price\":4}")), false);
        QCOMPARE(rulesOf(all), (Words{"shape.path_removed:signal"}));
        QCOMPARE(factOf(all[0], "order"), std::string("of the files: no times are recorded"));
        QCOMPARE(rulesOf(found(several(30, "{\"price\":4}", several(5, "{\"price\":4,\"confidence\":0.2}")), false)),
                 Words());
        QCOMPARE(rulesOf(found(several(50, "{\"a\":\"in_stock\"}", several(5, "{\"a\":\"available\"}")), false)),
                 Words());
    }

    void aChangeThatDoesNotStayIsLess()
    {
        QCOMPARE(rulesOf(found(several(30, "{\"price\":4}", {"{\"price\":4,\"x\":1}"}))),
                 (Words{"shape.path_added:check"}));
        QCOMPARE(rulesOf(found(several(30, "{\"price\":4}", {"{\"price\":4,\"x\":1}", "{\"price\":4}"}))),
                 (Words{"shape.path_added:signal"}));
        QCOMPARE(rulesOf(found(several(30, "{\"price\":4}", {"{}", "{\"price\":4}"}))),
                 (Words{"shape.path_removed:check"}));
    }

    void everyKindHasItsRule()
    {
        const auto stays = [](const char* before, const char* after) {
            return rulesOf(found(several(50, before, several(5, after))));
        };
        QCOMPARE(stays("{\"a\":1,\"b\":1}", "{\"a\":1}"), (Words{"shape.path_removed:finding"}));
        QCOMPARE(stays("{\"a\":1}", "{\"a\":\"1\"}"), (Words{"shape.type_changed:finding"}));
        QCOMPARE(stays("{\"a\":1}", "{\"a\":null}"), (Words{"shape.null_new:check"}));
        QCOMPARE(stays("{\"a\":\"in_stock\"}", "{\"a\":\"available\"}"), (Words{"shape.enum_new:check"}));
        QCOMPARE(stays("{\"a\":1}", "<html>Bad gateway</html>"), (Words{"shape.became_text:finding"}));
    }

    void valuesThatKeepComingAreNoEnumeration()
    {
        const auto after = [](const std::vector<std::string>& values) {
            auto all = several(50, "{\"a\":\"in_stock\"}");
            for (const std::string& value : values)
                all.push_back("{\"a\":\"" + value + "\"}");
            return rulesOf(found(all));
        };
        QCOMPARE(after({"available"}), (Words{"shape.enum_new:check"}));
        QCOMPARE(after({"available", "on_order"}), (Words{"shape.enum_new:signal"}));
        QCOMPARE(after({"lisbon", "porto", "faro", "braga"}), Words());
        QCOMPARE(after({"Austin"}), Words());
        // The second value came late: who knows how many there are?
        std::vector<std::string> late = several(25, "{\"a\":\"in_stock\"}", several(20, "{\"a\":\"sold_out\"}"));
        late.push_back("{\"a\":\"available\"}");
        QCOMPARE(rulesOf(found(late)), Words());
    }

    void keysThatComeAndGoAreNoChange()
    {
        std::vector<std::string> all;
        for (int i = 0; i < 80; ++i)
            all.push_back("{\"options\":{\"" + std::string(1, static_cast<char>('a' + i % 20)) + "\":1}}");
        all.emplace_back("{\"options\":{\"zipper\":1}}");
        QCOMPARE(rulesOf(found(all)), Words());
    }

    void whatIsTheSameOrToldAsAnErrorIsLeftAlone()
    {
        QCOMPARE(rulesOf(found(several(60, "{\"price\":4}"))), Words());
        QCOMPARE(rulesOf(found(several(30, "{\"price\":4}", several(5, "Error: no such item")))), Words());
        QCOMPARE(rulesOf(found(several(10, "{\"price\":4}", several(5, "{\"cost\":4}")))), Words());
    }

    void theWarmUpIsASetting()
    {
        std::string lines;
        for (int i = 0; i < 8; ++i)
            lines += "t" + std::to_string(i) + " s" + std::to_string(i) + " - tool " + std::to_string(i) + "-" +
                     std::to_string(i) + " tool=stock\n";
        TraceScript script(lines);
        for (int i = 0; i < 8; ++i)
            script.content("s" + std::to_string(i)).toolResult = i < 7 ? "{\"a\":1,\"b\":1}" : "{\"a\":1}";
        QVERIFY(findingsOf(detectorNamed("tool-shapes"), script).empty());
        DetectorSettings settings;
        QVERIFY(settings.set("shape.warm_up", 5));
        QCOMPARE(findingsOf(detectorNamed("tool-shapes"), script, settings).size(), std::size_t(1));
    }

    void anAnswerOutOfNothingIsFound()
    {
        const Words fires{"tool.empty_result_then_assertion:check"};
        QCOMPARE(afterNothing("get_order", "[]", "Your order ORD-7731 arrives on Monday."), fires);
        QCOMPARE(afterNothing("search", "{\"results\":[]}", "Order ORD-7731 was shipped."), fires);
        QCOMPARE(afterNothing("get_order", "null", "ORD-7731 is on its way."), fires);
    }

    void anAnswerThatTellsOfNothingIsLeftAlone()
    {
        QCOMPARE(afterNothing("get_order", "[]", "I could not find ORD-7731."), Words());
        QCOMPARE(afterNothing("get_order", "[]", "There is no order ORD-7731."), Words());
        QCOMPARE(afterNothing("get_order", "[]", "Is ORD-7731 the right number?"), Words());
        QCOMPARE(afterNothing("get_order", "{\"day\":\"Monday\"}", "Order ORD-7731 arrives on Monday."), Words());
        QCOMPARE(afterNothing("update_order", "null", "Order ORD-7731 is updated."), Words());
    }
};

QTEST_APPLESS_MAIN(TestToolShapes)
#include "tst_toolshapes.moc"
