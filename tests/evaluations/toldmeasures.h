// Holds what an evaluation counts of rules against what the program tells of them (rulemeasures.inc). Where
// ARCSCOPE_WRITE_EXPECTED is set, the rows are written and not compared.
#pragma once

#include "detector.h"
#include "goals.h"
#include "rulemeasures.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <tuple>
#include <vector>

namespace arcscope::evaluation
{

/// One line of rulemeasures.inc.
inline std::string rowText(const RuleMeasure& row)
{
    constexpr const char* kinds[] = {"Labelled", "Read", "Written", "Planted", "Generated"};
    return "{\"" + std::string(row.rule) + "\", " + kinds[static_cast<std::size_t>(row.kind)] + ", \"" +
           std::string(row.set) + "\", " + std::to_string(row.right) + ", " + std::to_string(row.fired) + ", " +
           std::to_string(row.there) + "},\n";
}

inline bool sameCase(const RuleMeasure& a, const RuleMeasure& b)
{
    return a.rule == b.rule && a.kind == b.kind && a.set == b.set;
}

/// All rows that are there of the sets that were counted have to be those that were counted, and all that were counted
/// have to be there. Texts of the rows have to live until the program ends.
inline void checkTold(const std::vector<RuleMeasure>& counted)
{
    std::vector<RuleMeasure> rows(ruleMeasures().begin(), ruleMeasures().end());
    for (const RuleMeasure& row : counted) {
        const auto told = std::ranges::find_if(rows, [&](const RuleMeasure& each) { return sameCase(each, row); });
        const bool same = told != rows.end() && *told == row && ruleNamed(row.rule);
        std::printf("  %-32s %4d right of %4d, %4d there: %s\n", std::string(row.rule).c_str(), row.right, row.fired,
                    row.there, same ? "as told" : "NOT AS TOLD");
        missedGoals += same ? 0 : 1;
    }
    std::erase_if(rows, [&](const RuleMeasure& told) {
        const bool ofSet = std::ranges::any_of(
            counted, [&](const RuleMeasure& row) { return row.kind == told.kind && row.set == told.set; });
        if (ofSet && std::ranges::none_of(counted, [&](const RuleMeasure& row) { return sameCase(row, told); })) {
            std::printf("  %-32s is told, and was not counted: MISSED\n", std::string(told.rule).c_str());
            ++missedGoals;
        }
        return ofSet;
    });
    if (!std::getenv("ARCSCOPE_WRITE_EXPECTED"))
        return;
    rows.insert(rows.end(), counted.begin(), counted.end());
    std::ranges::sort(rows, [](const RuleMeasure& a, const RuleMeasure& b) {
        return std::tie(a.rule, a.kind, a.set) < std::tie(b.rule, b.kind, b.set);
    });
    std::ofstream file(ARCSCOPE_RULE_MEASURES, std::ios::binary);
    for (const RuleMeasure& row : rows)
        file << rowText(row);
    std::printf("%s was written\n", ARCSCOPE_RULE_MEASURES);
}

} // namespace arcscope::evaluation
