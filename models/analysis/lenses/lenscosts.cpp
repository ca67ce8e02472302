#include "lenscosts.h"

#include <algorithm>
#include <utility>

namespace arcscope
{
namespace
{

struct Amount {
    CountedCost cost;
    StringId currency;
};

/// As account() has it: a stated cost that others below a span already have is not counted again.
void addStated(const Corpus& corpus, const std::vector<Row>& preOrder, std::vector<Amount>& into)
{
    const SpanTable& spans = corpus.spans;
    std::vector<std::int64_t> below; // by depth
    for (auto it = preOrder.rbegin(); it != preOrder.rend(); ++it) {
        const Row row = *it;
        const auto depth = static_cast<std::size_t>(spans.at(SpanColumn::Depth, row));
        if (below.size() < depth + 2)
            below.resize(depth + 2);
        std::int64_t costs = std::exchange(below[depth + 1], 0);
        const std::int64_t cost = spans.at(SpanColumn::Cost, row);
        const bool isCall = spans.kind(row) == SpanKind::ModelCall;
        if (cost >= 0 && !spans.flagged(row, SpanFlag::RepeatedUsage) && (costs == 0 || (isCall && cost < costs))) {
            into.push_back({{row, cost, true}, spans.text(SpanText::Currency, row)});
            costs = saturatedSum(costs, cost);
        }
        below[depth] = saturatedSum(below[depth], costs);
    }
}

bool isCounted(const SpanTable& spans, Row row)
{
    return !spans.flagged(row, SpanFlag::RollUpUsage) && !spans.flagged(row, SpanFlag::RepeatedUsage) &&
           !spans.flagged(row, SpanFlag::Superseded);
}

} // namespace

CostLedger costsOf(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const SpanTable& spans = corpus.spans;
    CostLedger ledger;
    std::vector<Amount> amounts;
    std::vector<CountedCost> priced;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows() && !input.control.stopped(); ++trace) {
        const std::vector<Row> rows = corpus.rowsOf(trace);
        const std::size_t before = amounts.size();
        addStated(corpus, rows, amounts);
        if (amounts.size() != before)
            continue;
        for (const Row row : rows) {
            const Usage usage = spans.usage(row);
            if (!usage.recorded() || !isCounted(spans, row))
                continue;
            std::string_view model = corpus.text(SpanText::ModelServed, row);
            model = model.empty() ? corpus.text(SpanText::ModelRequested, row) : model;
            const ModelPrices* const prices =
                input.prices ? input.prices->find(model, corpus.text(SpanText::Provider, row)) : nullptr;
            const auto cost = prices ? costOf(usage, *prices) : std::nullopt;
            if (cost) {
                priced.push_back({row, *cost, false});
            } else {
                ++ledger.unpriced;
                ledger.unpricedTokens = saturatedSum(ledger.unpricedTokens, usage.total());
            }
        }
    }
    std::unordered_map<std::uint32_t, std::uint64_t> byCurrency;
    StringId most;
    for (const Amount& amount : amounts) {
        if (++byCurrency[amount.currency.value] > byCurrency[most.value] || byCurrency[most.value] == 0)
            most = amount.currency;
    }
    ledger.currency = amounts.empty() ? (priced.empty() ? "" : "USD") : std::string(corpus.strings[most]);
    const ShownRows shown(input);
    for (const Amount& amount : amounts) {
        if (!shown.has(amount.cost.row))
            continue;
        if (amount.currency == most)
            ledger.costs.push_back(amount.cost);
        else
            ++ledger.otherCurrencies;
    }
    for (const CountedCost& cost : priced) {
        if (!shown.has(cost.row))
            continue;
        if (ledger.currency == "USD") {
            ledger.costs.push_back(cost);
            ++ledger.priced;
        } else {
            ++ledger.otherCurrencies;
        }
    }
    std::sort(ledger.costs.begin(), ledger.costs.end(),
              [](const CountedCost& a, const CountedCost& b) { return a.row < b.row; });
    for (const CountedCost& cost : ledger.costs)
        ledger.sum = saturatedSum(ledger.sum, cost.micros);
    return ledger;
}

std::vector<std::pair<Row, Usage>> countedUsage(const LensInput& input)
{
    const SpanTable& spans = input.corpus.spans;
    const ShownRows shown(input);
    std::vector<std::pair<Row, Usage>> counted;
    for (Row row = 0; row < spans.rows(); ++row) {
        if (row % chunkRows == 0 && input.control.stopped())
            break;
        if (!isCounted(spans, row) || !shown.has(row))
            continue;
        if (const Usage usage = spans.usage(row); usage.recorded())
            counted.emplace_back(row, usage);
    }
    return counted;
}

void addCostCaveats(const CostLedger& ledger, LensResult& result)
{
    if (ledger.otherCurrencies > 0)
        result.caveats.push_back(countText(ledger.otherCurrencies, "amount") + " in another currency than " +
                                 (ledger.currency.empty() ? "most" : ledger.currency) + " left out.");
    if (ledger.priced > 0)
        result.caveats.push_back(countText(ledger.priced, "amount") +
                                 " computed with the price table; the source states none for these traces.");
    if (ledger.any() && ledger.unpriced > 0)
        result.caveats.push_back("No cost is known for " + countText(ledger.unpriced, "call") + " with " +
                                 tokensText(static_cast<double>(ledger.unpricedTokens)) + " tokens.");
}

} // namespace arcscope
