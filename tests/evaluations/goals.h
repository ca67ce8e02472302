// What every evaluation prints: figures beside their goals, and whether what the program tells of a rule is what was
// counted.
#pragma once

#include "detector.h"

#include <cstdio>
#include <string>
#include <string_view>

namespace arcscope::evaluation
{

inline int missedGoals = 0; ///< an evaluation ends with 1 where any is

inline void goal(const char* what, double value, const char* relation, double limit)
{
    const bool met = relation[0] == '>' ? value >= limit : value <= limit;
    std::printf("  %-52s %9.4f  goal %s %g  %s\n", what, value, relation, limit, met ? "met" : "MISSED");
    missedGoals += met ? 0 : 1;
}

inline double share(std::size_t part, std::size_t all)
{
    return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

/// The program tells people how often its rules were right: what it tells of a set has to be what is counted here. A
/// rule that tells nothing of it is missed, too.
inline void checkTold(std::string_view rule, std::span<const RuleMeasure> measured, std::string_view set,
                      const RuleMeasure& counted)
{
    bool same = false;
    std::printf("  %-23s ", std::string(rule).c_str());
    for (const RuleMeasure& told : measured) {
        if (told.set.find(set) == std::string_view::npos)
            continue;
        same = told.right == counted.right && told.fired == counted.fired && told.there == counted.there;
        std::printf("tells %d of %d, %d there; ", told.right, told.fired, told.there);
    }
    std::printf("counted %d of %d, %d there: %s\n", counted.right, counted.fired, counted.there,
                same ? "the same" : "MISSED");
    missedGoals += same ? 0 : 1;
}

inline void checkTold(std::string_view rule, std::string_view set, const RuleMeasure& counted)
{
    checkTold(rule, ruleNamed(rule)->measured, set, counted);
}

inline int summary()
{
    std::printf("%d goals missed\n", missedGoals);
    return missedGoals == 0 ? 0 : 1;
}

} // namespace arcscope::evaluation
