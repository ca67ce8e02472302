// Running a filter over a workspace: texts are searched in the records, the rest is decided by the columns.
#pragma once

#include "control.h"
#include "filter.h"
#include "result.h"
#include "spantable.h"

#include <string>
#include <vector>

namespace arcscope
{

class Workspace;

/// The rows that match, in import order. Loads into `corpus` the columns the filter needs. Error: Cancelled, Store.
Result<std::vector<Row>> runFilter(Workspace& workspace, Corpus& corpus, const Filter& filter, const Control& control);

} // namespace arcscope
