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

/// Two neighbours seen as one: half of the sum as coverage (never 0 where one is not), the kind of the fuller one.
Cell halved(Cell a, Cell b);
/// Two on top of each other: the fuller one, with the errors of both.
Cell overlaid(Cell a, Cell b);

/// Levels of buckets over one line. Level 0 has the finest, of 2^shift nanoseconds from `base` on; each level above
/// half as many. About four bytes for each span of the line, all levels together.
struct Pyramid {
    Nanos base = 0;
    int shift = 0;
    std::vector<std::vector<Cell>> levels;

    /// The finest level whose buckets are not longer than `length`; -1 where even those of level 0 are.
    int levelFor(double length) const;
    /// All buckets of a level that touch [from, to), overlaid.
    Cell at(int level, Nanos from, Nanos to) const;
};

/// Of spans sorted by start and by end. `kindAndError(i)` tells what span i is. Spans may overlap (density lines): a
/// moment is counted for the first of them only.
struct PyramidSource {
    std::span<const Nanos> starts;
    std::span<const Nanos> ends;
    std::span<const std::uint16_t> looks; ///< SpanLook bits
};
Pyramid makePyramid(const PyramidSource& source);

} // namespace arcscope
