// The change of a rate taken apart: another mix of strata or better within them, trying more or doing better.
#pragma once

#include "evidence.h"
#include "proportions.h"

#include <optional>
#include <span>
#include <vector>

namespace arcscope
{

/// A stratum: how many of those whose outcome is known.
struct StratumRates {
    Count before;
    Count after;
};

struct StratumParts {
    double byMix = 0;    ///< part of the change of the whole: there are more or fewer of it
    double byWithin = 0; ///< part: it goes better or worse itself
};

/// The parts add up to the change of the whole.
struct MixParts {
    std::vector<StratumParts> strata; ///< as they were given
    double change = 0;
    double byMix = 0;
    double byWithin = 0;
};

/// Kitagawa (Journal of the American Statistical Association 50, 1955). What a stratum is in only one of both counts as
/// mix. All 0 where one side has nothing.
MixParts partsByMix(std::span<const StratumRates> strata);

/// Success of all that is known is coverage times success of what is attempted. Each part of its change is that of one
/// factor, the other held at the mean of both (Das Gupta 1993); they add up to the whole.
struct AttemptParts {
    double change = 0;       ///< of success of all that is known
    double byAttempting = 0; ///< part of more or less being attempted
    double bySucceeding = 0; ///< part of what is attempted going better or worse
    /// Success of attempts rose while coverage fell: the headline may have been gained by declining. Difference where
    /// both intervals leave 0 out, Weak where only one does or neither.
    Evidence decoupled = Evidence::None;

    bool operator==(const AttemptParts&) const = default;
};

/// Attempted of those whose outcome is known, and succeeded of those attempted. TooFew below `least` attempts a side.
struct AttemptRates {
    Count attempted;
    Count succeeded;
};
/// Nothing where one side has no attempt.
std::optional<AttemptParts> partsByAttempt(const AttemptRates& before, const AttemptRates& after,
                                           std::uint64_t least = 10);

} // namespace arcscope
