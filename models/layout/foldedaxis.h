// Time across a width: to scale, but for pauses, which are folded to a few pixels each.
#pragma once

#include "times.h"

#include <span>
#include <utility>
#include <vector>

namespace arcscope
{

class FoldedAxis
{
public:
    struct Fold {
        TimeRange pause;
        double from = 0; ///< pixels
        double to = 0;
    };

    FoldedAxis() = default;
    /// `range` from pixel `from` to pixel `to`. What lies between two `busy` ranges (ascending, apart from each other)
    /// and is longer than `leastFold` is `fold` pixels wide; all folds together take half of the width at most.
    FoldedAxis(const TimeRange& range, double from, double to, std::span<const TimeRange> busy = {},
               Nanos leastFold = 0, double fold = 0);

    /// Pixel of a time; goes on to scale outside of the range.
    double x(Nanos time) const;
    /// Its inverse, rounded to the nearest nanosecond.
    Nanos timeAt(double x) const;
    /// Pixels a nanosecond, outside of folds.
    double scale() const { return m_drawn > 0 ? m_pixels / m_drawn : 0; }
    const TimeRange& range() const { return m_range; }
    /// Ascending.
    std::span<const Fold> folds() const { return m_folds; }

private:
    double pixels(double length) const { return m_drawn > 0 ? length * m_pixels / m_drawn : 0; }

    TimeRange m_range;
    double m_from = 0;
    double m_pixels = 0; ///< to scale
    double m_drawn = 0;  ///< nanoseconds across them
    std::vector<Fold> m_folds;
};

/// Ranges that touch become one; ascending.
std::vector<TimeRange> united(std::vector<TimeRange> ranges);

} // namespace arcscope
