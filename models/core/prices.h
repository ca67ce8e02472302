// A dated price table: what a token of each class costs, by model, in exact integers.
#pragma once

#include "usage.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Prices are of one token, in billionths of a millionth (10^-15) of the currency: 3 USD a million tokens is 3·10^9.
inline constexpr std::int64_t priceUnitsPerMicro = 1'000'000'000;
/// The table has no price for that class.
inline constexpr std::int64_t noPrice = -1;

/// By UsageClass.
using ClassPrices = std::array<std::int64_t, usageClassCount>;

struct ModelPrices {
    /// Other prices for the whole request where its input, cache included, is longer than `above` tokens.
    struct Tier {
        std::int64_t above = 0;
        ClassPrices prices{};
    };
    ClassPrices prices{};
    std::vector<Tier> tiers; ///< by rising `above`

    const ClassPrices& of(const Usage& usage) const;
};

/// Prices in US dollars.
struct PriceTable {
    std::string version; ///< kept with every cost that was computed: "model_prices.json, 2026-11-02"
    std::map<std::string, ModelPrices, std::less<>> models;

    /// By the name that answered, alone and then with "PROVIDER/" before it. Names are not guessed at: a model that the
    /// table does not list as it is written is unpriced.
    const ModelPrices* find(std::string_view model, std::string_view provider) const;
};

/// Millionths of the currency, rounded to the nearest; nothing where a class with tokens has no price.
std::optional<std::int64_t> costOf(const Usage& usage, const ModelPrices& prices);

} // namespace arcscope
