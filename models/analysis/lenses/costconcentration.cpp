// How unevenly cost lies on tenants, users or tasks.
#include "lenscosts.h"
#include "lensfields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto byWords = std::to_array<std::string_view>({"auto", "tenant", "user", "task", "session", "trace"});
constexpr auto measureWords = std::to_array<std::string_view>({"auto", "cost", "tokens"});
constexpr auto parameters = std::to_array<LensParameter>({
    {"by", "whose cost; auto: the first of tenant, user, task, session that most of the cost names", byWords},
    {"measure", "cost or tokens; auto: tokens where a cost is known for less than half of the calls", measureWords},
});

/// Fewer holders than this have a curve and no coefficient.
constexpr std::size_t leastForGini = 10;
constexpr std::size_t mostPoints = 200;

struct Holder {
    std::string name;
    bool recorded = true;
    std::int64_t amount = 0;
    std::uint64_t calls = 0;
    std::set<std::uint32_t> traces;
    std::vector<Row> rows;
};

/// A row with what it costs, or its tokens.
using Amounts = std::vector<std::pair<Row, std::int64_t>>;

std::string_view chosenBy(SpanTags& tags, const Amounts& amounts)
{
    constexpr auto order = std::to_array<std::pair<std::string_view, SpanText>>({{"tenant", SpanText::Tenant},
                                                                                 {"user", SpanText::User},
                                                                                 {"task", SpanText::Task},
                                                                                 {"session", SpanText::Session}});
    for (const auto& [word, text] : order) {
        const auto named = static_cast<std::size_t>(std::count_if(
            amounts.begin(), amounts.end(), [&, text = text](const auto& one) { return tags.of(text, one.first); }));
        if (!amounts.empty() && named * 2 >= amounts.size())
            return word;
    }
    return "trace";
}

/// `nobodys`: what no holder is recorded for.
std::vector<Holder> holdersOf(const Corpus& corpus, SpanTags& tags, const Amounts& amounts, std::string_view by,
                              Holder& nobodys)
{
    std::map<std::pair<bool, std::uint32_t>, Holder> all;
    for (const auto& [row, amount] : amounts) {
        const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
        const StringId tag = by == "trace" ? StringId{trace + 1} : tags.of(tagNamed(by), row);
        Holder& holder = all[{tag.value != 0, tag.value}];
        if (holder.rows.empty()) {
            holder.recorded = tag.value != 0;
            holder.name = by == "trace" ? corpus.traceIdText(trace) : std::string(corpus.strings[tag]);
        }
        holder.amount = saturatedSum(holder.amount, amount);
        holder.calls += corpus.spans.kind(row) == SpanKind::ModelCall ? 1 : 0;
        holder.traces.insert(trace);
        holder.rows.push_back(row);
    }
    std::vector<Holder> holders;
    for (auto& [tag, holder] : all) {
        if (holder.recorded)
            holders.push_back(std::move(holder));
        else
            nobodys = std::move(holder);
    }
    std::sort(holders.begin(), holders.end(), [](const Holder& a, const Holder& b) {
        return a.amount != b.amount ? a.amount > b.amount : a.name < b.name;
    });
    return holders;
}

/// How regularly traces of a holder begin, in words: "every 15 min 00 s"; empty: not regularly, or too few to say.
std::string rhythmOf(const Corpus& corpus, const Holder& holder)
{
    constexpr std::size_t least = 6;
    std::vector<Nanos> starts;
    for (const std::uint32_t trace : holder.traces) {
        if (const Nanos start = corpus.traces.at(TraceColumn::Start, trace); start != noTime)
            starts.push_back(start);
    }
    if (starts.size() < least)
        return {};
    std::sort(starts.begin(), starts.end());
    double sum = 0;
    double squares = 0;
    const auto gaps = static_cast<double>(starts.size() - 1);
    for (std::size_t i = 1; i < starts.size(); ++i) {
        const auto gap = static_cast<double>(starts[i] - starts[i - 1]);
        sum += gap;
        squares += gap * gap;
    }
    const double mean = sum / gaps;
    const double deviation = std::sqrt(std::max(0.0, squares / gaps - mean * mean));
    constexpr double regular = 0.1;
    return mean > 0 && deviation < regular * mean ? "every " + durationText(static_cast<Nanos>(mean)) : std::string();
}

/// Gini's coefficient; 0: all the same. `holders`: most first.
double giniOf(const std::vector<Holder>& holders, double sum)
{
    const auto n = static_cast<double>(holders.size());
    double weighted = 0;
    for (std::size_t i = 0; i < holders.size(); ++i)
        weighted += (n - static_cast<double>(i)) * static_cast<double>(holders[i].amount);
    return 2 * weighted / (n * sum) - (n + 1) / n;
}

std::string topText(const std::vector<Holder>& holders, double sum, int percent)
{
    const std::size_t count = holders.size() * static_cast<std::size_t>(percent) / 100;
    if (count == 0)
        return {};
    double top = 0;
    for (std::size_t i = 0; i < count; ++i)
        top += static_cast<double>(holders[i].amount);
    return "the top " + std::to_string(percent) + " % (" + std::to_string(count) + ") have " + percentText(top / sum);
}

LensChart curve(const std::vector<Holder>& holders, double sum, const std::string& of)
{
    LensChart chart;
    chart.kind = LensChartKind::Lorenz;
    chart.title = "Share of the cost against share of the " + of + ", from the cheapest on";
    chart.xAxis = {"share of the " + of, LensUnit::Share, {}, {}, false};
    chart.yAxis = {"share of the cost", LensUnit::Share, {}, {}, false};
    LensSeries& series = chart.series.emplace_back();
    series.name = of;
    series.points.push_back({});
    series.points.back().y = 0;
    const std::size_t step = std::max<std::size_t>(1, holders.size() / mostPoints);
    double reached = 0;
    LensPoint point;
    for (std::size_t i = holders.size(); i-- > 0;) {
        const Holder& holder = holders[i];
        reached += static_cast<double>(holder.amount);
        point.spans.insert(point.spans.end(), holder.rows.begin(), holder.rows.end());
        point.n += 1;
        const std::size_t done = holders.size() - i;
        if (done % step != 0 && i != 0 && i >= step) // the dearest stand alone
            continue;
        point.x = static_cast<double>(done) / static_cast<double>(holders.size());
        point.y = reached / sum;
        point.row = static_cast<int>(i);
        point.label = holder.name;
        std::sort(point.spans.begin(), point.spans.end());
        series.points.push_back(std::exchange(point, {}));
    }
    return chart;
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const CostLedger ledger = costsOf(input);
    if (input.control.stopped())
        return cancelledLens();
    const auto usage = countedUsage(input);
    const std::string_view measure = input.values.word(parameters[1]);
    const bool byCost = measure == "cost" || (measure == "auto" && ledger.holdsFor(usage.size()));
    Amounts amounts;
    if (byCost) {
        for (const CountedCost& cost : ledger.costs)
            amounts.emplace_back(cost.row, cost.micros);
    } else {
        for (const auto& [row, used] : usage)
            amounts.emplace_back(row, used.total());
    }
    SpanTags tags(corpus);
    std::string_view by = input.values.word(parameters[0]);
    by = by == "auto" ? chosenBy(tags, amounts) : by;
    Holder nobodys;
    const std::vector<Holder> holders = holdersOf(corpus, tags, amounts, by, nobodys);
    const std::string of = std::string(by) + 's';

    LensResult result;
    result.n = holders.size();
    result.of = of;
    result.table.columns = {{std::string(by), std::string(by)},
                            {byCost ? "cost" : "tokens", byCost ? "Cost" : "Tokens"},
                            {"share", "Share of all"},
                            {"calls", "Model calls"},
                            {"traces", "Traces"},
                            {"mean", byCost ? "Cost a trace, mean" : "Tokens a trace, mean"},
                            {"rhythm", "Rhythm"}};
    result.table.counts = countsRows;
    double sum = 0;
    for (const Holder& holder : holders)
        sum += static_cast<double>(holder.amount);
    const auto amountCell = [&](std::int64_t amount) -> LensCell {
        if (byCost)
            return LensMoney{amount, ledger.currency};
        return LensNumber{static_cast<double>(amount), LensUnit::Tokens};
    };
    for (const Holder& holder : holders) {
        const std::string rhythm = rhythmOf(corpus, holder);
        result.table.rows.push_back(
            {{holder.name, amountCell(holder.amount),
              sum > 0 ? LensCell(LensNumber{static_cast<double>(holder.amount) / sum, LensUnit::Share}) : LensCell(),
              countCell(holder.calls), countCell(holder.traces.size()),
              amountCell(holder.amount / static_cast<std::int64_t>(std::max<std::size_t>(holder.traces.size(), 1))),
              rhythm.empty() ? LensCell() : LensCell(rhythm)},
             holder.rows});
    }
    if (!nobodys.rows.empty())
        result.missing.push_back(missingField(tagNamed(by), nobodys.rows.size(), amounts.size(),
                                              (byCost ? moneyText(nobodys.amount, ledger.currency)
                                                      : tokensText(static_cast<double>(nobodys.amount)) + " tokens") +
                                                  " of nobody known are left out."));
    if (!byCost || !ledger.any())
        result.missing.push_back(missingField(
            "cost", usage.size() - std::min(ledger.costs.size(), usage.size()), usage.size(),
            byCost ? "Nothing can be said." : "Tokens of all classes are taken instead, though they differ in price."));
    if (byCost)
        addCostCaveats(ledger, result);
    if (holders.empty() || sum <= 0) {
        result.sentence = byCost ? "No cost is recorded." : "Neither cost nor tokens are recorded.";
        return result;
    }
    result.charts.push_back(curve(holders, sum, of));
    result.sentence = countText(holders.size(), by) + " with " +
                      (byCost ? moneyText(ledger.sum, ledger.currency) : tokensText(sum) + " tokens") + ": ";
    if (holders.size() < leastForGini) {
        result.sentence += "the dearest has " + percentText(static_cast<double>(holders.front().amount) / sum) + '.';
        result.caveats.push_back("Fewer than " + std::to_string(leastForGini) + ' ' + of +
                                 ": no Gini coefficient and no top shares, which would be chance.");
        return result;
    }
    std::array<char, 16> gini{};
    std::snprintf(gini.data(), gini.size(), "%.2f", giniOf(holders, sum));
    result.sentence += "Gini " + std::string(gini.data());
    std::string suppressed;
    for (const int percent : {1, 5, 10}) {
        const std::string top = topText(holders, sum, percent);
        if (top.empty())
            suppressed += (suppressed.empty() ? "" : ", ") + std::to_string(percent) + " %";
        else
            result.sentence += "; " + top;
    }
    result.sentence += '.';
    if (!suppressed.empty())
        result.caveats.push_back("The share of the top " + suppressed + " is left out: that is less than one of " +
                                 std::to_string(holders.size()) + ' ' + of + '.');
    return result;
}

} // namespace

Lens costConcentration()
{
    return {"cost-concentration",
            "Cost concentration",
            "How much of the cost lies on the few dearest tenants, users or tasks, and which are they?",
            "Holds for what is loaded: a sample of traffic has another tail than all of it.",
            {{"cost", "tokens", "tenant", "user", "task", "session"}, costLensColumns(), {}, false, false, true},
            parameters,
            run};
}

} // namespace arcscope
