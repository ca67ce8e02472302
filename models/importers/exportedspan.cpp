#include "exportedspan.h"

#include "jsonvalue.h"
#include "messagejson.h"

#include <array>
#include <charconv>
#include <set>
#include <string>

namespace arcscope
{
namespace
{

constexpr auto usageNames = std::to_array<std::string_view>({"input", "output", "total", "cache_read", "cache_write",
                                                             "cache_write_long", "reasoning", "prediction_accepted",
                                                             "prediction_rejected", "audio_input", "audio_output"});
constexpr auto factWords =
    std::to_array<std::string_view>({"start", "end", "kind", "parent", "usage", "cost", "stop", "model", "status"});
static_assert(usageNames.size() == rawUsageMembers.size() && factWords.size() == factCount);

/// The value of an enum whose name() is `word`; `otherwise` where none is.
template <typename Enum>
Enum named(std::string_view word, int count, Enum otherwise)
{
    for (int i = 0; i < count; ++i) {
        if (name(static_cast<Enum>(i)) == word)
            return static_cast<Enum>(i);
    }
    return otherwise;
}

void readUsage(const JsonValue& counts, Usage& usage)
{
    counts.eachMember([&](std::string_view key, const JsonValue& value) {
        const auto usageClass = named(key, usageClassCount, UsageClass::Input);
        if (name(usageClass) == key)
            usage[usageClass] = value.integer().value_or(noTokens);
    });
}

void readFacts(const JsonValue& facts, ProvenanceSet& provenance)
{
    facts.eachMember([&](std::string_view key, const JsonValue& value) {
        for (std::size_t i = 0; i < factWords.size(); ++i) {
            if (factWords[i] == key)
                provenance.set(static_cast<Fact>(i), named(value.text(), 4, Provenance::NotRecorded));
        }
    });
}

StreamEvent eventOf(const JsonValue& json, std::string& text, std::string& detail)
{
    StreamEvent event;
    text.clear();
    detail.clear();
    json.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "kind")
            event.kind = named(value.text(), 15, StreamEventKind::Other);
        else if (key == "block")
            event.block = named(value.text(), 6, BlockType::Text);
        else if (key == "index")
            event.blockIndex = static_cast<std::uint32_t>(value.integer().value_or(0));
        else if (key == "choice")
            event.choice = static_cast<std::uint32_t>(value.integer().value_or(0));
        else if (key == "time")
            event.time = value.integer().value_or(noTime);
        else if (key == "from")
            event.from = value.integer().value_or(-1);
        else if (key == "to")
            event.to = value.integer().value_or(-1);
        else if (key == "text")
            text = value.text();
        else if (key == "detail")
            detail = value.text();
    });
    event.text = text;
    event.detail = detail;
    return event;
}

Message messageOf(const JsonValue& json)
{
    Message message;
    json.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "role")
            message.role = static_cast<Role>(std::min<std::int64_t>(value.integer().value_or(4) & 7, 4));
        else if (key == "role_text")
            message.roleText = value.text();
        else if (key == "name")
            message.name = value.text();
        else if (key == "stop")
            message.stopReason = value.text();
        else if (key == "parts")
            value.eachElement([&](const JsonValue& one) {
                Part part;
                one.eachMember([&](std::string_view member, const JsonValue& inner) {
                    if (member == "kind")
                        part.kind = static_cast<PartKind>(std::min<std::int64_t>(inner.integer().value_or(6) & 7, 6));
                    else if (member == "text")
                        part.text = inner.text();
                    else if (member == "name")
                        part.name = inner.text();
                    else if (member == "id")
                        part.id = inner.text();
                    else if (member == "media")
                        part.media = inner.text();
                    else if (member == "failed")
                        part.failed = inner.boolean().value_or(false);
                });
                message.parts.push_back(std::move(part));
            });
    });
    return message;
}

/// Keeps the attributes that the source has, under their own keys.
void keepRecorded(std::vector<Attribute>& attributes, std::string_view prefix)
{
    std::vector<Attribute> kept;
    for (Attribute& attribute : attributes) {
        if (attribute.key.starts_with(prefix)) {
            attribute.key.erase(0, prefix.size());
            if (attribute.type == AttributeType::Null)
                attribute.value = "null";
            kept.push_back(std::move(attribute));
        }
    }
    attributes = std::move(kept);
}

} // namespace

std::span<const std::string_view> rawUsageNames()
{
    return usageNames;
}

std::span<const std::string_view> factNames()
{
    return factWords;
}

bool applyExported(std::string_view exported, SpanSink& sink, SpanRecord& span, PackedStream& stream)
{
    JsonParser parser;
    const JsonValue root = parser.parseCopy(exported);
    if (!root.isObject())
        return false;
    SpanRecord made;
    made.start = span.start;
    made.end = span.end;
    made.sourceByte = span.sourceByte;
    StreamWriter events;
    root.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "trace") {
            made.trace = toId(sink, value.text());
        } else if (key == "span") {
            made.span = toId(sink, value.text());
        } else if (key == "parent") {
            made.parent = toId(sink, value.text());
        } else if (key == "kind") {
            made.kind = spanKindNamed(value.text()).value_or(SpanKind::Other);
        } else if (key == "status") {
            made.status = spanStatusNamed(value.text()).value_or(SpanStatus::Unset);
        } else if (key == "flags") {
            made.flags = static_cast<std::uint32_t>(value.integer().value_or(0));
        } else if (key == "facts") {
            readFacts(value, made.provenance);
        } else if (key == "usage") {
            readUsage(value, made.usage);
        } else if (key == "dialect") {
            made.usageDialect = named(value.text(), 4, UsageDialect::Inclusive);
        } else if (key == "cost") {
            made.cost = value.integer().value_or(notRecorded);
        } else if (key == "messages") {
            made.messages = value.integer().value_or(notRecorded);
        } else if (key == "calls") {
            made.callsAsked = value.integer().value_or(notRecorded);
        } else if (key == "first_token") {
            made.firstToken = value.integer().value_or(notRecorded);
        } else if (key == "response") {
            const std::string_view hex = value.text();
            std::from_chars(hex.data(), hex.data() + hex.size(), made.responseHash, 16);
        } else if (key == "texts") {
            value.eachMember([&](std::string_view text, const JsonValue& content) {
                const auto what = named(text, spanTextCount, SpanText::Format);
                if (what != SpanText::Format && what != SpanText::Resource)
                    setText(sink, made, what, content.text());
            });
        } else if (key == "stream") {
            std::string text;
            std::string detail;
            value.eachElement([&](const JsonValue& event) { events.add(eventOf(event, text, detail)); });
        }
    });
    if (!made.span)
        return false;
    span = made;
    stream = events.take();
    return true;
}

SpanContent exportedContent(std::string_view exported, SpanContent content)
{
    JsonParser parser;
    bool input = false;
    bool output = false;
    std::set<std::string, std::less<>> jsonTexts;
    content.toolFailed = false;
    content.input.clear();
    content.output.clear();
    content.usage = {};
    const JsonValue root = parser.parseCopy(exported);
    root.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "failed") {
            content.toolFailed = value.boolean().value_or(false);
        } else if (key == "raw_usage") {
            value.eachMember([&](std::string_view count, const JsonValue& number) {
                for (std::size_t i = 0; i < usageNames.size(); ++i) {
                    if (usageNames[i] == count)
                        content.usage.*rawUsageMembers[i] = number.integer().value_or(noTokens);
                }
            });
        } else if (key == "input") {
            input = true;
            value.eachElement([&](const JsonValue& message) { content.input.push_back(messageOf(message)); });
        } else if (key == "output") {
            output = true;
            value.eachElement([&](const JsonValue& message) { content.output.push_back(messageOf(message)); });
        } else if (key == "json_texts") {
            value.eachElement([&](const JsonValue& text) { jsonTexts.emplace(text.text()); });
        } else if (key == "links") {
            std::size_t index = 0;
            value.eachElement([&](const JsonValue& link) {
                std::size_t part = 0;
                link.eachElement([&](const JsonValue& id) {
                    if (index < content.links.size() && part < 2)
                        (part++ == 0 ? content.links[index].trace : content.links[index].span) = id.text();
                });
                ++index;
            });
        } else if (key == "notes") {
            value.eachElement([&](const JsonValue& note) { content.notes.emplace_back(note.text()); });
        }
    });
    content.toolArguments.clear();
    content.toolResult.clear();
    for (const Attribute& attribute : content.attributes) {
        if (attribute.key == "gen_ai.input.messages" && !input)
            appendMessages(attribute.value, Role::User, content.input, content.notes);
        else if (attribute.key == "gen_ai.output.messages" && !output)
            appendMessages(attribute.value, Role::Assistant, content.output, content.notes);
        else if (attribute.key == "gen_ai.tool.call.arguments")
            content.toolArguments = attribute.value;
        else if (attribute.key == "gen_ai.tool.call.result")
            content.toolResult = attribute.value;
    }
    keepRecorded(content.attributes, recordedAttributePrefix);
    for (Attribute& attribute : content.attributes) {
        if (attribute.type == AttributeType::Text && jsonTexts.count(attribute.key) > 0)
            attribute.type = AttributeType::Json;
    }
    keepRecorded(content.resource, recordedResourcePrefix);
    return content;
}

} // namespace arcscope
