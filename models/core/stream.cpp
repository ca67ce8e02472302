#include "stream.h"

#include <array>
#include <utility>

namespace arcscope
{
namespace
{

// One byte leads each event: the kind in four bits, then what follows it.
constexpr unsigned hasTime = 0x10;
constexpr unsigned hasPlace = 0x20; ///< block type, block index and choice differ from the event before
constexpr unsigned hasRange = 0x40;
constexpr unsigned hasDetail = 0x80;

void putNumber(std::string& out, std::uint64_t value)
{
    while (value >= 0x80) {
        out += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    out += static_cast<char>(value);
}

constexpr std::uint64_t zigzag(std::int64_t value)
{
    return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}

constexpr std::int64_t unzigzag(std::uint64_t value)
{
    return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

} // namespace

void StreamWriter::add(const StreamEvent& event)
{
    std::string& out = m_stream.events;
    const bool place = event.block != m_type || event.blockIndex != m_block || event.choice != m_choice;
    const bool range = event.from != -1 || event.to != -1;
    out += static_cast<char>(static_cast<unsigned>(event.kind) | (event.time != noTime ? hasTime : 0) |
                             (place ? hasPlace : 0) | (range ? hasRange : 0) | (event.detail.empty() ? 0 : hasDetail));
    if (event.time != noTime) {
        putNumber(out, zigzag(static_cast<std::int64_t>(static_cast<std::uint64_t>(event.time) -
                                                        static_cast<std::uint64_t>(m_time))));
        m_time = event.time;
        if (m_stream.firstTime == noTime)
            m_stream.firstTime = event.time;
        m_stream.lastTime = event.time;
    }
    if (place) {
        out += static_cast<char>(event.block);
        putNumber(out, event.blockIndex);
        putNumber(out, event.choice);
        m_type = event.block;
        m_block = event.blockIndex;
        m_choice = event.choice;
    }
    if (range) {
        putNumber(out, zigzag(event.from));
        putNumber(out, zigzag(event.to));
    }
    putNumber(out, event.text.size());
    m_stream.text += event.text;
    if (!event.detail.empty()) {
        putNumber(out, event.detail.size());
        m_stream.detail += event.detail;
    }
    ++m_stream.count;
}

PackedStream StreamWriter::take()
{
    PackedStream stream = std::exchange(m_stream, {});
    *this = {};
    return stream;
}

bool StreamReader::readNumber(std::uint64_t& value)
{
    value = 0;
    for (int shift = 0; shift < 64 && m_at < m_stream.events.size(); shift += 7) {
        const auto byte = static_cast<unsigned char>(m_stream.events[m_at++]);
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

bool StreamReader::readText(const std::string& source, std::size_t& at, std::string_view& text)
{
    std::uint64_t length = 0;
    if (!readNumber(length) || length > source.size() - at)
        return false;
    text = std::string_view(source).substr(at, length);
    at += length;
    return true;
}

bool StreamReader::next(StreamEvent& event)
{
    if (m_at >= m_stream.events.size())
        return false;
    const auto lead = static_cast<unsigned char>(m_stream.events[m_at++]);
    event = {};
    event.kind = static_cast<StreamEventKind>(lead & 0xf);
    std::uint64_t number = 0;
    if (lead & hasTime) {
        if (!readNumber(number))
            return false;
        m_time = static_cast<Nanos>(static_cast<std::uint64_t>(m_time) + static_cast<std::uint64_t>(unzigzag(number)));
        event.time = m_time;
    }
    if (lead & hasPlace) {
        if (m_at >= m_stream.events.size())
            return false;
        const auto type = static_cast<unsigned char>(m_stream.events[m_at++]);
        std::uint64_t choice = 0;
        if (type > static_cast<unsigned>(BlockType::Other) || !readNumber(number) || !readNumber(choice))
            return false;
        m_type = static_cast<BlockType>(type);
        m_block = static_cast<std::uint32_t>(number);
        m_choice = static_cast<std::uint32_t>(choice);
    }
    event.block = m_type;
    event.blockIndex = m_block;
    event.choice = m_choice;
    if (lead & hasRange) {
        std::uint64_t to = 0;
        if (!readNumber(number) || !readNumber(to))
            return false;
        event.from = unzigzag(number);
        event.to = unzigzag(to);
    }
    return readText(m_stream.text, m_textAt, event.text) &&
           (!(lead & hasDetail) || readText(m_stream.detail, m_detailAt, event.detail));
}

std::string_view name(StreamEventKind kind)
{
    constexpr std::array<std::string_view, 16> names{
        "start", "chunk",     "draft", "accept", "retract", "commit", "block_start", "block_end",
        "stall", "keepalive", "usage", "stop",   "error",   "end",    "other",       "other"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name(BlockType type)
{
    constexpr std::array<std::string_view, 6> names{"text", "reasoning", "tool_call", "refusal", "audio", "other"};
    return names[static_cast<std::size_t>(type)];
}

} // namespace arcscope
