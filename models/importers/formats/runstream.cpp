#include "runstream.h"

#include <algorithm>

namespace arcscope
{

void RunStream::add(StreamEventKind kind, Nanos time, std::string_view text, BlockType block, std::uint32_t choice,
                    std::uint32_t blockIndex)
{
    StreamEvent event;
    event.kind = kind;
    event.block = block;
    event.choice = choice;
    event.blockIndex = blockIndex;
    event.time = time;
    event.text = text;
    m_writer.add(event);
    if (kind == StreamEventKind::Chunk && !text.empty()) {
        auto place = std::find_if(m_shown.begin(), m_shown.end(), [&](const StreamEvent& shown) {
            return shown.block == block && shown.blockIndex == blockIndex && shown.choice == choice;
        });
        if (place == m_shown.end()) {
            event.text = {};
            event.to = 0;
            place = m_shown.insert(m_shown.end(), event);
        }
        place->to += static_cast<std::int64_t>(text.size());
    }
    if (kind == StreamEventKind::Chunk && !text.empty() && time != noTime && (m_first == noTime || time < m_first))
        m_first = time;
}

void RunStream::read(const JsonValue& events, PlatformSpan& span)
{
    events.eachElement([&](const JsonValue& event) {
        std::string name;
        Nanos time = noTime;
        std::string kwargs;
        event.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "name")
                name = value.text();
            else if (key == "time")
                time = span.timeOf(value);
            else if (key == "kwargs")
                kwargs = value.raw();
        });
        JsonParser parser;
        if (name == "new_token") {
            ++m_tokens;
            token(time, parser.parseCopy(kwargs));
        } else if (name == "start" || name == "end") {
            add(name == "start" ? StreamEventKind::Start : StreamEventKind::End, time, {});
        }
    });
}

/// {"token": a text or a provider's chunk, "chunk": LangChain's}.
void RunStream::token(Nanos time, const JsonValue& kwargs)
{
    std::string text;
    bool isText = false;
    bool isChunk = false;
    std::string raw;
    kwargs.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "token" && value.isString()) {
            text = value.text();
            isText = true;
        } else if (key == "token" && value.isObject()) {
            raw = value.raw();
            isChunk = true;
        } else if (key == "chunk" && value.isObject() && text.empty() && !isChunk) {
            value.eachMember([&](std::string_view name, const JsonValue& part) {
                if (name == "text" && part.isString()) {
                    text = part.text();
                    isText = true;
                }
            });
        }
    });
    if (isChunk) {
        JsonParser parser;
        chunk(time, parser.parseCopy(raw));
    } else if (isText) {
        add(StreamEventKind::Chunk, time, text);
    } else {
        StreamEvent other;
        other.time = time;
        const std::string detail(kwargs.raw());
        other.detail = detail;
        m_writer.add(other);
    }
}

/// A chunk as OpenAI streams it.
void RunStream::chunk(Nanos time, const JsonValue& token)
{
    bool known = false;
    token.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "usage" && value.isObject()) {
            known = true;
            StreamEvent usage;
            usage.kind = StreamEventKind::Usage;
            usage.time = time;
            usage.detail = value.raw();
            m_writer.add(usage);
        }
        if (key != "choices")
            return;
        value.eachElement([&](const JsonValue& each) {
            std::string part;
            std::string stop;
            std::uint32_t choice = 0;
            each.eachMember([&](std::string_view name, const JsonValue& member) {
                if (name == "delta")
                    part = member.raw();
                else if (name == "finish_reason" && member.isString())
                    stop = member.text();
                else if (name == "index")
                    choice = static_cast<std::uint32_t>(member.integer().value_or(0));
            });
            known = true;
            JsonParser parser;
            delta(time, choice, parser.parseCopy(part));
            if (!stop.empty())
                add(StreamEventKind::Stop, time, stop, BlockType::Text, choice);
        });
    });
    if (known)
        return;
    StreamEvent other;
    other.time = time;
    other.detail = token.raw();
    m_writer.add(other);
}

void RunStream::delta(Nanos time, std::uint32_t choice, const JsonValue& delta)
{
    bool content = false;
    delta.eachMember([&](std::string_view key, const JsonValue& value) {
        const bool text = value.isString();
        if (key == "content" && text)
            add(StreamEventKind::Chunk, time, value.text(), BlockType::Text, choice);
        else if ((key == "reasoning_content" || key == "reasoning") && text)
            add(StreamEventKind::Chunk, time, value.text(), BlockType::Reasoning, choice);
        else if (key == "refusal" && text)
            add(StreamEventKind::Chunk, time, value.text(), BlockType::Refusal, choice);
        else if (key == "tool_calls" && value.isArray())
            value.eachElement([&](const JsonValue& call) { toolCall(time, choice, call); });
        else
            return;
        content = true;
    });
    if (content)
        return;
    StreamEvent other;
    other.time = time;
    other.choice = choice;
    other.detail = delta.raw();
    m_writer.add(other);
}

void RunStream::toolCall(Nanos time, std::uint32_t choice, const JsonValue& call)
{
    std::uint32_t index = 0;
    std::string name;
    std::string arguments;
    call.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "index")
            index = static_cast<std::uint32_t>(value.integer().value_or(0));
        else if (key == "function")
            value.eachMember([&](std::string_view part, const JsonValue& member) {
                if (part == "name")
                    name = member.text();
                else if (part == "arguments")
                    arguments = member.text();
            });
    });
    // The text is block 0.
    if (!name.empty())
        add(StreamEventKind::BlockStart, time, name, BlockType::ToolCall, choice, index + 1);
    if (!arguments.empty())
        add(StreamEventKind::Chunk, time, arguments, BlockType::ToolCall, choice, index + 1);
}

PackedStream RunStream::take()
{
    PackedStream stream = m_writer.take();
    return m_tokens > 0 ? std::move(stream) : PackedStream();
}

} // namespace arcscope
