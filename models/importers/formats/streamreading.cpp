#include "streamreading.h"

#include "eventlog.h"
#include "jsontext.h"
#include "source.h"
#include "windows.h"

namespace arcscope
{
namespace
{

/// What stands before the first colon of a line and behind it, one space taken off.
std::pair<std::string_view, std::string_view> fieldOf(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return {line, {}};
    std::string_view value = line.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    return {line.substr(0, colon), value};
}

std::string namedEvent(std::string_view name, std::string_view data)
{
    return "{\"event\":" + jsonQuoted(name) + ",\"data\":" + std::string(data) + '}';
}

/// Puts the responses of one file together; the events have no times.
class PlainStreams
{
public:
    PlainStreams(ReadJob& job, const StreamVendor& vendor)
        : m_job(job)
        , m_vendor(vendor)
        , m_log(job.sink, vendor)
    {
    }

    Result<void> read()
    {
        const std::string_view head = m_job.input.peek(Probe::headBytes);
        const std::size_t first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
        const bool json = first != std::string_view::npos && (head[first] == '{' || head[first] == '[');
        m_bare = json;
        const std::string_view begin = json ? head.substr(first) : std::string_view();
        const auto done = begin.starts_with("{\"ts\":") ? readLogLines() : json ? readValues() : readLines();
        give();
        m_log.finish();
        if (m_untimed)
            m_tally.add(Severity::Info, IssueKind::TimeNotRecorded, "events have an order and no times", -1, -1,
                        m_untimed);
        if (m_untimedWhole)
            m_tally.add(Severity::Info, IssueKind::TimeNotRecorded, "responses have an order and no times", -1, -1,
                        m_untimedWhole);
        m_tally.report(m_job.sink);
        return done;
    }

private:
    Result<void> readValues()
    {
        return readSplit(m_job, SplitPaths{"*"}, [&](const SplitEvent& event) {
            if (event.kind != SplitKind::Value) {
                give();
                m_contained = event.kind == SplitKind::Enter;
                return;
            }
            m_byte = static_cast<std::int64_t>(event.offset);
            if (!m_log.take(event.value))
                value(event.value, event.value, static_cast<std::int64_t>(event.line));
        });
    }

    /// An event log, line by line: nearly all of it is deltas that need no parsing.
    Result<void> readLogLines()
    {
        WindowReader window(m_job.input, m_job.control);
        m_line = static_cast<std::int64_t>(window.linesBefore());
        bool ended = false;
        while (!ended) {
            const auto more = window.more();
            if (!more)
                return more.error();
            ended = !*more;
            const std::string_view bytes = window.bytes();
            std::size_t at = 0;
            while (at < bytes.size()) {
                std::size_t end = bytes.find('\n', at);
                if (end == std::string_view::npos) {
                    if (!ended && bytes.size() - at <= maxRecordBytes)
                        break;
                    end = bytes.size();
                }
                ++m_line;
                m_byte = static_cast<std::int64_t>(window.offset() + at);
                std::string_view text = bytes.substr(at, end - at);
                while (!text.empty() && (text.back() == '\r' || text.back() == ' '))
                    text.remove_suffix(1);
                if (!text.empty() && !m_log.take(text))
                    value(text, text, m_line);
                at = std::min(end + 1, bytes.size());
            }
            window.consume(at);
        }
        return {};
    }

    Result<void> readLines()
    {
        WindowReader window(m_job.input, m_job.control);
        m_line = static_cast<std::int64_t>(window.linesBefore());
        std::size_t searched = 0;
        bool ended = false;
        while (true) {
            const std::string_view bytes = window.bytes();
            const std::size_t end = bytes.find('\n', searched);
            if (end == std::string_view::npos && !ended && bytes.size() <= maxRecordBytes) {
                searched = bytes.size();
                const auto more = window.more();
                if (!more)
                    return more.error();
                ended = !*more;
                continue;
            }
            if (bytes.empty())
                break;
            const std::size_t size = end == std::string_view::npos ? bytes.size() : end + 1;
            if (m_raw.empty())
                m_byte = static_cast<std::int64_t>(window.offset());
            ++m_line;
            line(bytes.substr(0, size));
            window.consume(size);
            searched = 0;
        }
        if (!m_data.empty())
            m_tally.add(Severity::Warning, IssueKind::TruncatedFile, "the input ends inside an event", m_line);
        dispatch();
        keep();
        return {};
    }

    void line(std::string_view raw)
    {
        m_raw += raw;
        while (raw.ends_with('\n') || raw.ends_with('\r'))
            raw.remove_suffix(1);
        if (raw.empty()) {
            dispatch();
            return;
        }
        const auto [field, text] = fieldOf(raw);
        if (field.empty()) {
            m_response.add(StreamEventKind::Keepalive, noTime, text);
        } else if (field == "data") {
            if (!m_data.empty())
                m_data += '\n';
            m_data += text;
        } else if (field == "event") {
            m_event = text;
        } else if (field != "id" && field != "retry") {
            m_tally.add(Severity::Warning, IssueKind::MalformedRecord, "a line that is no server-sent event", m_line);
        }
        if (m_raw.size() > maxRecordBytes)
            dispatch();
    }

    void dispatch()
    {
        const std::string data = std::exchange(m_data, {});
        const std::string event = std::exchange(m_event, {});
        if (data == "[DONE]") {
            m_response.terminal = true;
            m_response.add(StreamEventKind::End, noTime, data);
            keep();
        } else if (!data.empty()) {
            value(m_vendor.named && !event.empty() ? namedEvent(event, data) : data, m_raw, m_line);
        } else if (!event.empty() && m_vendor.named) {
            value(namedEvent(event, "null"), m_raw, m_line);
        } else if (!event.empty()) {
            m_response.add(StreamEventKind::Other, noTime, event);
        }
    }

    /// One event; `raw` is how it stands in the file.
    void value(std::string_view text, std::string_view raw, std::int64_t line)
    {
        JsonElement element;
        JsonObject object;
        auto error = m_parser.parse(text.data(), text.size()).get(element);
        if (error == simdjson::UTF8_ERROR) {
            m_repaired = repairedUtf8(text);
            m_tally.add(Severity::Warning, IssueKind::InvalidUtf8, "damaged text is shown with U+FFFD", line, m_byte);
            error = m_parser.parse(m_repaired).get(element);
        }
        if (error != simdjson::SUCCESS || element.get(object) != simdjson::SUCCESS) {
            m_tally.add(Severity::Error, IssueKind::MalformedRecord, "an event that is no JSON object", line, m_byte);
            if (!m_response.empty()) {
                m_response.add(StreamEventKind::Other, noTime, {}, text);
                keepText(raw);
            }
            m_raw.clear();
            return;
        }
        if (m_log.take(object, raw, m_byte)) {
            m_raw.clear();
            return;
        }
        const char* const why = m_vendor.passes ? m_vendor.passes(object) : nullptr;
        if (why) {
            m_tally.add(Severity::Info, IssueKind::UnknownRecord, why, line, m_byte);
            m_raw.clear();
            return;
        }
        if (!m_response.empty() && m_vendor.begins(object, m_response))
            give();
        if (m_response.byte == notRecorded)
            m_response.byte = m_byte;
        m_response.contained = m_contained || !m_bare;
        ++m_taken;
        m_vendor.take(object, noTime, m_response);
        keepText(raw);
    }

    void keepText(std::string_view raw)
    {
        std::string& record = m_response.record;
        if (record.size() + raw.size() > maxRecordBytes) {
            m_tally.add(Severity::Warning, IssueKind::OversizedRecord,
                        "the bytes of a response are kept up to the limit of a record", -1, m_response.byte);
        } else {
            if (m_bare && !record.empty())
                record += '\n';
            record += raw;
        }
        m_raw.clear();
    }
    void keep() { keepText(std::string(m_raw)); }

    void give()
    {
        StreamedResponse response = std::exchange(m_response, StreamedResponse());
        if (response.empty())
            return;
        if (m_vendor.endsWithDone && m_bare && !response.stop.empty())
            response.terminal = true;
        const std::uint64_t taken = std::exchange(m_taken, 0);
        if (m_vendor.wholeIsEvent && taken == 1 && !response.contained && !response.stop.empty())
            response.whole = true;
        if (response.whole)
            m_untimedWhole += response.created == noTime && !response.timed() ? 1 : 0;
        else if (!response.timed())
            m_untimed += taken;
        ++m_given;
        response.give(m_job.sink, m_tally, m_job.fileName + '#' + std::to_string(m_given));
    }

    ReadJob& m_job;
    const StreamVendor& m_vendor;
    EventLog m_log;
    IssueTally m_tally;
    simdjson::dom::parser m_parser;
    StreamedResponse m_response;
    std::string m_raw;
    std::string m_data;
    std::string m_event;
    std::string m_repaired;
    std::int64_t m_byte = 0;
    std::int64_t m_line = 0;
    std::uint64_t m_given = 0;
    std::uint64_t m_taken = 0; ///< events of m_response
    std::uint64_t m_untimed = 0;
    std::uint64_t m_untimedWhole = 0;
    bool m_bare = false;
    bool m_contained = false;
};

/// Gives the events of a stored record; with their names where `named` says so.
template <typename Take>
void eachEvent(std::string_view record, bool named, Take&& take)
{
    const std::size_t first = record.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && record[first] == '{') {
        eachValue(record, [&](const JsonValue& value) { take(std::string(value.raw())); });
        return;
    }
    std::string data;
    std::string event;
    while (!record.empty()) {
        const std::size_t end = std::min(record.find('\n'), record.size());
        std::string_view line = record.substr(0, end);
        record.remove_prefix(std::min(end + 1, record.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.starts_with("data:")) {
            if (!data.empty())
                data += '\n';
            data += fieldOf(line).second;
        } else if (line.starts_with("event:")) {
            event = fieldOf(line).second;
        }
        if (!line.empty() && !record.empty())
            continue;
        if (named && !event.empty())
            take(namedEvent(event, data.empty() ? std::string_view("null") : data));
        else if (!data.empty())
            take(data);
        data.clear();
        event.clear();
    }
}

} // namespace

Result<void> readStreams(ReadJob& job, const StreamVendor& vendor)
{
    return PlainStreams(job, vendor).read();
}

SpanContent decodeStream(std::string_view record, const StreamVendor& vendor)
{
    SpanContent content;
    StreamedResponse response(true);
    bool logged = false;
    bool tool = false;
    simdjson::dom::parser parser;
    eachEvent(record, vendor.named, [&](const std::string& text) {
        JsonElement element;
        JsonObject object;
        if (text == "[DONE]" || parser.parse(text).get(element) != simdjson::SUCCESS ||
            element.get(object) != simdjson::SUCCESS)
            return;
        if (memberText(object, {"type"}) == "tool_use" && hasMember(object, "arguments")) {
            tool = true;
            content.toolArguments = memberText(object, {"arguments"});
            content.toolResult = memberText(object, {"result"});
            return;
        }
        JsonObject data;
        const bool line = hasMember(object, "ts") || hasMember(object, "t_wall_ns");
        logged = logged || line;
        if (line && findObject(object, "data", data))
            object = data;
        vendor.take(object, noTime, response);
    });
    if (tool)
        return content;
    response.addTo(content);
    if (logged)
        content.notes.emplace_back("the text is in the stream's events");
    return content;
}

bool streamMentions(const Probe& probe, std::string_view text)
{
    if (probe.kind() != ProbeKind::EventStream && probe.kind() != ProbeKind::Text)
        return false;
    const std::string_view head = probe.head();
    const bool lines = head.starts_with("data:") || head.starts_with("event:") || head.starts_with(":") ||
                       head.find("\ndata:") != std::string_view::npos;
    return lines && head.find(text) != std::string_view::npos;
}

bool logMentions(const Probe& probe, std::string_view text)
{
    for (const ProbeValue& value : probe.values()) {
        if (!value.has("ts") && !value.has("t_wall_ns"))
            continue;
        if (value.text("event").find(text) != std::string_view::npos ||
            value.text("data/type").find(text) != std::string_view::npos ||
            value.text("data/object").find(text) != std::string_view::npos ||
            value.text("raw").find(text) != std::string_view::npos)
            return true;
    }
    return false;
}

Nanos secondsOf(const JsonObject& object, std::string_view key)
{
    JsonElement value;
    double number = 0;
    if (!findMember(object, {key}, value) || value.get(number) != simdjson::SUCCESS || !(number > 0) || number > 9e9)
        return noTime;
    const auto whole = static_cast<std::int64_t>(number);
    return whole * second + static_cast<Nanos>((number - static_cast<double>(whole)) * 1e6) * microsecond;
}

Nanos millisecondsOf(const JsonObject& object, std::string_view key)
{
    JsonElement value;
    double number = 0;
    if (!findMember(object, {key}, value) || value.get(number) != simdjson::SUCCESS || !(number > 0) || number > 9e12)
        return noTime;
    return static_cast<Nanos>(number * 1e3) * microsecond;
}

std::uint32_t indexOf(const JsonObject& object, std::string_view key)
{
    JsonElement value;
    std::uint64_t number = 0;
    if (!findMember(object, {key}, value) || value.get(number) != simdjson::SUCCESS || number > 0xffff'ffffu)
        return 0;
    return static_cast<std::uint32_t>(number);
}

std::string compactJson(const JsonObject& object)
{
    return simdjson::minify(object);
}

bool findObject(const JsonObject& object, std::string_view key, JsonObject& found)
{
    JsonElement value;
    return findMember(object, {key}, value) && value.get(found) == simdjson::SUCCESS;
}

} // namespace arcscope
