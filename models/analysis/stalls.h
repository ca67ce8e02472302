// Pauses of a stream that are long for it: where the text stopped coming, and for how long.
#pragma once

#include "times.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What came. Only what a reader or a tool waits for ends a gap.
enum class StreamMark : std::uint8_t {
    Open,          ///< the request was sent
    Content,       ///< text or reasoning
    ToolCall,      ///< a call begins
    ToolArguments, ///< more of its arguments
    Close,         ///< the terminal event, or the end of the connection
    Other,         ///< keepalives, usage …: as if it were not there
};

struct TimedMark {
    Nanos time = noTime; ///< noTime: as if it were not there
    StreamMark what = StreamMark::Other;
};

enum class StallPlace : std::uint8_t { BeforeFirst, MidText, BeforeToolCall, InToolCall, AfterLast };

std::string_view name(StallPlace place); ///< "before the first token", …

struct StallRules {
    Nanos least = 1'000'000'000; ///< no shorter gap is a stall
    double factor = 8;           ///< times the quantile of the gaps before it
    double quantile = 0.9;
    std::size_t window = 64; ///< gaps that the quantile is taken of, at most
    std::size_t fewest = 4;  ///< behind so few gaps one is also held against the others of the start
    /// Before the first token, where there are no gaps to compare with: models take seconds to begin. Whether that is
    /// slow for a model is a question to other calls of it.
    Nanos leastBeforeFirst = 10'000'000'000;
};

/// A gap that was longer than `threshold`.
struct Stall {
    std::size_t first = 0; ///< the moments around it, as indices
    std::size_t last = 0;
    Nanos from = 0;
    Nanos to = 0;
    Nanos length = 0; ///< to - from, or the largest Nanos where that is too much
    Nanos threshold = 0;
    StallPlace place = StallPlace::MidText;
};

/// Of one stream, moments in the order in which they came. A gap is a stall where it is longer than `least` and than
/// `factor` times the rolling quantile (nearest rank) of the last `window` gaps between contents, stalls among them, so
/// that a stream that stays slow is no row of stalls. One of the first `fewest` has to be longer than `factor` times
/// the median of the others of them as well, so that neither a slow start is one. Times that go backwards make gaps of
/// 0. O(moments · window).
std::vector<Stall> findStalls(std::span<const TimedMark> moments, const StallRules& rules = {});

/// The threshold for each moment's gap to the one before it, as the line that a chart draws; -1 where there is no gap.
std::vector<Nanos> stallThresholds(std::span<const TimedMark> moments, const StallRules& rules = {});

} // namespace arcscope
