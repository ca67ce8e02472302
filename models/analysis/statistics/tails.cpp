#include "tails.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace arcscope
{
namespace
{

constexpr double enough = 1e-15;
constexpr int mostTerms = 10'000;

/// exp(-x) x^a / gamma(a)
double gammaFront(double a, double x)
{
    return std::exp(a * std::log(x) - x - std::lgamma(a));
}

double gammaBelow(double a, double x)
{
    double term = 1 / a;
    double sum = term;
    for (int i = 1; i < mostTerms && term > sum * enough; ++i) {
        term *= x / (a + i);
        sum += term;
    }
    return sum * gammaFront(a, x);
}

double gammaAbove(double a, double x)
{
    constexpr double least = std::numeric_limits<double>::min() / enough;
    double b = x + 1 - a;
    double c = 1 / least;
    double d = 1 / b;
    double fraction = d;
    for (int i = 1; i < mostTerms; ++i) {
        const double factor = -i * (i - a);
        b += 2;
        d = factor * d + b;
        d = 1 / (std::abs(d) < least ? least : d);
        c = b + factor / c;
        c = std::abs(c) < least ? least : c;
        fraction *= d * c;
        if (std::abs(d * c - 1) < enough)
            break;
    }
    return fraction * gammaFront(a, x);
}

} // namespace

double normalAbove(double z)
{
    return 0.5 * std::erfc(z / std::sqrt(2.0));
}

double normalPoint(double chance)
{
    assert(chance > 0 && chance <= 0.5);
    double low = 0;
    double high = 40;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (normalAbove(middle) > chance ? low : high) = middle;
    }
    return low;
}

double normalPointOf(double confidence)
{
    static const double usual = normalPoint(0.025);
    return std::abs(confidence - 0.95) < 1e-12 ? usual : normalPoint((1 - confidence) / 2);
}

double studentPointOf(double confidence, double freedom)
{
    assert(freedom >= 3);
    const double z = normalPointOf(confidence);
    const double z2 = z * z;
    const double first = z * (z2 + 1) / 4;
    const double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
    const double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    const double fourth = z * ((((79 * z2 + 776) * z2 + 1'482) * z2 - 1'920) * z2 - 945) / 92'160;
    return z + (first + (second + (third + fourth / freedom) / freedom) / freedom) / freedom;
}

double chiSquareAbove(double x, double freedom)
{
    assert(freedom > 0);
    if (!(x > 0))
        return 1;
    const double a = freedom / 2;
    return x / 2 < a + 1 ? 1 - gammaBelow(a, x / 2) : gammaAbove(a, x / 2);
}

} // namespace arcscope
