#include "verdict.h"

#include <array>

namespace arcscope
{

std::string_view name(FindingVerdict verdict)
{
    constexpr std::array<std::string_view, 3> names{"open", "confirmed", "dismissed"};
    return names[static_cast<std::size_t>(verdict)];
}

} // namespace arcscope
