#include "codexrollback.h"

#include "codexevent.h"
#include "recordreading.h"

namespace arcscope
{
namespace
{

constexpr std::string_view rolledBack = R"({"reason":"rollback","evidence":"observed"})";

BlockType blockOf(const CodexEvent& event)
{
    if (event.type == "message")
        return BlockType::Text;
    return event.type == "reasoning" ? BlockType::Reasoning : BlockType::ToolCall;
}

/// The items of a call, each behind the time of its line: when its chunks came is not recorded.
PackedStream streamOf(std::string_view record, Nanos time)
{
    StreamWriter writer;
    std::vector<StreamEvent> gone;
    IssueTally ignored;
    eachValue(record, [&](const JsonValue& value) {
        const CodexLine line = readCodexLine(value);
        if (line.type != "response_item")
            return;
        StreamEvent event;
        event.time = readTime(line.timestamp, ignored);
        event.detail = R"({"written":true})";
        writer.add(event);
        event.time = noTime;
        event.detail = {};
        event.block = blockOf(line.event);
        event.blockIndex = static_cast<std::uint32_t>(gone.size());
        event.kind = StreamEventKind::BlockStart;
        event.text = line.event.name;
        writer.add(event);
        event.text = event.block == BlockType::ToolCall ? line.event.arguments : line.event.contentText;
        event.kind = StreamEventKind::Chunk;
        if (!event.text.empty())
            writer.add(event);
        event.from = 0;
        event.to = static_cast<std::int64_t>(event.text.size());
        event.kind = StreamEventKind::BlockEnd;
        event.text = {};
        StreamEvent end = event;
        end.from = end.to = -1;
        writer.add(end);
        gone.push_back(event);
    });
    for (StreamEvent event : gone) {
        event.kind = StreamEventKind::Retract;
        event.time = time;
        event.detail = rolledBack;
        if (event.to > 0)
            writer.add(event);
    }
    return writer.take();
}

PackedStream retractionsOf(const std::vector<StreamEvent>& blocks, Nanos time)
{
    StreamWriter writer;
    for (StreamEvent event : blocks) {
        event.kind = StreamEventKind::Retract;
        event.time = time;
        event.detail = rolledBack;
        writer.add(event);
    }
    return writer.take();
}

} // namespace

void CodexRollback::beginTurn()
{
    if (m_byUser)
        m_turns.push_back(m_turn);
    m_byUser = false;
    ++m_turn;
}

void CodexRollback::add(Row row, std::string record)
{
    keep({m_turn, row, std::move(record), {}});
}

void CodexRollback::add(Row row, std::vector<StreamEvent> blocks)
{
    keep({m_turn, row, {}, std::move(blocks)});
}

void CodexRollback::keep(Call call)
{
    m_bytes += call.record.size();
    m_calls.push_back(std::move(call));
    while (m_calls.size() > maxCalls || (m_bytes > maxBytes && m_calls.size() > 1)) {
        m_bytes -= m_calls.front().record.size();
        m_calls.pop_front();
    }
}

bool CodexRollback::rollBack(SpanSink& sink, std::int64_t turns, Nanos time)
{
    beginTurn();
    std::uint64_t from = m_turn;
    bool known = true;
    for (; turns > 0; --turns) {
        if (m_turns.empty()) {
            known = false;
            break;
        }
        from = m_turns.back();
        m_turns.pop_back();
    }
    while (!m_calls.empty() && m_calls.back().turn >= from) {
        const Call& call = m_calls.back();
        PackedStream stream = call.blocks.empty() ? streamOf(call.record, time) : retractionsOf(call.blocks, time);
        if (stream.count > 0)
            sink.addStream(call.row, std::move(stream));
        m_bytes -= call.record.size();
        m_calls.pop_back();
    }
    return known;
}

} // namespace arcscope
