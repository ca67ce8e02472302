#include "findinglayout.h"

#include "lanegeometry.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// Arcs are drawn with at most so many teeth.
constexpr int mostTeeth = 400;

struct Spot {
    double x = 0;
    int y = 0;
    std::uint32_t line = 0;
    bool seen = false;
};

class FindingLayout
{
public:
    FindingLayout(const TimelineData& data, const Viewport& viewport, double scale)
        : m_data(data)
        , m_viewport(viewport)
        , m_geometry(data, viewport)
        , m_scale(scale)
    {
    }

    std::optional<Spot> spot(Row row, Nanos time) const
    {
        const auto place = m_data.place(row);
        if (!place)
            return std::nullopt;
        const std::uint32_t lane = m_data.lines[place->line].lane;
        if (m_geometry.heights[lane] == 0)
            return std::nullopt;
        const TimeRange range = m_data.range(*place);
        const bool timed = time != noTime && !m_data.ordinal;
        const Nanos at = timed ? std::clamp(time, range.start, std::max(range.start, range.end)) : range.start;
        Spot spot;
        // Far outside is as good as further away, and keeps numbers small.
        spot.x =
            std::clamp(xOf(at, m_viewport.range, m_viewport.width), -1.0 * m_viewport.width, 2.0 * m_viewport.width);
        spot.y = m_geometry.lineTop(place->line);
        spot.line = m_viewport.state(lane).collapsed ? m_data.lanes[lane].firstLine : place->line;
        const bool covered = !m_viewport.state(lane).pinned && spot.y < m_geometry.pinnedHeight;
        spot.seen = spot.x >= 0 && spot.x < m_viewport.width && spot.y + m_viewport.rowHeight > 0 &&
                    spot.y < m_viewport.height && !covered;
        return spot;
    }

    /// Teeth to both sides of a line that is bent upwards, as far as there is room, or else downwards.
    std::vector<FindingPoint> zigZag(const Spot& from, const Spot& to) const
    {
        const double half = m_viewport.rowHeight / 2.0;
        const FindingPoint a{from.x, from.y + half};
        const FindingPoint b{to.x, to.y + half};
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        if (length < 1)
            return {a, b};
        const double tooth = 2.5 * m_scale;
        const double middle = (a.y + b.y) / 2;
        const double wanted = std::min(2.5 * m_viewport.rowHeight, length / 4);
        const double above = std::max(0.0, middle - tooth);
        const double below = std::max(0.0, m_viewport.height - middle - tooth);
        const bool up = above >= std::min<double>(wanted, m_viewport.rowHeight) || above >= below;
        const double bend = up ? -std::min(wanted, above) : std::min(wanted, below);
        const FindingPoint top{(a.x + b.x) / 2, middle + 2 * bend};
        const int teeth = std::clamp(static_cast<int>(length / (5 * m_scale)), 2, mostTeeth);
        std::vector<FindingPoint> points{a};
        for (int i = 1; i < teeth; ++i) {
            const double t = static_cast<double>(i) / teeth;
            const double u = 1 - t;
            const FindingPoint on{u * u * a.x + 2 * u * t * top.x + t * t * b.x,
                                  u * u * a.y + 2 * u * t * top.y + t * t * b.y};
            const FindingPoint along{u * (top.x - a.x) + t * (b.x - top.x), u * (top.y - a.y) + t * (b.y - top.y)};
            const double norm = std::max(1e-9, std::hypot(along.x, along.y));
            const double side = i % 2 == 0 ? tooth : -tooth;
            points.push_back({on.x - along.y / norm * side, on.y + along.x / norm * side});
        }
        points.push_back(b);
        return points;
    }

private:
    const TimelineData& m_data;
    const Viewport& m_viewport;
    LaneGeometry m_geometry;
    double m_scale;
};

} // namespace

FindingScene layOutFindings(const TimelineData& data, const Viewport& viewport,
                            const std::vector<TimelineFinding>& findings, std::optional<std::uint32_t> chosen,
                            double scale)
{
    FindingScene scene;
    if (data.empty() || viewport.width < 1 || findings.empty())
        return scene;
    const FindingLayout layout(data, viewport, scale);
    const int room = std::max(1, static_cast<int>(std::lround((flagWidth + 2) * scale)));
    std::unordered_map<std::uint64_t, std::size_t> taken; ///< by line and stretch of pixels
    const auto plant = [&](const Spot& spot, std::uint32_t finding) {
        if (!spot.seen)
            return;
        const int x = static_cast<int>(spot.x);
        const std::uint64_t key = std::uint64_t{spot.line} << 32 | static_cast<std::uint32_t>(x / room);
        const auto [flag, isNew] = taken.try_emplace(key, scene.flags.size());
        if (isNew)
            scene.flags.push_back({x, spot.y, viewport.rowHeight, finding, 1, findings[finding].sure});
        else if (scene.flags[flag->second].finding != finding)
            ++scene.flags[flag->second].count;
    };
    const auto link = [&](const std::optional<Spot>& from, const std::optional<Spot>& to, std::uint32_t finding) {
        if (from && to && (from->seen || to->seen))
            scene.arcs.push_back({finding, finding == chosen, layout.zigZag(*from, *to)});
    };
    for (std::uint32_t i = 0; i < findings.size(); ++i) {
        const TimelineFinding& finding = findings[i];
        const auto spot = layout.spot(finding.row, finding.time);
        if (spot)
            plant(*spot, i);
        if (finding.other == noRow)
            continue;
        const auto other = layout.spot(finding.other, finding.otherTime);
        if (other)
            plant(*other, i);
        if (i != chosen && scene.arcs.size() < mostFindingArcs)
            link(spot, other, i);
    }
    if (chosen && *chosen < findings.size() && findings[*chosen].other != noRow)
        link(layout.spot(findings[*chosen].row, findings[*chosen].time),
             layout.spot(findings[*chosen].other, findings[*chosen].otherTime), *chosen);
    return scene;
}

const FindingFlag* flagAt(const FindingScene& scene, int x, int y, double scale)
{
    const int width = static_cast<int>(std::ceil((flagWidth + 1) * scale));
    const int height = static_cast<int>(std::ceil((flagHeight + 2) * scale));
    for (const FindingFlag& flag : scene.flags) {
        if (x >= flag.x - 2 && x < flag.x + width && y >= flag.y - 2 && y < flag.y + height)
            return &flag;
    }
    return nullptr;
}

} // namespace arcscope
