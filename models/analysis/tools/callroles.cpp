#include "callroles.h"

#include "jsonread.h"
#include "proselines.h"
#include "toolwords.h"
#include "turnacts.h"

#include <array>
#include <charconv>

namespace arcscope
{
namespace
{

struct RoleWord {
    std::string_view begin;
    CallRole role;
};

constexpr auto roleWords = std::to_array<RoleWord>({
    {"verif", CallRole::Verifier},     {"judge", CallRole::Verifier},     {"judging", CallRole::Verifier},
    {"grader", CallRole::Verifier},    {"grading", CallRole::Verifier},   {"checker", CallRole::Verifier},
    {"validator", CallRole::Verifier}, {"evaluator", CallRole::Verifier}, {"guardrail", CallRole::Verifier},
    {"moderat", CallRole::Verifier},   {"extract", CallRole::Extractor},  {"summar", CallRole::Summariser},
    {"critic", CallRole::Critic},      {"critique", CallRole::Critic},    {"reviewer", CallRole::Critic},
    {"reflect", CallRole::Critic},     {"feedback", CallRole::Critic},    {"revis", CallRole::Reviser},
    {"refine", CallRole::Reviser},     {"rewrite", CallRole::Reviser},    {"draft", CallRole::Drafter},
    {"planner", CallRole::Planner},    {"planning", CallRole::Planner},   {"plan", CallRole::Planner},
    {"orchestrat", CallRole::Planner}, {"supervis", CallRole::Planner},   {"coordinat", CallRole::Planner},
});

std::optional<double> numberOf(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

bool holds(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

/// Whether an attribute may say with what a request was made: not what a tool or a message has by that name.
bool isOfRequest(std::string_view key)
{
    const std::string lower = prose::lower(key);
    for (const std::string_view other : {"result", "response", "output", "message", "tool", "argument", "document"}) {
        if (holds(lower, other))
            return false;
    }
    for (const std::string_view own : {"request", "setting", "param", "config", "option", "llm", "gen_ai", "model"}) {
        if (holds(lower, own))
            return true;
    }
    return false;
}

std::optional<double> memberNumber(std::string_view json, std::string_view parameter)
{
    constexpr std::size_t longest = 65'536;
    if (json.empty() || json.front() != '{' || json.size() > longest || !holds(json, parameter))
        return std::nullopt;
    JsonStory story;
    story.feed(json);
    if (story.finish() != JsonState::Complete)
        return std::nullopt;
    JsonReading reading(story);
    const JsonIndex index = reading.member(0, parameter);
    if (index < 0)
        return std::nullopt;
    return numberOf(reading.text(index));
}

constexpr auto verdictKeys = std::to_array<std::string_view>(
    {"verdict", "valid", "is_valid", "pass", "passed", "approved", "correct", "is_correct", "ok", "decision", "result",
     "accept", "accepted", "supported", "judgement", "judgment", "grade", "status"});

std::optional<bool> verdictWord(std::string_view word)
{
    if (prose::isListed("pass passed yes true valid approve approved accept accepted correct supported ok allow "
                        "allowed good",
                        word))
        return true;
    if (prose::isListed("fail failed no false invalid reject rejected denied incorrect unsupported wrong block "
                        "blocked bad",
                        word))
        return false;
    return std::nullopt;
}

std::optional<bool> verdictOfJson(std::string_view text)
{
    JsonStory story;
    story.feed(text);
    if (story.finish() != JsonState::Complete)
        return std::nullopt;
    JsonReading reading(story);
    if (reading.kind(0) != JsonKind::Object)
        return std::nullopt;
    for (const std::string_view key : verdictKeys) {
        if (const JsonIndex index = reading.member(0, key); index >= 0) {
            if (const auto verdict = verdictWord(prose::lower(reading.text(index))))
                return verdict;
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view name(CallRole role)
{
    constexpr std::array<std::string_view, 8> names{"",           "planner", "verifier", "extractor",
                                                    "summariser", "critic",  "reviser",  "drafter"};
    return names[static_cast<std::size_t>(role)];
}

CallRole roleNamed(std::string_view words)
{
    for (const std::string& word : wordsOfToolName(words)) {
        for (const RoleWord& each : roleWords) {
            const bool whole = each.begin == "plan";
            if (whole ? word == each.begin : word.starts_with(each.begin))
                return each.role;
        }
    }
    return CallRole::None;
}

NamedRole roleOf(const Corpus& corpus, Row row)
{
    for (Row at = row; at != noRow; at = corpus.spans.parent(at)) {
        // The name of an agent stands on all spans below it, too: what is said of the span alone comes first.
        for (const SpanText text : {SpanText::Name, SpanText::PromptName, SpanText::Agent}) {
            const std::string_view words = corpus.text(text, at);
            if (const CallRole role = roleNamed(words); role != CallRole::None)
                return {role, at, words};
        }
    }
    return {};
}

std::optional<double> requestNumber(const SpanContent& content, std::string_view parameter)
{
    for (const Attribute& attribute : content.attributes) {
        const std::string_view key = attribute.key;
        const bool named =
            key == parameter ||
            (key.size() > parameter.size() && key.ends_with(parameter) &&
             (key[key.size() - parameter.size() - 1] == '.' || key[key.size() - parameter.size() - 1] == '/') &&
             isOfRequest(key));
        if (named) {
            if (const auto number = numberOf(attribute.value))
                return number;
        } else if (isOfRequest(key)) {
            if (const auto number = memberNumber(attribute.value, parameter))
                return number;
        }
    }
    return std::nullopt;
}

std::optional<bool> verdictOf(std::string_view text)
{
    const std::string_view trimmed = prose::trimmed(text);
    if (trimmed.starts_with('{'))
        return verdictOfJson(trimmed);
    constexpr std::size_t longest = 4'000;
    if (trimmed.empty() || trimmed.size() > longest)
        return std::nullopt;
    const std::string plain = plainWords(trimmed);
    const std::size_t end = plain.find(' ', 1);
    const std::string first = plain.size() < 2 ? std::string() : plain.substr(1, end - 1);
    if (const auto verdict = verdictWord(first); verdict && first != "ok" && first != "good")
        return verdict;
    for (const std::string_view label : {" verdict ", " judgement ", " judgment ", " decision "}) {
        const std::size_t at = plain.rfind(label);
        if (at == std::string::npos)
            continue;
        const std::size_t from = at + label.size();
        return verdictWord(std::string_view(plain).substr(from, plain.find(' ', from) - from));
    }
    return std::nullopt;
}

std::string answerText(const SpanContent& content)
{
    std::string text;
    for (const Message& message : content.output) {
        for (const Part& part : message.parts) {
            if (part.kind == PartKind::Text)
                text += (text.empty() ? "" : "\n") + part.text;
        }
    }
    return text;
}

} // namespace arcscope
