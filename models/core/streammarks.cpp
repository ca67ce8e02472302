#include "streammarks.h"

#include <array>

namespace arcscope
{

std::string_view name(StreamPhaseKind kind)
{
    constexpr std::array<std::string_view, 13> names{"waiting",  "opening",  "reasoning", "answering", "closing",
                                                     "queueing", "loading",  "prefill",   "decoding",  "connecting",
                                                     "sending",  "answered", "receiving"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name(PhaseSource source)
{
    constexpr std::array<std::string_view, 3> names{"measured", "declared", "bounded"};
    return names[static_cast<std::size_t>(source)];
}

} // namespace arcscope
