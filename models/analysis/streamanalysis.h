// Everything that analysis says of one recorded stream, with what its call states beside it.
#pragma once

#include "streamcalls.h"
#include "streamfigures.h"
#include "streamphases.h"

#include <memory>
#include <span>
#include <vector>

namespace arcscope
{

struct StreamAnalysis {
    std::shared_ptr<const StreamModel> model; ///< never null; without events where none are recorded
    StreamSpanTimes times;
    StreamMoments moments;
    StreamMarks marks;
    std::vector<StreamJson> json;      ///< of the blocks that are JSON
    std::vector<DocumentCheck> checks; ///< of `json`
    std::vector<StreamFinding> findings;
    CommitPattern commits = CommitPattern::None;
    StreamFigures figures;
};

/// `attributes`: of the call's span.
StreamAnalysis analysed(PackedStream stream, const StreamSpanTimes& times, std::span<const Attribute> attributes);

/// Whether it hands arguments to tools: then it is worth looking for when they ran.
bool callsTools(const StreamAnalysis& stream);
/// Adds what the times of the tools of its trace say of its arguments.
void addRuns(StreamAnalysis& stream, std::span<const ToolRun> runs);

/// The spans of the trace of `row` that ran tools; needs the order and the columns of toolRunColumns().
std::vector<ToolRun> toolRuns(const Corpus& corpus, Row row);
std::span<const SpanColumn> toolRunColumns();

} // namespace arcscope
