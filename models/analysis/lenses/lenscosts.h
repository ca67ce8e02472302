// What model calls and runs cost, each amount once: the sums are those of account().
#pragma once

#include "lensgroups.h"

#include <unordered_map>

namespace arcscope
{

/// An amount that counts: as the source states it, or by the price table in traces for which none is stated.
struct CountedCost {
    Row row = noRow;
    std::int64_t micros = 0;
    bool stated = true;
};

struct CostLedger {
    std::vector<CountedCost> costs; ///< by row, of the one currency
    std::string currency;           ///< empty: none is recorded
    std::int64_t sum = 0;
    std::uint64_t otherCurrencies = 0; ///< amounts left out: of another currency than most
    std::uint64_t priced = 0;          ///< amounts that the price table gave
    std::uint64_t unpriced = 0;        ///< calls with tokens of which there is neither
    std::int64_t unpricedTokens = 0;

    bool any() const { return !costs.empty(); }
    /// A cost is known for half of these calls with usage or more: what it says holds for them all.
    bool holdsFor(std::size_t withUsage) const { return any() && costs.size() * 2 >= withUsage; }
};

/// Needs costLensColumns(). Of the shown rows.
CostLedger costsOf(const LensInput& input);

/// Rows whose tokens count (each response once), with their tokens. By row.
std::vector<std::pair<Row, Usage>> countedUsage(const LensInput& input);

/// "Amounts of other currencies are left out: 3." and the like, into the caveats.
void addCostCaveats(const CostLedger& ledger, LensResult& result);

} // namespace arcscope
