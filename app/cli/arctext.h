// The figures of task arcs as text for a terminal, for the command arcs.
#pragma once

#include "arcbreakdown.h"
#include "arccohorts.h"
#include "arcdifference.h"

#include <iosfwd>
#include <string>

namespace arcscope
{

void printFigures(const ArcSummary& summary, const StringTable& strings, std::ostream& out);
void printBreakdown(const ArcBreakdown& breakdown, const StringTable& strings, std::ostream& out);
void printComparison(const ArcComparison& comparison, const std::vector<ArcMixShift>& mixes, const StringTable& strings,
                     std::ostream& out);
void printDifferences(const ArcDifferences& differences, const StringTable& strings, std::ostream& out);

/// What a group of a breakdown is called; empty: not recorded.
std::string groupName(const ArcGrouping& grouping, const ArcGroup& group, const StringTable& strings);
/// The value of a field as people write it: "free", "mon", "failed", "3".
std::string valueName(const ArcField& field, std::int64_t value, const StringTable& strings);

} // namespace arcscope
