// Archives of our own as bytes: zip, the same bytes for the same members.
#pragma once

#include "result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct ArchiveMember {
    std::string name;
    std::string bytes;
};

/// A zip archive of the members in their order, deflated, without times. Error: Unreadable.
Result<std::string> zippedMembers(const std::vector<ArchiveMember>& members);

/// One member of the zip archive at `path`, hidden or not; nothing where there is none. At most 256 MB. Error:
/// Unreadable.
Result<std::optional<std::string>> archiveMember(const std::string& path, std::string_view name);

} // namespace arcscope
