// Tails of the normal and the chi-square distribution, which tests and intervals are made of.
#pragma once

namespace arcscope
{

/// Chance of a standard normal value above z.
double normalAbove(double z);
/// The z above which this chance lies; chance in (0, 0.5]: 1.959964 for 0.025.
double normalPoint(double chance);
/// The z of a two-sided interval: normalPoint() of half of what it leaves out. Confidence in [0, 1).
double normalPointOf(double confidence);

/// The same of Student's t with `freedom` >= 3: the expansion of Fisher and Cornish (Abramowitz and Stegun 26.7.5),
/// right to 0.2 % at 3.
double studentPointOf(double confidence, double freedom);

/// Chance of a chi-square value above x; freedom > 0. By the regularised incomplete gamma function: its series below
/// its peak, Lentz's continued fraction above (Press et al., Numerical Recipes, 6.2).
double chiSquareAbove(double x, double freedom);

} // namespace arcscope
