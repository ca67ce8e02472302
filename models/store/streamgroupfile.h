// The groups of streams in a workspace file, for whoever reads all of them: each is unpacked once.
#pragma once

#include "ids.h"
#include "result.h"
#include "stream.h"

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

class Database;
class Packer;
class Workspace;

struct StreamGroupPlace {
    std::int64_t id = 0;
    std::uint64_t bytes = 0; ///< as it lies in the file
};

/// In the order in which they were written.
Result<std::vector<StreamGroupPlace>> streamGroups(Workspace& workspace);
/// Its streams, for a StreamGroupReader; empty where there is no such group.
Result<std::string> streamGroup(Workspace& workspace, std::int64_t id);

/// The stream of one span, its parts joined; empty where there is none.
Result<PackedStream> readStream(Database& database, Row row);
/// Appends to the stream of a span, in a group of its own. Its count in the column of the span is the caller's affair.
Result<void> writeStream(Database& database, Packer& packer, Row row, const PackedStream& stream);

} // namespace arcscope
