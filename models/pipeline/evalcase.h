// An eval case: what it takes to run one model call or turn again and judge it, out of a trace.
#pragma once

#include "control.h"
#include "result.h"
#include "spantable.h"

#include <string>

namespace arcscope
{

class Redactor;
struct Session;

/// Which case, and what a person says of it.
struct EvalCaseRequest {
    Row row = noRow;      ///< a model call; of an agent or workflow its first and last model calls
    std::string category; ///< "wrong tool", "policy", …; empty: not said
    std::string expected; ///< what would have been right
    std::string forbidden;
    std::string ticket;
};

/// JSON, schema arcscope.case/1 (`evalcase.md`): input messages, tools that were offered, recorded results of tools in
/// the order in which they were asked for, the recorded output, and what a person said. `redactor`: sealed, or null.
/// Needs the columns of exports. Error: Usage where the span has no model call; Store.
Result<std::string> evalCase(Session& session, const EvalCaseRequest& request, Redactor* redactor);

} // namespace arcscope
