#include "describedvalue.h"

#include <algorithm>

namespace arcscope
{

DescribedValue describedValue(const OptionSpec& option)
{
    DescribedValue value;
    value.wanted = !option.value.empty();
    value.repeated = option.value.ends_with("...");
    value.isFile = option.value.find("FILE") != std::string_view::npos || option.value.ends_with(".arcscope");
    const bool isWords = option.value.find('|') != std::string_view::npos &&
                         std::none_of(option.value.begin(), option.value.end(),
                                      [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
    for (std::size_t at = 0; isWords && at <= option.value.size();) {
        const std::size_t end = std::min(option.value.find('|', at), option.value.size());
        value.words.emplace_back(option.value.substr(at, end - at));
        at = end + 1;
    }
    return value;
}

std::string_view bareName(const OptionSpec& option)
{
    return option.name.substr(std::min(option.name.find_first_not_of('-'), option.name.size()));
}

std::string escaped(std::string_view text, std::string_view special, std::string_view escape)
{
    std::string safe;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos)
            safe += escape;
        safe += c;
    }
    return safe;
}

std::string quoted(std::string_view text)
{
    std::string safe = "'";
    for (const char c : text)
        safe += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return safe + '\'';
}

} // namespace arcscope
