// Streams of model calls that are invented from dice, and what is said in them.
#pragma once

#include "inventedtrace.h"

namespace arcscope::evaluation
{

/// A stream of one model call, chunk by chunk, which ends as it should unless told otherwise.
class Recorder
{
public:
    explicit Recorder(Invention& in, std::string facts = {})
        : m_in(in)
        , m_facts(std::move(facts))
        , m_pace(in.dice.from(8, 60))
        , m_from(in.dice.from(100, 5'000))
        , m_now(m_from)
    {
        add(StreamEventKind::Start, {});
        m_now += in.dice.from(150, 900);
    }
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;
    ~Recorder()
    {
        m_in.span("t", "call", "-", "model", m_from, m_now + 2,
                  "flag=streamed " + m_facts + (m_word.empty() ? "" : " stop=" + m_word));
        m_in.contents["call"].attributes = attributes;
        if (!m_tool.empty() && m_word.starts_with("tool")) // which is run
            m_in.span("t", m_tool, "-", "tool", m_now + 40, m_now + 900, "tool=run");
        m_in.streams["call"] = m_writer.take();
    }

    void add(StreamEventKind kind, std::string_view text, std::int64_t from = -1, std::int64_t to = -1,
             std::string_view detail = {})
    {
        StreamEvent event;
        event.kind = kind;
        event.block = m_block;
        event.blockIndex = m_index;
        event.time = m_now * millisecond;
        event.text = text;
        event.detail = detail;
        event.from = from;
        event.to = to;
        m_writer.add(event);
    }
    void open(BlockType type, const std::string& tool = {}, const std::string& id = {})
    {
        m_block = type;
        m_index = m_blocks++;
        m_size = 0;
        m_tool = type == BlockType::ToolCall ? id : m_tool;
        add(StreamEventKind::BlockStart, tool, -1, -1, id.empty() ? std::string() : "{\"id\":\"" + id + "\"}");
    }
    void close() { add(StreamEventKind::BlockEnd, {}); }
    void says(const std::string& text)
    {
        for (std::size_t at = 0; at < text.size();) {
            std::size_t size = std::min<std::size_t>(text.size() - at, 2 + m_in.dice.next() % 9);
            while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0u) == 0x80u)
                ++size;
            wait(m_pace + m_in.dice.from(0, m_pace));
            add(StreamEventKind::Chunk, std::string_view(text).substr(at, size));
            at += size;
        }
        m_size += static_cast<std::int64_t>(text.size());
    }
    void atOnce(const std::string& text)
    {
        add(StreamEventKind::Chunk, text);
        m_size += static_cast<std::int64_t>(text.size());
    }
    /// The last bytes of the block.
    void takeBack(std::size_t size)
    {
        add(StreamEventKind::Retract, {}, m_size - static_cast<std::int64_t>(size), m_size,
            "{\"reason\":\"" + m_in.one({"guardrail", "superseded", "retry", "content_filter"}) + "\"}");
        m_size -= static_cast<std::int64_t>(size);
    }
    void wait(long milliseconds) { m_now += milliseconds; }
    long now() const { return m_now; }
    long pace() const { return m_pace; }
    /// `runs`: the tool that it calls is recorded behind it.
    void ends(const std::string& word = {}, bool runs = true)
    {
        m_tool = runs ? m_tool : std::string();
        m_word = word.empty() ? m_in.one({"end_turn", "stop"}) : word;
        wait(m_pace);
        add(StreamEventKind::Stop, m_word);
        add(StreamEventKind::End, {});
    }

    std::vector<Attribute> attributes;

private:
    Invention& m_in;
    std::string m_facts;
    StreamWriter m_writer;
    long m_pace;
    long m_from;
    long m_now;
    BlockType m_block = BlockType::Text;
    std::uint32_t m_index = 0;
    std::uint32_t m_blocks = 0;
    std::int64_t m_size = 0;
    std::string m_word;
    std::string m_tool; ///< id of the last call
};

constexpr long sentenceKinds = 5;

inline std::string sentence(Invention& in, long kind)
{
    switch (kind) {
    case 0:
        return "The " + in.item() + " stands in the hall of a house in " + in.city() + ". ";
    case 1:
        return in.person() + " bought it in " + in.month() + " and has kept it since then. ";
    case 2:
        return "Before you clean the " + in.thing() + ", take out the battery and let it dry. ";
    case 3:
        return "Two of the parts of the " + in.item() + " are of wood, and the third one is of steel. ";
    default:
        return "People in " + in.city() + " keep a " + in.thing() + " near the window. ";
    }
}

inline std::string sentence(Invention& in)
{
    return sentence(in, in.dice.from(0, sentenceKinds - 1));
}

inline std::string prose(Invention& in, long least, long most)
{
    std::string text;
    const long first = in.dice.from(0, sentenceKinds - 1);
    for (long i = in.dice.from(least, most); i > 0; --i)
        text += sentence(in, (first + i) % sentenceKinds);
    return text;
}

} // namespace arcscope::evaluation
