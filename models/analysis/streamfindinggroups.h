// The findings of a stream as a list to read: what matters first, and what is said of many places said once.
#pragma once

#include "streamfindings.h"

#include <cstdint>
#include <vector>

namespace arcscope
{

/// More findings than this that differ in their place alone are one entry.
inline constexpr std::size_t foldedFindings = 3;

/// Each entry has the indices of its findings in their order. Findings of one rule, weight and evidence are one entry
/// where they are more than foldedFindings, else one each. Severe entries come first, then by their first place.
std::vector<std::vector<std::uint32_t>> groupsOf(const std::vector<StreamFinding>& findings);

} // namespace arcscope
