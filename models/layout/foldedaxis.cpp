#include "foldedaxis.h"

#include "axis.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{

FoldedAxis::FoldedAxis(const TimeRange& range, double from, double to, std::span<const TimeRange> busy, Nanos leastFold,
                       double fold)
    : m_range(range)
    , m_from(from)
{
    double folded = 0;
    for (std::size_t i = 1; i < busy.size(); ++i) {
        const TimeRange pause{busy[i - 1].end, busy[i].start};
        if (pause.length() > leastFold) {
            m_folds.push_back({pause, 0, 0});
            folded += static_cast<double>(pause.length());
        }
    }
    m_drawn = static_cast<double>(std::max<std::uint64_t>(lengthOf(range), 1)) - folded;
    const auto count = static_cast<double>(m_folds.size());
    double width = std::min(fold, (to - from) / 2 / std::max(1.0, count));
    if (m_drawn <= 0 && count > 0) // nothing else has a length
        width = (to - from) / count;
    m_pixels = to - from - count * width;
    double before = 0; // nanoseconds that were folded
    for (std::size_t i = 0; i < m_folds.size(); ++i) {
        Fold& one = m_folds[i];
        one.from =
            from + pixels(static_cast<double>(one.pause.start - range.start) - before) + static_cast<double>(i) * width;
        one.to = one.from + width;
        before += static_cast<double>(one.pause.length());
    }
}

double FoldedAxis::x(Nanos time) const
{
    const auto behind = std::upper_bound(m_folds.begin(), m_folds.end(), time,
                                         [](Nanos t, const Fold& fold) { return t < fold.pause.start; });
    if (behind == m_folds.begin())
        return m_from + pixels(static_cast<double>(saturatingAdd(time, -m_range.start)));
    const Fold& fold = *(behind - 1);
    if (time >= fold.pause.end)
        return fold.to + pixels(static_cast<double>(saturatingAdd(time, -fold.pause.end)));
    return fold.from + (fold.to - fold.from) * static_cast<double>(time - fold.pause.start) /
                           static_cast<double>(fold.pause.length());
}

Nanos FoldedAxis::timeAt(double x) const
{
    const auto behind =
        std::upper_bound(m_folds.begin(), m_folds.end(), x, [](double at, const Fold& fold) { return at < fold.from; });
    const auto later = [&](Nanos time, double distance) {
        const double length = m_pixels > 0 ? distance * m_drawn / m_pixels : 0;
        return saturatingAdd(time, static_cast<Nanos>(std::llround(length)));
    };
    if (behind == m_folds.begin())
        return later(m_range.start, x - m_from);
    const Fold& fold = *(behind - 1);
    if (x >= fold.to)
        return later(fold.pause.end, x - fold.to);
    return fold.pause.start + static_cast<Nanos>(std::llround(static_cast<double>(fold.pause.length()) *
                                                              (x - fold.from) / (fold.to - fold.from)));
}

std::vector<TimeRange> united(std::vector<TimeRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(), [](const TimeRange& a, const TimeRange& b) { return a.start < b.start; });
    std::vector<TimeRange> whole;
    for (const TimeRange& range : ranges) {
        if (!whole.empty() && range.start <= whole.back().end)
            whole.back().end = std::max(whole.back().end, range.end);
        else
            whole.push_back(range);
    }
    return whole;
}

} // namespace arcscope
