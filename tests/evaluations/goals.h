// What every evaluation prints: figures beside their goals.
#pragma once

#include <cstddef>
#include <cstdio>

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

inline int summary()
{
    std::printf("%d goals missed\n", missedGoals);
    return missedGoals == 0 ? 0 : 1;
}

} // namespace arcscope::evaluation
