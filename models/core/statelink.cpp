#include "statelink.h"

#include "annotation.h"
#include "viewchoice.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::size_t digestDigits = 64;
constexpr std::size_t longestView = 40;

Error malformed(std::string message)
{
    return {ErrorCode::Malformed, "this is no link that can be followed: " + std::move(message)};
}

bool isPlain(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._~:/@").find(static_cast<char>(c)) != std::string_view::npos;
}

std::string encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char each : text) {
        const auto c = static_cast<unsigned char>(each);
        if (isPlain(c)) {
            out += each;
        } else {
            out += '%';
            out += digits[c >> 4];
            out += digits[c & 15];
        }
    }
    return out;
}

int digitOf(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/// Nothing for a broken escape and for control characters, which no value has.
std::optional<std::string> decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? digitOf(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? digitOf(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            return std::nullopt;
        out += c;
    }
    return out;
}

std::optional<Nanos> timeOf(const std::string& text)
{
    Nanos time = noTime;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), time);
    const bool whole = error == std::errc() && end == text.data() + text.size() && time != noTime;
    return whole ? std::optional(time) : std::nullopt;
}

std::string withoutFolders(const std::string& name)
{
    const std::size_t at = name.find_last_of("/\\");
    return at == std::string::npos ? name : name.substr(at + 1);
}

struct Names {
    std::string_view word;
    std::string StateLink::*value;
};
constexpr auto names = std::to_array<Names>(
    {{"sha256", &StateLink::sha256}, {"content", &StateLink::content}, {"name", &StateLink::name}});

/// The words with values that are texts.
struct Texts {
    std::string_view word;
    std::string ViewState::*value;
};
constexpr auto texts = std::to_array<Texts>({{"view", &ViewState::view},
                                             {"trace", &ViewState::trace},
                                             {"span", &ViewState::span},
                                             {"part", &ViewState::part},
                                             {"filter", &ViewState::filter},
                                             {"chosen", &ViewState::chosen}});

struct Times {
    std::string_view from;
    std::string_view to;
    TimeRange ViewState::*range;
};
constexpr auto times =
    std::to_array<Times>({{"from", "to", &ViewState::range}, {"left", "right", &ViewState::visible}});

/// False: this word is none of a link, or its value none for it.
bool take(StateLink& link, std::string_view word, std::string value)
{
    for (const Names& each : names) {
        if (each.word == word) {
            link.*each.value = std::move(value);
            return true;
        }
    }
    for (const Texts& each : texts) {
        if (each.word == word) {
            link.state.*each.value = std::move(value);
            return true;
        }
    }
    for (const Times& each : times) {
        if (word != each.from && word != each.to)
            continue;
        const auto time = timeOf(value);
        ((link.state.*each.range).*(word == each.from ? &TimeRange::start : &TimeRange::end)) = time.value_or(noTime);
        return time.has_value();
    }
    return false;
}

bool isKnown(std::string_view word)
{
    return std::any_of(names.begin(), names.end(), [&](const Names& each) { return each.word == word; }) ||
           std::any_of(texts.begin(), texts.end(), [&](const Texts& each) { return each.word == word; }) ||
           std::any_of(times.begin(), times.end(),
                       [&](const Times& each) { return each.from == word || each.to == word; });
}

Result<StateLink> checked(StateLink link)
{
    if (link.sha256.empty())
        return malformed("it does not say of which content it is (sha256)");
    for (std::string* const digest : {&link.sha256, &link.content}) {
        std::transform(digest->begin(), digest->end(), digest->begin(),
                       [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
        if (!digest->empty() && (digest->size() != digestDigits ||
                                 !std::all_of(digest->begin(), digest->end(), [](char c) { return digitOf(c) >= 0; })))
            return malformed("sha256 and content are 64 hexadecimal digits");
    }
    if (link.name != withoutFolders(link.name))
        return malformed("name is the name of a file, without folders");
    if (link.state.view.size() > longestView)
        return malformed("there is no such view");
    if (!parsePlacePart(link.state.part))
        return malformed("its part is none of a span");
    if (!parseViewChoice(link.state.chosen))
        return malformed("what it says is chosen is none of a view");
    for (const Times& each : times) {
        const TimeRange& range = link.state.*each.range;
        if ((range.start == noTime) != (range.end == noTime) || range.end < range.start)
            return malformed(std::string(each.from) + " and " + std::string(each.to) + " are no range of time");
    }
    return link;
}

} // namespace

bool StateLink::isOf(std::string_view opened, std::string_view read) const
{
    return sha256 == opened || (!read.empty() && (sha256 == read || content == read)) ||
           (!content.empty() && content == opened);
}

bool isLink(std::string_view text)
{
    if (text.size() < linkScheme.size())
        return false;
    return std::equal(linkScheme.begin(), linkScheme.end(), text.begin(), [](char a, char b) {
        return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
    });
}

std::string linkText(const StateLink& link)
{
    std::string out = std::string(linkScheme) + "open?sha256=" + link.sha256;
    const auto add = [&](std::string_view word, const std::string& value) {
        if (!value.empty())
            out.append("&").append(word).append("=").append(encoded(value));
    };
    add("content", link.content);
    add("name", withoutFolders(link.name));
    for (const Texts& each : texts)
        add(each.word, link.state.*each.value);
    for (const Times& each : times) {
        const TimeRange& range = link.state.*each.range;
        if (range.recorded()) {
            add(each.from, std::to_string(range.start));
            add(each.to, std::to_string(range.end));
        }
    }
    return out;
}

Result<StateLink> parseLink(std::string_view text)
{
    if (text.size() > longestLink)
        return malformed("it is longer than 16 KB");
    if (!isLink(text))
        return malformed("it does not begin with arcscope:");
    text.remove_prefix(linkScheme.size());
    if (text.starts_with("//"))
        text.remove_prefix(2);
    const std::size_t question = text.find('?');
    std::string_view verb = text.substr(0, question);
    if (verb.ends_with('/')) // as browsers end a host
        verb.remove_suffix(1);
    if (verb != "open")
        return Error{ErrorCode::Unsupported, "this version follows links that begin with arcscope:open? only"};
    StateLink link;
    std::set<std::string_view, std::less<>> seen;
    std::string_view rest = question == std::string_view::npos ? std::string_view() : text.substr(question + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        const std::size_t equals = pair.find('=');
        const std::string_view word = pair.substr(0, equals);
        if (!isKnown(word))
            return Error{ErrorCode::Unsupported,
                         "the link says something that this version does not know; a later one may follow it"};
        if (!seen.insert(word).second)
            return malformed(std::string(word) + " is said twice");
        auto value = decoded(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
        if (!value || value->empty() || !take(link, word, std::move(*value)))
            return malformed("the value of " + std::string(word) + " cannot be read");
    }
    return checked(std::move(link));
}

} // namespace arcscope
