// SQL over the columns of a corpus: the tables `spans` and `traces`, read only, without a copy of any row.
#pragma once

#include "control.h"
#include "result.h"
#include "spantable.h"
#include "sqlite.h"

#include <string>
#include <vector>

namespace arcscope
{

class Workspace;

/// A value that outlives its statement; nothing: null, "not recorded".
using QueryValue = std::variant<std::monostate, std::int64_t, double, std::string>;

struct QueryResult {
    std::vector<std::string> columns;
    std::vector<std::vector<QueryValue>> rows;
    bool cut = false; ///< there were more rows than asked for
};

/// Columns of `spans`: row, trace_id, span_id, parent_id as the source wrote them, then the names of SpanColumn without
/// the halves of ids; of `traces`: trace (its number in spans.trace), trace_id, then the names of TraceColumn,
/// likewise. Texts and kinds are text, times nanoseconds, costs millionths; what is not recorded is null.
std::vector<std::string> spanSqlColumns();
std::vector<std::string> traceSqlColumns();

/// Runs one statement. Span columns that it reads and `corpus` lacks are loaded into it first. At most `limit` rows,
/// and 64 MB of texts, are kept. Error: Usage for a statement that is wrong or would do more than read, Cancelled,
/// Store.
Result<QueryResult> runSql(Workspace& workspace, Corpus& corpus, const std::string& sql, std::size_t limit,
                           const Control& control);

} // namespace arcscope
