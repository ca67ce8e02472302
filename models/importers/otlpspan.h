// OtlpSpanReader: one span of OTLP JSON, in every spelling that is found, made a SpanRecord.
#pragma once

#include "jsonvalue.h"
#include "spanevents.h"
#include "spanfacts.h"
#include "spanissues.h"

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace arcscope
{

/// An id as hex, base64, 0x…, byte array, or Buffer object.
Id readOtlpId(SpanSink& sink, const JsonValue& value);

/// Unix nanoseconds as number, decimal string, {low, high}, or ISO text; nothing where it is none of these or out of
/// range. 0 stands for not recorded and gives noTime.
std::optional<Nanos> readOtlpTime(const JsonValue& value);

/// An AnyValue, or an ordinary JSON value where `flat`. Arrays are kept in `facts` as ordinary JSON.
FactValue readOtlpValue(const JsonValue& value, bool flat, SpanFacts& facts);

/// visit(key, value) for every attribute of [{key, value}] or of a flat map. `wanted` says for a key whether its value
/// is asked for.
void eachOtlpAttribute(const JsonValue& attributes, SpanFacts& facts,
                       const std::function<bool(std::string_view)>& wanted,
                       const std::function<void(std::string_view, const FactValue&)>& visit);

class OtlpSpanReader
{
public:
    OtlpSpanReader(SpanSink& sink, JsonParser& parser)
        : m_sink(sink)
        , m_parser(parser)
        , m_issues(sink)
    {
    }

    /// Reads a span given by the splitter. False where it says too little to be kept; issues() has why.
    /// `logs` are log records that tell of this span.
    bool read(std::string_view json, std::uint64_t offset, std::uint64_t line,
              std::span<const std::string_view> logs = {});
    /// Of the last span read.
    SpanRecord& span() { return m_span; }
    PackedStream takeStream() { return m_exported.empty() ? m_events.takeStream() : std::move(m_exportedStream); }
    bool streamed() const { return m_exported.empty() ? m_events.streamed() : m_exportedStream.count > 0; }

private:
    void member(std::string_view key, const JsonValue& value);
    void readAttributes(const JsonValue& attributes);
    void readEvents(const JsonValue& events);
    void readStatus(const JsonValue& status);
    Nanos time(const JsonValue& value, const char* name);
    void check();
    void report(Severity severity, IssueKind kind, std::string message)
    {
        m_issues.report(severity, kind, std::move(message));
    }

    SpanSink& m_sink;
    JsonParser& m_parser;
    SpanIssues m_issues;
    SpanFacts m_facts;
    SpanEvents m_events;
    SpanRecord m_span;
    std::vector<EventAttribute> m_eventAttributes;
    std::string m_exported; ///< what the span itself says where it was exported by this program
    PackedStream m_exportedStream;
    bool m_traceGiven = false;
    bool m_spanGiven = false;
};

} // namespace arcscope
