// The counts and exact totals of a corpus.
#pragma once

#include "control.h"
#include "result.h"
#include "spantable.h"

#include <array>
#include <span>

namespace arcscope
{

/// Superseded spans are in no number; usage counts every response once (SpanFlag::RollUpUsage, RepeatedUsage left out).
struct CorpusSummary {
    std::uint64_t traces = 0;
    std::uint64_t spans = 0;
    std::uint64_t messages = 0; ///< as recorded on the spans: histories that a source repeats are repeated here
    std::array<std::uint64_t, spanKindCount> byKind{};
    std::uint64_t callsAsked = 0; ///< tool calls in the outputs of model calls
    std::uint64_t streamEvents = 0;
    std::uint64_t errors = 0;
    Usage usage;
    Nanos firstStart = noTime;
    Nanos lastEnd = noTime;

    std::uint64_t count(SpanKind kind) const { return byKind[static_cast<std::size_t>(kind)]; }
};

/// The span columns that summarise() reads.
std::span<const SpanColumn> summaryColumns();

/// Error: Cancelled.
Result<CorpusSummary> summarise(const Corpus& corpus, const Control& control);

} // namespace arcscope
