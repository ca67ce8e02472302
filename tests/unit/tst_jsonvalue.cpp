// layers: importers
#include "jsonvalue.h"

#include "jsontext.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <map>

using namespace arcscope;

namespace
{

std::string recordOf(const std::string& value)
{
    return "{\"x\":" + value + "}";
}

/// The member x of a record, given to `look` while it is visited.
template <typename Look>
void lookAt(const std::string& value, Look&& look)
{
    JsonParser parser;
    bool seen = false;
    parser.parseCopy(recordOf(value)).eachMember([&](std::string_view key, const JsonValue& member) {
        QCOMPARE(key, std::string_view("x"));
        seen = true;
        look(member);
    });
    QVERIFY(seen);
}

} // namespace

class TestJsonValue : public QObject
{
    Q_OBJECT

private slots:
    void membersInTheirOrderWithExactText();
    void numbersAreExact();
    void numbersInStrings();
    void strings();
    void escapesAreFoundAtEveryPlace();
    void unvisitedAndHalfVisitedContainers();
    void containersMayBeAskedAgain();
    void damagedUtf8IsRepairedInACopy();
    void escapesWithoutMeaningAreNamed();
    void malformedRecords();
    void deepRecords();
    void scalarsAtTheTop();
    void manyRecordsOfAllSizes();
};

void TestJsonValue::membersInTheirOrderWithExactText()
{
    JsonParser parser;
    std::string order;
    parser.parseCopy("{\"b\" : {\"c\":[1 , 2]} , \"a\":  -0.10e+2 ,\"b\":null,\"k\\u0065y\":\"v\"}")
        .eachMember([&](std::string_view key, const JsonValue& value) {
            order += std::string(key) + '=' + std::string(value.raw()) + ';';
        });
    QCOMPARE(order, std::string("b={\"c\":[1 , 2]};a=-0.10e+2;b=null;key=\"v\";"));
    QVERIFY(!parser.defect());
    QVERIFY(parser.issues(0, 1).empty());
}

void TestJsonValue::numbersAreExact()
{
    const auto integer = [](const std::string& text) {
        std::optional<std::int64_t> result;
        lookAt(text, [&](const JsonValue& value) { result = value.integer(); });
        return result;
    };
    QCOMPARE(integer("9007199254740993"), 9007199254740993);
    QCOMPARE(integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
    QCOMPARE(integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    QCOMPARE(integer("9223372036854775808"), std::nullopt);
    QCOMPARE(integer("12.0"), 12);
    QCOMPARE(integer("1e3"), 1000);
    QCOMPARE(integer("12.5"), std::nullopt);
    QCOMPARE(integer("1e300"), std::nullopt);
    QCOMPARE(integer("null"), std::nullopt);
    QCOMPARE(integer("true"), std::nullopt);
    QCOMPARE(integer("{}"), std::nullopt);
    lookAt("0.1", [](const JsonValue& value) { QCOMPARE(value.number(), 0.1); });
    lookAt("1.2.3", [](const JsonValue& value) { QCOMPARE(value.number(), std::nullopt); });
}

void TestJsonValue::numbersInStrings()
{
    lookAt("\"1700000000123456789\"", [](const JsonValue& value) { QCOMPARE(value.integer(), 1700000000123456789); });
    lookAt("\"12a\"", [](const JsonValue& value) { QCOMPARE(value.integer(), std::nullopt); });
    lookAt("\"\"", [](const JsonValue& value) { QCOMPARE(value.integer(), std::nullopt); });
    lookAt("\"-Infinity\"", [](const JsonValue& value) { QCOMPARE(value.number(), -INFINITY); });
    lookAt("\"NaN\"", [](const JsonValue& value) { QVERIFY(std::isnan(value.number().value_or(0))); });
    QCOMPARE(readNumber("nan"), std::nullopt);
    QCOMPARE(readNumber("infinity"), std::nullopt);
    QCOMPARE(readNumber("-"), std::nullopt);
}

void TestJsonValue::strings()
{
    const std::map<std::string, std::string> cases{
        {R"("")", ""},
        {R"("plain é")", "plain é"},
        {R"("a\n\t\"\\\/\b\f\r")", "a\n\t\"\\/\b\f\r"},
        {R"("\u0041\u00e9\u20ac\ud83d\ude00")", "Aé€😀"},
        {R"("\ud83d")", "\xEF\xBF\xBD"},
        {R"("\ude00\ud83dx")", "\xEF\xBF\xBD\xEF\xBF\xBDx"},
        {R"("\ud83d\ud83d\ude00")", "\xEF\xBF\xBD😀"},
        {R"("\q\u12")", "\\q\\u12"},
    };
    for (const auto& [json, text] : cases) {
        lookAt(json, [&](const JsonValue& value) {
            QCOMPARE(value.string(), text);
            QCOMPARE(value.string(), text);
            QCOMPARE(value.content(), std::string_view(json).substr(1, json.size() - 2));
            QCOMPARE(value.raw(), json);
        });
    }
    lookAt("12", [](const JsonValue& value) {
        QCOMPARE(value.string(), std::nullopt);
        QCOMPARE(value.text(), "");
        QVERIFY(value.recorded());
    });
    lookAt("false", [](const JsonValue& value) { QCOMPARE(value.boolean(), false); });
    lookAt("null", [](const JsonValue& value) {
        QVERIFY(!value.recorded());
        QCOMPARE(value.boolean(), std::nullopt);
    });
}

/// Texts of all lengths up to where they are searched in another way, each with what follows them right behind.
void TestJsonValue::escapesAreFoundAtEveryPlace()
{
    JsonParser parser;
    for (std::size_t size = 0; size <= 80; ++size) {
        for (std::size_t at = 0; at <= size; ++at) {
            std::string written(size, 'a');
            std::string read = written;
            if (at < size) { // else none
                written.replace(at, 1, "\\t");
                read[at] = '\t';
            }
            const std::string text = '"' + written + '"';
            parser.parseCopy("{" + text + ":" + text + ",\"\\\\\":0}")
                .eachMember([&](std::string_view key, const JsonValue& value) {
                    if (!value.isString())
                        return;
                    QCOMPARE(key, std::string_view(read));
                    QCOMPARE(value.text(), std::string_view(read));
                });
            QVERIFY(!parser.defect());
        }
    }
}

void TestJsonValue::unvisitedAndHalfVisitedContainers()
{
    JsonParser parser;
    std::string seen;
    parser.parseCopy(R"({"a":{"b":{"c":1},"d":[{"e":2},[3]]},"f":[[],{}],"g":4})")
        .eachMember([&](std::string_view key, const JsonValue& value) {
            seen += std::string(key) + ' ';
            value.eachElement([&](const JsonValue& element) { seen += std::string(element.raw()) + ' '; });
            value.eachMember([&](std::string_view inner, const JsonValue& member) {
                seen += std::string(inner) + ' ';
                member.eachElement([&](const JsonValue& element) { seen += std::string(element.raw()) + ' '; });
            });
        });
    QCOMPARE(seen, std::string("a b d {\"e\":2} [3] f [] {} g "));
    QVERIFY(!parser.defect());
}

void TestJsonValue::containersMayBeAskedAgain()
{
    JsonParser parser;
    std::string seen;
    const auto look = [&](const JsonValue& value) {
        seen += std::string(value.raw()) + ':';
        value.eachElement([&](const JsonValue& element) {
            element.eachMember([&](std::string_view key, const JsonValue& inner) {
                seen += std::string(key) + std::string(inner.raw()) + ' ';
            });
        });
    };
    parser.parseCopy(R"({"a" : [1,{"a long key" :[2]} ,{ }],"b":{"c":3},"d":4})")
        .eachMember([&](std::string_view key, const JsonValue& value) {
            seen += std::string(key) + ' ';
            if (value.isArray()) {
                look(value);
                look(value);
            }
        });
    const std::string once = R"([1,{"a long key" :[2]} ,{ }]:a long key[2] )";
    QCOMPARE(seen, "a " + once + once + "b d ");
    QVERIFY(!parser.defect());
}

void TestJsonValue::damagedUtf8IsRepairedInACopy()
{
    JsonParser parser;
    std::string text;
    parser.parseCopy("{\"a\":\"x\xC3(\xF0\x9F\x98\",\"b\":\"é\"}")
        .eachMember([&](std::string_view, const JsonValue& value) { text += value.text(); });
    QCOMPARE(text, std::string("x\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDé"));
    QVERIFY(parser.repaired());
    const auto issues = parser.issues(100, 7);
    QCOMPARE(issues.size(), 1U);
    QCOMPARE(issues[0].kind, IssueKind::InvalidUtf8);
    QCOMPARE(issues[0].byte, 100);
    QCOMPARE(issues[0].line, 7);
    parser.parseCopy("{}");
    QVERIFY(!parser.repaired());

    QCOMPARE(
        repairedUtf8("\xED\xA0\x80|\xC0\xAF|\xF4\x90\x80\x80|\xE2\x82"),
        std::string("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                    "\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD"));
    QVERIFY(isUtf8(repairedUtf8("\xFF\xFE\x80")));
}

void TestJsonValue::escapesWithoutMeaningAreNamed()
{
    struct Case {
        const char* content;
        const char* shown;
        int rows;
        IssueKind kind;
    };
    const Case cases[] = {
        {"o\\ud83d\\ude00p", "o\xF0\x9F\x98\x80p", 0, {}},
        {"o\\ud800p", "o\xEF\xBF\xBDp", 1, IssueKind::InvalidUtf8},
        {"o\\udc00\\ud800", "o\xEF\xBF\xBD\xEF\xBF\xBD", 1, IssueKind::InvalidUtf8},
        {"o\\xp", "o\\xp", 1, IssueKind::MalformedRecord},
        {"o\\u12G4p\\ud800", "o\\u12G4p\xEF\xBF\xBD", 1, IssueKind::MalformedRecord},
    };
    JsonParser parser;
    for (const Case& one : cases) {
        parser.parseCopy(recordOf('"' + std::string(one.content) + '"'))
            .eachMember([&](std::string_view, const JsonValue& member) {
                QCOMPARE(member.text(), std::string_view(one.shown));
            });
        const auto issues = parser.issues(7, 3);
        QCOMPARE(issues.size(), static_cast<std::size_t>(one.rows));
        if (one.rows > 0) {
            QCOMPARE(issues[0].kind, one.kind);
            QCOMPARE(issues[0].severity, Severity::Warning);
            QCOMPARE(issues[0].line, std::int64_t(3));
        }
    }
    parser.parseCopy("{}");
    QVERIFY(parser.issues(0, 1).empty());
}

void TestJsonValue::malformedRecords()
{
    for (const std::string text : {"",
                                   " ",
                                   "{",
                                   "{\"a\":1",
                                   "{\"a\" 1}",
                                   "{\"a\":\"b}",
                                   "{\"a\":tru}",
                                   "[1,}",
                                   "{\"a\":1]",
                                   "[1 2]",
                                   "{1:2}",
                                   "{\"a\":\"\n\"}",
                                   "{\"a\":",
                                   "{\"a\"",
                                   "{\"a\":{\"b\":1}",
                                   "[[1]",
                                   "[1,",
                                   "{\"a\":\"b\":1}",
                                   "{\"a\":,}",
                                   "[}]",
                                   "[\"a\":[]}]",
                                   "[,}]"}) {
        JsonParser parser;
        const JsonValue root = parser.parseCopy(text);
        root.eachMember([](std::string_view, const JsonValue& value) { value.raw(); });
        root.eachElement([](const JsonValue& value) { value.raw(); });
        QVERIFY2(parser.defect().has_value(), text.c_str());
        QCOMPARE(parser.defect()->kind, IssueKind::MalformedRecord);
        QCOMPARE(parser.issues(5, 1).front().severity, Severity::Error);
    }
}

void TestJsonValue::deepRecords()
{
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    JsonParser parser;
    std::size_t depth = 0;
    const auto descend = [&](const auto& self, const JsonValue& value) -> void {
        ++depth;
        value.eachElement([&](const JsonValue& element) { self(self, element); });
    };
    const JsonValue root = parser.parseCopy(deep);
    QCOMPARE(root.raw(), deep);
    descend(descend, root);
    QCOMPARE(depth, maxJsonDepth + 1);
    QVERIFY(parser.defect().has_value());
    QCOMPARE(parser.defect()->kind, IssueKind::TooDeep);
    QCOMPARE(parser.defect()->byte, maxJsonDepth);
}

void TestJsonValue::scalarsAtTheTop()
{
    JsonParser parser;
    QCOMPARE(parser.parseCopy(" \"a\\nb\" ").text(), "a\nb");
    QCOMPARE(parser.parseCopy("12").integer(), 12);
    QCOMPARE(parser.parseCopy("nul").type(), JsonType::Invalid);
    QVERIFY(parser.defect().has_value());
    QCOMPARE(JsonValue().type(), JsonType::Missing);
    QCOMPARE(JsonValue().text(), "");
    JsonValue().eachMember([](std::string_view, const JsonValue&) { QFAIL("a member of nothing"); });
}

void TestJsonValue::manyRecordsOfAllSizes()
{
    JsonParser parser;
    for (const std::size_t size : {10U, 1'000'000U, 10U, 20'000'000U, 10U, 100'000U}) {
        std::size_t length = 0;
        parser.parseCopy("{\"a\":\"\\n" + std::string(size, 'x') + "\"}")
            .eachMember([&](std::string_view, const JsonValue& value) { length = value.text().size(); });
        QCOMPARE(length, size + 1);
        QVERIFY(!parser.defect());
    }
}

QTEST_APPLESS_MAIN(TestJsonValue)
#include "tst_jsonvalue.moc"
