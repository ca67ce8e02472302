// The recorded stream of one span, unpacked, with what analysis says of it.
#pragma once

#include "result.h"
#include "spantable.h"
#include "streamcalls.h"
#include "streamfigures.h"
#include "streamphases.h"

#include <memory>
#include <span>
#include <vector>

namespace arcscope
{

class Workspace;

struct SpanStream {
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

/// The span columns that loadStream() reads of its row and of the tool calls of its trace; it needs the order, too.
std::span<const SpanColumn> streamColumns();

/// Of a call whose record is longer than 8 MB only the stream is looked at: no stated times, no schemas. Error: Store
/// where the workspace cannot be read.
Result<SpanStream> loadStream(Workspace& workspace, const Corpus& corpus, Row row);

} // namespace arcscope
