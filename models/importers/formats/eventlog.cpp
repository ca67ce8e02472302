#include "eventlog.h"

#include "jsontext.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace arcscope
{
namespace
{

bool skip(std::string_view& text, std::string_view literal)
{
    if (!text.starts_with(literal))
        return false;
    text.remove_prefix(literal.size());
    return true;
}

/// A string without escapes up to its quote.
bool plainString(std::string_view& text, std::string_view& value)
{
    const std::size_t quote = text.find('"');
    if (quote == std::string_view::npos)
        return false;
    value = text.substr(0, quote);
    text.remove_prefix(quote + 1);
    return value.find('\\') == std::string_view::npos;
}

/// The stream of lines that name none.
constexpr std::string_view unnamed = "stream";

Nanos timeOf(const JsonObject& line)
{
    JsonElement value;
    std::int64_t number = 0;
    if (!findMember(line, {"ts", "t_wall_ns"}, value))
        return noTime;
    if (value.get(number) == simdjson::SUCCESS)
        return number;
    return readInteger(textOf(value)).value_or(noTime);
}

} // namespace

EventLog::Open* EventLog::openStream(std::string_view id)
{
    std::uint64_t bits = id.size();
    const std::size_t part = std::min(id.size(), sizeof bits);
    std::memcpy(&bits, id.data() + id.size() - part, part);
    const std::size_t slot = (bits * 0x9e37'79b9'7f4a'7c15u) >> 52;
    Recent& recent = m_recent[slot];
    if (recent.open && recent.id == id)
        return recent.open;
    const auto found = m_streams.find(id);
    if (found == m_streams.end())
        return nullptr;
    recent = {found->first, found->second.get()};
    recent.open->slot = slot;
    return recent.open;
}

EventLog::Open* EventLog::streamOf(std::string_view id, std::int64_t byte)
{
    const auto found = m_streams.find(id);
    if (found != m_streams.end())
        return found->second.get();
    if (m_flushed.contains(hashOf(id))) {
        m_tally.add(Severity::Warning, IssueKind::StreamBroken, "events long after the end of their stream", -1, byte);
        return nullptr;
    }
    auto& open = m_streams[std::string(id)];
    open = std::make_unique<Open>();
    open->response.byte = byte;
    return open.get();
}

void EventLog::taken(Open& open, std::string_view id)
{
    m_used = true;
    const std::size_t bytes = open.response.bytes();
    m_openBytes += bytes - open.counted;
    open.counted = bytes;
    if (!open.ended && (open.response.terminal || !open.response.stop.empty())) {
        open.ended = true;
        m_ended.emplace_back(id);
    }
    while (m_ended.size() > pendingStreams) {
        const std::string oldest = std::move(m_ended.front());
        m_ended.pop_front();
        flush(oldest, nullptr);
    }
    if (m_openBytes > maxOpenBytes) {
        const Streams::value_type* largest = nullptr;
        for (const auto& stream : m_streams) {
            if (!largest || stream.second->counted > largest->second->counted)
                largest = &stream;
        }
        flush(std::string(largest->first), "a stream that is too large to be held open was cut");
    }
}

void EventLog::flush(const std::string& id, const char* why)
{
    const auto found = m_streams.find(id);
    if (found == m_streams.end())
        return;
    if (why)
        m_tally.add(Severity::Warning, IssueKind::StreamBroken, why, -1, found->second->response.byte);
    StreamedResponse& response = found->second->response;
    m_openBytes -= found->second->counted;
    // Loggers may leave the protocol's last event out: the stop says that the content is complete.
    if (!response.stop.empty())
        response.terminal = true;
    if (id != unnamed || response.id.empty())
        response.id = id;
    response.give(m_sink, m_tally, id);
    if (Recent& recent = m_recent[found->second->slot]; recent.open == found->second.get())
        recent = {};
    m_streams.erase(found);
    if (m_flushed.size() < maxRemembered)
        m_flushed.insert(hashOf(std::string_view(id)));
}

bool EventLog::take(std::string_view line)
{
    std::string_view rest = line;
    Nanos time = 0;
    if (!skip(rest, "{\"ts\":"))
        return false;
    const auto number = std::from_chars(rest.data(), rest.data() + rest.size(), time);
    if (number.ec != std::errc())
        return false;
    rest.remove_prefix(static_cast<std::size_t>(number.ptr - rest.data()));
    std::string_view id;
    std::string_view event;
    if (!skip(rest, ",\"stream\":\"") || !plainString(rest, id) || !skip(rest, ",\"event\":\"") ||
        !plainString(rest, event) || !skip(rest, ",\"data\":") || !rest.ends_with('}'))
        return false;
    rest.remove_suffix(1);
    // A delta of exactly the known form goes to a stream that is there; all else is parsed.
    if (!m_vendor.takeFast)
        return false;
    Open* open = openStream(id);
    if (!open || !m_vendor.takeFast(rest, time, open->response, m_scratch))
        return false;
    taken(*open, id);
    return true;
}

bool EventLog::take(const JsonObject& line, std::string_view raw, std::int64_t byte)
{
    if (!hasMember(line, "ts") && !hasMember(line, "t_wall_ns"))
        return false;
    JsonObject data;
    JsonElement text;
    simdjson::dom::parser inner;
    const bool whole = findObject(line, "data", data);
    if (!whole) {
        if (!findMember(line, {"raw", "data"}, text))
            return false;
        JsonElement parsed;
        if (inner.parse(textOf(text)).get(parsed) != simdjson::SUCCESS || parsed.get(data) != simdjson::SUCCESS)
            return false;
    }
    std::string id = memberText(line, {"stream", "stream_id", "id"});
    if (id.empty())
        id = unnamed;
    Open* open = streamOf(id, byte);
    m_used = true;
    if (!open)
        return true;
    if (open->response.terminal && m_vendor.begins(data, open->response)) {
        flush(id, nullptr);
        m_flushed.erase(hashOf(std::string_view(id)));
        open = streamOf(id, byte);
    }
    m_vendor.take(data, timeOf(line), open->response);
    std::string& record = open->response.record;
    if (record.size() + raw.size() > maxRecordBytes)
        m_tally.add(Severity::Warning, IssueKind::OversizedRecord,
                    "the bytes of a response are kept up to the limit of a record", -1, open->response.byte);
    else
        record.append(record.empty() ? 0 : 1, '\n').append(raw);
    taken(*open, id);
    return true;
}

void EventLog::finish()
{
    while (!m_streams.empty())
        flush(std::string(m_streams.begin()->first), nullptr);
    m_tally.report(m_sink);
}

} // namespace arcscope
