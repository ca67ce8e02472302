// The recorded stream of one span, unpacked, with what analysis says of it.
#pragma once

#include "result.h"
#include "spantable.h"
#include "streamanalysis.h"

#include <span>

namespace arcscope
{

class Workspace;

/// The span columns that loadStream() reads of its row and of the tool calls of its trace; it needs the order, too.
std::span<const SpanColumn> streamColumns();

/// Of a call whose record is longer than 8 MB only the stream is looked at: no stated times, no schemas. Error: Store
/// where the stream or the record cannot be read.
Result<StreamAnalysis> loadStream(Workspace& workspace, const Corpus& corpus, Row row);

} // namespace arcscope
