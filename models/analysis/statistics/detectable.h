// How large a difference has to be to be found, told before the result is.
#pragma once

#include <cstdint>
#include <optional>

namespace arcscope
{

/// The chance with which a difference of that size is found.
inline constexpr double usualPower = 0.8;

/// Of rates, one run of each task a side: the share of all tasks that must be gained beyond what changes by chance, for
/// McNemar's test as mcNemar() does it at 0.05. `churn` is the share of tasks whose outcome changes between two runs of
/// one model, half of them to the better. By the binomial distribution itself up to 300 tasks, by the normal
/// approximation (Connor, Biometrics 43, 1987) above. In (0, 1 - churn]; nothing where no difference would be found.
std::optional<double> detectableRate(std::uint64_t tasks, double churn, double power = usualPower);

/// Of means over tasks whose differences spread by `deviation`; the unit is that of the deviation. Normal
/// approximation; nothing below 6 tasks.
std::optional<double> detectableMean(std::uint64_t tasks, double deviation, double power = usualPower);

} // namespace arcscope
