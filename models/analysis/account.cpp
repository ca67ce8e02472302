#include "account.h"

#include <algorithm>
#include <utility>

namespace arcscope
{
namespace
{

std::string counted(std::uint64_t count, std::string_view noun)
{
    return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

/// What was counted below the spans that are still open, by depth, in reverse pre-order.
class Sums
{
public:
    /// Tokens counted below a span of that depth; forgets them.
    std::int64_t take(std::size_t depth)
    {
        if (m_tokens.size() < depth + 2)
            m_tokens.resize(depth + 2);
        return std::exchange(m_tokens[depth + 1], 0);
    }
    void give(std::size_t depth, std::int64_t tokens) { m_tokens[depth] = saturatedSum(m_tokens[depth], tokens); }

private:
    std::vector<std::int64_t> m_tokens;
};

class Pricing
{
public:
    Pricing(const Corpus& corpus, const PriceTable& table)
        : m_corpus(corpus)
        , m_table(table)
    {
    }

    void add(Row row, const Usage& usage, Account& account)
    {
        std::string_view model = m_corpus.text(SpanText::ModelServed, row);
        if (model.empty())
            model = m_corpus.text(SpanText::ModelRequested, row);
        const ModelPrices* prices = m_table.find(model, m_corpus.text(SpanText::Provider, row));
        const auto cost = prices ? costOf(usage, *prices) : std::nullopt;
        if (cost) {
            account.priced = saturatedSum(std::max<std::int64_t>(account.priced, 0), *cost);
            ++account.pricedCalls;
            return;
        }
        Account::Unpriced& unpriced = m_unpriced[model];
        ++unpriced.calls;
        unpriced.tokens = saturatedSum(unpriced.tokens, usage.total());
    }

    std::vector<Account::Unpriced> takeUnpriced()
    {
        std::vector<Account::Unpriced> all;
        for (auto& [model, unpriced] : m_unpriced) {
            unpriced.model = model;
            all.push_back(std::move(unpriced));
        }
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.tokens > b.tokens; });
        return all;
    }

private:
    const Corpus& m_corpus;
    const PriceTable& m_table;
    std::map<std::string_view, Account::Unpriced> m_unpriced;
};

} // namespace

std::span<const SpanColumn> accountColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all{SpanColumn::Kind,
                                    SpanColumn::Flags,
                                    SpanColumn::Depth,
                                    SpanColumn::Cost,
                                    SpanColumn::UsageDialect,
                                    columnOf(SpanText::Currency),
                                    columnOf(SpanText::ModelServed),
                                    columnOf(SpanText::ModelRequested),
                                    columnOf(SpanText::Provider)};
        for (int i = 0; i < usageClassCount; ++i)
            all.push_back(static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i));
        return all;
    }();
    return columns;
}

Account account(const Corpus& corpus, std::span<const Row> preOrder, const PriceTable* prices)
{
    const SpanTable& spans = corpus.spans;
    Account account;
    Sums sums;
    const PriceTable none;
    Pricing pricing(corpus, prices ? *prices : none);
    std::vector<std::int64_t> costBelow; // by depth: a stated cost that others below it already have
    for (auto it = preOrder.rbegin(); it != preOrder.rend(); ++it) {
        const Row row = *it;
        const auto depth = static_cast<std::size_t>(spans.at(SpanColumn::Depth, row));
        const Usage usage = spans.usage(row);
        const bool recorded = usage.recorded();
        const bool isCall = spans.kind(row) == SpanKind::ModelCall;
        account.modelCalls += isCall ? 1 : 0;
        account.callsWithUsage += isCall && recorded ? 1 : 0;
        std::int64_t counted = sums.take(depth);
        if (recorded) {
            const std::int64_t own = usage.total();
            if (spans.flagged(row, SpanFlag::RollUpUsage)) {
                ++account.rollUps;
                if (own != counted) {
                    ++account.rollUpsUnequal;
                    account.firstUnequal = row;
                    account.stated = own;
                    account.below = counted;
                }
            } else if (spans.flagged(row, SpanFlag::RepeatedUsage)) {
                ++account.repeated;
                account.repeatedTokens = saturatedSum(account.repeatedTokens, own);
            } else {
                account.usage = account.usage + usage;
                ++account.byDialect[static_cast<std::size_t>(spans.at(SpanColumn::UsageDialect, row))];
                counted = saturatedSum(counted, own);
                if (prices)
                    pricing.add(row, usage, account);
            }
        }
        sums.give(depth, counted);

        if (costBelow.size() < depth + 2)
            costBelow.resize(depth + 2);
        std::int64_t costs = std::exchange(costBelow[depth + 1], 0);
        const std::int64_t cost = spans.at(SpanColumn::Cost, row);
        if (cost >= 0 && !spans.flagged(row, SpanFlag::RepeatedUsage) && (costs == 0 || (isCall && cost < costs))) {
            std::int64_t& sum = account.statedCosts[spans.text(SpanText::Currency, row)];
            sum = saturatedSum(sum, cost);
            costs = saturatedSum(costs, cost);
        }
        costBelow[depth] = saturatedSum(costBelow[depth], costs);
    }
    account.unpriced = pricing.takeUnpriced();
    return account;
}

std::span<const Row> below(const Corpus& corpus, std::span<const Row> preOrder, Row row)
{
    const auto first = std::find(preOrder.begin(), preOrder.end(), row);
    if (first == preOrder.end())
        return {};
    const std::int64_t depth = corpus.spans.at(SpanColumn::Depth, row);
    const auto last = std::find_if(first + 1, preOrder.end(),
                                   [&](Row other) { return corpus.spans.at(SpanColumn::Depth, other) <= depth; });
    return {first, last};
}

Verdict Account::verdict() const
{
    if (rollUpsUnequal > 0)
        return Verdict::DoesNotSum;
    return callsWithUsage < modelCalls || !usage.recorded() ? Verdict::CannotKnow : Verdict::Sums;
}

std::string_view name(Verdict verdict)
{
    constexpr std::array<std::string_view, 3> names{"sums", "does not sum", "cannot know"};
    return names[static_cast<std::size_t>(verdict)];
}

std::string reasonOf(const Account& account)
{
    switch (account.verdict()) {
    case Verdict::DoesNotSum:
        return counted(account.rollUpsUnequal, "span") + " of " + std::to_string(account.rollUps) +
               " that repeat what lies below " + (account.rollUpsUnequal == 1 ? "states" : "state") +
               " something else; the first " + std::to_string(account.stated) + " tokens, below it " +
               std::to_string(account.below) + " were counted";
    case Verdict::CannotKnow:
        if (account.modelCalls == 0)
            return "no usage is recorded";
        return counted(account.modelCalls - account.callsWithUsage, "model call") + " of " +
               std::to_string(account.modelCalls) + " without usage";
    case Verdict::Sums:
        break;
    }
    std::string reason =
        account.modelCalls == 0
            ? "no model call is recorded, usage is"
            : "usage on " +
                  (account.modelCalls == 1 ? "the one model call" : "all " + counted(account.modelCalls, "model call"));
    if (account.rollUps > 0)
        reason += "; " + counted(account.rollUps, "roll-up") + " equal to the parts";
    if (account.repeated > 0)
        reason += "; " + counted(account.repeated, "response") + " recorded again, counted once";
    return reason;
}

std::string_view relationsOf(UsageDialect dialect)
{
    switch (dialect) {
    case UsageDialect::Inclusive:
        return "cache within input, reasoning within output";
    case UsageDialect::CacheSeparate:
        return "cache beside input, reasoning within output";
    case UsageDialect::ReasoningApart:
        return "cache within input, reasoning beside output";
    case UsageDialect::Disjoint:
        return "every class by itself";
    }
    return {};
}

} // namespace arcscope
