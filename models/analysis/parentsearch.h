// Finds the parents of all spans by the ids that they name.
#pragma once

#include "assemblyfindings.h"

namespace arcscope
{

inline constexpr std::array parentIdColumns{SpanColumn::ParentForm, SpanColumn::ParentHigh, SpanColumn::ParentLow};

/// Sets parentRow where the parent of a span is there, and the flag Orphan where it is not. The columns needed are
/// parentIdColumns and Trace.
void findParents(const SpanIndex& index, const PatchedColumns& columns, Assembly& result, Findings& findings);

} // namespace arcscope
