#include "exchangereader.h"
#include "jsonbytes.h"
#include "probe.h"
#include "source.h"
#include "windows.h"
#include "yamljson.h"

namespace arcscope
{
namespace
{

std::size_t indentOf(std::string_view line)
{
    return std::min(line.find_first_not_of(' '), line.size());
}

bool isItem(std::string_view line, std::size_t indent)
{
    return indentOf(line) == indent && line.size() > indent && line[indent] == '-' &&
           (line.size() == indent + 1 || line[indent + 1] == ' ');
}

bool beginsList(std::string_view line)
{
    return line.starts_with("interactions:") || line.starts_with("http_interactions:");
}

/// Cuts a cassette into its exchanges by their indentation: each is parsed by itself, so that damage costs only one.
class CassetteLines
{
public:
    CassetteLines(ReadJob& job, ExchangeReader& exchanges)
        : m_job(job)
        , m_exchanges(exchanges)
    {
    }

    Result<void> read()
    {
        WindowReader window(m_job.input, m_job.control);
        m_line = static_cast<std::int64_t>(window.linesBefore());
        bool ended = false;
        std::size_t searched = 0;
        while (true) {
            const std::string_view bytes = window.bytes();
            const std::size_t end = bytes.find('\n', searched);
            if (end == std::string_view::npos && !ended && bytes.size() <= maxRecordBytes) {
                searched = bytes.size();
                const auto more = window.more();
                if (!more) {
                    give();
                    return more.error();
                }
                ended = !*more;
                continue;
            }
            if (bytes.empty())
                break;
            const std::size_t size = end == std::string_view::npos ? bytes.size() : end + 1;
            ++m_line;
            m_byte = static_cast<std::int64_t>(window.offset());
            line(bytes.substr(0, size));
            window.consume(size);
            searched = 0;
        }
        give();
        return {};
    }

private:
    void line(std::string_view raw)
    {
        std::string_view text = raw;
        while (text.ends_with('\n') || text.ends_with('\r'))
            text.remove_suffix(1);
        const std::size_t indent = indentOf(text);
        const bool blank = indent == text.size();
        if (m_inList && m_listIndent == unknownIndent && !blank && isItem(text, indent))
            m_listIndent = indent;
        if (m_inList && m_listIndent != unknownIndent) {
            if (isItem(text, m_listIndent)) {
                give();
                m_recordLine = m_line;
                m_recordByte = m_byte;
                append(raw);
                return;
            }
            if (blank || indent > m_listIndent) {
                append(raw);
                return;
            }
            give();
            m_inList = false;
        }
        if (beginsList(text)) {
            m_inList = true;
            m_listIndent = unknownIndent;
        }
    }

    void append(std::string_view raw)
    {
        m_oversized = m_oversized || m_record.size() + raw.size() > maxRecordBytes;
        if (!m_oversized)
            m_record += raw;
    }

    void give()
    {
        const std::string record = std::exchange(m_record, {});
        if (std::exchange(m_oversized, false)) {
            m_exchanges.tally().add(Severity::Error, IssueKind::OversizedRecord,
                                    "an exchange longer than the limit of a record", m_recordLine, m_recordByte);
            return;
        }
        if (record.empty())
            return;
        const YamlJson converted = yamlToJson(record, maxRecordBytes);
        if (!converted.error.empty()) {
            m_exchanges.tally().add(Severity::Error, IssueKind::MalformedRecord,
                                    "an exchange that is no YAML: " + converted.error, m_recordLine + converted.line,
                                    m_recordByte);
            return;
        }
        JsonArray items;
        JsonObject exchange;
        if (m_parser.parse(converted.json).get_array().get(items) != simdjson::SUCCESS || items.size() != 1 ||
            items.at(0).get_object().get(exchange) != simdjson::SUCCESS || !hasMember(exchange, "request")) {
            m_exchanges.tally().add(Severity::Error, IssueKind::MalformedRecord, "an exchange without a request",
                                    m_recordLine, m_recordByte);
            return;
        }
        m_exchanges.take(exchange, record, m_recordLine, m_recordByte);
    }

    static constexpr std::size_t unknownIndent = static_cast<std::size_t>(-1);

    ReadJob& m_job;
    ExchangeReader& m_exchanges;
    simdjson::dom::parser m_parser;
    std::string m_record;
    std::int64_t m_line = 0;
    std::int64_t m_byte = 0;
    std::int64_t m_recordLine = 0;
    std::int64_t m_recordByte = 0;
    std::size_t m_listIndent = unknownIndent;
    bool m_inList = false;
    bool m_oversized = false;
};

/// Cassettes may be written as JSON, too.
Result<void> readJsonCassette(ReadJob& job, ExchangeReader& exchanges)
{
    simdjson::dom::parser parser;
    return readSplit(job, SplitPaths{"interactions|http_interactions/*"}, [&](const SplitEvent& event) {
        if (event.kind != SplitKind::Value || event.target < 0)
            return;
        JsonObject exchange;
        const auto line = static_cast<std::int64_t>(event.line);
        const auto byte = static_cast<std::int64_t>(event.offset);
        if (parser.parse(event.value.data(), event.value.size()).get_object().get(exchange) == simdjson::SUCCESS &&
            hasMember(exchange, "request"))
            exchanges.take(exchange, event.value, line, byte);
        else
            exchanges.tally().add(Severity::Error, IssueKind::MalformedRecord, "an exchange without a request", line,
                                  byte);
    });
}

/// A file that is one response alone, as simple recorders write it: its status, headers and the body as text.
bool isResponse(const ProbeValue& value)
{
    return value.hasNumber("status") && value.hasObject("headers") && value.hasString("body");
}

Result<void> readResponses(ReadJob& job, ExchangeReader& exchanges)
{
    simdjson::dom::parser parser;
    return readSplit(job, SplitPaths(), [&](const SplitEvent& event) {
        if (event.kind != SplitKind::Value)
            return;
        JsonObject exchange;
        const auto line = static_cast<std::int64_t>(event.line);
        const auto byte = static_cast<std::int64_t>(event.offset);
        const std::string record = "{\"response\":" + std::string(event.value) + '}';
        if (parser.parse(record).get_object().get(exchange) == simdjson::SUCCESS)
            exchanges.take(exchange, record, line, byte);
        else
            exchanges.tally().add(Severity::Error, IssueKind::MalformedRecord, "a response that is no JSON", line,
                                  byte);
    });
}

Result<void> read(ReadJob& job)
{
    ExchangeReader exchanges(job.sink, job.fileName);
    const Probe probe = Probe::of(job.input);
    if (probe.first() && isResponse(*probe.first())) {
        auto done = readResponses(job, exchanges);
        exchanges.finish();
        return done;
    }
    const std::string_view head = job.input.peek(Probe::headBytes);
    const std::size_t first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    const bool json = first != std::string_view::npos && head[first] == '{';
    auto done = json ? readJsonCassette(job, exchanges) : CassetteLines(job, exchanges).read();
    exchanges.finish();
    return done;
}

/// The list of exchanges at the start of a line, and a request at the start of its first item.
int sniffCassette(const Probe& probe)
{
    if (const ProbeValue* const first = probe.first()) {
        for (const char* const list : {"interactions", "http_interactions"}) {
            const std::string at = std::string(list) + "/*/request";
            if (first->hasObject(at) && (first->hasString(at + "/uri") || first->hasString(at + "/url")))
                return 92;
        }
        if (isResponse(*first))
            return 60;
    }
    std::string_view head = probe.head();
    bool inList = false;
    for (int keys = 0; !head.empty() && keys < 8;) {
        const std::size_t newline = std::min(head.find('\n'), head.size());
        const std::string_view line = head.substr(0, newline);
        head.remove_prefix(std::min(newline + 1, head.size()));
        const std::size_t indent = indentOf(line);
        std::string_view text = line.substr(indent);
        if (text.empty() || text.front() == '#' || text.starts_with("---") || text.front() == '\r')
            continue;
        if (inList) {
            ++keys;
            if (text.starts_with("- "))
                text.remove_prefix(2);
            if (text.starts_with("request:"))
                return head.find("method:") != std::string_view::npos ? 92 : 0;
        } else if (beginsList(text) && indent == 0) {
            inList = true;
        } else {
            ++keys;
        }
    }
    return 0;
}

} // namespace

ImportFormat vcrCassette()
{
    return {"vcr-cassette", "HTTP cassette (VCR)", sniffCassette, read,
            [](std::string_view record, std::string_view) { return decodeExchange(record); }};
}

} // namespace arcscope
