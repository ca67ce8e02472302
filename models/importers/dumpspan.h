// DumpSpanReader: one span as SDKs and Phoenix dump it: with its context, its times and a map of attributes.
#pragma once

#include "jsonvalue.h"
#include "spanevents.h"
#include "spanfacts.h"
#include "spanissues.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// [seconds, nanoseconds], ISO text, or a number whose size tells its unit. Nothing for anything else; null is noTime.
/// `zoneGiven` becomes false where a text has no zone.
std::optional<Nanos> readDumpTime(const JsonValue& value, bool& zoneGiven);

/// Keeps no id from one span to the next: the sink may give others for the same text by then.
class DumpSpanReader
{
public:
    DumpSpanReader(SpanSink& sink, JsonParser& parser)
        : m_sink(sink)
        , m_parser(parser)
        , m_issues(sink)
    {
    }

    /// False where it is no span; the ledger has why.
    bool read(std::string_view json, std::uint64_t offset, std::uint64_t line);
    /// The id of the trace of spans that do not name theirs; empty: they have none.
    void setTrace(std::string_view trace);
    SpanRecord& span() { return m_span; }
    PackedStream takeStream() { return m_events.takeStream(); }
    bool streamed() const { return m_events.streamed(); }
    /// Whether a time without zone was met.
    bool zoneAssumed() const { return !m_zoneGiven; }

private:
    void member(std::string_view key, const JsonValue& value);
    void readContext(const JsonValue& context);
    void readStatus(std::string_view key, const JsonValue& value);
    void readAttribute(std::string_view key, const JsonValue& value);
    void readEvents(const JsonValue& events);
    void readResource(const JsonValue& resource);
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
    std::string m_traceAround;
    Id m_plainId; ///< of "id", which is the span's only where there is no context
    Nanos m_duration = noTime;
    bool m_zoneGiven = true;
    std::string m_resourceText; ///< the last one read, and what it says: spans in a row share it
    std::string m_service;
    std::string m_environment;
};

} // namespace arcscope
