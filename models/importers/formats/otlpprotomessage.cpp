#include "otlpprotomessage.h"

#include "otlpprotojson.h"

#include <protozero/types.hpp>
#include <protozero/varint.hpp>

#include <algorithm>

namespace arcscope
{
namespace
{

using protozero::pbf_wire_type;

/// A tag and the length behind it.
constexpr std::size_t longestHeader = 20;
/// The field that lists of spans had while a scope was called an instrumentation library.
constexpr std::uint32_t formerList = 1'000;

std::uint64_t endOf(std::uint64_t begin, std::uint64_t size)
{
    return size > unknownSize - begin ? unknownSize : begin + size;
}

} // namespace

OtlpProtoMessage::OtlpProtoMessage(WindowReader& window, std::uint64_t size, OtlpSignal signal, IssueTally& tally)
    : m_window(window)
    , m_signal(signal)
    , m_tally(tally)
    , m_end(endOf(window.offset(), size))
    , m_place(window.offset())
{
}

std::string_view OtlpProtoMessage::ahead(std::uint64_t bytes)
{
    while (m_window.bytes().size() < bytes && !m_inputEnded) {
        const auto more = m_window.more();
        if (!more)
            m_error = more.error();
        m_inputEnded = !more || !*more;
    }
    return m_window.bytes().substr(0, static_cast<std::size_t>(bytes));
}

void OtlpProtoMessage::report(Severity severity, IssueKind kind, std::string what)
{
    m_tally.add(severity, kind, std::move(what), -1, static_cast<std::int64_t>(m_told.value_or(m_window.offset())));
}

const char* OtlpProtoMessage::listKey() const
{
    const bool logs = m_signal == OtlpSignal::Logs;
    switch (m_levels.back().depth) {
    case Depth::Request:
        return logs ? "resourceLogs" : m_signal == OtlpSignal::Metrics ? "resourceMetrics" : "resourceSpans";
    case Depth::Resource:
        return logs ? "scopeLogs" : "scopeSpans";
    case Depth::Scope:
        break;
    }
    return logs ? "logRecords" : "spans";
}

void OtlpProtoMessage::open(Depth depth, std::uint64_t end, std::string& json)
{
    m_levels.push_back({depth, end});
    json += '{';
}

void OtlpProtoMessage::close(std::string& json)
{
    json += m_levels.back().listOpen ? "]}" : "}";
    m_levels.pop_back();
    if (m_levels.empty())
        json += '\n';
}

OtlpProtoEnd OtlpProtoMessage::closeAll(OtlpProtoEnd how, std::string& json)
{
    while (!m_levels.empty())
        close(json);
    return how;
}

void OtlpProtoMessage::member(const char* key, std::string& json)
{
    Level& level = m_levels.back();
    if (std::exchange(level.listOpen, false))
        json += ']';
    json += std::exchange(level.anyMember, true) ? ",\"" : "\"";
    json.append(key).append("\":");
}

void OtlpProtoMessage::element(std::string& json)
{
    if (!m_levels.back().listOpen) {
        member(listKey(), json);
        json += '[';
        m_levels.back().listOpen = true;
        m_levels.back().anyElement = false;
    }
    if (std::exchange(m_levels.back().anyElement, true))
        json += ',';
}

bool OtlpProtoMessage::skipSome()
{
    const std::uint64_t step = std::min<std::uint64_t>(m_skip, windowBytes);
    const std::size_t here = ahead(step).size();
    m_window.consume(here);
    m_skip -= here;
    return here == step;
}

OtlpProtoEnd OtlpProtoMessage::damaged(const char* what, std::string& json)
{
    report(Severity::Error, IssueKind::MalformedRecord, what);
    const Level level = m_levels.back();
    if (level.depth == Depth::Request)
        return closeAll(OtlpProtoEnd::Damaged, json);
    close(json);
    skip(level.end - m_window.offset());
    return OtlpProtoEnd::Going;
}

Result<OtlpProtoEnd> OtlpProtoMessage::step(std::string& json)
{
    if (!std::exchange(m_begun, true))
        open(Depth::Request, m_end, json);
    if (m_skip > 0) {
        if (skipSome())
            return OtlpProtoEnd::Going;
        closeAll(OtlpProtoEnd::Cut, json);
        return m_error ? Result<OtlpProtoEnd>(*m_error) : Result<OtlpProtoEnd>(OtlpProtoEnd::Cut);
    }
    m_place = m_window.offset();
    const Level& level = m_levels.back();
    if (m_place >= level.end) {
        close(json);
        return m_levels.empty() ? OtlpProtoEnd::Whole : OtlpProtoEnd::Going;
    }
    const std::uint64_t left = level.end - m_place;
    const std::string_view bytes = ahead(std::min<std::uint64_t>(left, longestHeader));
    if (m_error && bytes.empty()) {
        closeAll(OtlpProtoEnd::Cut, json);
        return *m_error;
    }
    if (bytes.empty()) {
        const bool whole = level.end == unknownSize;
        return closeAll(whole ? OtlpProtoEnd::Whole : OtlpProtoEnd::Cut, json);
    }
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    std::uint64_t tag = 0;
    std::uint64_t size = 0;
    try {
        tag = protozero::decode_varint(&at, end);
        const auto wire = static_cast<pbf_wire_type>(tag & 7);
        if (wire == pbf_wire_type::varint)
            protozero::decode_varint(&at, end);
        else if (wire == pbf_wire_type::length_delimited)
            size = protozero::decode_varint(&at, end);
        else if (wire == pbf_wire_type::fixed64 || wire == pbf_wire_type::fixed32)
            size = wire == pbf_wire_type::fixed64 ? 8 : 4;
        else
            return damaged("bytes that are no field of a request", json);
    } catch (const protozero::end_of_buffer_exception&) {
        if (m_inputEnded && bytes.size() < left)
            return closeAll(OtlpProtoEnd::Cut, json);
        return damaged("a field that its message ends in", json);
    } catch (const protozero::exception&) {
        return damaged("a number that is too long", json);
    }
    const auto header = static_cast<std::uint64_t>(at - bytes.data());
    if (tag >> 3 == 0 || tag >> 3 >= 1U << 29U)
        return damaged("bytes that are no field of a request", json);
    if (size > left - header)
        return damaged("a field that is longer than what it lies in", json);
    const OtlpProtoEnd now = fieldOf(header, size, static_cast<std::uint32_t>(tag), json);
    if (m_error && now == OtlpProtoEnd::Cut)
        return *m_error;
    return now;
}

OtlpProtoEnd OtlpProtoMessage::fieldOf(std::uint64_t header, std::uint64_t size, std::uint32_t tag, std::string& json)
{
    const Depth depth = m_levels.back().depth;
    const std::uint32_t field = tag >> 3;
    const bool message = static_cast<pbf_wire_type>(tag & 7) == pbf_wire_type::length_delimited;
    const bool list = message && (depth == Depth::Request ? field == 1 : field == 2 || field == formerList);
    if (list && depth == Depth::Request && m_signal == OtlpSignal::Metrics) {
        element(json);
        json += "{}";
        skip(header + size);
    } else if (list && depth != Depth::Scope) {
        element(json);
        m_window.consume(static_cast<std::size_t>(header));
        open(depth == Depth::Request ? Depth::Resource : Depth::Scope, endOf(m_window.offset(), size), json);
    } else if (message && (list || (depth != Depth::Request && (field == 1 || field == 3)))) {
        if (size > maxRecordBytes) {
            report(Severity::Error, IssueKind::OversizedRecord,
                   "a message of " + std::to_string(size) + " bytes, longer than the limit of a record");
            skip(header + size);
        } else if (ahead(header + size).size() < header + size) {
            return closeAll(OtlpProtoEnd::Cut, json);
        } else {
            record(header, size, field, json);
            m_window.consume(static_cast<std::size_t>(header + size));
        }
    } else {
        report(Severity::Info, IssueKind::UnknownRecord,
               "field " + std::to_string(field) + " of " +
                   (depth == Depth::Request    ? "a request"
                    : depth == Depth::Resource ? "the list of a resource"
                                               : "the list of a scope") +
                   " is not known: not read");
        skip(header + size);
    }
    return OtlpProtoEnd::Going;
}

void OtlpProtoMessage::record(std::uint64_t header, std::uint64_t size, std::uint32_t field, std::string& json)
{
    const std::string_view bytes =
        m_window.bytes().substr(static_cast<std::size_t>(header), static_cast<std::size_t>(size));
    const Depth depth = m_levels.back().depth;
    if (field == 3) {
        member("schemaUrl", json);
        appendQuoted(bytes, json);
        return;
    }
    const bool element = depth == Depth::Scope && field != 1;
    const OtlpMessage kind = depth == Depth::Resource         ? OtlpMessage::Resource
                             : field == 1                     ? OtlpMessage::Scope
                             : m_signal == OtlpSignal::Traces ? OtlpMessage::Span
                                                              : OtlpMessage::LogRecord;
    std::string text;
    if (!appendOtlpJson(kind, bytes, maxRecordBytes, text, m_tally,
                        static_cast<std::int64_t>(m_told.value_or(m_window.offset())))) {
        report(Severity::Error, IssueKind::MalformedRecord,
               kind == OtlpMessage::Span        ? "a span that cannot be decoded"
               : kind == OtlpMessage::LogRecord ? "a log record that cannot be decoded"
                                                : "a resource or scope that cannot be decoded");
        return;
    }
    if (element)
        this->element(json);
    else
        member(depth == Depth::Resource ? "resource" : "scope", json);
    json += text;
}

} // namespace arcscope
