// Traces that are turns of one conversation: those that record the same session.
#pragma once

#include "spantable.h"

#include <cstdint>
#include <vector>

namespace arcscope
{

/// Indices of traces in the order of time.
using JoinedTraces = std::vector<std::uint32_t>;

/// A session is cut where it holds more than this.
inline constexpr std::size_t mostJoinedSpans = 5'000;
inline constexpr std::int64_t mostJoinedBytes = std::int64_t{32} << 20; ///< of records

/// Two traces or more each, of one service, whose spans name one session and no other, and all of which have a time.
/// Short names of sessions ("1", "default") are used again by others: they count within one file. Needs the columns
/// of findings. O(traces + spans of those that have a session).
std::vector<JoinedTraces> joinedTraces(const Corpus& corpus);

/// The rows of all, trace by trace.
std::vector<Row> rowsOf(const Corpus& corpus, const JoinedTraces& traces);

} // namespace arcscope
