// The recorded stream of one span, unpacked, with what analysis says of it.
#pragma once

#include "result.h"
#include "spantable.h"
#include "streammarks.h"
#include "streamphases.h"

#include <memory>
#include <span>

namespace arcscope
{

class Workspace;

struct SpanStream {
    std::shared_ptr<const StreamModel> model; ///< never null; without events where none are recorded
    StreamSpanTimes times;
    StreamMoments moments;
    StreamMarks marks;
};

/// The span columns that loadStream() reads of its row.
std::span<const SpanColumn> streamColumns();

/// Error: Store where the workspace cannot be read.
Result<SpanStream> loadStream(Workspace& workspace, const Corpus& corpus, Row row);

} // namespace arcscope
