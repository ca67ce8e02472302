// The groups of streams in a workspace file, for whoever reads all of them: each is unpacked once.
#pragma once

#include "result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

class Workspace;

struct StreamGroupPlace {
    std::int64_t id = 0;
    std::uint64_t bytes = 0; ///< as it lies in the file
};

/// In the order in which they were written.
Result<std::vector<StreamGroupPlace>> streamGroups(Workspace& workspace);
/// Its streams, for a StreamGroupReader; empty where there is no such group.
Result<std::string> streamGroup(Workspace& workspace, std::int64_t id);

} // namespace arcscope
