// StreamCorpus: all streams of what is open, sampled on another thread, and what a picture of them shows.
#pragma once

#include "control.h"
#include "corpusloader.h"
#include "streamgroups.h"
#include "ttftregressions.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace arcscope
{

using RowsPtr = std::shared_ptr<const std::vector<Row>>;

struct StreamCorpus {
    CorpusPtr corpus;                             ///< that the samples are of
    std::shared_ptr<const StreamSamples> samples; ///< null where there is a problem, and where it was cancelled
    std::string problem;
};

/// Runs on any thread; opens the workspace for itself.
std::shared_ptr<const StreamCorpus> readStreams(const OpenCorpus& open, const Control& control);

/// One group with the distribution of the metric that is shown.
struct StreamLine {
    StreamGroup group;
    Distribution distribution;
    StreamTotals totals;
};

/// Streams by one thing, in one metric.
struct StreamOverview {
    std::shared_ptr<const StreamCorpus> of;
    StreamGrouping by = StreamGrouping::Model;
    StreamMetric metric = StreamMetric::FirstToken;
    std::vector<StreamLine> lines;
    std::size_t streams = 0;                        ///< in the lines; others are left out by the filter
    std::size_t values = 0;                         ///< of the metric
    std::array<bool, streamMetricCount> recorded{}; ///< whether the lines have values of each metric
    bool anyZero = false;
    int first = 0; ///< bucket numbers on the axis, both included; that of zero is none of them
    int last = 0;

    const StreamSample& sample(std::uint32_t index) const { return of->samples->all[index]; }
};

/// `rows`: those that match a filter, null for all. `of` has samples.
std::shared_ptr<const StreamOverview> overviewOf(std::shared_ptr<const StreamCorpus> of, StreamGrouping by,
                                                 StreamMetric metric, const RowsPtr& rows);

using TtftComparisonsPtr = std::shared_ptr<const std::vector<TtftComparison>>;

} // namespace arcscope
