// Numbers of the texts of model calls, kept for lenses; finds nothing by itself.
#include "answerfacts.h"
#include "callroles.h"
#include "canonicalkey.h"

#include <algorithm>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::size_t mostHistory = 64;

/// Texts of one input or answer as one number, white space apart.
class Digest
{
public:
    void add(std::string_view text)
    {
        for (const char c : text) {
            if (static_cast<unsigned char>(c) > ' ')
                byte(static_cast<unsigned char>(c));
        }
        byte(0); // ends a text
        m_any = true;
    }
    void add(std::uint64_t number)
    {
        for (int i = 0; i < 8; ++i)
            byte(static_cast<unsigned char>(number >> 8 * i));
        m_any = true;
    }
    std::uint64_t value() const { return !m_any ? 0 : m_hash == 0 ? 1 : m_hash; }

private:
    void byte(unsigned char c) { m_hash = (m_hash ^ c) * 1099511628211U; }

    std::uint64_t m_hash = 14695981039346656037U;
    bool m_any = false;
};

void add(Digest& digest, const Message& message)
{
    digest.add(static_cast<std::uint64_t>(message.role));
    for (const Part& part : message.parts) {
        if (part.kind == PartKind::Reasoning)
            continue; // sent back or not as the API has it
        digest.add(static_cast<std::uint64_t>(part.kind));
        digest.add(part.name);
        if (part.kind == PartKind::ToolCall)
            digest.add(canonicalKey(part.text));
        else
            digest.add(part.kind == PartKind::Media ? part.media : part.text);
    }
}

/// What was said, as a later input repeats it; empty: nothing.
std::string saidIn(const Message& message)
{
    std::string text;
    for (const Part& part : message.parts) {
        if (part.kind == PartKind::Text)
            text += part.text;
    }
    return text;
}

std::uint64_t saidDigest(const std::string& text)
{
    constexpr std::size_t least = 12; // "Yes." is said by everybody
    if (text.size() < least)
        return 0;
    Digest digest;
    digest.add(text);
    return digest.value();
}

bool isOfTools(std::string_view key)
{
    return key.ends_with("tool.definitions") || key.ends_with("tools") || key.find(".tools.") != std::string_view::npos;
}

bool asksForJson(const SpanContent& content)
{
    return std::any_of(content.attributes.begin(), content.attributes.end(), [](const Attribute& attribute) {
        return (attribute.key == "gen_ai.output.type" || attribute.key.ends_with("response_format") ||
                attribute.key.ends_with("response_format.type")) &&
               attribute.value.find("json") != std::string::npos;
    });
}

/// 0 where what is recorded of the input is not all of it: a session log tells what is new.
std::uint64_t inputDigest(const SpanContent& content, bool inSession)
{
    const bool whole =
        !content.input.empty() &&
        (!inSession || std::any_of(content.input.begin(), content.input.end(), [](const Message& message) {
            return message.role == Role::System || message.role == Role::Assistant;
        }));
    if (!whole)
        return 0;
    Digest digest;
    for (const Message& message : content.input)
        add(digest, message);
    for (const std::string_view parameter : {"temperature", "top_p", "seed", "max_tokens"}) {
        const auto value = requestNumber(content, parameter);
        digest.add(value ? std::to_string(*value) : std::string());
    }
    for (const Attribute& attribute : content.attributes) {
        if (isOfTools(attribute.key))
            digest.add(attribute.value);
    }
    return digest.value();
}

std::string systemText(const SpanContent& content)
{
    std::string text;
    for (const Message& message : content.input) {
        if (message.role != Role::System)
            continue;
        for (const Part& part : message.parts) {
            if (part.kind == PartKind::Text)
                text += (text.empty() ? "" : "\n\n") + part.text;
        }
    }
    return text;
}

void readAnswer(const SpanContent& content, CallFacts& call)
{
    if (content.output.empty())
        return;
    std::string text;
    call.calls = 0;
    Digest digest;
    for (const Message& message : content.output) {
        add(digest, message);
        text += saidIn(message);
        call.calls += std::count_if(message.parts.begin(), message.parts.end(),
                                    [](const Part& part) { return part.kind == PartKind::ToolCall; });
    }
    call.output = digest.value();
    call.characters = std::count_if(text.begin(), text.end(),
                                    [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
    call.form = formOf(text, asksForJson(content) && !text.empty());
    if (call.form == AnswerForm::Nothing && call.calls > 0)
        call.form = AnswerForm::CallOnly;
    if (call.input != 0) // else it is compared with none
        call.sketch = sketchOf(text);
    call.said = saidDigest(text);
}

void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    const Corpus& corpus = trace.corpus();
    std::set<std::uint64_t> prompts;
    for (const Row row : trace.rows()) {
        if (corpus.spans.kind(row) != SpanKind::ModelCall)
            continue;
        const auto content = trace.content(row);
        if (!content)
            continue;
        CallFacts call;
        call.row = row;
        if (const std::string system = systemText(*content); !system.empty()) {
            SystemPrompt prompt{hashOf(system), {}, row};
            call.system = prompt.hash;
            if (prompts.insert(prompt.hash).second) {
                prompt.fragments = fragmentsOf(system);
                into.push_back(factOf(prompt));
            }
        }
        call.input = inputDigest(*content, !corpus.text(SpanText::Session, row).empty());
        readAnswer(*content, call);
        if (!corpus.text(SpanText::PromptVersion, row).empty()) {
            for (const Message& message : content->input) {
                if (const std::uint64_t said = message.role == Role::Assistant ? saidDigest(saidIn(message)) : 0)
                    call.history.push_back(said);
            }
            if (call.history.size() > mostHistory)
                call.history.erase(call.history.begin(), call.history.end() - static_cast<std::ptrdiff_t>(mostHistory));
        }
        into.push_back(factOf(call));
    }
}

} // namespace

Detector callFacts()
{
    return {callFactsDetector, 2, {}, nullptr, collect};
}

} // namespace arcscope
