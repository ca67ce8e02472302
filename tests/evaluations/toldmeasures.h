// Holds what an evaluation counts of rules against what the program tells of them (rulemeasures.inc). Where
// ARCSCOPE_WRITE_EXPECTED is set, the rows are written and not compared.
#pragma once

#include "detector.h"
#include "goals.h"
#include "rulemeasures.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <tuple>
#include <vector>

namespace arcscope::evaluation
{

constexpr const char* measureKinds[] = {"Labelled", "Read", "Written", "Planted", "Generated"};

/// One line of rulemeasures.inc.
inline std::string rowText(const RuleMeasure& row)
{
    return "{\"" + std::string(row.rule) + "\", " + measureKinds[static_cast<std::size_t>(row.kind)] + ", \"" +
           std::string(row.set) + "\", " + std::to_string(row.right) + ", " + std::to_string(row.fired) + ", " +
           std::to_string(row.there) + "},";
}

/// Rule, kind and set of such a line, by which they are sorted.
inline std::tuple<std::string, long, std::string> keyOf(const std::string& line)
{
    std::vector<std::string> quoted;
    for (std::size_t at = line.find('"'); at != std::string::npos && quoted.size() < 2;) {
        const std::size_t end = line.find('"', at + 1);
        quoted.push_back(line.substr(at + 1, end - at - 1));
        at = line.find('"', end + 1);
    }
    quoted.resize(2);
    const auto kind = std::ranges::find_if(
        measureKinds, [&](const char* name) { return line.find(std::string("\", ") + name) != std::string::npos; });
    return {quoted[0], kind - measureKinds, quoted[1]};
}

/// In the file as it is now, which may be ahead of the program.
inline void writeMeasures(const std::vector<RuleMeasure>& counted)
{
    std::vector<std::string> lines;
    std::ifstream before(ARCSCOPE_RULE_MEASURES, std::ios::binary);
    for (std::string line; std::getline(before, line);) {
        const auto [rule, kind, set] = keyOf(line);
        if (std::ranges::none_of(
                counted, [&](const RuleMeasure& row) { return static_cast<long>(row.kind) == kind && row.set == set; }))
            lines.push_back(line);
    }
    for (const RuleMeasure& row : counted)
        lines.push_back(rowText(row));
    std::ranges::sort(lines, {}, keyOf);
    std::ofstream file(ARCSCOPE_RULE_MEASURES, std::ios::binary);
    for (const std::string& line : lines)
        file << line << '\n';
    std::printf("%s was written\n", ARCSCOPE_RULE_MEASURES);
}

inline bool sameCase(const RuleMeasure& a, const RuleMeasure& b)
{
    return a.rule == b.rule && a.kind == b.kind && a.set == b.set;
}

/// All rows that are there of the sets that were counted have to be those that were counted, and all that were counted
/// have to be there. Texts of the rows have to live until the program ends.
inline void checkTold(const std::vector<RuleMeasure>& counted)
{
    const std::span<const RuleMeasure> rows = ruleMeasures();
    for (const RuleMeasure& row : counted) {
        const auto told = std::ranges::find_if(rows, [&](const RuleMeasure& each) { return sameCase(each, row); });
        const bool same = told != rows.end() && *told == row && ruleNamed(row.rule);
        std::printf("  %-32s %4d right of %4d, %4d there: %s\n", std::string(row.rule).c_str(), row.right, row.fired,
                    row.there, same ? "as told" : "NOT AS TOLD");
        missedGoals += same ? 0 : 1;
    }
    for (const RuleMeasure& told : rows) {
        const bool ofSet = std::ranges::any_of(
            counted, [&](const RuleMeasure& row) { return row.kind == told.kind && row.set == told.set; });
        if (ofSet && std::ranges::none_of(counted, [&](const RuleMeasure& row) { return sameCase(row, told); })) {
            std::printf("  %-32s is told, and was not counted: MISSED\n", std::string(told.rule).c_str());
            ++missedGoals;
        }
    }
    if (std::getenv("ARCSCOPE_WRITE_EXPECTED"))
        writeMeasures(counted);
}

} // namespace arcscope::evaluation
