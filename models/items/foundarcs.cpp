#include "foundarcs.h"

namespace arcscope
{

std::optional<std::uint32_t> FoundArcs::find(const std::string& key) const
{
    for (std::uint32_t arc = 0; arc < count(); ++arc) {
        if (key.ends_with(text(ArcColumn::Key, arc)) && arcKey(arcs, arc) == key)
            return arc;
    }
    return std::nullopt;
}

std::optional<std::uint32_t> FoundArcs::ofTrace(std::uint32_t trace) const
{
    for (std::uint32_t row = 0; row < arcs.segments.rows(); ++row) {
        if (arcs.segments.at(ArcSegmentColumn::Trace, row) == trace)
            return static_cast<std::uint32_t>(arcs.segments.at(ArcSegmentColumn::Arc, row));
    }
    return std::nullopt;
}

} // namespace arcscope
