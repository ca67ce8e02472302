// Tokens as recorded, as counted once, and as billed, with a step for each cause between them.
#include "invoice.h"
#include "lenscosts.h"
#include "lensfields.h"
#include "lenstimes.h"
#include "rescues.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr auto measureWords = std::to_array<std::string_view>({"tokens", "cost"});
constexpr auto parameters = std::to_array<LensParameter>({
    {"measure", "tokens or cost", measureWords},
});

struct Step {
    std::string cause;
    std::string known; ///< "counted", "estimated", "billed"
    double amount = 0;
    bool total = false;
    std::vector<Row> rows;
};

/// A model on a day, as far as the invoice tells days and models.
struct Key {
    Nanos day = noTime;
    std::string model;

    auto operator<=>(const Key&) const = default;
};

struct Logged {
    double amount = 0;
    std::vector<Row> rows;
};

double kept(const Usage& usage)
{
    return static_cast<double>(usage.total());
}

Nanos dayOf(Nanos time)
{
    return time == noTime ? noTime : time - ((time % oneDay) + oneDay) % oneDay;
}

std::string_view modelOf(const Corpus& corpus, Row row)
{
    const std::string_view served = corpus.text(SpanText::ModelServed, row);
    return served.empty() ? corpus.text(SpanText::ModelRequested, row) : served;
}

class Accounts
{
public:
    Accounts(const LensInput& input, bool cost)
        : m_input(input)
        , m_corpus(input.corpus)
        , m_cost(cost)
        , m_ledger(costsOf(input))
    {
        if (cost) {
            for (const CountedCost& one : m_ledger.costs)
                m_amounts.emplace_back(one.row, static_cast<double>(one.micros));
        } else {
            for (const auto& [row, usage] : countedUsage(input))
                m_amounts.emplace_back(row, kept(usage));
        }
    }

    const CostLedger& ledger() const { return m_ledger; }
    bool any() const { return !m_amounts.empty(); }

    /// What stands in the records, and what of it is counted.
    std::vector<Step> inTrace() const
    {
        std::vector<Step> steps;
        if (m_cost)
            return {counted("cost, each amount once")};
        const SpanTable& spans = m_corpus.spans;
        const ShownRows shown(m_input);
        Step all{"as recorded on all spans", "counted", 0, true, {}};
        Step rollUps{"sums of what lies below", "counted", 0, false, {}};
        Step repeated{"responses recorded again", "counted", 0, false, {}};
        for (Row row = 0; row < spans.rows(); ++row) {
            const Usage usage = spans.usage(row);
            if (!usage.recorded() || spans.flagged(row, SpanFlag::Superseded) || !shown.has(row))
                continue;
            all.amount += kept(usage);
            all.rows.push_back(row);
            if (spans.flagged(row, SpanFlag::RollUpUsage)) {
                rollUps.amount -= kept(usage);
                rollUps.rows.push_back(row);
            } else if (spans.flagged(row, SpanFlag::RepeatedUsage)) {
                repeated.amount -= kept(usage);
                repeated.rows.push_back(row);
            }
        }
        return {std::move(all), std::move(rollUps), std::move(repeated), counted("each response once")};
    }

    /// From what is counted to what is billed.
    std::vector<Step> toInvoice(const Invoice& invoice, LensResult& result) const
    {
        if (std::vector<Step> steps = byResponse(invoice, result); !steps.empty())
            return steps;
        const bool byDay = std::any_of(invoice.lines.begin(), invoice.lines.end(),
                                       [](const InvoiceLine& line) { return line.day != noTime; });
        const bool byModel = namesModels(invoice);
        std::map<Key, Logged> logged;
        for (const auto& [row, amount] : m_amounts) {
            Logged& into = logged[keyOf(row, byDay, byModel)];
            into.amount += amount;
            into.rows.push_back(row);
        }
        std::map<Key, double> billed;
        double all = 0;
        for (const InvoiceLine& line : invoice.lines) {
            const double amount = amountOf(line);
            billed[{byDay ? line.day : noTime, byModel ? line.model : std::string()}] += amount;
            all += amount;
        }
        matchModels(logged, billed);
        Step notBilled{"not on the invoice: other days or models", "counted", 0, false, {}};
        Step notLogged{"not in the trace: other days or models", "billed", 0, false, {}};
        for (const auto& [key, one] : logged) {
            if (billed.count(key) == 0) {
                notBilled.amount -= one.amount;
                notBilled.rows.insert(notBilled.rows.end(), one.rows.begin(), one.rows.end());
            }
        }
        for (const auto& [key, amount] : billed)
            notLogged.amount += logged.count(key) == 0 ? amount : 0;
        std::vector<Step> steps;
        steps.push_back(std::move(notBilled));
        steps.push_back(std::move(notLogged));
        addCacheClasses(invoice, steps, result);
        addSilentCalls(steps, result);
        double reached = 0;
        for (const auto& [row, amount] : m_amounts)
            reached += amount;
        for (const Step& step : steps)
            reached += step.amount;
        steps.push_back({"not explained", "remainder", all - reached, false, {}});
        steps.push_back({"as billed", "billed", all, true, {}});
        result.caveats.push_back(std::string("Lines of the invoice are matched by ") +
                                 (byDay && byModel ? "day (UTC) and model"
                                  : byDay          ? "day (UTC): it names no model of the trace"
                                  : byModel        ? "model: it has no days"
                                                   : "their sum alone: it has neither days nor models") +
                                 ". The remainder is never spread over the causes.");
        return steps;
    }

private:
    /// Line by call, where the invoice bills responses that the trace has; empty: it does not.
    std::vector<Step> byResponse(const Invoice& invoice, LensResult& result) const
    {
        std::unordered_map<std::uint64_t, std::size_t> amountOfHash;
        for (std::size_t i = 0; i < m_amounts.size(); ++i) {
            const auto hash =
                static_cast<std::uint64_t>(m_corpus.spans.at(SpanColumn::ResponseHash, m_amounts[i].first));
            if (hash != 0)
                amountOfHash.emplace(hash, i);
        }
        Step notLogged{"billed, with no call in the trace", "billed", 0, false, {}};
        Step otherwise{"billed at another amount than recorded", "billed", 0, false, {}};
        double all = 0;
        std::set<std::size_t> matched;
        std::uint64_t without = 0;
        for (const InvoiceLine& line : invoice.lines) {
            const double amount = amountOf(line);
            all += amount;
            const auto found =
                line.response.empty() ? amountOfHash.end() : amountOfHash.find(hashOf(std::string_view(line.response)));
            if (found == amountOfHash.end()) {
                notLogged.amount += amount;
                without += line.response.empty();
                continue;
            }
            // Several lines of one response are its classes of tokens.
            const auto& [row, logged] = m_amounts[found->second];
            otherwise.amount += amount - (matched.insert(found->second).second ? logged : 0);
            otherwise.rows.push_back(row);
        }
        if (matched.empty())
            return {};
        otherwise.rows.erase(std::unique(otherwise.rows.begin(), otherwise.rows.end()), otherwise.rows.end());
        Step notBilled{"not on the invoice", "counted", 0, false, {}};
        for (std::size_t i = 0; i < m_amounts.size(); ++i) {
            if (matched.count(i) == 0) {
                notBilled.amount -= m_amounts[i].second;
                notBilled.rows.push_back(m_amounts[i].first);
            }
        }
        result.caveats.push_back(
            "Lines of the invoice are matched by response: " + countText(matched.size(), "response") + " of both" +
            (without > 0 ? ", " + countText(without, "line") + " without one." : "."));
        return {
            std::move(notBilled), std::move(notLogged), std::move(otherwise), {"as billed", "billed", all, true, {}}};
    }

    Step counted(std::string cause) const
    {
        Step step{std::move(cause), "counted", 0, true, {}};
        for (const auto& [row, amount] : m_amounts) {
            step.amount += amount;
            step.rows.push_back(row);
        }
        return step;
    }

    double amountOf(const InvoiceLine& line) const
    {
        if (m_cost)
            return line.micros ? static_cast<double>(*line.micros) : 0;
        return line.tokens() == noTokens ? 0 : static_cast<double>(line.tokens());
    }

    Key keyOf(Row row, bool byDay, bool byModel) const
    {
        return {byDay ? dayOf(m_corpus.spans.start(row)) : noTime,
                byModel ? std::string(modelOf(m_corpus, row)) : std::string()};
    }

    /// Some line names a model that some call names, too.
    bool namesModels(const Invoice& invoice) const
    {
        std::set<std::string_view> models;
        for (const auto& [row, amount] : m_amounts)
            models.insert(modelOf(m_corpus, row));
        return std::any_of(invoice.lines.begin(), invoice.lines.end(), [&](const InvoiceLine& line) {
            return !line.model.empty() && std::any_of(models.begin(), models.end(), [&](std::string_view model) {
                return !model.empty() && isSameModel(model, line.model);
            });
        });
    }

    /// Lines get the name that the trace has for the same model.
    static void matchModels(const std::map<Key, Logged>& logged, std::map<Key, double>& billed)
    {
        std::map<Key, double> matched;
        for (const auto& [key, amount] : billed) {
            const auto found = std::find_if(logged.begin(), logged.end(), [&, &wanted = key](const auto& one) {
                return one.first.day == wanted.day &&
                       (one.first.model == wanted.model || (!one.first.model.empty() && !wanted.model.empty() &&
                                                            isSameModel(one.first.model, wanted.model)));
            });
            matched[found == logged.end() ? key : found->first] += amount;
        }
        billed = std::move(matched);
    }

    /// Cached tokens that the invoice bills and no call of the trace records in their class.
    void addCacheClasses(const Invoice& invoice, std::vector<Step>& steps, LensResult& result) const
    {
        if (m_cost)
            return;
        Usage billed;
        for (const InvoiceLine& line : invoice.lines)
            billed = billed + line.usage;
        Usage logged;
        for (const auto& [row, usage] : countedUsage(m_input))
            logged = logged + usage;
        for (const UsageClass c : {UsageClass::CacheRead, UsageClass::CacheWrite, UsageClass::CacheWriteLong}) {
            if (billed[c] > 0 && logged[c] == noTokens)
                steps.push_back(
                    {std::string(c == UsageClass::CacheRead ? "cache reads" : "cache writes") + " that no call records",
                     "billed",
                     static_cast<double>(billed[c]),
                     false,
                     {}});
        }
        if (billed[UsageClass::Reasoning] > 0 && logged[UsageClass::Reasoning] == noTokens)
            result.caveats.push_back("The invoice bills " +
                                     tokensText(static_cast<double>(billed[UsageClass::Reasoning])) +
                                     " reasoning tokens, the trace tells none apart: they may be within its output.");
    }

    /// Calls without usage, by why: what they took is estimated as the median of their model.
    void addSilentCalls(std::vector<Step>& steps, LensResult& result) const
    {
        std::set<Row> has;
        std::map<std::string_view, std::vector<double>> byModel;
        for (const auto& [row, amount] : m_amounts) {
            has.insert(row);
            byModel[modelOf(m_corpus, row)].push_back(amount);
        }
        std::set<Row> retried;
        for (const TraceFact& fact : m_input.factsOf("silent-rescues")) {
            if (fact.key == "rescue" && fact.value.starts_with("retry"))
                retried.insert(fact.place.row);
        }
        Step retries{"retries without usage", "estimated", 0, false, {}};
        Step failed{"failed calls without usage", "estimated", 0, false, {}};
        Step others{"other calls without usage", "estimated", 0, false, {}};
        std::uint64_t unknown = 0;
        for (const Row row : modelCalls(m_input)) {
            if (has.count(row) > 0 || m_corpus.spans.usage(row).recorded())
                continue;
            const auto model = byModel.find(modelOf(m_corpus, row));
            const auto middle = model == byModel.end() ? std::nullopt : quantile(model->second, 0.5);
            Step& into = retried.count(row) > 0                            ? retries
                         : m_corpus.spans.status(row) == SpanStatus::Error ? failed
                                                                           : others;
            into.amount += middle.value_or(0);
            into.rows.push_back(row);
            unknown += middle ? 0 : 1;
        }
        for (Step* const step : {&retries, &failed, &others}) {
            if (!step->rows.empty())
                steps.push_back(std::move(*step));
        }
        if (unknown > 0)
            result.caveats.push_back(countText(unknown, "call") +
                                     " without usage are of models of which no call has any: they are estimated as "
                                     "nothing, and are within the remainder.");
    }

    const LensInput& m_input;
    const Corpus& m_corpus;
    bool m_cost;
    CostLedger m_ledger;
    std::vector<std::pair<Row, double>> m_amounts;
};

Result<LensResult> run(const LensInput& input)
{
    const bool cost = input.values.word(parameters[0]) == "cost";
    const Accounts accounts(input, cost);
    if (input.control.stopped())
        return cancelledLens();
    LensResult result;
    std::vector<Step> steps = accounts.inTrace();
    std::string currency = accounts.ledger().currency;
    if (input.file) {
        const auto invoice = readInvoice(input.file->text);
        if (!invoice)
            return within(invoice.error(), input.file->name);
        for (Step& step : accounts.toInvoice(*invoice, result))
            steps.push_back(std::move(step));
        if (invoice->refused > 0)
            result.caveats.push_back(countText(invoice->refused, "line") +
                                     " of the invoice without an amount, or with a sum, left out.");
        for (const InvoiceLine& line : invoice->lines) {
            if (cost && !line.currency.empty() && !currency.empty() && line.currency != currency) {
                result.caveats.push_back("The invoice is in " + line.currency + ", the costs of the trace in " +
                                         currency + ": the amounts are set side by side without conversion.");
                break;
            }
        }
    }
    LensTable& table = result.table;
    table.columns = {{"step", "Step"},
                     {cost ? "cost" : "tokens", cost ? "Cost" : "Tokens"},
                     {"known", "How it is known"},
                     {"spans", "Spans"}};
    LensChart chart;
    chart.kind = LensChartKind::Waterfall;
    chart.title = input.file ? "From what is recorded to what is billed" : "From what is recorded to what counts";
    chart.yAxis = {
        cost ? "cost" : "tokens", cost ? LensUnit::Money : LensUnit::Tokens, cost ? currency : "", {}, false};
    chart.series.push_back({chart.yAxis.title, {}});
    for (Step& step : steps) {
        std::sort(step.rows.begin(), step.rows.end());
        const LensCell amount = cost ? LensCell(LensMoney{static_cast<std::int64_t>(step.amount), currency})
                                     : LensCell(LensNumber{step.amount, LensUnit::Tokens});
        table.rows.push_back({{step.cause, amount, step.known, countCell(step.rows.size())}, std::move(step.rows)});
        LensPoint point = pointOf(table, table.rows.size() - 1, 1, static_cast<double>(chart.xAxis.categories.size()));
        point.total = step.total;
        chart.series[0].points.push_back(std::move(point));
        chart.xAxis.categories.push_back(step.cause);
    }
    const std::vector<Row> calls = modelCalls(input);
    const auto silent = static_cast<std::uint64_t>(
        std::count_if(calls.begin(), calls.end(), [&](Row row) { return !input.corpus.spans.usage(row).recorded(); }));
    result.n = calls.size();
    result.of = "model calls";
    if (silent > 0)
        result.missing.push_back(missingField("tokens", silent, calls.size(), "What they took is not in the sums."));
    if (!input.file)
        result.missing.push_back(
            {"invoice", "the provider's usage export as CSV (--invoice FILE)", "What was billed is not known.", 0, 0});
    if (cost)
        addCostCaveats(accounts.ledger(), result);
    if (!accounts.any()) {
        if (!input.file)
            result.table.rows.clear();
        result.sentence = cost ? "No cost is recorded." : "No tokens are recorded.";
        if (!input.file)
            return result;
    }
    result.charts.push_back(std::move(chart));
    const auto text = [&](const LensCell& cell) {
        const double value = valueOf(cell);
        return cost ? moneyText(static_cast<std::int64_t>(value), currency) : tokensText(value) + " tokens";
    };
    for (const LensRow& row : result.table.rows)
        result.sentence +=
            (result.sentence.empty() ? "" : "; ") + std::get<std::string>(row.cells[0]) + ": " + text(row.cells[1]);
    result.sentence += '.';
    return result;
}

} // namespace

Lens tokenAccounts()
{
    return {
        "token-accounts",
        "Tokens recorded, counted and billed",
        "Do the tokens of the traces sum to what the provider bills, and where does the difference come from?",
        "Estimated steps take the median of the model; tokens that the tokeniser of the provider counts otherwise, or "
        "that it adds around messages, are in the remainder.",
        {{"tokens", "served", "start", "cost", "response id"},
         costLensColumns({SpanColumn::ResponseHash}),
         {"silent-rescues"},
         false,
         false,
         true,
         "invoice"},
        parameters,
        run};
}

} // namespace arcscope
