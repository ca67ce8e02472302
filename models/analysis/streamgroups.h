// The streams of a corpus in groups, each with what it adds up to and the distribution of one metric.
#pragma once

#include "distribution.h"
#include "streamsample.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class StreamGrouping : std::uint8_t {
    None,
    Model,
    Prompt,  ///< name and version
    Hour,    ///< of the calendar, UTC
    Surface, ///< where its text was shown
};
inline constexpr int streamGroupingCount = 5;
std::string_view name(StreamGrouping by); ///< "none", "model", "prompt", "hour", "surface"
std::optional<StreamGrouping> streamGroupingNamed(std::string_view wanted);

/// What streams add up to.
struct StreamTotals {
    std::size_t streams = 0;
    std::size_t withStalls = 0;
    std::uint64_t stalls = 0;
    Nanos stalled = 0;
    Nanos length = 0; ///< of those whose stalls are known
    std::uint64_t shownBytes = 0;
    std::uint64_t withdrawnBytes = 0;
    std::uint64_t retractions = 0;
    std::size_t withRetractions = 0;
    std::uint64_t draftTokens = 0;
    std::uint64_t acceptedTokens = 0;
    std::uint64_t draftBytes = 0; ///< of streams whose drafts are not counted in tokens
    std::uint64_t acceptedBytes = 0;
    std::array<std::size_t, streamEndingCount> endings{};

    /// Share of the time in which nothing came; nothing where no length is recorded.
    std::optional<double> stalledShare() const;
    /// Of all drafted tokens; of bytes where no stream counts them. Nothing without drafts.
    std::optional<double> acceptance() const;
    /// Bytes withdrawn of 1,000 that were shown.
    std::optional<double> withdrawnPerThousand() const;
};

struct StreamGroup {
    std::string name; ///< as recorded; empty where it is not, and of all streams together
    bool recorded = true;
    std::vector<std::uint32_t> streams; ///< indices of StreamSamples::all
};

StreamTotals totalsOf(const StreamSamples& samples, const StreamGroup& group);
/// The indices in its buckets are those of StreamSamples::all.
Distribution distributionOf(const StreamSamples& samples, const StreamGroup& group, StreamMetric metric);

/// All streams, or those of rows that `rows` names (in order). Models and surfaces by size, prompts by name and first
/// time, hours by time; what is not recorded comes last. No group is empty.
std::vector<StreamGroup> groupStreams(const StreamSamples& samples, const StringTable& strings, StreamGrouping by,
                                      const std::vector<Row>* rows = nullptr);

} // namespace arcscope
