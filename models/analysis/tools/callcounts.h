// How many calls of a trace there are, and how many of them are worth a look: kept as a fact of the trace.
#pragma once

#include "calltree.h"

#include <cstdint>
#include <optional>

namespace arcscope
{

struct TraceFact;

struct CallCounts {
    std::int64_t calls = 0;    ///< of tools and agents
    std::int64_t problems = 0; ///< of them: troubledCalls()

    bool operator==(const CallCounts&) const = default;
};

/// By call: it failed, was cancelled (or ran on when it was) or not seen to run, is not paired, is an attempt after one
/// that failed, repeats one that did not, ended after its results were joined, or worked for nobody.
std::vector<bool> troubledCalls(const CallTree& tree);

CallCounts callCounts(const CallTree& tree);

/// The detector that keeps them.
inline constexpr std::string_view callCountsDetector = "tool-scopes";
/// `row` is any span of the trace.
TraceFact factOf(const CallCounts& counts, Row row);
/// Nothing: it is a fact of another kind.
std::optional<CallCounts> callCountsOf(const TraceFact& fact);

} // namespace arcscope
