#include "finding.h"

#include <array>

namespace arcscope
{

std::string_view name(FindingLevel level)
{
    constexpr std::array<std::string_view, 3> names{"signal", "check this", "finding"};
    return names[static_cast<std::size_t>(level)];
}

std::string_view name(FindingWeight weight)
{
    constexpr std::array<std::string_view, 3> names{"note", "warning", "severe"};
    return names[static_cast<std::size_t>(weight)];
}

} // namespace arcscope
