// The tables of a workspace and the steps from each older version to this one.
#pragma once

#include "sqlite.h"

namespace arcscope
{

/// Written to the file's header: "arcs".
inline constexpr std::int64_t workspaceApplicationId = 0x61726373;
inline constexpr std::int64_t workspaceVersion = 8;

/// Makes the tables in an empty database.
Result<void> createSchema(Database& database);

/// Checks that the file is a workspace of this version; brings an older one up to date, step by step, each in a
/// transaction of its own. A newer one, or another program's file, is refused and not touched.
Result<void> checkSchema(Database& database, const std::string& path);

} // namespace arcscope
