#include "saiddifference.h"

#include <algorithm>
#include <array>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::array<std::string_view, 16> negations{"not",   "no",     "never",   "none",  "nothing", "nobody",
                                                     "nor",   "cannot", "can't",   "won't", "don't",   "doesn't",
                                                     "isn't", "wasn't", "without", "fails"};
constexpr std::array<std::string_view, 3> schemes{"http://", "https://", "mailto:"};

/// The words of a text by what they are.
struct Said {
    std::set<std::string, std::less<>> numbers;
    std::set<std::string, std::less<>> names;
    std::set<std::string, std::less<>> addresses;
    std::set<std::string, std::less<>> negations;
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

std::string lowered(std::string_view word)
{
    std::string out(word);
    for (char& c : out)
        c = isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

/// A number as it counts: without the commas between thousands.
std::string numberOf(std::string_view word)
{
    std::string digits;
    for (const char c : word) {
        if (isDigit(c) || c == '.' || (c == '-' && digits.empty()))
            digits += c;
        else if (c != ',' && c != '%' && c != '$')
            return {};
    }
    const bool any = std::any_of(digits.begin(), digits.end(), isDigit);
    return any ? digits : std::string();
}

bool isName(std::string_view word)
{
    bool letters = false;
    bool inside = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        letters = letters || (!isDigit(c) && c != '_' && c != '.' && c != '/' && c != '-');
        inside = inside || (i > 0 && (isDigit(c) || c == '_' || c == '/' || c == '.' || isUpper(c)));
    }
    return letters && inside;
}

Said wordsOf(std::string_view text)
{
    constexpr std::string_view white = " \t\r\n";
    constexpr std::string_view around = ".,;:!?()[]{}\"'`*<>";
    Said said;
    while (!text.empty()) {
        const std::size_t begin = text.find_first_not_of(white);
        if (begin == std::string_view::npos)
            break;
        text.remove_prefix(begin);
        std::string_view word = text.substr(0, text.find_first_of(white));
        text.remove_prefix(word.size());
        const std::size_t first = word.find_first_not_of(around);
        if (first == std::string_view::npos)
            continue;
        word = word.substr(first, word.find_last_not_of(around) - first + 1);
        const std::string lower = lowered(word);
        if (std::any_of(schemes.begin(), schemes.end(), [&](std::string_view s) { return lower.starts_with(s); }))
            said.addresses.emplace(word);
        else if (std::find(negations.begin(), negations.end(), lower) != negations.end() || lower.ends_with("n't"))
            said.negations.insert(lower);
        else if (const std::string number = numberOf(word); !number.empty())
            said.numbers.insert(number);
        else if (isName(word))
            said.names.emplace(word);
    }
    return said;
}

using Words = std::set<std::string, std::less<>>;

std::string onlyIn(const Words& a, const Words& b)
{
    for (const std::string& word : a) {
        if (!b.contains(word))
            return word;
    }
    return {};
}

/// Empty where they are equal, or where one of them has none.
std::string differing(const char* what, const Words& before, const Words& after)
{
    if (before.empty() || after.empty() || before == after)
        return {};
    const std::string gone = onlyIn(before, after);
    const std::string come = onlyIn(after, before);
    if (gone.empty() || come.empty())
        return {};
    return std::string(what) + ": " + gone + " against " + come;
}

} // namespace

std::string saidDifference(std::string_view before, std::string_view after)
{
    const Said a = wordsOf(before);
    const Said b = wordsOf(after);
    if (a.negations.empty() != b.negations.empty())
        return "a negation: " + *(a.negations.empty() ? b : a).negations.begin() +
               (a.negations.empty() ? " came with the new text" : " went with the old text");
    for (const auto& found : {differing("a number", a.numbers, b.numbers), differing("a name", a.names, b.names),
                              differing("an address", a.addresses, b.addresses)}) {
        if (!found.empty())
            return found;
    }
    return {};
}

} // namespace arcscope
