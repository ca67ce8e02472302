#include "claudewithdrawal.h"

#include "claudeline.h"
#include "ids.h"
#include "recordreading.h"
#include "streamedresponse.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace arcscope
{
namespace
{

/// Records. What lies further back is not looked through: a file could make that cost its length squared.
constexpr std::uint32_t longestRewind = 5'000;

} // namespace

std::string ClaudeWithdrawal::detail() const
{
    return "{\"reason\":" + jsonQuoted(reason) + ",\"evidence\":" + jsonQuoted(evidence) +
           (by.empty() ? "" : ",\"by\":" + jsonQuoted(by)) + '}';
}

std::string ClaudeWithdrawal::record() const
{
    return "{\"type\":\"withdrawn\"," + detail().substr(1);
}

void ClaudeWithdrawals::add(ClaudeWithdrawal withdrawal)
{
    if (m_byLine.contains(0) || !m_byLine.try_emplace(withdrawal.line, m_all.size()).second)
        return;
    m_all.push_back(std::move(withdrawal));
}

const ClaudeWithdrawal* ClaudeWithdrawals::find(std::uint64_t line) const
{
    auto found = m_byLine.find(line);
    if (found == m_byLine.end())
        found = m_byLine.find(0);
    return found == m_byLine.end() ? nullptr : &m_all[found->second];
}

PackedStream withdrawnStream(std::string_view record, const ClaudeWithdrawals& withdrawals)
{
    struct Shown {
        StreamEvent place;
        std::uint64_t line = 0;
    };
    StreamWriter writer;
    std::vector<Shown> blocks;
    IssueTally ignored;
    eachValue(record, [&](const JsonValue& value) {
        const ClaudeLine line = readClaudeLine(value);
        if (line.type != "assistant")
            return;
        const std::string written = "{\"written\":" + jsonQuoted(line.uuid) + '}';
        for (const ClaudeBlock& block : line.blocks) {
            // When a chunk came is not recorded: it was there, whole, when its line was written.
            StreamEvent event;
            event.time = readTime(line.timestamp, ignored);
            event.detail = written;
            writer.add(event);
            event.time = noTime;
            event.detail = {};
            event.blockIndex = static_cast<std::uint32_t>(blocks.size());
            event.block = block.type == "text"       ? BlockType::Text
                          : block.type == "thinking" ? BlockType::Reasoning
                          : block.type == "tool_use" ? BlockType::ToolCall
                                                     : BlockType::Other;
            const std::string_view text = block.type == "tool_use" ? block.input : block.text;
            event.kind = StreamEventKind::BlockStart;
            event.text = block.name;
            writer.add(event);
            event.kind = StreamEventKind::Chunk;
            event.text = text;
            writer.add(event);
            event.kind = StreamEventKind::BlockEnd;
            event.text = {};
            writer.add(event);
            event.from = 0;
            event.to = static_cast<std::int64_t>(text.size());
            blocks.push_back({event, hashOf(line.uuid)});
        }
    });
    for (Shown& shown : blocks) {
        const ClaudeWithdrawal* const why = withdrawals.find(shown.line);
        if (!why)
            continue;
        const std::string detail = why->detail();
        shown.place.kind = StreamEventKind::Retract;
        shown.place.time = why->time;
        shown.place.detail = detail;
        writer.add(shown.place);
    }
    return writer.take();
}

std::vector<std::string> ClaudeHistory::add(std::uint64_t uuid, std::uint64_t parent, bool prompt)
{
    const auto number = static_cast<std::uint32_t>(m_records.size());
    m_byUuid[uuid] = number;
    m_records.push_back({uuid, parent});
    std::vector<std::string> calls;
    if (!prompt || parent == 0)
        return calls;
    const auto [earlier, isFirst] = m_prompts.try_emplace(parent, number);
    if (isFirst)
        return calls;
    const std::uint32_t before = std::exchange(earlier->second, number);
    if (number - before > longestRewind)
        return calls;
    std::unordered_set<std::uint64_t> gone{m_records[before].uuid};
    for (std::uint32_t i = before + 1; i < number; ++i) {
        const Record& record = m_records[i];
        if (!gone.contains(record.parent))
            continue;
        gone.insert(record.uuid);
        const std::string& call = m_calls[record.call];
        if (!call.empty() && std::find(calls.begin(), calls.end(), call) == calls.end())
            calls.push_back(call);
    }
    return calls;
}

void ClaudeHistory::setCall(std::uint64_t uuid, std::string_view call)
{
    const auto found = m_byUuid.find(uuid);
    if (found == m_byUuid.end())
        return;
    if (m_calls.back() != call)
        m_calls.emplace_back(call);
    m_records[found->second].call = static_cast<std::uint32_t>(m_calls.size() - 1);
}

std::string_view ClaudeHistory::callOf(std::uint64_t uuid) const
{
    const auto found = m_byUuid.find(uuid);
    return found == m_byUuid.end() ? std::string_view() : m_calls[m_records[found->second].call];
}

} // namespace arcscope
