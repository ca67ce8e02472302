#include "callsums.h"

#include <algorithm>

namespace arcscope
{

CallSums::CallSums(const TraceSpans& of)
    : ownTokens(of.rows.size(), -1)
    , tokens(of.rows.size(), -1)
    , ownCost(of.rows.size(), -1)
    , cost(of.rows.size(), -1)
    , currency(of.rows.size(), noCurrency)
{
    const SpanTable& spans = of.spans;
    // What lies below a span stands behind it: from the last to the first, each adds its own and hands on.
    for (std::size_t place = of.rows.size(); place-- > 0;) {
        const Row row = of.rows[place];
        const bool repeated = spans.flagged(row, SpanFlag::RepeatedUsage);
        const Usage usage = spans.usage(row);
        if (usage.recorded() && !repeated && !spans.flagged(row, SpanFlag::RollUpUsage))
            ownTokens[place] = usage.total();
        tokens[place] = recordedSum(tokens[place], ownTokens[place]);
        // A cost above others is their sum, unless it is that of a model call, and less.
        const std::int64_t stated = repeated ? -1 : spans.at(SpanColumn::Cost, row);
        const bool adds =
            stated >= 0 && (cost[place] <= 0 || (spans.kind(row) == SpanKind::ModelCall && stated < cost[place]));
        if (adds) {
            const std::uint32_t unit = spans.text(SpanText::Currency, row).value;
            ownCost[place] = stated;
            cost[place] = recordedSum(cost[place], stated);
            currency[place] = currency[place] == noCurrency || currency[place] == unit ? unit : severalCurrencies;
        }
        const std::uint32_t above = of.parent[place];
        if (above == TraceSpans::none)
            continue;
        tokens[above] = recordedSum(tokens[above], tokens[place]);
        cost[above] = recordedSum(cost[above], cost[place]);
        if (currency[above] == noCurrency)
            currency[above] = currency[place];
        else if (currency[place] != noCurrency && currency[place] != currency[above])
            currency[above] = severalCurrencies;
    }
}

} // namespace arcscope
