#include "recordedstream.h"

#include "jsontext.h"
#include "jsontokens.h"
#include "streamwalk.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <utility>

namespace arcscope
{
namespace
{

using Form = FactValue::Form;

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

struct UnitWord {
    std::string_view word;
    OffsetUnit unit;
};
constexpr auto unitWords = std::to_array<UnitWord>({
    {"utf8_bytes", OffsetUnit::Bytes},
    {"utf16_units", OffsetUnit::Utf16},
    {"codepoints", OffsetUnit::CodePoints},
    {"tokens", OffsetUnit::Tokens},
});

constexpr auto chunkKinds = std::to_array<std::string_view>({"content", "arguments", "signature", "usage", "status"});
constexpr auto evidenceWords = std::to_array<std::string_view>({"observed", "declared", "inferred"});

template <typename Words>
bool isAmong(const Words& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

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

void addMember(std::string& detail, std::string_view key, const FactValue& value)
{
    detail += detail.empty() ? "\"" : ",\"";
    detail.append(escapedJson(key)).append("\":");
    appendJson(detail, value);
}

/// The names of an event's range.
std::pair<std::string_view, std::string_view> rangeKeys(StreamEventKind kind)
{
    if (kind == StreamEventKind::Retract)
        return {"retract.from", "retract.to"};
    return {"offset.start", "offset.end"};
}

bool isSame(const RecordedEvent& a, const RecordedEvent& b)
{
    return a.event == b.event && a.text == b.text && a.detail == b.detail && a.recordedFrom == b.recordedFrom &&
           a.recordedTo == b.recordedTo;
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

void RecordedStream::read(RecordedEvent& into, const EventAttribute& attribute, SpanFacts& facts)
{
    StreamEvent& event = into.event;
    const std::string_view key = bareKey(attribute.key);
    const std::string_view word = attribute.value.text;
    const auto number = [&](std::int64_t limit) {
        const auto read = readInteger(word);
        const bool good = read && *read >= 0 && *read <= limit;
        into.badNumber = into.badNumber || !good;
        return good ? *read : -1;
    };
    constexpr std::int64_t any = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t places = 0xffff;
    const auto take = [&](std::int64_t& target, std::int64_t limit) {
        const std::int64_t given = number(limit);
        target = given >= 0 ? given : target;
        return given >= 0;
    };
    std::int64_t place = 0;
    bool taken = false; // whole: the detail has the rest
    if (key == "chunk.content") {
        into.text = textOf(attribute.value);
        into.content = true;
        taken = true;
    } else if (key == "block.index" || key == "choice.index") {
        taken = take(place, places);
        (key == "block.index" ? event.blockIndex : event.choice) = static_cast<std::uint32_t>(place);
        if (key == "block.index" && taken)
            into.recordedBlock = place;
    } else if (key == "block.type") {
        for (const BlockWord& known : blockWords) {
            if (known.word == word) {
                event.block = known.type;
                into.blockTyped = taken = true;
            }
        }
        into.badWord = into.badWord || !taken;
    } else if (key == "offset.start" || key == "retract.from") {
        taken = take(into.recordedFrom, any);
    } else if (key == "offset.end" || key == "retract.to") {
        taken = take(into.recordedTo, any);
    } else if (key == "sequence") {
        take(into.sequence, any);
    } else if (key == "time.monotonic_ns") {
        take(into.monotonic, any);
    } else if (key == "draft.tokens") {
        take(into.drafted, any);
    } else if (key == "accepted_tokens") {
        take(into.accepted, any);
    } else if (key == "rejected_tokens") {
        take(into.rejected, any);
    } else if (key == "chunk.tokens" || key == "chunk.coalesced" || key == "attempt") {
        number(any);
    } else if (key == "id") {
        into.stream = textOf(attribute.value);
    } else if (key == "branch.id") {
        into.branch = textOf(attribute.value);
    } else if (key == "draft.id") {
        into.draft = textOf(attribute.value);
    } else if (key == "terminal_seen") {
        into.broken = word == "false";
    } else if (key == "finish_reasons") {
        facts.take("gen_ai.response.finish_reasons", attribute.value);
    } else if (key == "chunk.kind") {
        into.badWord = into.badWord || !isAmong(chunkKinds, word);
    } else if (key == "retract.evidence") {
        into.badWord = into.badWord || !isAmong(evidenceWords, word);
    }
    if (!taken)
        addMember(into.detail, key, attribute.value);
}

void RecordedStream::add(std::string_view word, Nanos time, std::span<const EventAttribute> attributes,
                         SpanFacts& facts)
{
    RecordedEvent& made = m_events.emplace_back();
    made.event.time = time;
    made.unknown = true;
    for (const StreamWord& known : streamWords) {
        if (known.word == word) {
            made.event.kind = known.kind;
            made.unknown = false;
        }
    }
    std::string_view chunkKind;
    bool reason = false;
    bool evidence = false;
    for (const EventAttribute& attribute : attributes) {
        const std::string_view key = bareKey(attribute.key);
        if (key == "offset.unit") {
            made.unit = OffsetUnit::Unknown;
            made.unitNamed = true;
            for (const UnitWord& known : unitWords)
                made.unit = known.word == attribute.value.text ? known.unit : made.unit;
        } else if (key == "chunk.kind") {
            chunkKind = attribute.value.text;
        } else if (key == "retract.reason") {
            reason = !attribute.value.text.empty();
        } else if (key == "retract.evidence") {
            evidence = !attribute.value.text.empty();
        }
        read(made, attribute, facts);
    }
    made.explained = reason && evidence;
    const bool chunk = made.event.kind == StreamEventKind::Chunk;
    if (chunk && chunkKind == "usage") {
        made.event.kind = StreamEventKind::Usage;
    } else if (chunk && (chunkKind == "status" || chunkKind == "signature")) {
        made.event.kind = StreamEventKind::Other;
    } else if (made.unknown) {
        made.text = word;
    } else if (time != noTime && (chunk || (made.event.kind == StreamEventKind::Draft && !made.text.empty()))) {
        facts.firstTokenAt(time);
    }
}

void RecordedStream::order(StreamDefects& defects)
{
    std::map<std::string_view, std::vector<std::size_t>> streams;
    for (std::size_t i = 0; i < m_events.size(); ++i)
        streams[m_events[i].stream].push_back(i);
    std::vector<std::size_t> sorted(m_events.size());
    std::vector<bool> again(m_events.size());
    const auto before = [&](std::size_t a, std::size_t b) { return m_events[a].sequence < m_events[b].sequence; };
    for (auto& [id, places] : streams) {
        std::vector<std::size_t> events = places;
        const auto bare = static_cast<std::uint64_t>(
            std::count_if(events.begin(), events.end(), [&](std::size_t i) { return m_events[i].sequence < 0; }));
        if (bare > 0 && bare < events.size())
            defects.add(RecordingRule::SequenceMissing, bare);
        if (bare == 0) {
            for (std::size_t i = 1; i < events.size(); ++i)
                defects.add(RecordingRule::SequenceOrder, before(events[i], events[i - 1]) ? 1 : 0);
            std::stable_sort(events.begin(), events.end(), before);
            for (std::size_t i = 1; i < events.size(); ++i) {
                const RecordedEvent& last = m_events[events[i - 1]];
                const RecordedEvent& next = m_events[events[i]];
                if (next.sequence == last.sequence) {
                    defects.add(RecordingRule::SequenceRepeated);
                    again[places[i]] = isSame(last, next);
                } else if (next.sequence - 1 != last.sequence) {
                    defects.add(RecordingRule::SequenceGap);
                }
            }
        }
        for (std::size_t i = 0; i < events.size(); ++i)
            sorted[places[i]] = events[i];
    }
    std::vector<RecordedEvent> ordered;
    ordered.reserve(m_events.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (!again[i])
            ordered.push_back(std::move(m_events[sorted[i]]));
    }
    m_events = std::move(ordered);
}

std::vector<StreamDefect> RecordedStream::check()
{
    if (m_events.empty())
        return {};
    StreamDefects defects;
    order(defects);
    StreamWalk walk(defects);
    for (RecordedEvent& made : m_events)
        walk.take(made);
    walk.finish();
    return defects.take();
}

void RecordedStream::writeTo(StreamWriter& writer)
{
    for (RecordedEvent& made : m_events) {
        const auto [from, to] = rangeKeys(made.event.kind);
        const auto keep = [&](std::string_view key, std::int64_t recorded, std::int64_t used) {
            const std::string digits = std::to_string(recorded);
            if (recorded >= 0 && (recorded != used || made.unit != OffsetUnit::Bytes))
                addMember(made.detail, key, {FactValue::Form::Number, digits});
        };
        if (made.event.kind == StreamEventKind::Usage) {
            made.detail = std::exchange(made.text, {});
        } else {
            if (made.recordedBlock >= 0 && made.recordedBlock != made.event.blockIndex)
                addMember(made.detail, "block.index", {FactValue::Form::Number, std::to_string(made.recordedBlock)});
            keep(from, made.recordedFrom, made.event.from);
            keep(to, made.recordedTo, made.event.to);
            if (!made.detail.empty())
                made.detail = '{' + made.detail + '}';
        }
        made.event.text = made.text;
        made.event.detail = made.detail;
        writer.add(made.event);
    }
    m_events.clear();
}

} // namespace arcscope
