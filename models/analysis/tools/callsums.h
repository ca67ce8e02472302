// Tokens and cost of each span of a trace, alone and with all below it, each response once.
#pragma once

#include "tracespans.h"

#include <vector>

namespace arcscope
{

/// By place. -1: not recorded, or counted on another span; of cost also: of several currencies.
struct CallSums {
    CallSums(const TraceSpans& spans);

    std::vector<std::int64_t> ownTokens;
    std::vector<std::int64_t> tokens; ///< with all below
    std::vector<std::int64_t> ownCost;
    std::vector<std::int64_t> cost;
    std::vector<std::uint32_t> currency; ///< of cost; noCurrency, or severalCurrencies

    static constexpr std::uint32_t noCurrency = ~std::uint32_t(0);
    static constexpr std::uint32_t severalCurrencies = noCurrency - 1;
};

/// a + b, where -1 is "not recorded".
constexpr std::int64_t recordedSum(std::int64_t a, std::int64_t b)
{
    return a < 0 ? b : b < 0 ? a : saturatedSum(a, b);
}

} // namespace arcscope
