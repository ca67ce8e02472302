// What leaves as plain SQLite tables, for people who ask with SQL in another tool.
#pragma once

#include "leaving.h"

#include <string>
#include <vector>

namespace arcscope
{

struct TableExport {
    std::string bytes; ///< of the SQLite file
    std::string lines; ///< all that its texts were made of: the file divides long ones between its pages
};

/// Tables traces, spans, messages, attributes and stream_events (app/cli/json.md). They are made of a copy out of which
/// everything was taken. Error: Unreadable, Cancelled, Store.
Result<TableExport> exportTables(Leaving& leaving, const Control& control);

} // namespace arcscope
