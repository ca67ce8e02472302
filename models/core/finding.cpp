#include "finding.h"

#include <array>

namespace arcscope
{

std::string_view name(FindingLevel level)
{
    constexpr std::array<std::string_view, 3> names{"signal", "check", "finding"};
    return names[static_cast<std::size_t>(level)];
}

std::string_view name(FindingWeight weight)
{
    constexpr std::array<std::string_view, 3> names{"note", "warning", "severe"};
    return names[static_cast<std::size_t>(weight)];
}

std::string_view name(TextPlace::Of of)
{
    constexpr std::array<std::string_view, 7> names{"none",   "input",  "output",   "arguments",
                                                    "result", "status", "attribute"};
    return names[static_cast<std::size_t>(of)];
}

std::string quoted(std::string_view text, std::size_t most)
{
    if (text.size() <= most)
        return std::string(text);
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return std::string(text.substr(0, end));
}

} // namespace arcscope
