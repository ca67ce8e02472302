// SpanEvents: what the events of one span say for its record: the first token, messages of older conventions,
// exceptions, and the events of a stream.
#pragma once

#include "spanfacts.h"
#include "stream.h"

#include <span>
#include <string>
#include <string_view>

namespace arcscope
{

struct EventAttribute {
    std::string_view key;
    FactValue value;
};

/// Used for one span after the other.
class SpanEvents
{
public:
    /// The texts have to live as SpanFacts::take() asks.
    void add(std::string_view name, Nanos time, std::span<const EventAttribute> attributes, SpanFacts& facts);
    /// The stream's events so far; empty for spans without.
    PackedStream takeStream() { return m_stream.take(); }
    bool streamed() const { return m_stream.count() > 0; }

private:
    void addChunk(Nanos time, std::span<const EventAttribute> attributes, SpanFacts& facts);
    void addStreamEvent(std::string_view word, Nanos time, std::span<const EventAttribute> attributes,
                        SpanFacts& facts);

    StreamWriter m_stream;
    std::string m_text;
    std::string m_detail;
};

} // namespace arcscope
