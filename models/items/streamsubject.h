// StreamSubject: what the stream view shows of a span, made on another thread.
#pragma once

#include "corpusloader.h"
#include "streamcalls.h"
#include "streamfigures.h"
#include "streamphases.h"
#include "streamtimeline.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace arcscope
{

struct StreamSubject {
    Row row = noRow;
    std::shared_ptr<const StreamTimeline> timeline; ///< null where there is a problem
    StreamMoments moments;
    std::vector<StreamJson> json;      ///< of its blocks that are JSON
    std::vector<DocumentCheck> checks; ///< of `json`
    std::vector<StreamFinding> findings;
    CommitPattern commits = CommitPattern::None;
    StreamFigures figures;
    std::string problem; ///< why there is nothing
};

/// Runs on any thread; opens the workspace for itself.
std::shared_ptr<const StreamSubject> openStream(const OpenCorpus& open, Row row);

/// The next span with recorded stream events behind `row` (noRow: from the start) among the rows of a trace or of the
/// corpus, going around; noRow where there is none.
Row nextStreamed(const Corpus& corpus, std::optional<std::uint32_t> trace, Row row);

} // namespace arcscope
