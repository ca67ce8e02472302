// layers: core
#include "stream.h"

#include <QTest>
#include <limits>
#include <set>

using namespace arcscope;

namespace
{

/// One of each: timed and untimed, with and without range, detail and change of block.
std::vector<StreamEvent> someEvents()
{
    using enum StreamEventKind;
    constexpr Nanos t = 1'767'323'045 * second;
    std::vector<StreamEvent> events;
    const auto add = [&](StreamEvent event) { events.push_back(event); };
    add({.kind = Start, .time = t});
    add({.kind = BlockStart, .block = BlockType::Reasoning, .blockIndex = 0, .time = t + 5});
    add({.kind = Chunk, .block = BlockType::Reasoning, .time = t + 5, .text = "Let me see"});
    add({.kind = Chunk, .block = BlockType::Text, .blockIndex = 1, .time = t + millisecond, .text = "It is "});
    add({.kind = Draft, .block = BlockType::Text, .blockIndex = 1, .text = "seven", .detail = R"({"model":"small"})"});
    add({.kind = Retract, .block = BlockType::Text, .blockIndex = 1, .time = t - second, .from = 6, .to = 11});
    add({.kind = Commit, .block = BlockType::Text, .blockIndex = 1, .to = 6});
    add({.kind = BlockStart, .block = BlockType::ToolCall, .blockIndex = 300, .choice = 2, .text = "search"});
    add({.kind = Stop, .time = std::numeric_limits<Nanos>::max(), .text = "end_turn"});
    add({.kind = Other, .time = std::numeric_limits<Nanos>::min() + 1, .detail = "{}"});
    return events;
}

PackedStream packed(const std::vector<StreamEvent>& events)
{
    StreamWriter writer;
    for (const StreamEvent& event : events)
        writer.add(event);
    return writer.take();
}

} // namespace

class TestStream : public QObject
{
    Q_OBJECT

private slots:
    void everyEventComesBack()
    {
        const std::vector<StreamEvent> events = someEvents();
        const PackedStream stream = packed(events);
        QCOMPARE(stream.count, static_cast<std::uint32_t>(events.size()));
        StreamReader reader(stream);
        StreamEvent event;
        for (const StreamEvent& expected : events) {
            QVERIFY(reader.next(event));
            QVERIFY2(event == expected, name(expected.kind).data());
        }
        QVERIFY(!reader.next(event));
        QVERIFY(!reader.next(event));
    }

    void theFirstAndLastTimeAreThoseOfTheTimedEvents()
    {
        const PackedStream stream = packed({{.kind = StreamEventKind::Chunk, .text = "a"},
                                            {.kind = StreamEventKind::Chunk, .time = 40, .text = "b"},
                                            {.kind = StreamEventKind::Chunk, .time = 70, .text = "c"},
                                            {.kind = StreamEventKind::End}});
        QCOMPARE(stream.firstTime, Nanos(40));
        QCOMPARE(stream.lastTime, Nanos(70));
        QCOMPARE(packed({{.kind = StreamEventKind::End}}).firstTime, noTime);
        QCOMPARE(stream.text, std::string("abc"));
    }

    void aWriterStartsAfreshAfterTake()
    {
        StreamWriter writer;
        for (const StreamEvent& event : someEvents())
            writer.add(event);
        const PackedStream first = writer.take();
        QCOMPARE(writer.count(), 0u);
        QCOMPARE(writer.bytes(), std::size_t(0));
        for (const StreamEvent& event : someEvents())
            writer.add(event);
        QVERIFY(writer.take() == first);
    }

    void aTimedChunkTakesAFewBytes()
    {
        StreamWriter writer;
        for (int i = 0; i < 1000; ++i)
            writer.add({.kind = StreamEventKind::Chunk, .time = i * 20 * millisecond, .text = "word "});
        QVERIFY2(writer.take().events.size() <= 6'000, "lead byte, time difference and length: six bytes at most");
    }

    /// However the bytes are damaged, reading ends, and no text lies outside the stream.
    void damagedStreamsEnd()
    {
        const PackedStream whole = packed(someEvents());
        for (std::size_t at = 0; at < whole.events.size(); ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                PackedStream damaged = whole;
                damaged.events[at] = static_cast<char>(byte);
                StreamReader reader(damaged);
                StreamEvent event;
                std::size_t events = 0;
                std::size_t text = 0;
                while (reader.next(event)) {
                    ++events;
                    text += event.text.size();
                }
                QVERIFY(events <= whole.events.size());
                QVERIFY(text <= whole.text.size());
            }
        }
    }

    void cutStreamsGiveWhatIsWhole()
    {
        const PackedStream whole = packed(someEvents());
        for (std::size_t length = 0; length < whole.events.size(); ++length) {
            PackedStream cut = whole;
            cut.events.resize(length);
            StreamReader reader(cut);
            StreamEvent event;
            std::uint32_t events = 0;
            while (reader.next(event))
                ++events;
            QVERIFY(events < whole.count);
        }
    }

    void kindsAndBlocksAreNamed()
    {
        QCOMPARE(name(StreamEventKind::BlockStart), std::string_view("block_start"));
        QCOMPARE(name(StreamEventKind::Other), std::string_view("other"));
        QCOMPARE(name(BlockType::ToolCall), std::string_view("tool_call"));
        std::set<std::string_view> names;
        for (int kind = 0; kind <= static_cast<int>(StreamEventKind::Other); ++kind)
            QVERIFY(names.insert(name(static_cast<StreamEventKind>(kind))).second);
    }
};

QTEST_APPLESS_MAIN(TestStream)
#include "tst_stream.moc"
