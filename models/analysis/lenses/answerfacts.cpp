#include "answerfacts.h"

#include "jsonprefix.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::string_view callKey = "call";
constexpr std::string_view systemKey = "system";
constexpr std::size_t beginBytes = 60;

std::string_view trimmed(std::string_view text)
{
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    return from == std::string_view::npos ? std::string_view()
                                          : text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string_view takeLine(std::string_view& rest)
{
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    return line;
}

bool isItem(std::string_view line)
{
    if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("• "))
        return true;
    const std::size_t digits = line.find_first_not_of("0123456789");
    return digits != 0 && digits != std::string_view::npos && digits < 4 &&
           (line[digits] == '.' || line[digits] == ')');
}

/// The text within a fence around all of it.
std::string_view unfenced(std::string_view text, bool& json)
{
    if (!text.starts_with("```"))
        return text;
    const std::size_t lineEnd = text.find('\n');
    json = text.substr(3, 4) == "json" || text.substr(3, 4) == "JSON";
    if (lineEnd == std::string_view::npos)
        return text;
    std::string_view inside = text.substr(lineEnd + 1);
    const std::size_t close = inside.rfind("```");
    if (close == std::string_view::npos)
        return trimmed(inside);
    return trimmed(inside.substr(close + 3)).empty() ? trimmed(inside.substr(0, close)) : text;
}

JsonState stateOf(std::string_view text)
{
    JsonPrefix prefix;
    prefix.feed(text);
    return prefix.finish();
}

bool beginsLikeJson(std::string_view text)
{
    if (text.empty() || (text[0] != '{' && text[0] != '['))
        return false;
    const std::string_view next = trimmed(text.substr(1));
    return next.empty() || next[0] == '"' || (text[0] == '[' && (next[0] == '{' || next[0] == '['));
}

void addNumber(std::string& value, std::uint64_t number)
{
    std::array<char, 20> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
    if (!value.empty())
        value += ' ';
    value.append(digits.data(), end);
}

template <typename Number>
bool takeNumber(std::string_view& rest, Number& number)
{
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number, 16);
    if (error != std::errc())
        return false;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (rest.starts_with(' '))
        rest.remove_prefix(1);
    return true;
}

} // namespace

std::string_view name(AnswerForm form)
{
    constexpr std::array<std::string_view, answerFormCount> names{
        "not recorded", "nothing", "call only", "prose", "list", "table", "code", "JSON", "broken JSON"};
    return names[static_cast<std::size_t>(form)];
}

AnswerForm formOf(std::string_view whole, bool jsonWanted)
{
    const std::string_view text = trimmed(whole);
    if (text.empty())
        return AnswerForm::Nothing;
    bool jsonFence = false;
    const std::string_view inside = unfenced(text, jsonFence);
    const bool likeJson = beginsLikeJson(inside);
    if ((likeJson || jsonWanted || jsonFence) && stateOf(inside) == JsonState::Complete)
        return AnswerForm::WholeJson;
    if (likeJson || jsonWanted || (jsonFence && inside.data() != text.data()))
        return AnswerForm::BrokenJson;
    std::size_t lines = 0;
    std::size_t items = 0;
    std::size_t rows = 0;
    std::size_t code = 0;
    bool inCode = false;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = trimmed(takeLine(rest));
        if (line.empty())
            continue;
        ++lines;
        const bool fence = line.starts_with("```");
        code += inCode || fence ? 1 : 0;
        items += !inCode && isItem(line) ? 1 : 0;
        rows += !inCode && line.starts_with('|') ? 1 : 0;
        inCode = inCode != fence;
    }
    if (code * 2 >= lines)
        return AnswerForm::Code;
    if (rows * 3 >= lines && rows > 1)
        return AnswerForm::TableRows;
    return items * 2 >= lines && items > 1 ? AnswerForm::List : AnswerForm::Prose;
}

WordSketch sketchOf(std::string_view text)
{
    std::array<std::uint64_t, 32> least{};
    least.fill(std::numeric_limits<std::uint64_t>::max());
    std::string word;
    bool any = false;
    const auto end = [&] {
        if (word.empty())
            return;
        any = true;
        std::uint64_t hash = hashOf(word);
        for (std::uint64_t& minimum : least) {
            hash = (hash ^ (hash >> 31)) * 0x9e3779b97f4a7c15u + 0x632be59bd9b4e019u;
            minimum = std::min(minimum, hash ^ (hash >> 29));
        }
        word.clear();
    };
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 'A' && byte <= 'Z')
            word += static_cast<char>(c - 'A' + 'a');
        else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80)
            word += c;
        else
            end();
    }
    end();
    WordSketch sketch{};
    for (std::size_t i = 0; any && i < sketch.size(); ++i)
        sketch[i] = static_cast<std::uint16_t>(least[i]);
    return sketch;
}

double similarity(const WordSketch& a, const WordSketch& b)
{
    std::size_t same = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        same += a[i] == b[i] ? 1 : 0;
    return static_cast<double>(same) / static_cast<double>(a.size());
}

std::vector<PromptFragment> fragmentsOf(std::string_view text)
{
    std::vector<PromptFragment> fragments;
    const auto add = [&](std::string_view passage) {
        fragments.push_back({hashOf(passage), quoted(passage.substr(0, passage.find('\n')), beginBytes)});
    };
    std::string_view rest = trimmed(text);
    while (!rest.empty()) {
        if (fragments.size() + 1 == mostFragments) {
            add(rest); // the last one has all the rest
            break;
        }
        std::size_t end = std::min(rest.find('\n'), rest.size());
        for (std::size_t at = rest.find(". "); at < end; at = rest.find(". ", at + 1)) {
            if (at > 0 && (rest[at - 1] < '0' || rest[at - 1] > '9')) { // "1. " begins an item
                end = at + 1;
                break;
            }
        }
        add(trimmed(rest.substr(0, end)));
        rest = trimmed(rest.substr(end));
    }
    return fragments;
}

TraceFact factOf(const CallFacts& call)
{
    TraceFact fact;
    fact.key = callKey;
    fact.place.row = call.row;
    for (const std::uint64_t number :
         {call.system, call.input, call.output, static_cast<std::uint64_t>(call.characters + 1),
          static_cast<std::uint64_t>(call.calls + 1), static_cast<std::uint64_t>(call.form), call.said})
        addNumber(fact.value, number);
    const bool hasSketch = call.sketch != WordSketch{};
    addNumber(fact.value, hasSketch ? call.sketch.size() : 0);
    for (std::size_t i = 0; hasSketch && i < call.sketch.size(); ++i)
        addNumber(fact.value, call.sketch[i]);
    for (const std::uint64_t turn : call.history)
        addNumber(fact.value, turn);
    return fact;
}

std::optional<CallFacts> callFactsOf(const TraceFact& fact)
{
    if (fact.key != callKey)
        return std::nullopt;
    CallFacts call;
    call.row = fact.place.row;
    std::string_view rest = fact.value;
    std::uint64_t characters = 0;
    std::uint64_t calls = 0;
    unsigned form = 0;
    std::size_t sketched = 0;
    if (!takeNumber(rest, call.system) || !takeNumber(rest, call.input) || !takeNumber(rest, call.output) ||
        !takeNumber(rest, characters) || !takeNumber(rest, calls) || !takeNumber(rest, form) ||
        !takeNumber(rest, call.said) || !takeNumber(rest, sketched) || form >= answerFormCount ||
        (sketched != 0 && sketched != call.sketch.size()))
        return std::nullopt;
    call.characters = static_cast<std::int64_t>(characters) - 1;
    call.calls = static_cast<std::int64_t>(calls) - 1;
    call.form = static_cast<AnswerForm>(form);
    for (std::size_t i = 0; i < sketched; ++i) {
        if (!takeNumber(rest, call.sketch[i]))
            return std::nullopt;
    }
    for (std::uint64_t turn = 0; !rest.empty();) {
        if (!takeNumber(rest, turn))
            return std::nullopt;
        call.history.push_back(turn);
    }
    return call;
}

/// Each fragment is a line: its hash and how it begins, which is one line.
TraceFact factOf(const SystemPrompt& prompt)
{
    TraceFact fact;
    fact.key = systemKey;
    fact.place.row = prompt.row;
    addNumber(fact.value, prompt.hash);
    for (const PromptFragment& fragment : prompt.fragments) {
        std::string hash;
        addNumber(hash, fragment.hash);
        fact.value += '\n' + hash + ' ' + fragment.begin;
    }
    return fact;
}

std::optional<SystemPrompt> systemPromptOf(const TraceFact& fact)
{
    if (fact.key != systemKey)
        return std::nullopt;
    SystemPrompt prompt;
    prompt.row = fact.place.row;
    std::string_view rest = fact.value;
    std::string_view first = takeLine(rest);
    if (!takeNumber(first, prompt.hash))
        return std::nullopt;
    while (!rest.empty()) {
        std::string_view line = takeLine(rest);
        PromptFragment fragment;
        if (!takeNumber(line, fragment.hash))
            return std::nullopt;
        fragment.begin = line;
        prompt.fragments.push_back(std::move(fragment));
    }
    return prompt;
}

std::vector<CallFacts> callFactsIn(std::span<const TraceFact> facts)
{
    std::vector<CallFacts> calls;
    for (const TraceFact& fact : facts) {
        if (auto call = callFactsOf(fact))
            calls.push_back(std::move(*call));
    }
    std::stable_sort(calls.begin(), calls.end(), [](const CallFacts& a, const CallFacts& b) { return a.row < b.row; });
    return calls;
}

std::vector<SystemPrompt> systemPromptsIn(std::span<const TraceFact> facts)
{
    std::vector<SystemPrompt> prompts;
    std::set<std::uint64_t> seen;
    for (const TraceFact& fact : facts) {
        if (auto prompt = systemPromptOf(fact); prompt && seen.insert(prompt->hash).second)
            prompts.push_back(std::move(*prompt));
    }
    return prompts;
}

} // namespace arcscope
