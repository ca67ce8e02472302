#include "lanegeometry.h"

#include <algorithm>
#include <limits>

namespace arcscope
{

namespace
{

/// Spans compare by start, then line, then place in it: an order over all lanes without ties.
struct Candidate {
    Nanos start = 0;
    std::uint32_t index = 0;

    auto operator<=>(const Candidate&) const = default;
};

class Navigation
{
public:
    Navigation(const TimelineData& data, const Viewport& viewport)
        : m_data(data)
        , m_geometry(data, viewport)
    {
    }

    /// The nearest span before or behind `from` in the lines [first, end) of lanes that are seen.
    Row inTime(const std::optional<Candidate>& from, bool forward, std::uint32_t first, std::uint32_t end,
               std::optional<SpanKind> kind) const
    {
        std::optional<Candidate> best;
        for (std::uint32_t line = first; line < end; ++line) {
            if (m_geometry.heights[m_data.lines[line].lane] == 0)
                continue;
            const auto found = forward ? behind(line, from, kind) : before(line, from, kind);
            if (found && (!best || (forward ? *found < *best : *best < *found)))
                best = found;
        }
        return best ? m_data.rows[best->index] : noRow;
    }

    /// The span nearest to a time on the next line up or down that has spans.
    Row onLine(std::uint32_t line, Nanos time, bool down) const
    {
        std::vector<std::uint32_t> seen;
        for (const std::uint32_t lane : m_geometry.order) {
            const auto lines = m_geometry.viewport.state(lane).collapsed ? 1u : m_data.lanes[lane].lines;
            for (std::uint32_t i = 0; i < lines; ++i)
                seen.push_back(m_data.lanes[lane].firstLine + i);
        }
        auto at = std::find(seen.begin(), seen.end(), line);
        if (at == seen.end()) // in a collapsed lane, whose first line stands for all
            at = std::find(seen.begin(), seen.end(), m_data.lanes[m_data.lines[line].lane].firstLine);
        if (at == seen.end() || (down ? at + 1 == seen.end() : at == seen.begin()))
            return noRow;
        return m_data.rows[nearest(down ? *(at + 1) : *(at - 1), time)];
    }

private:
    Candidate candidate(std::uint32_t index) const { return {m_data.starts[index], index}; }

    std::optional<Candidate> behind(std::uint32_t line, const std::optional<Candidate>& from,
                                    std::optional<SpanKind> kind) const
    {
        const std::uint32_t first = m_data.lines[line].first;
        const std::uint32_t end = first + m_data.lines[line].count;
        std::uint32_t i = first;
        if (from) {
            i = static_cast<std::uint32_t>(
                std::lower_bound(m_data.starts.begin() + first, m_data.starts.begin() + end, from->start) -
                m_data.starts.begin());
            while (i < end && candidate(i) <= *from)
                ++i;
        }
        while (i < end && kind && m_data.look(i).kind() != *kind)
            ++i;
        return i < end ? std::optional(candidate(i)) : std::nullopt;
    }

    std::optional<Candidate> before(std::uint32_t line, const std::optional<Candidate>& from,
                                    std::optional<SpanKind> kind) const
    {
        const std::uint32_t first = m_data.lines[line].first;
        std::uint32_t end = first + m_data.lines[line].count;
        if (from) {
            end = static_cast<std::uint32_t>(
                std::upper_bound(m_data.starts.begin() + first, m_data.starts.begin() + end, from->start) -
                m_data.starts.begin());
            while (end > first && candidate(end - 1) >= *from)
                --end;
        }
        while (end > first && kind && m_data.look(end - 1).kind() != *kind)
            --end;
        return end > first ? std::optional(candidate(end - 1)) : std::nullopt;
    }

    std::uint32_t nearest(std::uint32_t line, Nanos time) const
    {
        const std::uint32_t first = m_data.lines[line].first;
        const std::uint32_t end = first + m_data.lines[line].count;
        const auto starts = m_data.starts.begin();
        auto i = static_cast<std::uint32_t>(std::upper_bound(starts + first, starts + end, time) - starts);
        if (i == first)
            return first;
        // The one before began earlier; the next is nearer only where that one has ended.
        const Nanos since = std::max<Nanos>(0, time - m_data.ends[i - 1]);
        return i < end && m_data.starts[i] - time < since ? i : i - 1;
    }

    const TimelineData& m_data;
    LaneGeometry m_geometry;
};

} // namespace

Row neighbour(const TimelineData& data, const Viewport& viewport, Row row, Step step)
{
    const Navigation navigation(data, viewport);
    const auto lines = static_cast<std::uint32_t>(data.lines.size());
    const auto place = row == noRow ? std::nullopt : data.place(row);
    if (!place) {
        const bool forward =
            step == Step::Next || step == Step::NextInLane || step == Step::NextOfKind || step == Step::LineBelow;
        return navigation.inTime({}, forward, 0, lines, {});
    }
    const Candidate from{data.starts[place->index], place->index};
    const TimelineLane& lane = data.lanes[data.lines[place->line].lane];
    const std::uint32_t laneEnd = lane.firstLine + lane.lines;
    const SpanKind kind = data.look(place->index).kind();
    switch (step) {
    case Step::Previous:
        return navigation.inTime(from, false, 0, lines, {});
    case Step::Next:
        return navigation.inTime(from, true, 0, lines, {});
    case Step::PreviousInLane:
        return navigation.inTime(from, false, lane.firstLine, laneEnd, {});
    case Step::NextInLane:
        return navigation.inTime(from, true, lane.firstLine, laneEnd, {});
    case Step::PreviousOfKind:
        return navigation.inTime(from, false, lane.firstLine, laneEnd, kind);
    case Step::NextOfKind:
        return navigation.inTime(from, true, lane.firstLine, laneEnd, kind);
    case Step::LineAbove:
    case Step::LineBelow: {
        const TimeRange range = data.range(*place);
        return navigation.onLine(place->line, range.start, step == Step::LineBelow);
    }
    }
    return noRow;
}

} // namespace arcscope
