#include "recordedstream.h"

#include "jsontext.h"
#include "jsontokens.h"

#include <algorithm>
#include <array>
#include <utility>

namespace arcscope
{
namespace
{

using Form = FactValue::Form;

/// Bytes of text that are looked through for one span's offsets: real streams append, which costs nothing.
constexpr std::size_t maxLookedThrough = std::size_t(256) << 20;

constexpr std::string_view prefixes[] = {"gen_ai.stream.", "arcscope.stream."};

struct StreamWord {
    std::string_view word;
    StreamEventKind kind;
};
constexpr auto streamWords = std::to_array<StreamWord>({
    {"start", StreamEventKind::Start},
    {"end", StreamEventKind::End},
    {"chunk", StreamEventKind::Chunk},
    {"draft", StreamEventKind::Draft},
    {"accept", StreamEventKind::Accept},
    {"retract", StreamEventKind::Retract},
    {"commit", StreamEventKind::Commit},
    {"stall", StreamEventKind::Stall},
    {"keepalive", StreamEventKind::Keepalive},
    {"error", StreamEventKind::Error},
});

struct BlockWord {
    std::string_view word;
    BlockType type;
};
constexpr auto blockWords = std::to_array<BlockWord>({
    {"text", BlockType::Text},
    {"reasoning", BlockType::Reasoning},
    {"tool_call", BlockType::ToolCall},
    {"refusal", BlockType::Refusal},
    {"audio", BlockType::Audio},
    {"other", BlockType::Other},
});

std::string textOf(const FactValue& value)
{
    return value.form == Form::Escaped ? unescapedJson(value.text) : std::string(value.text);
}

void appendJson(std::string& out, const FactValue& value)
{
    if (value.form == Form::Escaped)
        out.append("\"").append(value.text).append("\"");
    else if (value.form == Form::Text)
        out.append("\"").append(escapedJson(value.text)).append("\"");
    else
        out.append(value.text.empty() ? "null" : value.text);
}

/// The key without its prefix.
std::string_view bareKey(std::string_view key)
{
    const std::string_view bare = recordedStreamWord(key);
    return bare.empty() ? key : bare;
}

void note(std::vector<std::string>& wrong, const char* what)
{
    if (std::find(wrong.begin(), wrong.end(), what) == wrong.end())
        wrong.emplace_back(what);
}

} // namespace

std::string_view recordedStreamWord(std::string_view eventName)
{
    for (const std::string_view prefix : prefixes) {
        if (eventName.starts_with(prefix))
            return eventName.substr(prefix.size());
    }
    return {};
}

void RecordedStream::read(Event& into, const EventAttribute& attribute, SpanFacts& facts)
{
    StreamEvent& event = into.event;
    const std::string_view key = bareKey(attribute.key);
    const auto number = readInteger(attribute.value.text);
    const auto small = [&](std::uint32_t& target) {
        const bool fits = number && *number >= 0 && *number <= 0xffff;
        target = fits ? static_cast<std::uint32_t>(*number) : target;
        return fits;
    };
    if (key == "chunk.content") {
        into.text = textOf(attribute.value);
        return;
    }
    if ((key == "block.index" && small(event.blockIndex)) || (key == "choice.index" && small(event.choice)))
        return;
    if (key == "block.type") {
        for (const BlockWord& known : blockWords) {
            if (known.word == attribute.value.text)
                event.block = known.type;
        }
        return;
    }
    const bool from = key == "offset.start" || key == "retract.from";
    if (number && *number >= 0 && (from || key == "offset.end" || key == "retract.to")) {
        (from ? event.from : event.to) = *number;
        if (into.unit == OffsetUnit::Bytes)
            return;
    }
    // The rest stays as it is, also where something is known of it.
    if (key == "sequence" && number && *number >= 0)
        into.sequence = *number;
    else if (key == "id")
        into.stream = textOf(attribute.value);
    else if (key == "branch.id")
        into.branch = textOf(attribute.value);
    else if (key == "draft.id")
        into.draft = textOf(attribute.value);
    else if ((key == "draft.tokens" || key == "accepted_tokens" || key == "rejected_tokens") && number && *number >= 0)
        into.tokens = saturatedSum(std::max<std::int64_t>(into.tokens, 0), *number);
    else if (key == "terminal_seen")
        into.broken = attribute.value.text == "false";
    else if (key == "finish_reasons")
        facts.take("gen_ai.response.finish_reasons", attribute.value);
    into.detail += into.detail.size() > 1 ? ",\"" : "\"";
    into.detail.append(escapedJson(key)).append("\":");
    appendJson(into.detail, attribute.value);
}

void RecordedStream::add(std::string_view word, Nanos time, std::span<const EventAttribute> attributes,
                         SpanFacts& facts)
{
    Event& made = m_events.emplace_back();
    made.event.time = time;
    for (const StreamWord& known : streamWords) {
        if (known.word == word)
            made.event.kind = known.kind;
    }
    std::string_view chunkKind;
    for (const EventAttribute& attribute : attributes) {
        const std::string_view key = bareKey(attribute.key);
        if (key == "offset.unit")
            made.unit = attribute.value.text == "utf8_bytes"    ? OffsetUnit::Bytes
                        : attribute.value.text == "utf16_units" ? OffsetUnit::Utf16
                        : attribute.value.text == "codepoints"  ? OffsetUnit::CodePoints
                                                                : OffsetUnit::Other;
        else if (key == "chunk.kind")
            chunkKind = attribute.value.text;
    }
    made.detail = "{";
    for (const EventAttribute& attribute : attributes)
        read(made, attribute, facts);
    made.detail += '}';
    if (made.detail.size() == 2)
        made.detail.clear();
    if (made.event.kind == StreamEventKind::Chunk && chunkKind == "usage") {
        made.event.kind = StreamEventKind::Usage;
        made.detail = std::exchange(made.text, {});
    } else if (made.event.kind == StreamEventKind::Chunk && (chunkKind == "status" || chunkKind == "signature")) {
        made.event.kind = StreamEventKind::Other;
    } else if (made.event.kind == StreamEventKind::Other) {
        made.text = word;
    } else if (made.event.kind == StreamEventKind::Chunk && time != noTime) {
        facts.firstTokenAt(time);
    }
}

/// The text of a block so far.
struct RecordedStream::BlockText {
    std::string text;
    std::int64_t units = 0; ///< of the whole text, in `unit`
    OffsetUnit unit = OffsetUnit::Bytes;

    static std::int64_t unitsOf(char lead, OffsetUnit unit)
    {
        const auto byte = static_cast<unsigned char>(lead);
        if (unit == OffsetUnit::Bytes)
            return 1;
        if ((byte & 0xC0) == 0x80)
            return 0;
        return unit == OffsetUnit::Utf16 && byte >= 0xF0 ? 2 : 1;
    }
    void use(OffsetUnit wanted)
    {
        if (wanted == unit)
            return;
        unit = wanted;
        units = 0;
        for (const char c : text)
            units += unitsOf(c, unit);
    }
    /// Takes what one look through the text costs.
    bool spend(std::size_t& budget) const
    {
        const bool enough = budget >= text.size();
        budget -= enough ? text.size() : 0;
        return enough;
    }
    /// The byte at an offset; -1 beyond the text, inside of a character, or where `budget` (bytes to look through)
    /// ends.
    std::int64_t byteAt(std::int64_t offset, OffsetUnit wanted, std::size_t& budget)
    {
        if (wanted != unit && !spend(budget))
            return -1;
        use(wanted);
        if (offset == units)
            return static_cast<std::int64_t>(text.size());
        if (!spend(budget))
            return -1;
        std::int64_t passed = 0;
        for (std::size_t i = 0; i < text.size() && offset < units; ++i) {
            const std::int64_t next = unitsOf(text[i], unit);
            if (next > 0 && passed == offset)
                return static_cast<std::int64_t>(i);
            passed += next;
        }
        return -1;
    }
    void append(std::string_view more)
    {
        text += more;
        for (const char c : more)
            units += unitsOf(c, unit);
    }
    void cut(std::int64_t from)
    {
        if (from < 0 || from >= static_cast<std::int64_t>(text.size()))
            return;
        for (std::size_t i = static_cast<std::size_t>(from); i < text.size(); ++i)
            units -= unitsOf(text[i], unit);
        text.resize(static_cast<std::size_t>(from));
    }
};

void RecordedStream::settleRanges()
{
    const bool any =
        std::any_of(m_events.begin(), m_events.end(), [](const Event& made) { return made.unit != OffsetUnit::Bytes; });
    if (!any)
        return;
    std::map<std::string, BlockText> blocks;
    std::size_t budget = maxLookedThrough;
    for (Event& made : m_events) {
        StreamEvent& event = made.event;
        BlockText& block = blocks[made.stream + '\n' + made.branch + '\n' + std::to_string(event.choice) + '/' +
                                  std::to_string(event.blockIndex)];
        const bool adds = event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft;
        const bool converts = made.unit == OffsetUnit::Utf16 || made.unit == OffsetUnit::CodePoints;
        if (made.unit == OffsetUnit::Other)
            event.from = event.to = -1;
        else if (converts && event.from >= 0)
            event.from = block.byteAt(event.from, made.unit, budget);
        if (adds) {
            block.cut(event.from);
            block.append(made.text);
        }
        if (converts && event.to >= 0)
            event.to = block.byteAt(event.to, made.unit, budget);
        if (event.kind == StreamEventKind::Retract && event.to == static_cast<std::int64_t>(block.text.size()))
            block.cut(event.from);
    }
}

void RecordedStream::settleDrafts(std::vector<std::string>& wrong)
{
    std::map<std::string, std::size_t> drafts;
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        Event& made = m_events[i];
        if (made.draft.empty())
            continue;
        const std::string id = made.stream + '\n' + made.draft;
        if (made.event.kind == StreamEventKind::Draft) {
            drafts[id] = i;
        } else if (made.event.kind == StreamEventKind::Accept) {
            const auto draft = drafts.find(id);
            if (draft == drafts.end()) {
                note(wrong, "a draft is accepted that is not recorded");
                continue;
            }
            const Event& offered = m_events[draft->second];
            // What is accepted begins where the draft does.
            if (made.event.from < 0 && made.event.to >= offered.event.from)
                made.event.from = offered.event.from;
            if (offered.tokens >= 0 && made.tokens >= 0 && offered.tokens != made.tokens)
                note(wrong, "accepted and rejected tokens are not those of the draft");
        }
    }
}

std::vector<std::string> RecordedStream::check()
{
    std::vector<std::string> wrong;
    const bool numbered = std::all_of(m_events.begin(), m_events.end(), [&](const Event& event) {
        return event.sequence >= 0 && event.stream == m_events.front().stream;
    });
    const auto before = [](const Event& a, const Event& b) { return a.sequence < b.sequence; };
    if (numbered && !std::is_sorted(m_events.begin(), m_events.end(), before)) {
        std::stable_sort(m_events.begin(), m_events.end(), before);
        note(wrong, "the events of a stream are not in the order of their numbers; they are read in it");
    }
    settleRanges();
    settleDrafts(wrong);
    struct Past {
        std::int64_t sequence = -1;
        bool ended = false;
        std::map<std::uint64_t, std::int64_t> committed; ///< by choice and block
    };
    std::map<std::string, Past> streams;
    for (const Event& made : m_events) {
        Past& past = streams[made.stream];
        const StreamEvent& event = made.event;
        if (made.sequence >= 0 && past.sequence >= 0 && made.sequence != past.sequence + 1)
            note(wrong, made.sequence > past.sequence ? "events of a stream are missing: its numbers have a gap"
                                                      : "events of a stream have the same number");
        past.sequence = std::max(past.sequence, made.sequence);
        if (past.ended && (event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft))
            note(wrong, "content behind the end of a stream");
        past.ended = past.ended || event.kind == StreamEventKind::End;
        if (made.broken)
            note(wrong, "a stream without its terminal event");
        const std::uint64_t block = std::uint64_t(event.choice) << 32 | event.blockIndex;
        if (event.kind == StreamEventKind::Commit && event.to >= 0)
            past.committed[block] = std::max(past.committed[block], event.to);
        if (event.kind != StreamEventKind::Retract || event.from < 0 || event.to < 0)
            continue;
        if (event.from >= event.to)
            note(wrong, "a retraction of nothing");
        const auto committed = past.committed.find(block);
        if (committed != past.committed.end() && event.from < committed->second)
            note(wrong, "text is withdrawn that was committed");
    }
    return wrong;
}

void RecordedStream::writeTo(StreamWriter& writer)
{
    for (Event& made : m_events) {
        made.event.text = made.text;
        made.event.detail = made.detail;
        writer.add(made.event);
    }
    m_events.clear();
}

} // namespace arcscope
