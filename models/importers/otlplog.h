// OtlpLogReader: a log record of OTLP JSON that is an event of a GenAI call, made a row below that call's span.
#pragma once

#include "jsonvalue.h"
#include "spanevents.h"
#include "spanrecord.h"

namespace arcscope
{

/// What a log record says as an event of its span: its attributes, and the members of its body.
void addLogEvent(std::string_view record, SpanEvents& events, SpanFacts& facts);

class OtlpLogReader
{
public:
    OtlpLogReader(SpanSink& sink, JsonParser& parser)
        : m_sink(sink)
        , m_parser(parser)
    {
    }

    /// True for an event of GenAI conventions that names its span. Damage is reported.
    bool read(std::string_view json, std::uint64_t offset, std::uint64_t line);
    SpanRecord& span() { return m_span; }
    /// It tells of the call itself: a message, its details, what was streamed.
    bool ofCall() const { return m_ofCall; }

private:
    SpanSink& m_sink;
    JsonParser& m_parser;
    SpanRecord m_span;
    bool m_ofCall = false;
};

} // namespace arcscope
