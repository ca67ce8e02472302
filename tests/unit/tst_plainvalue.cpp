// layers: importers
#include "plainvalue.h"

#include "formats/chromeevent.h"
#include "readformat.h"

#include <QTest>

#include <string>
#include <tuple>
#include <vector>

using namespace arcscope;
using namespace arcscope::testing;

class TestPlainValue : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatTheParserSays_data();
    void saysWhatTheParserSays();
    void whatLiesBehindIsNotRead();
    void givingUpIsFinal();
    void chromeEventsAreTheSame_data();
    void chromeEventsAreTheSame();
};

namespace
{

struct Seen {
    std::string key;
    JsonType type = JsonType::Missing;
    std::string raw;
    std::string text;

    bool operator==(const Seen&) const = default;
};

template <typename Value>
std::vector<Seen> membersOf(const Value& object)
{
    std::vector<Seen> seen;
    object.eachMember([&](std::string_view key, const Value& value) {
        seen.push_back({std::string(key), value.type(), std::string(value.raw()), std::string(value.text())});
        value.eachMember([&](std::string_view inner, const Value& part) {
            seen.push_back({std::string(inner), part.type(), std::string(part.raw()), std::string(part.text())});
        });
    });
    return seen;
}

/// As it would lie in a window.
class Padded
{
public:
    explicit Padded(const std::string& text)
        : m_size(text.size())
        , m_text(text + std::string(windowPadding, '\0'))
    {
    }
    std::string_view view() const { return std::string_view(m_text).substr(0, m_size); }

private:
    std::size_t m_size;
    std::string m_text;
};

} // namespace

void TestPlainValue::saysWhatTheParserSays_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("plain");
    const auto row = [](const char* name, const char* text, bool plain) {
        QTest::newRow(name) << QByteArray(text) << plain;
    };
    row("empty", "{}", true);
    row("spaces", "{ \n}", true);
    row("scalars", R"({"a":"b","n":-1.5e+3,"t":true,"f":false,"z":null,"":""})", true);
    row("spaces everywhere", "{ \"a\" :\t\"b\" , \"n\" : 12 ,\r\n\"o\" : { \"p\" : 1 } }", true);
    row("a long string", R"({"a":"0123456789abcdef0123456789abcdef0123456789abcdef","b":1})", true);
    row("objects", R"({"o":{},"p":{"q":"r","s":{"t":[1,{"u":"}"}]}},"v":2})", true);
    row("arrays", R"({"a":[],"b":[1,"]",{"c":null}],"d":3})", true);
    row("a key twice", R"({"a":1,"a":2})", true);
    row("an escape", R"({"a":"b\n"})", false);
    row("an escape in a key", R"({"\u0061":1})", false);
    row("an escape within", R"({"a":{"b":["\""]}})", false);
    row("not ASCII", "{\"a\":\"\xC3\xA4\"}", false);
    row("not UTF-8", "{\"a\":\"\xFF\"}", false);
    row("a line feed in a string", "{\"a\":\"b\nc\"}", false);
    row("a comma too many", R"({"a":1,})", false);
    row("no comma", R"({"a":1 "b":2})", false);
    row("no colon", R"({"a" 1})", false);
    row("no value", R"({"a":})", false);
    row("no key", R"({1:2})", false);
    row("a word", R"({"a":nul})", false);
    row("a longer word", R"({"a":truest})", false);
    row("two numbers", R"({"a":1 2})", false);
    row("no end", R"({"a":1)", false);
    row("no end of a string", R"({"a":"b)", false);
    row("no end within", R"({"a":{"b":1})", false);
    row("more behind", R"({"a":1}})", false);
    row("a control byte within", "{\"a\":[1\x01]}", false);
}

void TestPlainValue::saysWhatTheParserSays()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, plain);
    const Padded padded(text.toStdString());
    PlainRecord record(padded.view());
    const PlainValue whole = record.valueAt(padded.view().data());
    const std::vector<Seen> seen = membersOf(whole);
    QCOMPARE(record.isPlain(whole), plain);
    if (!plain)
        return;
    JsonParser parser;
    QVERIFY(seen == membersOf(parser.parse(padded.view())));
    QVERIFY(parser.issues(0, 1).empty());
    PlainRecord again(padded.view()); // what nobody visits is passed over
    const PlainValue unvisited = again.valueAt(padded.view().data());
    QVERIFY(again.isPlain(unvisited));
}

/// A piece of a longer text, which ends where the record does.
void TestPlainValue::whatLiesBehindIsNotRead()
{
    const std::string text = R"({"a":"b)";
    const Padded padded(text + R"(","c":1})");
    PlainRecord record(padded.view().substr(0, text.size()));
    const PlainValue whole = record.valueAt(padded.view().data());
    whole.eachMember([](std::string_view, const PlainValue&) {});
    QVERIFY(!record.isPlain(whole));
}

void TestPlainValue::givingUpIsFinal()
{
    const Padded padded(R"({"a":1,"b":2})");
    PlainRecord record(padded.view());
    const PlainValue whole = record.valueAt(padded.view().data());
    int visited = 0;
    whole.eachMember([&](std::string_view, const PlainValue&) {
        ++visited;
        record.giveUp();
    });
    QCOMPARE(visited, 1);
    QVERIFY(!record.isPlain(whole));
}

void TestPlainValue::chromeEventsAreTheSame_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("plain");
    const auto row = [](const char* name, const char* text, bool plain) {
        QTest::newRow(name) << QByteArray(text) << plain;
    };
    row("a model call",
        R"({"name":"chat m","cat":"chat","ph":"X","ts":1763600000438303.210,"dur":26.5,"pid":1,"tid":"t","args":)"
        R"({"span_id":"37478a445681c462","parent_id":"a7478a445681c462","trace_id":"00000000000000000000000000000001",)"
        R"("model":"m","input_tokens":250,"output_tokens":58,"usage":{"total_tokens":308}}})",
        true);
    row("arguments first", R"({"args":{"model":"m","input_tokens":5,"name":"n"},"ph":"X","cat":"llm","ts":1})", true);
    row("arguments of no category", R"({"args":{"model":"m","gen_ai.request.model":"g"},"ph":"X","ts":1})", true);
    row("no number of microseconds", R"({"ph":"X","ts":"soon","dur":null,"pid":"7"})", true);
    row("an id", R"({"ph":"b","id":"0x7","id2":{"local":"0x8"},"scope":"s","cat":"c","ts":3})", true);
    row("arguments that are none", R"({"ph":"X","args":[1],"ts":1})", true);
    row("data within", R"({"ph":"I","args":{"data":{"frame":[1,2]},"name":"x"},"ts":1,"s":"t"})", true);
    row("an id of another form", R"({"ph":"X","args":{"span_id":"first"},"ts":1})", false);
    row("an escape", R"({"ph":"X","args":{"input":"a\nb"},"ts":1})", false);
}

void TestPlainValue::chromeEventsAreTheSame()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, plain);
    const Padded padded(text.toStdString());
    SpanFacts facts;
    ChromeEvent event;
    QCOMPARE(readPlainEvent(padded.view(), facts, event), plain);
    if (!plain)
        return;
    RecordingSink sink;
    JsonParser parser;
    JsonParser spare;
    SpanFacts parsedFacts;
    const ChromeEvent parsed = readChromeEvent(parser.parse(padded.view()), {}, sink, parsedFacts, spare);
    const auto fields = [](const ChromeEvent& of) {
        return std::tuple(of.phase, of.name, of.category, of.process, of.thread, of.id, of.scope, of.localId,
                          of.badTime, of.start, of.duration, of.trace, of.span, of.parent, of.newName);
    };
    QVERIFY(fields(event) == fields(parsed));
    SpanRecord span;
    SpanRecord parsedSpan;
    facts.settle(sink, span, [](const std::string&) {});
    parsedFacts.settle(sink, parsedSpan, [](const std::string&) {});
    QVERIFY(span.texts == parsedSpan.texts);
    QVERIFY(span.usage.tokens == parsedSpan.usage.tokens);
    QCOMPARE(span.kind, parsedSpan.kind);
    QCOMPARE(span.provenance.bits(), parsedSpan.provenance.bits());
}

QTEST_GUILESS_MAIN(TestPlainValue)
#include "tst_plainvalue.moc"
