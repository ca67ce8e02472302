// The digest by which links tell the content of a workspace.
#pragma once

#include "control.h"
#include "result.h"

#include <string>

namespace arcscope
{

class Workspace;

/// SHA-256, 64 digits, of spans, traces, their order, records and streams as they are kept: the same for every copy of
/// the workspace, whatever people wrote into it, and for whatever is read from the same files, whatever they are called
/// and wherever they lie; another one after every import. Error: Cancelled, Store.
Result<std::string> corpusDigest(Workspace& workspace, const Control& control);

} // namespace arcscope
