#include "prices.h"

#include <algorithm>
#include <limits>

namespace arcscope
{

const ClassPrices& ModelPrices::of(const Usage& usage) const
{
    std::int64_t input = 0;
    for (const UsageClass c : {UsageClass::Input, UsageClass::CacheRead, UsageClass::CacheWrite,
                               UsageClass::CacheWriteLong, UsageClass::AudioInput})
        input = saturatedSum(input, std::max<std::int64_t>(usage[c], 0));
    const ClassPrices* found = &prices;
    for (const Tier& tier : tiers) {
        if (input > tier.above)
            found = &tier.prices;
    }
    return *found;
}

const ModelPrices* PriceTable::find(std::string_view model, std::string_view provider) const
{
    if (model.empty())
        return nullptr;
    auto found = models.find(model);
    if (found == models.end() && !provider.empty())
        found = models.find(std::string(provider) + '/' + std::string(model));
    return found == models.end() ? nullptr : &found->second;
}

std::optional<std::int64_t> costOf(const Usage& usage, const ModelPrices& model)
{
    const ClassPrices& prices = model.of(usage);
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::int64_t micros = 0;
    std::int64_t rest = 0; // of a micro
    for (std::size_t i = 0; i < usage.tokens.size(); ++i) {
        const std::int64_t tokens = usage.tokens[i];
        if (tokens <= 0)
            continue;
        if (prices[i] == noPrice)
            return std::nullopt;
        if (prices[i] > 0 && tokens > most / prices[i])
            return std::nullopt; // no request is that large
        const std::int64_t cost = tokens * prices[i];
        micros = saturatedSum(micros, cost / priceUnitsPerMicro);
        rest += cost % priceUnitsPerMicro;
    }
    return saturatedSum(micros, (rest + priceUnitsPerMicro / 2) / priceUnitsPerMicro);
}

} // namespace arcscope
