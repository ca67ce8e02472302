#include "attributecontent.h"

#include "contentform.h"
#include "jsontext.h"
#include "jsontokens.h"
#include "messagecount.h"
#include "messagejson.h"
#include "numberedmessage.h"
#include "recordrules.h"
#include "usagejson.h"

#include <algorithm>

namespace arcscope
{
namespace
{

const std::string* find(const std::vector<Attribute>& attributes, std::string_view key)
{
    for (const Attribute& attribute : attributes) {
        if (attribute.key == key)
            return &attribute.value;
    }
    return nullptr;
}

/// The role in the name of an event: "gen_ai.user.message".
Role roleOfEvent(std::string_view name)
{
    if (name == "gen_ai.choice" || name == "gen_ai.content.completion")
        return Role::Assistant;
    if (name == "gen_ai.content.prompt")
        return Role::User;
    constexpr std::string_view before = "gen_ai.";
    constexpr std::string_view behind = ".message";
    if (name.size() > before.size() + behind.size() && name.starts_with(before) && name.ends_with(behind))
        return roleOf(name.substr(before.size(), name.size() - before.size() - behind.size()));
    return Role::Other;
}

/// The JSON of a message in the attributes of its event.
std::string eventMessage(const SpanEvent& event, Role role)
{
    if (const std::string* body = find(event.attributes, "gen_ai.event.content"))
        return *body;
    std::string json = "{\"role\":\"" + std::string(roleText(role)) + '"';
    for (const Attribute& attribute : event.attributes) {
        if (attribute.key.starts_with("gen_ai.") || attribute.key == "role" || attribute.key == "event.name")
            continue;
        const bool structured =
            attribute.type != AttributeType::Text ||
            ((attribute.key == "tool_calls" || attribute.key == "message") && !attribute.value.empty() &&
             std::string_view("[{").find(attribute.value.front()) != std::string_view::npos);
        json.append(",\"")
            .append(attribute.key == "id" && role == Role::Tool ? "tool_call_id" : escapedJson(attribute.key))
            .append("\":");
        if (structured)
            json += attribute.value.empty() ? "null" : attribute.value;
        else
            json.append("\"").append(escapedJson(attribute.value)).append("\"");
    }
    return json + '}';
}

} // namespace

void AttributeContent::attribute(std::string key, std::string value, AttributeType type)
{
    m_content.attributes.push_back({std::move(key), std::move(value), type});
}

void AttributeContent::event(SpanEvent event)
{
    m_content.events.push_back(std::move(event));
}

const std::string* AttributeContent::best(Field field) const
{
    return m_best[static_cast<std::size_t>(field)].text;
}

/// Finds for each field the attribute that says it.
void AttributeContent::sort()
{
    std::vector<const std::vector<Attribute>*> lists{&m_content.attributes};
    for (const SpanEvent& event : m_content.events) {
        if (event.name == "gen_ai.client.inference.operation.details")
            lists.push_back(&event.attributes);
    }
    std::uint8_t kindRank = 255;
    for (const auto* const list : lists) {
        for (const Attribute& attribute : *list) {
            const RecordRules::Found found =
                m_rules ? m_rules->find(attribute.key) : RecordRules::Found{ruleOf(attribute.key), 0};
            const AttributeRule* rule = found.rule;
            if (!rule || attribute.value.empty() || isPlaceholder(attribute.key, attribute.value))
                continue;
            if (rule->field == Field::Kind) {
                for (const KindWord& word : rule->words) {
                    if (rule->rank < kindRank && word.word == attribute.value) {
                        m_kind = word.kind;
                        kindRank = rule->rank;
                    }
                }
            } else if (rule->field == Field::IndexedInput || rule->field == Field::IndexedOutput) {
                const bool input = rule->field == Field::IndexedInput;
                const AttributeRule*& used = input ? m_inputRule : m_outputRule;
                const std::size_t prefix = found.root + rule->key.size();
                const std::string_view tail = std::string_view(attribute.key).substr(prefix);
                const auto index = readInteger(tail.substr(0, tail.find('.')));
                if (!index || *index < 0 || *index > 0xffffffff || (used && used->rank < rule->rank))
                    continue;
                if (used != rule)
                    (input ? m_input : m_output).clear();
                used = rule;
                (input ? m_inputPrefix : m_outputPrefix) = prefix;
                (input ? m_input : m_output)[static_cast<std::uint32_t>(*index)].push_back(&attribute);
            }
            Best& best = m_best[static_cast<std::size_t>(rule->field)];
            if (rule->rank < best.rank)
                best = {&attribute.value, rule->rank};
        }
    }
}

/// Inputs and outputs of steps are messages only where they say so; those of a model call always are.
bool AttributeContent::holdsMessages(const std::string& text) const
{
    switch (m_kind) {
    case SpanKind::ModelCall:
        return true;
    case SpanKind::Agent:
    case SpanKind::Workflow:
        return countMessages(text, false).named;
    case SpanKind::Other: {
        const bool model = best(fieldOf(SpanText::ModelRequested)) || best(fieldOf(SpanText::ModelServed));
        return model || countMessages(text, false).named;
    }
    default:
        return false;
    }
}

void AttributeContent::readNumbered(const Numbered& numbered, std::size_t prefix, Role assumed,
                                    std::vector<Message>& messages)
{
    for (const auto& [index, attributes] : numbered) {
        NumberedMessage message(assumed);
        for (const Attribute* attribute : attributes) {
            const std::string_view tail = std::string_view(attribute->key).substr(prefix);
            const std::size_t dot = tail.find('.');
            message.take(dot == std::string_view::npos ? std::string_view() : tail.substr(dot + 1), attribute->value,
                         m_content.notes);
        }
        messages.push_back(message.finish());
    }
}

void AttributeContent::readInput()
{
    std::vector<Message>& input = m_content.input;
    if (const std::string* text = best(Field::Instructions))
        appendMessages(*text, Role::System, input, m_content.notes);
    const std::string* text = best(Field::InputMessages);
    const bool whole = text && holdsMessages(*text);
    const ContentRanks ranks{m_inputRule ? m_inputRule->rank : ContentRanks::none, rank(Field::InputMessages),
                             ContentRanks::none, whole && countMessages(*text, false).named};
    if (m_inputRule && bestForm(ranks) == ContentForm::Numbered)
        readNumbered(m_input, m_inputPrefix, Role::User, input);
    else if (whole)
        appendMessages(*text, Role::User, input, m_content.notes);
    else if (text && !best(Field::Arguments))
        m_content.toolArguments = *text;
}

void AttributeContent::readOutput()
{
    std::vector<Message>& output = m_content.output;
    const std::string* text = best(Field::OutputMessages);
    const std::string* said = best(Field::OutputText);
    const std::string* calls = best(Field::OutputCalls);
    const bool whole = text && holdsMessages(*text);
    const ContentForm form = bestForm(
        {m_outputRule ? m_outputRule->rank : ContentRanks::none, rank(Field::OutputMessages),
         std::min(rank(Field::OutputText), rank(Field::OutputCalls)), whole && countMessages(*text, false).named});
    if (form == ContentForm::Numbered) {
        readNumbered(m_output, m_outputPrefix, Role::Assistant, output);
    } else if (form == ContentForm::Pieces) {
        Message message{Role::Assistant, std::string(roleText(Role::Assistant)), {}, {}, {}};
        if (const std::string* reasoning = best(Field::OutputReasoning)) {
            appendParts(*reasoning, message.parts, m_content.notes);
            for (Part& part : message.parts)
                part.kind = PartKind::Reasoning;
        }
        if (said)
            message.parts.push_back({PartKind::Text, *said, {}, {}, {}, false});
        if (calls)
            appendCalls(*calls, message.parts, m_content.notes);
        output.push_back(std::move(message));
    } else if (whole) {
        appendMessages(*text, Role::Assistant, output, m_content.notes);
    } else if (text && !best(Field::Result)) {
        m_content.toolResult = *text;
    }
    if (const std::string* stop = best(fieldOf(SpanText::StopReason)); stop && !output.empty()) {
        std::string scratch;
        const std::string_view first = firstString(*stop);
        if (output.back().stopReason.empty())
            output.back().stopReason = first.empty() ? *stop : std::string(unescaped(first, scratch));
    }
}

/// Conventions of 1.27 to 1.36: messages are events of their span.
void AttributeContent::readEvents()
{
    const bool inputKnown = !m_content.input.empty();
    const bool outputKnown = !m_content.output.empty();
    for (const SpanEvent& event : m_content.events) {
        const Role role = roleOfEvent(event.name);
        if (role == Role::Other)
            continue;
        const bool output = event.name == "gen_ai.choice" || event.name == "gen_ai.content.completion";
        if (output ? outputKnown : inputKnown)
            continue;
        std::vector<Message>& messages = output ? m_content.output : m_content.input;
        const std::string* whole = find(event.attributes, output ? "gen_ai.completion" : "gen_ai.prompt");
        appendMessages(whole ? *whole : eventMessage(event, role), role, messages, m_content.notes);
    }
}

void AttributeContent::readUsage()
{
    RawUsage& raw = m_content.usage;
    std::int64_t* const counts[] = {&raw.input,
                                    &raw.output,
                                    &raw.total,
                                    &raw.cacheRead,
                                    &raw.cacheWrite,
                                    &raw.cacheWriteLong,
                                    &raw.reasoning,
                                    &raw.predictionAccepted,
                                    &raw.predictionRejected,
                                    &raw.audioInput,
                                    &raw.audioOutput};
    for (std::size_t i = 0; i < std::size(counts); ++i) {
        const std::string* text = best(static_cast<Field>(static_cast<std::size_t>(Field::Input) + i));
        if (text)
            *counts[i] = readInteger(*text).value_or(noTokens);
    }
    if (const std::string* object = best(Field::UsageObject); object && raw.input == noTokens) {
        if (const auto read = arcscope::readUsage(*object))
            raw = read->raw;
    }
}

SpanContent AttributeContent::finish()
{
    sort();
    if (const std::string* text = best(Field::Arguments))
        m_content.toolArguments = *text;
    if (const std::string* text = best(Field::Result))
        m_content.toolResult = *text;
    readInput();
    readOutput();
    readEvents();
    readUsage();
    return std::move(m_content);
}

} // namespace arcscope
