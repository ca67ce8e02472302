#include "timelinedata.h"

#include <algorithm>
#include <array>

namespace arcscope
{

std::optional<TimelinePlace> TimelineData::place(Row row) const
{
    std::size_t at = row;
    if (!placedRows.empty()) {
        const auto found = std::lower_bound(placedRows.begin(), placedRows.end(), row);
        if (found == placedRows.end() || *found != row)
            return {};
        at = static_cast<std::size_t>(found - placedRows.begin());
    }
    if (at >= lineOfPlaced.size() || lineOfPlaced[at] == noLine)
        return {};
    const std::uint16_t number = lineOfPlaced[at];
    const TimelineLine& line = lines[number];
    const auto begin = rows.begin() + line.first;
    const auto end = begin + line.count;
    auto candidate = begin;
    if (!ordinal) {
        const auto firstStart = starts.begin() + line.first;
        const auto start = std::lower_bound(firstStart, firstStart + line.count, corpus.spans.start(row));
        candidate += start - firstStart;
    }
    const auto found = std::find(candidate, end, row);
    if (found == end)
        return {};
    return TimelinePlace{number, static_cast<std::uint32_t>(found - rows.begin())};
}

TimeRange TimelineData::range(const TimelinePlace& place) const
{
    if (lines[place.line].density && !ordinal)
        return corpus.spans.range(rows[place.index]);
    return {starts[place.index], ends[place.index]};
}

std::span<const SpanColumn> timelineColumns()
{
    static constexpr std::array columns{
        SpanColumn::Start,
        SpanColumn::Duration,
        SpanColumn::Kind,
        SpanColumn::Status,
        SpanColumn::Flags,
        SpanColumn::Provenance,
        SpanColumn::ParentRow,
        SpanColumn::Depth,
        SpanColumn::Lane,
        columnOf(SpanText::Name),
        columnOf(SpanText::Service),
        columnOf(SpanText::Agent),
        columnOf(SpanText::Tool),
        columnOf(SpanText::ModelServed),
    };
    return columns;
}

} // namespace arcscope
