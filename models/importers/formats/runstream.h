// RunStream: the events of a LangSmith run as stream events: its tokens with their times.
#pragma once

#include "platformspan.h"
#include "stream.h"

#include <vector>

namespace arcscope
{

class RunStream
{
public:
    /// The run's list of events; only tokens make a stream.
    void read(const JsonValue& events, PlatformSpan& span);
    bool empty() const { return m_tokens == 0; }
    /// When the first token with any content came; noTime where none did.
    Nanos firstToken() const { return m_first; }
    PackedStream take();
    /// Of every block with text an event without text, whose `to` is how much it showed.
    const std::vector<StreamEvent>& shown() const { return m_shown; }

private:
    void token(Nanos time, const JsonValue& kwargs);
    void chunk(Nanos time, const JsonValue& token);
    void delta(Nanos time, std::uint32_t choice, const JsonValue& delta);
    void toolCall(Nanos time, std::uint32_t choice, const JsonValue& call);
    void add(StreamEventKind kind, Nanos time, std::string_view text, BlockType block = BlockType::Text,
             std::uint32_t choice = 0, std::uint32_t blockIndex = 0);

    StreamWriter m_writer;
    std::vector<StreamEvent> m_shown;
    Nanos m_first = noTime;
    std::uint64_t m_tokens = 0;
};

} // namespace arcscope
