// Running all detectors over a corpus, trace by trace, on several threads.
#pragma once

#include "control.h"
#include "finding.h"
#include "result.h"

#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// The span columns that detectors need; the order table, too.
std::span<const SpanColumn> findingColumns();

/// In the order of traces. `corpus` is of that workspace, and is read by all threads. In memory is one trace's content
/// a thread, as far as detectors ask for it. Progress counts spans. Error: Cancelled, Store.
Result<std::vector<Finding>> searchFindings(const std::string& workspace, const Corpus& corpus, const Control& control);

} // namespace arcscope
