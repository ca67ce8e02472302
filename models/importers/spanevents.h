// SpanEvents: what the events of one span say for its record: the first token, messages of older conventions,
// exceptions, and the events of a stream.
#pragma once

#include "recordedstream.h"

#include <span>
#include <string>
#include <string_view>

namespace arcscope
{

/// Used for one span after the other.
class SpanEvents
{
public:
    /// The texts have to live as SpanFacts::take() asks.
    void add(std::string_view name, Nanos time, std::span<const EventAttribute> attributes, SpanFacts& facts);
    /// The stream's events so far; empty for spans without.
    PackedStream takeStream()
    {
        m_recorded.writeTo(m_stream);
        return m_stream.take();
    }
    bool streamed() const { return m_stream.count() > 0 || !m_recorded.empty(); }
    /// Which rules a recorded stream breaks; to be asked when all events are there.
    std::vector<StreamDefect> streamDefects() { return m_recorded.check(); }

private:
    void addChunk(Nanos time, std::span<const EventAttribute> attributes, SpanFacts& facts);

    StreamWriter m_stream;
    RecordedStream m_recorded;
    std::string m_text;
};

} // namespace arcscope
