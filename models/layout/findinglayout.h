// Findings on a timeline as geometry: a flag at each place, and arcs between the two places of those that matter most.
#pragma once

#include "timelinelayout.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace arcscope
{

/// Where a finding is. The list of them is by rank.
struct TimelineFinding {
    Row row = noRow;
    Nanos time = noTime; ///< noTime: the start of the span
    Row other = noRow;   ///< its second place, in another span; noRow: none
    Nanos otherTime = noTime;
    bool sure = true; ///< false: to be checked by a person

    bool operator==(const TimelineFinding&) const = default;
};

/// At the top of a span, in pixels of the viewport. Findings that would cover each other share a flag.
struct FindingFlag {
    int x = 0;
    int y = 0;                 ///< top of the span
    int height = 0;            ///< of the span
    std::uint32_t finding = 0; ///< the one of the best rank
    std::uint32_t count = 1;
    bool sure = true;
};

struct FindingPoint {
    double x = 0;
    double y = 0;
};

/// A zig-zag line from one place to the other.
struct FindingArc {
    std::uint32_t finding = 0;
    bool chosen = false;
    std::vector<FindingPoint> points;
};

struct FindingScene {
    std::vector<FindingFlag> flags;
    std::vector<FindingArc> arcs; ///< the chosen one last
};

/// Arcs beside that of the chosen finding.
inline constexpr std::size_t mostFindingArcs = 20;

/// `scale`: device pixels a logical one. What lies outside of the viewport, or in hidden lanes, has no flag; an arc
/// leads to it while its other end is seen.
FindingScene layOutFindings(const TimelineData& data, const Viewport& viewport,
                            const std::vector<TimelineFinding>& findings, std::optional<std::uint32_t> chosen,
                            double scale);

/// The flag under a point; null: none.
const FindingFlag* flagAt(const FindingScene& scene, int x, int y, double scale);

/// Size of a flag's cloth, in logical pixels.
inline constexpr int flagWidth = 9;
inline constexpr int flagHeight = 7;

} // namespace arcscope
