#include "streamdetail.h"

#include <charconv>

namespace arcscope
{
namespace
{

constexpr std::string_view white = " \t\r\n";

std::size_t skipWhite(std::string_view json, std::size_t at)
{
    const std::size_t next = json.find_first_not_of(white, at);
    return next == std::string_view::npos ? json.size() : next;
}

/// `at` is behind the opening quote; gives the place of the closing one.
std::size_t endOfString(std::string_view json, std::size_t at)
{
    while (at < json.size() && json[at] != '"')
        at += json[at] == '\\' ? 2 : 1;
    return at < json.size() ? at : json.size();
}

/// The first place behind the value that begins at `at`.
std::size_t endOfValue(std::string_view json, std::size_t at)
{
    int depth = 0;
    for (; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '"') {
            at = endOfString(json, at + 1);
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (depth-- == 0)
                return at;
        } else if (c == ',' && depth == 0) {
            return at;
        }
    }
    return json.size();
}

} // namespace

std::string_view detailValue(std::string_view json, std::string_view key)
{
    std::size_t at = skipWhite(json, 0);
    if (at == json.size() || json[at] != '{')
        return {};
    ++at;
    while (true) {
        at = skipWhite(json, at);
        if (at >= json.size() || json[at] != '"')
            return {};
        const std::size_t keyEnd = endOfString(json, at + 1);
        const std::string_view name = json.substr(at + 1, keyEnd - at - 1);
        at = skipWhite(json, keyEnd + 1);
        if (at >= json.size() || json[at] != ':')
            return {};
        at = skipWhite(json, at + 1);
        const std::size_t end = endOfValue(json, at);
        if (name == key) {
            std::string_view value = json.substr(at, end - at);
            value = value.substr(0, value.find_last_not_of(white) + 1);
            if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
                return value.substr(1, value.size() - 2);
            return value;
        }
        if (end >= json.size() || json[end] != ',')
            return {};
        at = end + 1;
    }
}

std::optional<std::int64_t> detailInteger(std::string_view json, std::string_view key)
{
    const std::string_view text = detailValue(json, key);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return {};
    return value;
}

} // namespace arcscope
