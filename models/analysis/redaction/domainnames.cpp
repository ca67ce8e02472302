#include "domainnames.h"

#include "scantext.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

namespace arcscope
{
namespace
{

/// Labels of the root zone, from the public suffix list of 2023-02-09; generated names of other scripts are told by
/// their bytes.
constexpr std::string_view rootZone =
#include "rootzone.inc"
    ;

constexpr auto fileEndings = std::to_array<std::string_view>(
    {"ai",   "am",    "app",    "as",  "at",   "bat",   "bin",   "biz",  "cab",  "cc",    "cfg",  "com", "do",
     "doc",  "id",    "in",     "is",  "it",   "java",  "js",    "map",  "md",   "ml",    "mm",   "mov", "my",
     "now",  "one",   "pl",     "ps",  "py",   "rs",    "sh",    "so",   "sql",  "st",    "to",   "tt",  "ts",
     "us",   "vi",    "we",     "zip", "name", "data",  "date",  "page", "host", "click", "link", "run", "call",
     "open", "close", "search", "how", "new",  "final", "tools", "test", "dev",  "cat",   "no"});

const std::unordered_set<std::string_view>& topLevel()
{
    static const std::unordered_set<std::string_view> names = [] {
        std::unordered_set<std::string_view> all{"local", "internal", "test",  "example",    "invalid",
                                                 "lan",   "corp",     "intra", "localdomain"};
        for (std::size_t at = 0; at < rootZone.size();) {
            const std::size_t end = std::min(rootZone.find(' ', at), rootZone.size());
            if (end > at)
                all.insert(rootZone.substr(at, end - at));
            at = end + 1;
        }
        return all;
    }();
    return names;
}

} // namespace

bool isDomainByte(char c)
{
    return isAsciiLetter(c) || isAsciiDigit(c) || c == '-' || c == '.' || isUtf8Byte(c);
}

std::size_t domainEnd(std::string_view text, std::size_t at)
{
    constexpr std::size_t longest = 253;
    std::size_t to = at;
    while (to < text.size() && to - at < longest && isDomainByte(text[to]) &&
           !(text[to] == '.' && byteAt(text, to + 1) == '.'))
        ++to;
    while (to > at && (text[to - 1] == '.' || text[to - 1] == '-'))
        --to;
    return to;
}

bool isPublicDomain(std::string_view name, bool marked)
{
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || name.front() == '-' || name.front() == '.')
        return false;
    const std::string_view last = name.substr(dot + 1);
    if (std::any_of(last.begin(), last.end(), isUtf8Byte))
        return marked && std::all_of(last.begin(), last.end(), isUtf8Byte);
    const std::string lower = lowered(last);
    if (!lower.starts_with("xn--") && topLevel().count(lower) == 0)
        return false;
    if (marked || lowered(name).starts_with("www."))
        return true;
    const bool fileLike =
        std::find(fileEndings.begin(), fileEndings.end(), lower) != fileEndings.end() && lower != "com";
    return !fileLike && last == lower && !std::any_of(name.begin(), name.end(), isUtf8Byte);
}

} // namespace arcscope
