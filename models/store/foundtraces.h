// What detectors found in the traces of a workspace, kept by a stamp of each trace: the form is the caller's.
#pragma once

#include "contentdigest.h"
#include "result.h"

#include <string>
#include <utility>
#include <vector>

namespace arcscope
{

class Workspace;

struct FoundTrace {
    DigestValue stamp{};
    std::string data;

    bool operator==(const FoundTrace&) const = default;
};

/// In no order. Error: Store.
Result<std::vector<FoundTrace>> foundTraces(Workspace& workspace);
/// Adds and replaces, and forgets `gone`; all of it or nothing. Error: Store, where the workspace may not be written
/// to.
Result<void> keepFoundTraces(Workspace& workspace, const std::vector<FoundTrace>& found,
                             const std::vector<DigestValue>& gone);

} // namespace arcscope
