#include "chisquare.h"

#include "tails.h"

#include <cmath>

namespace arcscope
{

SpreadTest spreadTest(std::span<const CategoryCounts> categories)
{
    double first = 0;
    double second = 0;
    for (const CategoryCounts& counts : categories) {
        first += static_cast<double>(counts.first);
        second += static_cast<double>(counts.second);
    }
    SpreadTest test;
    if (!(first > 0) || !(second > 0))
        return test;
    const double smaller = std::fmin(first, second) / (first + second);
    double rest[2] = {0, 0};
    int tested = 0;
    const auto addCell = [&](double a, double b) {
        const double expected = (a + b) * first / (first + second);
        const double other = a + b - expected;
        test.statistic += (a - expected) * (a - expected) / expected + (b - other) * (b - other) / other;
        test.distance += std::abs(a / first - b / second) / 2;
        ++tested;
    };
    for (const CategoryCounts& counts : categories) {
        const double a = static_cast<double>(counts.first);
        const double b = static_cast<double>(counts.second);
        if ((a + b) * smaller >= leastExpected) {
            addCell(a, b);
        } else {
            rest[0] += a;
            rest[1] += b;
        }
    }
    if ((rest[0] + rest[1]) * smaller >= leastExpected)
        addCell(rest[0], rest[1]);
    if (tested < 2)
        return {};
    test.freedom = tested - 1;
    test.p = chiSquareAbove(test.statistic, test.freedom);
    return test;
}

} // namespace arcscope
