// TaggedSpan: what Jaeger and Zipkin have in common: short ids, times in microseconds, tags, and events in time.
#pragma once

#include "jsonvalue.h"
#include "recordreading.h"
#include "spanevents.h"
#include "spanfacts.h"
#include "spanrecord.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// An id of hex digits whose leading zeros may be cut; other texts are ids as they are.
Id readShortId(SpanSink& sink, std::string_view text);

/// Microseconds since 1970, a whole number or one with a fraction; nothing for what is none.
std::optional<Nanos> readMicros(const JsonValue& value);

/// One span after the other. The record's text has to live until finish() returns.
class TaggedSpan
{
public:
    explicit TaggedSpan(SpanSink& sink)
        : m_sink(sink)
    {
    }

    void begin(std::uint64_t byte, std::uint64_t line);
    void tag(std::string_view key, const JsonValue& value);
    void start(const JsonValue& value) { time(m_span.start, value, "the start"); }
    void duration(const JsonValue& value) { time(m_duration, value, "the duration"); }
    /// Where the span states none itself.
    void timesElsewhere(Nanos start, Nanos duration);
    /// The attributes are used up.
    void event(std::string_view name, const JsonValue& when, std::vector<EventAttribute>& attributes);
    /// False where there is no id: then it is no span.
    bool finish(IssueTally& tally);

    SpanRecord& span() { return m_span; }
    SpanFacts& facts() { return m_facts; }
    PackedStream takeStream() { return m_events.takeStream(); }
    bool streamed() const { return m_events.streamed(); }

private:
    void time(Nanos& into, const JsonValue& value, const char* name);

    SpanSink& m_sink;
    SpanFacts m_facts;
    SpanEvents m_events;
    SpanRecord m_span;
    std::vector<std::string> m_bad;
    Nanos m_duration = noTime;
    std::uint64_t m_line = 0;
    bool m_failed = false;
};

} // namespace arcscope
