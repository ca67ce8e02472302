// What every model call and run of a corpus stopped for, found trace by trace on several threads.
#pragma once

#include "control.h"
#include "result.h"
#include "stopsurvey.h"

namespace arcscope
{

class Workspace;

/// Needs findingColumns() and the order table. Takes what the workspace keeps, and keeps what is new in one that is not
/// temporary and can be written to; looks for nothing else. Error: Cancelled, Store.
Result<StopSurvey> searchStops(Workspace& workspace, const Corpus& corpus, const Control& control);

} // namespace arcscope
