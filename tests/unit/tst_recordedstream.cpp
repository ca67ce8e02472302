// layers: importers
#include "recordedstream.h"

#include <QTest>

using namespace arcscope;

namespace
{

FactValue text(std::string_view value)
{
    return {FactValue::Form::Text, value};
}
FactValue number(std::string_view value)
{
    return {FactValue::Form::Number, value};
}

} // namespace

class TestRecordedStream : public QObject
{
    Q_OBJECT

private slots:
    void wordsHaveEitherPrefix()
    {
        QCOMPARE(recordedStreamWord("gen_ai.stream.chunk"), std::string_view("chunk"));
        QCOMPARE(recordedStreamWord("arcscope.stream.draft"), std::string_view("draft"));
        QVERIFY(recordedStreamWord("gen_ai.choice").empty());
        QVERIFY(recordedStreamWord("xgen_ai.stream.chunk").empty());
    }

    void numbersGiveTheOrder()
    {
        RecordedStream stream;
        SpanFacts facts;
        const EventAttribute second[] = {{"arcscope.stream.sequence", number("2")},
                                         {"arcscope.stream.chunk.content", text("b")}};
        const EventAttribute first[] = {{"arcscope.stream.sequence", number("1")},
                                        {"arcscope.stream.chunk.content", text("a")}};
        stream.add("chunk", 10, second, facts);
        stream.add("chunk", 20, first, facts);
        const std::vector<std::string> wrong = stream.check();
        QCOMPARE(wrong.size(), std::size_t(1));
        QVERIFY(wrong.front().find("order") != std::string::npos);
        StreamWriter writer;
        stream.writeTo(writer);
        QVERIFY(stream.empty());
        const PackedStream packed = writer.take();
        QCOMPARE(packed.text, std::string("ab"));
    }

    void offsetsOfOtherUnitsBecomeBytes()
    {
        RecordedStream stream;
        SpanFacts facts;
        const EventAttribute draft[] = {{"arcscope.stream.offset.unit", text("utf16_units")},
                                        {"arcscope.stream.offset.start", number("0")},
                                        {"arcscope.stream.offset.end", number("5")},
                                        {"arcscope.stream.chunk.content", text("\u00e9\U0001F600ab")}};
        const EventAttribute retract[] = {{"arcscope.stream.offset.unit", text("utf16_units")},
                                          {"arcscope.stream.retract.from", number("3")},
                                          {"arcscope.stream.retract.to", number("5")}};
        const EventAttribute chunk[] = {{"arcscope.stream.offset.unit", text("codepoints")},
                                        {"arcscope.stream.offset.start", number("2")},
                                        {"arcscope.stream.offset.end", number("3")},
                                        {"arcscope.stream.chunk.content", text("c")}};
        const EventAttribute inside[] = {{"arcscope.stream.offset.unit", text("utf16_units")},
                                         {"arcscope.stream.offset.end", number("2")}};
        const EventAttribute tokens[] = {{"arcscope.stream.offset.unit", text("tokens")},
                                         {"arcscope.stream.offset.end", number("2")}};
        stream.add("draft", noTime, draft, facts);
        stream.add("retract", noTime, retract, facts);
        stream.add("chunk", noTime, chunk, facts);
        stream.add("commit", noTime, inside, facts);
        stream.add("commit", noTime, tokens, facts);
        QVERIFY(stream.check().empty());
        StreamWriter writer;
        stream.writeTo(writer);
        const PackedStream packed = writer.take();
        StreamReader reader(packed);
        StreamEvent event;
        const std::pair<std::int64_t, std::int64_t> expected[] = {{0, 8}, {6, 8}, {6, 7}, {-1, -1}, {-1, -1}};
        for (const auto& [from, to] : expected) {
            QVERIFY(reader.next(event));
            QCOMPARE(event.from, from);
            QCOMPARE(event.to, to);
        }
        QVERIFY(event.detail.find("tokens") != std::string_view::npos);
    }

    void acceptedTextBeginsWithItsDraft()
    {
        RecordedStream stream;
        SpanFacts facts;
        const EventAttribute draft[] = {{"gen_ai.stream.draft.id", text("d")},
                                        {"gen_ai.stream.offset.start", number("5")},
                                        {"gen_ai.stream.draft.tokens", number("3")}};
        const EventAttribute accept[] = {{"gen_ai.stream.draft.id", text("d")},
                                         {"gen_ai.stream.offset.end", number("8")},
                                         {"gen_ai.stream.accepted_tokens", number("2")},
                                         {"gen_ai.stream.rejected_tokens", number("1")}};
        stream.add("draft", noTime, draft, facts);
        stream.add("accept", noTime, accept, facts);
        QVERIFY(stream.check().empty());
        StreamWriter writer;
        stream.writeTo(writer);
        const PackedStream packed = writer.take();
        StreamReader reader(packed);
        StreamEvent event;
        QVERIFY(reader.next(event) && reader.next(event));
        QCOMPARE(event.kind, StreamEventKind::Accept);
        QCOMPARE(event.from, std::int64_t(5));
        QCOMPARE(event.to, std::int64_t(8));
    }
};

QTEST_APPLESS_MAIN(TestRecordedStream)
#include "tst_recordedstream.moc"
