// Spans on their way into a TimelineData: where each is placed in time, and in which lane.
#pragma once

#include "timelinedata.h"

#include <cstdint>
#include <span>
#include <vector>

namespace arcscope
{

/// One value each for every span.
struct PlacedSpans {
    std::vector<Nanos> starts;
    std::vector<Nanos> ends; ///< never before the start
    std::vector<Row> rows;   ///< ascending, or in the order of a trace
    std::vector<std::uint16_t> looks;
    std::vector<std::uint16_t> lanes;
    std::vector<std::uint8_t> bands; ///< bands of a lane lie below each other; empty: one band a lane

    std::size_t size() const { return rows.size(); }
};

/// SpanLook bits from the values of the columns Kind, Status, Flags and Provenance.
std::uint16_t lookOf(std::int64_t kind, std::int64_t status, std::int64_t spanFlags, std::int64_t provenanceBits);

/// Adds a span; a negative duration is an end that is not recorded.
void append(PlacedSpans& spans, Row row, Nanos start, Nanos duration, std::uint16_t look, std::uint16_t lane);

/// Puts spans in pre-order one after the other: one that contains nothing takes a step, the others what they contain.
/// `depths[i]` belongs to span i.
void placeByOrder(PlacedSpans& spans, std::span<const std::uint16_t> depths);

/// Indices by start, longer before shorter, then in the given order. Nothing where stopped.
std::vector<std::uint32_t> byStart(const PlacedSpans& spans, const Control& control);

} // namespace arcscope
