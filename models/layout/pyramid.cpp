#include "pyramid.h"

#include "axis.h"
#include "timelinedata.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace arcscope
{

namespace
{

constexpr std::uint64_t fewestBuckets = 16;
constexpr std::uint64_t mostBuckets = 1u << 24;
constexpr std::uint64_t bucketsPerSpan = 4;

std::uint64_t offset(Nanos from, Nanos to)
{
    return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
}

/// How long each kind is seen in the bucket that is being filled.
class BucketSweep
{
public:
    BucketSweep(std::vector<Cell>& cells, int shift)
        : m_cells(cells)
        , m_shift(shift)
    {
    }

    /// [from, to) are offsets from the base, ascending from call to call.
    void add(SpanKind kind, std::uint64_t from, std::uint64_t to)
    {
        for (std::uint64_t bucket = from >> m_shift; from < to; ++bucket) {
            if (bucket != m_bucket) {
                flush();
                m_bucket = bucket;
            }
            // The end of the last bucket may lie beyond 2^64.
            const std::uint64_t room = (std::uint64_t{1} << m_shift) - (from - (bucket << m_shift));
            const std::uint64_t part = std::min(to - from, room);
            m_lengths[static_cast<std::size_t>(kind)] += part;
            m_filled = true;
            from += part;
        }
    }

    void flush()
    {
        if (!m_filled)
            return;
        const auto* const longest = std::max_element(m_lengths.begin(), m_lengths.end());
        std::uint64_t sum = 0;
        for (const auto length : m_lengths)
            sum += length;
        const double share = std::ldexp(static_cast<double>(sum), -m_shift);
        const int coverage = std::clamp(static_cast<int>(share * 255), 1, 255);
        m_cells[m_bucket] = Cell(static_cast<SpanKind>(longest - m_lengths.begin()), coverage, false);
        m_lengths.fill(0);
        m_filled = false;
    }

private:
    std::vector<Cell>& m_cells;
    int m_shift;
    std::uint64_t m_bucket = std::numeric_limits<std::uint64_t>::max();
    std::array<std::uint64_t, spanKindCount> m_lengths{};
    bool m_filled = false;
};

void markErrors(const LineSpans& line, bool overlapping, Pyramid& pyramid)
{
    std::vector<Cell>& cells = pyramid.levels.front();
    for (std::size_t i = 0; i < line.looks.size(); ++i) {
        if (!SpanLook(line.looks[i]).error())
            continue;
        const std::size_t first = offset(pyramid.base, line.starts[i]) >> pyramid.shift;
        const Nanos end = overlapping ? line.starts[i] : std::max(line.ends[i] - 1, line.starts[i]);
        const std::size_t last = offset(pyramid.base, end) >> pyramid.shift;
        for (std::size_t bucket = first; bucket <= last; ++bucket)
            cells[bucket] = Cell(cells[bucket].kind(), std::max(cells[bucket].coverage(), 1), true);
    }
}

void listLongSpans(const LineSpans& line, Pyramid& pyramid)
{
    pyramid.longSpans.resize(pyramid.levels.size());
    for (std::size_t i = 0; i < line.starts.size(); ++i) {
        const std::uint64_t buckets = offset(line.starts[i], line.ends[i]) >> pyramid.shift;
        if (buckets < 2)
            continue;
        const auto level =
            std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(buckets)) - 1, pyramid.longSpans.size() - 1);
        if (level > 0)
            pyramid.longSpans[level].push_back(static_cast<std::uint32_t>(i));
    }
}

} // namespace

Cell halved(Cell a, Cell b)
{
    if (a.empty() && b.empty())
        return {};
    const Cell fuller = a.coverage() >= b.coverage() ? a : b;
    return {fuller.kind(), (a.coverage() + b.coverage() + 1) / 2, a.error() || b.error()};
}

Cell overlaid(Cell a, Cell b)
{
    if (a.empty())
        return b;
    if (b.empty())
        return a;
    const Cell fuller = a.coverage() >= b.coverage() ? a : b;
    return {fuller.kind(), fuller.coverage(), a.error() || b.error()};
}

int Pyramid::levelFor(double length) const
{
    int level = -1;
    while (level + 1 < static_cast<int>(levels.size()) && bucketLength(level + 1) <= length)
        ++level;
    return level;
}

double Pyramid::bucketLength(int level) const
{
    return std::ldexp(1.0, shift + level);
}

std::size_t Pyramid::bucketFrom(int level, Nanos time) const
{
    if (time <= base)
        return 0;
    const int bits = shift + level;
    const std::uint64_t distance = offset(base, time) - 1;
    const std::size_t bucket = bits > 63 ? 1 : (distance >> bits) + 1;
    return std::min(bucket, levels[static_cast<std::size_t>(level)].size());
}

Nanos Pyramid::bucketStart(int level, std::size_t bucket) const
{
    const double length = bucketLength(level) * static_cast<double>(bucket);
    if (length >= static_cast<double>(std::numeric_limits<Nanos>::max()))
        return std::numeric_limits<Nanos>::max();
    return saturatingAdd(base, static_cast<Nanos>(static_cast<std::uint64_t>(bucket) << (shift + level)));
}

Pyramid makePyramid(const LineSpans& line, bool overlapping)
{
    Pyramid pyramid;
    if (line.starts.empty())
        return pyramid;
    pyramid.base = line.starts.front();
    // A span without length still shows: it covers one nanosecond.
    const std::uint64_t length = offset(pyramid.base, line.ends.back()) + 1;
    const std::uint64_t target =
        std::bit_floor(std::clamp<std::uint64_t>(bucketsPerSpan * line.starts.size(), fewestBuckets, mostBuckets));
    while (((length - 1) >> pyramid.shift) >= target)
        ++pyramid.shift;
    pyramid.levels.emplace_back(((length - 1) >> pyramid.shift) + 1);

    BucketSweep sweep(pyramid.levels.front(), pyramid.shift);
    std::uint64_t covered = 0;
    for (std::size_t i = 0; i < line.starts.size(); ++i) {
        const std::uint64_t from = std::max(offset(pyramid.base, line.starts[i]), covered);
        const std::uint64_t to = std::max(offset(pyramid.base, line.ends[i]), offset(pyramid.base, line.starts[i]) + 1);
        sweep.add(SpanLook(line.looks[i]).kind(), from, std::max(from, to));
        covered = std::max(covered, to);
    }
    sweep.flush();
    markErrors(line, overlapping, pyramid);

    while (pyramid.levels.back().size() > 1) {
        const std::vector<Cell>& below = pyramid.levels.back();
        std::vector<Cell> level((below.size() + 1) / 2);
        for (std::size_t i = 0; i < level.size(); ++i)
            level[i] = 2 * i + 1 < below.size() ? halved(below[2 * i], below[2 * i + 1]) : halved(below[2 * i], {});
        pyramid.levels.push_back(std::move(level));
    }
    if (!overlapping)
        listLongSpans(line, pyramid);
    return pyramid;
}

} // namespace arcscope
