#include "rateparts.h"

namespace arcscope
{

MixParts partsByMix(std::span<const StratumRates> strata)
{
    double before = 0;
    double after = 0;
    for (const StratumRates& stratum : strata) {
        before += static_cast<double>(stratum.before.all);
        after += static_cast<double>(stratum.after.all);
    }
    MixParts parts;
    parts.strata.resize(strata.size());
    for (std::size_t i = 0; i < strata.size(); ++i) {
        const StratumRates& stratum = strata[i];
        if (!(before > 0) || !(after > 0) || stratum.before.all + stratum.after.all == 0)
            continue;
        const double weight = static_cast<double>(stratum.before.all) / before;
        const double laterWeight = static_cast<double>(stratum.after.all) / after;
        const Count& earlier = stratum.before.recorded() ? stratum.before : stratum.after;
        const Count& later = stratum.after.recorded() ? stratum.after : stratum.before;
        StratumParts& part = parts.strata[i];
        part.byMix = (laterWeight - weight) * (earlier.rate() + later.rate()) / 2;
        part.byWithin = (later.rate() - earlier.rate()) * (weight + laterWeight) / 2;
        parts.byMix += part.byMix;
        parts.byWithin += part.byWithin;
    }
    parts.change = parts.byMix + parts.byWithin;
    return parts;
}

std::optional<AttemptParts> partsByAttempt(const AttemptRates& before, const AttemptRates& after, std::uint64_t least)
{
    if (!before.succeeded.recorded() || !after.succeeded.recorded())
        return std::nullopt;
    const Estimate cover = rateDifference(before.attempted, after.attempted);
    const Estimate success = rateDifference(before.succeeded, after.succeeded);
    AttemptParts parts;
    parts.byAttempting = cover.value * (before.succeeded.rate() + after.succeeded.rate()) / 2;
    parts.bySucceeding = success.value * (before.attempted.rate() + after.attempted.rate()) / 2;
    parts.change = parts.byAttempting + parts.bySucceeding;
    if (cover.value < 0 && success.value > 0)
        parts.decoupled = cover.interval.high < 0 && success.interval.low > 0 ? Evidence::Difference : Evidence::Weak;
    if (before.succeeded.all < least || after.succeeded.all < least)
        parts.decoupled = Evidence::TooFew;
    return parts;
}

} // namespace arcscope
