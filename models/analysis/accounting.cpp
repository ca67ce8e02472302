#include "accounting.h"

#include <limits>
#include <unordered_set>
#include <utility>
#include <vector>

namespace arcscope
{
namespace
{

/// What lies below a span and was counted.
struct Below {
    Row span = noRow;
    std::int64_t tokens = 0;
    std::int64_t cost = 0;
};

/// Reads usageOf() of rows near each other.
class NearUsage
{
public:
    explicit NearUsage(const PatchedColumns& columns)
    {
        for (int i = 0; i < usageClassCount; ++i) {
            const auto column = static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i);
            if (!columns.allAre(column, noTokens))
                m_recorded.emplace_back(static_cast<std::size_t>(i), NearRows(columns, column));
        }
    }

    void soon(Row row) const
    {
        for (const auto& [which, counts] : m_recorded)
            counts.soon(row);
    }
    Usage operator[](Row row)
    {
        Usage usage;
        for (auto& [which, counts] : m_recorded)
            usage.tokens[which] = counts[row];
        return usage;
    }

private:
    std::vector<std::pair<std::size_t, NearRows>> m_recorded;
};

bool isModelCall(const PatchedColumns& columns, Row row)
{
    return static_cast<SpanKind>(columns.at(SpanColumn::Kind, row)) == SpanKind::ModelCall;
}

} // namespace

Usage usageOf(const PatchedColumns& columns, Row row)
{
    Usage usage;
    for (int i = 0; i < usageClassCount; ++i) {
        const auto column = static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i);
        if (!columns.allAre(column, noTokens))
            usage.tokens[static_cast<std::size_t>(i)] = columns.at(column, row);
    }
    return usage;
}

TraceTotals countOnce(const PatchedColumns& columns, std::span<const Row> preOrder,
                      const std::vector<std::int32_t>& parentRow, std::vector<std::uint32_t>& flags)
{
    TraceTotals totals;
    // Only spans with counted usage or cost under them. Backwards a span follows all that lies below it, so that its
    // own entry is the last one then.
    std::vector<Below> below;
    std::unordered_set<std::int64_t> responses;
    bool oneCurrency = true;

    // A response on several spans counts on the last in pre-order: where they contain each other, on the innermost.
    const auto searched = columns.allAre(SpanColumn::ResponseHash, 0) ? std::span<const Row>() : preOrder;
    for (auto it = searched.rbegin(); it != searched.rend(); ++it) {
        const Row row = *it;
        const std::int64_t response = columns.at(SpanColumn::ResponseHash, row);
        if (response != 0 && isModelCall(columns, row) && usageOf(columns, row).recorded() &&
            !responses.insert(response).second)
            flags[row] |= bit(SpanFlag::RepeatedUsage);
    }

    const bool costs = !columns.allAre(SpanColumn::Cost, -1);
    NearUsage usageAt(columns);
    Row row = noRow;
    const auto add = [&](std::int64_t a, std::int64_t b) {
        const std::int64_t sum = saturatedSum(a, b);
        if (sum - a != b && totals.saturated == noRow)
            totals.saturated = row;
        return sum;
    };
    for (auto it = preOrder.rbegin(); it != preOrder.rend(); ++it) {
        if (preOrder.rend() - it > lookAhead) { // rows of a trace may lie far apart
            const Row later = *(it + lookAhead);
            __builtin_prefetch(&flags[later]);
            __builtin_prefetch(&parentRow[later]);
            usageAt.soon(later);
        }
        row = *it;
        const Usage usage = usageAt[row];
        const std::int64_t cost = costs ? columns.at(SpanColumn::Cost, row) : -1;
        Below counted;
        if (!below.empty() && below.back().span == row) {
            counted = below.back();
            below.pop_back();
        }

        const bool repeated = (flags[row] & bit(SpanFlag::RepeatedUsage)) != 0;
        if (usage.recorded()) {
            totals.tokens = totals.tokens < 0 ? 0 : totals.tokens;
            const std::int64_t own = usage.total();
            if (own == std::numeric_limits<std::int64_t>::max() && totals.saturated == noRow)
                totals.saturated = row;
            if (counted.tokens > 0 && (!isModelCall(columns, row) || own >= counted.tokens)) {
                flags[row] = (flags[row] & ~notSummed) | bit(SpanFlag::RollUpUsage);
                if (own != counted.tokens) {
                    ++totals.mismatched;
                    totals.firstMismatched = row;
                }
            } else if (!repeated) {
                counted.tokens = add(counted.tokens, own);
                totals.tokens = add(totals.tokens, own);
            }
        }
        if (repeated && !(flags[row] & bit(SpanFlag::RollUpUsage))) {
            ++totals.repeated;
            totals.firstRepeated = row;
        }
        if (cost >= 0 && !repeated && (counted.cost == 0 || (isModelCall(columns, row) && cost < counted.cost))) {
            const StringId currency{static_cast<std::uint32_t>(columns.at(columnOf(SpanText::Currency), row))};
            oneCurrency = oneCurrency && (totals.cost < 0 || totals.currency == currency);
            totals.currency = currency;
            totals.cost = add(totals.cost < 0 ? 0 : totals.cost, cost);
            counted.cost = add(counted.cost, cost);
        }
        if ((counted.tokens > 0 || counted.cost > 0) && parentRow[row] >= 0) {
            const auto above = static_cast<Row>(parentRow[row]);
            if (below.empty() || below.back().span != above)
                below.push_back({above});
            Below& parent = below.back();
            parent.tokens = add(parent.tokens, counted.tokens);
            parent.cost = add(parent.cost, counted.cost);
        }
    }
    if (!oneCurrency) {
        totals.cost = -1;
        totals.currency = {};
    }
    return totals;
}

} // namespace arcscope
