// What came out of replays, kept in a workspace with a stamp of what was compared: the form is the caller's.
#pragma once

#include "contentdigest.h"
#include "result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

class Workspace;

/// So many are kept, the last ones.
inline constexpr std::int64_t mostKeptReplays = 16;

/// Error: Store, where the workspace may not be written to.
Result<void> keepReplay(Workspace& workspace, const DigestValue& stamp, std::string_view bytes);
/// Nothing where none of that stamp is kept. Error: Store.
Result<std::optional<std::string>> keptReplay(Workspace& workspace, const DigestValue& stamp);
/// Calls `use` with each that can be unpacked, the last one first, until it gives false. Error: Store.
Result<void> eachKeptReplay(Workspace& workspace, const std::function<bool(std::string_view)>& use);

} // namespace arcscope
