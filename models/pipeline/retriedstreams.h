// The streams of model calls that were cut and made once more: what they showed is withdrawn when the next begins.
#pragma once

#include "assemble.h"
#include "spanwriter.h"

namespace arcscope
{

/// Appends the withdrawals (reason retry, evidence inferred) to the stored streams, and what this changes in the spans
/// to the patches. What a source withdrew itself, and an earlier import, stays as it is. Columns that `spans` lacks are
/// loaded as far as they are needed. Error: Cancelled, Store.
Result<void> withdrawRetried(SpanWriter& writer, SpanTable& spans, Assembly& assembly, const Control& control);

} // namespace arcscope
