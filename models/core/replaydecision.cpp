#include "replaydecision.h"

#include <array>
#include <cstddef>

namespace arcscope
{

std::string_view name(ReplayOpinion opinion)
{
    constexpr auto names = std::to_array<std::string_view>({"better", "same", "worse", "unsure"});
    return names[static_cast<std::size_t>(opinion)];
}

} // namespace arcscope
