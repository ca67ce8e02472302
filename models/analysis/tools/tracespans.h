// The spans of one trace by their places in its pre-order: who lies below whom, and which conversation each is part of.
#pragma once

#include "spantable.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace arcscope
{

class TraceReading;

struct TraceSpans {
    static constexpr std::uint32_t none = ~std::uint32_t(0);

    /// `trace` must live as long.
    explicit TraceSpans(const TraceReading& trace);

    /// none: not of this trace.
    std::uint32_t placeOf(Row row) const;
    bool isBelow(std::uint32_t place, std::uint32_t above) const { return place > above && place < end[above]; }
    /// Both have a recorded length and share a part of it.
    bool overlap(std::uint32_t a, std::uint32_t b) const;
    SpanKind kind(std::uint32_t place) const { return spans.kind(rows[place]); }
    Nanos start(std::uint32_t place) const { return spans.start(rows[place]); }
    /// noTime: no end is recorded.
    Nanos endOf(std::uint32_t place) const;
    /// When, as far as this can be put into an order with others: times where every span has them, else places.
    std::int64_t begins(std::uint32_t place) const { return timed ? start(place) : 2 * std::int64_t(place); }
    std::int64_t finishes(std::uint32_t place) const;
    /// Model calls of that conversation that began by then.
    std::size_t modelCallsBefore(std::uint32_t of, std::int64_t moment) const;
    /// The first model call of that conversation, but for `asker`, that began then or later; none: there is none.
    std::uint32_t modelCallFrom(std::uint32_t of, std::int64_t moment, std::uint32_t asker) const;

    const SpanTable& spans;
    std::span<const Row> rows;
    std::vector<std::uint32_t> parent; ///< none: a root
    std::vector<std::uint32_t> end;    ///< behind the last below
    /// Place of the agent (not: a turn of it) or the call of a tool that it lies below; none: only the trace.
    std::vector<std::uint32_t> conversation;
    std::vector<bool> isTurn; ///< a stretch of an agent's conversation that its source tells of as a span
    bool timed = true;        ///< every span that a source recorded has a start

private:
    std::unordered_map<Row, std::uint32_t> m_places;
    std::unordered_map<std::uint32_t, std::vector<std::pair<std::int64_t, std::uint32_t>>> m_modelCalls; ///< by start
};

} // namespace arcscope
