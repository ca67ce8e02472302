// Stream events: what happened inside a model call at token time, packed per stream.
#pragma once

#include "times.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

enum class StreamEventKind : std::uint8_t {
    Start,
    Chunk,   ///< content shown or handed over
    Draft,   ///< speculative content, not yet accepted
    Accept,  ///< range [from, to) of the block's draft is accepted, the rest rejected
    Retract, ///< range [from, to) of the block's text is withdrawn
    Commit,  ///< text before `to` is final
    BlockStart,
    BlockEnd,
    Stall, ///< declared by the recorder
    Keepalive,
    Usage, ///< the usage record as text in `detail`
    Stop,  ///< the vendor's stop word in `text`
    Error,
    End,   ///< the protocol's terminal event
    Other, ///< anything else, whole in `detail`
};

enum class BlockType : std::uint8_t { Text, Reasoning, ToolCall, Refusal, Audio, Other };

/// One event. Offsets are bytes of the UTF-8 text of the block as it is shown at that moment, after what was withdrawn
/// before; -1 where the event has no range.
struct StreamEvent {
    StreamEventKind kind = StreamEventKind::Other;
    BlockType block = BlockType::Text;
    std::uint32_t blockIndex = 0;
    std::uint32_t choice = 0;
    Nanos time = noTime; ///< when it arrived; noTime: only the order is recorded
    std::int64_t from = -1;
    std::int64_t to = -1;
    std::string_view text;   ///< content of a chunk or draft; name of a tool for its BlockStart; stop word
    std::string_view detail; ///< JSON of whatever else the record says (ids, reasons, evidence); may be empty

    bool operator==(const StreamEvent&) const = default;
};

/// The events of one stream: texts laid end to end, and the rest as variable-length integers (about five bytes for a
/// timed text chunk). Written by StreamWriter, read by StreamReader.
struct PackedStream {
    std::string text;
    std::string detail;
    std::string events;
    std::uint32_t count = 0;
    Nanos firstTime = noTime;
    Nanos lastTime = noTime;

    bool operator==(const PackedStream&) const = default;
};

/// Packs events in order; text and detail are copied.
class StreamWriter
{
public:
    void add(const StreamEvent& event);
    std::uint32_t count() const { return m_stream.count; }
    std::size_t bytes() const { return m_stream.text.size() + m_stream.detail.size() + m_stream.events.size(); }
    PackedStream take();

private:
    PackedStream m_stream;
    Nanos m_time = 0;
    std::uint32_t m_block = 0;
    std::uint32_t m_choice = 0;
    BlockType m_type = BlockType::Text;
};

/// Reads a PackedStream from its start; the views it returns live as long as the stream. Ends early on damaged bytes.
class StreamReader
{
public:
    explicit StreamReader(const PackedStream& stream)
        : m_stream(stream)
    {
    }
    /// False at the end.
    bool next(StreamEvent& event);

private:
    bool readNumber(std::uint64_t& value);
    bool readText(const std::string& source, std::size_t& at, std::string_view& text);

    const PackedStream& m_stream;
    std::size_t m_at = 0;
    std::size_t m_textAt = 0;
    std::size_t m_detailAt = 0;
    Nanos m_time = 0;
    std::uint32_t m_block = 0;
    std::uint32_t m_choice = 0;
    BlockType m_type = BlockType::Text;
};

std::string_view name(StreamEventKind kind); ///< "chunk", "retract", …
std::string_view name(BlockType type);       ///< "text", "reasoning", "tool_call", …

} // namespace arcscope
