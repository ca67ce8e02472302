#include "axis.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace arcscope
{

namespace
{

constexpr Nanos earliest = noTime + 1;
constexpr Nanos latest = std::numeric_limits<Nanos>::max();

/// The nanosecond nearest to `value`; the ends of the scale for anything beyond.
Nanos rounded(double value)
{
    constexpr double limit = 9.223372036854774e18;
    if (!(value > -limit))
        return earliest;
    if (value >= limit)
        return latest;
    return static_cast<Nanos>(std::llround(value));
}

/// A time moved by a length that may be twice as long as Nanos can say.
Nanos moved(Nanos time, double by)
{
    return saturatingAdd(saturatingAdd(time, rounded(by / 2)), rounded(by - static_cast<double>(rounded(by / 2))));
}

/// start + length, kept in range.
TimeRange rangeFrom(Nanos start, double length)
{
    return {start, moved(start, length)};
}

} // namespace

std::uint64_t lengthOf(const TimeRange& range)
{
    if (!range.recorded() || range.end <= range.start)
        return 0;
    return static_cast<std::uint64_t>(range.end) - static_cast<std::uint64_t>(range.start);
}

Nanos saturatingAdd(Nanos a, Nanos b)
{
    if (b > 0 && a > latest - b)
        return latest;
    if (b < 0 && a < earliest - b)
        return earliest;
    return a + b;
}

double xOf(Nanos time, const TimeRange& range, int width)
{
    const auto length = static_cast<double>(std::max<std::uint64_t>(lengthOf(range), 1));
    const double offset =
        time >= range.start
            ? static_cast<double>(static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(range.start))
            : -static_cast<double>(static_cast<std::uint64_t>(range.start) - static_cast<std::uint64_t>(time));
    return offset * width / length;
}

Nanos timeAt(double x, const TimeRange& range, int width)
{
    if (width < 1)
        return range.start;
    const auto length = static_cast<double>(std::max<std::uint64_t>(lengthOf(range), 1));
    return moved(range.start, x * length / width);
}

Nanos shortestRange(int width)
{
    return std::max(1, width / 16);
}

TimeRange limited(const TimeRange& range, const TimeRange& bounds, int width)
{
    const auto shortest = static_cast<double>(shortestRange(width));
    double length = std::max(static_cast<double>(lengthOf(range)), shortest);
    if (!bounds.recorded())
        return rangeFrom(range.start, length);

    const double whole = std::max(static_cast<double>(lengthOf(bounds)), shortest);
    const Nanos margin = rounded(whole / 20);
    const Nanos first = saturatingAdd(bounds.start, -margin);
    const Nanos last = saturatingAdd(saturatingAdd(bounds.start, rounded(whole)), margin);
    const auto longest = static_cast<double>(lengthOf({first, last}));
    length = std::min(length, longest);
    Nanos start = std::max(range.start, first);
    if (static_cast<double>(lengthOf({start, last})) < length)
        start = std::max(first, saturatingAdd(last, -rounded(length)));
    return rangeFrom(start, length);
}

TimeRange zoomed(const TimeRange& range, Nanos fixed, double factor, const TimeRange& bounds, int width)
{
    const double length =
        std::max(static_cast<double>(lengthOf(range)) * factor, static_cast<double>(shortestRange(width)));
    const double share = xOf(fixed, range, 1);
    const Nanos start = saturatingAdd(fixed, rounded(-share * length));
    return limited(rangeFrom(start, length), bounds, width);
}

TimeRange panned(const TimeRange& range, double pixels, const TimeRange& bounds, int width)
{
    if (width < 1)
        return range;
    const auto length = static_cast<double>(lengthOf(range));
    return limited(rangeFrom(saturatingAdd(range.start, rounded(pixels * length / width)), length), bounds, width);
}

TimeRange centred(const TimeRange& range, Nanos time, const TimeRange& bounds, int width)
{
    const auto length = static_cast<double>(lengthOf(range));
    return limited(rangeFrom(saturatingAdd(time, rounded(-length / 2)), length), bounds, width);
}

TimeRange fitting(const TimeRange& shown, const TimeRange& bounds, int width)
{
    const auto length = static_cast<double>(lengthOf(shown));
    if (length == 0) {
        constexpr double around = 1e-3;
        return centred(rangeFrom(shown.start, around * static_cast<double>(lengthOf(bounds))), shown.start, bounds,
                       width);
    }
    return limited(rangeFrom(saturatingAdd(shown.start, rounded(-length / 10)), length * 1.2), bounds, width);
}

} // namespace arcscope
