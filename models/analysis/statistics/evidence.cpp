#include "evidence.h"

#include <array>
#include <cstddef>

namespace arcscope
{

std::string_view name(Evidence evidence)
{
    constexpr auto words =
        std::to_array<std::string_view>({"too few", "no evidence of a difference", "may differ", "differs"});
    return words[static_cast<std::size_t>(evidence)];
}

} // namespace arcscope
