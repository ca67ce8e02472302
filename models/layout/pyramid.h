// What a line of spans looks like from afar: buckets of powers of two of nanoseconds, and each pair of them halved.
#pragma once

#include "span.h"
#include "times.h"

#include <cstdint>
#include <span>
#include <vector>

namespace arcscope
{

/// A stretch of a line in two bytes: which kind fills most of it, how much of it is filled, and whether a span in it
/// failed.
class Cell
{
public:
    constexpr Cell() = default;
    /// `coverage` in 1..255, 255 is full.
    constexpr Cell(SpanKind kind, int coverage, bool error)
        : m_bits(static_cast<std::uint16_t>(coverage | static_cast<int>(kind) << 8 | (error ? 1 << 12 : 0)))
    {
    }

    constexpr bool empty() const { return m_bits == 0; }
    constexpr int coverage() const { return m_bits & 255; } ///< 0 only where empty
    constexpr SpanKind kind() const { return static_cast<SpanKind>(m_bits >> 8 & 15); }
    constexpr bool error() const { return (m_bits & 1 << 12) != 0; }
    constexpr bool operator==(const Cell&) const = default;

private:
    std::uint16_t m_bits = 0;
};

/// Neighbours seen as one: the mean of their coverage (never 0 where one is not), the kind of the fuller one.
Cell halved(Cell a, Cell b);
/// Two on top of each other: the fuller one, with the errors of both.
Cell overlaid(Cell a, Cell b);

/// Spans of one line, sorted by start. They may overlap; then `ends` holds the latest end so far, and a moment is
/// counted for the first span that covers it.
struct LineSpans {
    std::span<const Nanos> starts;
    std::span<const Nanos> ends;
    std::span<const std::uint16_t> looks; ///< SpanLook bits
};

/// Levels of buckets over one line. Level 0 has the finest, of 2^shift nanoseconds from `base` on; each level above
/// half as many. About four bytes for each span of the line, all levels together.
struct Pyramid {
    Nanos base = 0;
    int shift = 0;
    std::vector<std::vector<Cell>> levels;
    /// Spans of at least 2^(shift + l) nanoseconds and less than twice that, as ascending indices into the line: what
    /// stays visible as a box of its own where the rest is seen as buckets. Empty for l = 0, and for lines that
    /// overlap.
    std::vector<std::vector<std::uint32_t>> longSpans;

    /// The coarsest level whose buckets are not longer than `length`; -1 where even those of level 0 are.
    int levelFor(double length) const;
    /// Length of a bucket of that level.
    double bucketLength(int level) const;
    /// The first bucket of that level that starts at or after `time`; between 0 and the number of buckets.
    std::size_t bucketFrom(int level, Nanos time) const;
    /// Start of a bucket; the end of the line for the bucket after the last.
    Nanos bucketStart(int level, std::size_t bucket) const;
};

Pyramid makePyramid(const LineSpans& line, bool overlapping);

} // namespace arcscope
