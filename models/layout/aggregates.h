// What is inside a selected range of time: counts and sums for each kind of span.
#pragma once

#include "spantable.h"

#include <array>
#include <cstdint>
#include <span>

namespace arcscope
{

struct KindAggregate {
    std::uint64_t spans = 0; ///< that touch the range
    std::uint64_t errors = 0;
    std::uint64_t unfinished = 0; ///< no end recorded: they count, but add no time
    Nanos time = 0;               ///< sum of the parts inside the range
    Nanos selfTime = 0;           ///< the same without what their children (among the given rows) cover
    std::int64_t tokens =
        noTokens;                 ///< of spans that start inside the range, each response once; noTokens: none recorded
    std::uint64_t withTokens = 0; ///< spans that the tokens come from
};

struct Aggregates {
    std::array<KindAggregate, spanKindCount> kinds{};
    KindAggregate all;
    std::uint64_t untimed = 0; ///< rows without a recorded start: in no other number

    const KindAggregate& operator[](SpanKind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
};

/// Over the given rows of a corpus; superseded spans are left out. A range that is not recorded takes everything.
Aggregates aggregate(const Corpus& corpus, std::span<const Row> rows, const TimeRange& range);

} // namespace arcscope
