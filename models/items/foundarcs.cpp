#include "foundarcs.h"

#include <algorithm>

namespace arcscope
{

std::string_view FoundArcs::task(std::uint32_t arc) const
{
    const auto unit = static_cast<ArcUnit>(at(ArcColumn::Unit, arc));
    const std::string_view recorded = tag(SpanText::Task, arc);
    if (unit != ArcUnit::Task && !recorded.empty())
        return recorded;
    std::string_view key = text(ArcColumn::Key, arc);
    if (unit == ArcUnit::Trace)
        key.remove_prefix(key.rfind('/') + 1);
    return key;
}

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

std::vector<LensMarker> foundMarks(const Corpus& corpus, std::vector<VersionUse> uses)
{
    const auto needed = markerColumns();
    const bool loaded = corpus.spans.rows() > 0 && std::all_of(needed.begin(), needed.end(), [&](SpanColumn column) {
                            return corpus.spans.has(column);
                        });
    return loaded ? allMarks(corpus, std::move(uses)) : std::vector<LensMarker>();
}

} // namespace arcscope
