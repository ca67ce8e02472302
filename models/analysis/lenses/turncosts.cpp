// What conversations cost by how long they are: the price of history that is sent again.
#include "lenscosts.h"
#include "lensfields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr auto byWords = std::to_array<std::string_view>({"session", "task", "trace"});
constexpr auto measureWords = std::to_array<std::string_view>({"auto", "cost", "tokens"});
constexpr auto parameters = std::to_array<LensParameter>({
    {"by", "what a conversation is", byWords},
    {"measure", "cost or tokens; auto: tokens where a cost is known for less than half of the calls", measureWords},
    {"least", "conversations that a point of the curve needs", {}, 3, 1, 1000, "conversations"},
});

constexpr std::size_t mostOrdinals = 400;

struct Talk {
    std::vector<Row> calls; ///< in time
    std::vector<double> amounts;
    double sum = 0;
};

struct LengthClass {
    std::size_t from = 0;
    std::size_t to = 0; ///< included
    std::string name;
};

const std::vector<LengthClass>& lengthClasses()
{
    static const std::vector<LengthClass> classes{
        {1, 1, "1 call"},     {2, 3, "2 to 3"},     {4, 7, "4 to 7"},       {8, 15, "8 to 15"},
        {16, 31, "16 to 31"}, {32, 63, "32 to 63"}, {64, 127, "64 to 127"}, {128, SIZE_MAX, "128 and more"}};
    return classes;
}

/// The slope of log(sum) over log(calls) by least squares: 1 is linear, 2 is quadratic. Nothing under three points.
std::optional<double> exponentOf(const std::vector<std::pair<double, double>>& points)
{
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    double n = 0;
    for (const auto& [x, y] : points) {
        if (x <= 0 || y <= 0)
            continue;
        const double lx = std::log(x);
        const double ly = std::log(y);
        sx += lx;
        sy += ly;
        sxx += lx * lx;
        sxy += lx * ly;
        n += 1;
    }
    const double spread = n * sxx - sx * sx;
    if (n < 3 || spread < 1e-9)
        return std::nullopt;
    return (n * sxy - sx * sy) / spread;
}

struct Curve {
    LensChart chart;
    std::optional<double> exponent;
    std::size_t reached = 0;
};

/// The mean sum after k calls, of conversations that have k calls.
Curve curveOf(const std::vector<Talk>& talks, std::size_t least, bool cost, const std::string& currency)
{
    Curve curve;
    LensChart& chart = curve.chart;
    chart.kind = LensChartKind::Lines;
    chart.title = cost ? "Cost of a conversation up to its nth call" : "Tokens of a conversation up to its nth call";
    chart.xAxis = {"nth model call of the conversation", LensUnit::Number, {}, {}, false};
    chart.yAxis = {
        cost ? "cost so far" : "tokens so far", cost ? LensUnit::Money : LensUnit::Tokens, currency, {}, false};
    chart.band = "25 % to 75 % of conversations";
    chart.series = {{"median", {}}, {"as if every call were the first", {}}};
    std::vector<double> reached(talks.size(), 0);
    double firstMedian = 0;
    std::vector<std::pair<double, double>> fitted;
    for (std::size_t k = 1; k <= mostOrdinals; ++k) {
        std::vector<double> sums;
        std::vector<Row> rows;
        for (std::size_t i = 0; i < talks.size(); ++i) {
            if (talks[i].amounts.size() < k)
                continue;
            reached[i] += talks[i].amounts[k - 1];
            sums.push_back(reached[i]);
            rows.push_back(talks[i].calls[k - 1]);
        }
        if (sums.size() < least)
            break;
        curve.reached = k;
        LensPoint& point = chart.series[0].points.emplace_back();
        point.x = static_cast<double>(k);
        point.y = *quantile(sums, 0.5);
        point.low = *quantile(sums, 0.25);
        point.high = *quantile(sums, 0.75);
        point.n = sums.size();
        std::sort(rows.begin(), rows.end());
        point.spans = std::move(rows);
        firstMedian = k == 1 ? point.y : firstMedian;
        fitted.emplace_back(point.x, point.y);
        LensPoint& line = chart.series[1].points.emplace_back();
        line.x = static_cast<double>(k);
        line.y = firstMedian * static_cast<double>(k);
        line.n = sums.size();
    }
    curve.exponent = exponentOf(fitted);
    return curve;
}

/// Mean tokens of the kth call: new, from the cache, written to it, answered.
LensChart compositionOf(const Corpus& corpus, const std::vector<Talk>& talks, std::size_t reached)
{
    LensChart chart;
    chart.kind = LensChartKind::StackedArea;
    chart.title = "Tokens of the nth call, mean";
    chart.xAxis = {"nth model call of the conversation", LensUnit::Number, {}, {}, false};
    chart.yAxis = {"tokens", LensUnit::Tokens, {}, {}, false};
    chart.series = {{"input, not cached", {}}, {"read from a cache", {}}, {"written to a cache", {}}, {"output", {}}};
    for (std::size_t k = 0; k < reached; ++k) {
        std::array<double, 4> sums{};
        std::vector<Row> rows;
        for (const Talk& talk : talks) {
            if (talk.calls.size() <= k)
                continue;
            const Usage usage = corpus.spans.usage(talk.calls[k]);
            const auto of = [&](UsageClass c) { return static_cast<double>(std::max<std::int64_t>(usage[c], 0)); };
            sums[0] += of(UsageClass::Input) + of(UsageClass::AudioInput);
            sums[1] += of(UsageClass::CacheRead);
            sums[2] += of(UsageClass::CacheWrite) + of(UsageClass::CacheWriteLong);
            sums[3] += of(UsageClass::Output) + of(UsageClass::Reasoning) + of(UsageClass::PredictionAccepted) +
                       of(UsageClass::PredictionRejected) + of(UsageClass::AudioOutput);
            rows.push_back(talk.calls[k]);
        }
        std::sort(rows.begin(), rows.end());
        for (std::size_t i = 0; i < sums.size(); ++i) {
            LensPoint& point = chart.series[i].points.emplace_back();
            point.x = static_cast<double>(k + 1);
            point.n = rows.size();
            point.y = rows.empty() ? noValue : sums[i] / static_cast<double>(rows.size());
            point.spans = rows;
        }
    }
    return chart;
}

std::vector<Talk> talksOf(const LensInput& input, bool cost, const CostLedger& ledger, std::uint64_t& unnamed)
{
    const Corpus& corpus = input.corpus;
    std::unordered_map<Row, double> amounts;
    if (cost) {
        for (const CountedCost& one : ledger.costs)
            amounts.emplace(one.row, static_cast<double>(one.micros));
    } else {
        for (const auto& [row, usage] : countedUsage(input))
            amounts.emplace(row, static_cast<double>(usage.total()));
    }
    SpanTags tags(corpus);
    const std::string_view by = input.values.word(parameters[0]);
    std::map<std::uint32_t, Talk> all;
    for (const Row row : modelCalls(input)) {
        const auto amount = amounts.find(row);
        if (amount == amounts.end())
            continue;
        const std::uint32_t key = by == "trace"
                                      ? static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)) + 1
                                      : tags.of(tagNamed(by), row).value;
        unnamed += key == 0 ? 1 : 0;
        if (key != 0)
            all[key].calls.push_back(row);
    }
    std::vector<Talk> talks;
    for (auto& [key, talk] : all) {
        std::stable_sort(talk.calls.begin(), talk.calls.end(),
                         [&](Row a, Row b) { return corpus.spans.start(a) < corpus.spans.start(b); });
        for (const Row row : talk.calls) {
            talk.amounts.push_back(amounts.at(row));
            talk.sum += talk.amounts.back();
        }
        talks.push_back(std::move(talk));
    }
    return talks;
}

Result<LensResult> run(const LensInput& input)
{
    const CostLedger ledger = costsOf(input);
    if (input.control.stopped())
        return cancelledLens();
    const std::string_view measure = input.values.word(parameters[1]);
    const std::size_t withUsage = countedUsage(input).size();
    const bool cost = measure == "cost" || (measure == "auto" && ledger.holdsFor(withUsage));
    std::uint64_t unnamed = 0;
    const std::vector<Talk> talks = talksOf(input, cost, ledger, unnamed);
    const std::string_view by = input.values.word(parameters[0]);
    LensResult result;
    result.n = talks.size();
    result.of = std::string(by) + "s with " + (cost ? "cost" : "usage");
    LensTable& table = result.table;
    table.columns = {{"length", "Model calls"},
                     {"conversations", "Conversations"},
                     {"share", "Of all"},
                     {cost ? "cost" : "tokens", cost ? "Cost" : "Tokens"},
                     {"amount_share", cost ? "Share of the cost" : "Share of the tokens"},
                     {"a_call", cost ? "Cost a call" : "Tokens a call"}};
    table.counts = 1;
    double sum = 0;
    for (const Talk& talk : talks)
        sum += talk.sum;
    const auto amountCell = [&](double amount) -> LensCell {
        if (cost)
            return LensMoney{static_cast<std::int64_t>(std::llround(amount)), ledger.currency};
        return LensNumber{amount, LensUnit::Tokens};
    };
    LensChart bars;
    bars.kind = LensChartKind::Bars;
    bars.title = "Share of conversations and of what they take, by length";
    bars.xAxis.title = "model calls";
    bars.yAxis = {"share", LensUnit::Share, {}, {}, false};
    bars.series = {{"of the conversations", {}}, {cost ? "of the cost" : "of the tokens", {}}};
    for (const LengthClass& length : lengthClasses()) {
        std::uint64_t count = 0;
        double amount = 0;
        std::uint64_t calls = 0;
        std::vector<Row> rows;
        for (const Talk& talk : talks) {
            if (talk.calls.size() < length.from || talk.calls.size() > length.to)
                continue;
            ++count;
            amount += talk.sum;
            calls += talk.calls.size();
            rows.insert(rows.end(), talk.calls.begin(), talk.calls.end());
        }
        if (count == 0)
            continue;
        std::sort(rows.begin(), rows.end());
        table.rows.push_back({{length.name, countCell(count), shareCell(count, talks.size()), amountCell(amount),
                               sum > 0 ? LensCell(LensNumber{amount / sum, LensUnit::Share}) : LensCell(),
                               amountCell(amount / static_cast<double>(calls))},
                              std::move(rows)});
        const auto x = static_cast<double>(bars.xAxis.categories.size());
        LensPoint share = pointOf(table, table.rows.size() - 1, 2, x);
        share.low = share.high = noValue; // beside the share of amounts, which has no interval
        bars.series[0].points.push_back(std::move(share));
        bars.series[1].points.push_back(pointOf(table, table.rows.size() - 1, 4, x));
        bars.xAxis.categories.push_back(length.name);
    }
    const auto least = static_cast<std::size_t>(input.values.number(parameters[2]));
    Curve curve = curveOf(talks, least, cost, ledger.currency);
    if (curve.reached > 1) {
        result.charts.push_back(std::move(curve.chart));
        result.charts.push_back(compositionOf(input.corpus, talks, curve.reached));
    }
    if (!talks.empty())
        result.charts.push_back(std::move(bars));
    if (unnamed > 0)
        result.missing.push_back(missingField(
            tagNamed(by), unnamed,
            unnamed +
                [&] {
                    std::uint64_t named = 0;
                    for (const Talk& talk : talks)
                        named += talk.calls.size();
                    return named;
                }(),
            "They belong to no conversation that could be told; --set by=trace takes each trace for one."));
    if (!cost)
        result.missing.push_back(missingField("cost", withUsage - std::min(ledger.costs.size(), withUsage), withUsage,
                                              "Tokens of all classes are taken instead, though they differ in price."));
    else
        addCostCaveats(ledger, result);
    if (talks.empty()) {
        result.sentence =
            "No " + std::string(by) + " with " + (cost ? "cost" : "tokens") + " of its calls is recorded.";
        return result;
    }
    const LensRow& last = table.rows.back();
    const auto& tail = std::get<LensShare>(last.cells[2]);
    result.sentence = countText(talks.size(), by) + "; the longest, with " + std::get<std::string>(last.cells[0]) +
                      (std::get<std::string>(last.cells[0]) == "1 call" ? "" : " calls") + ", are " +
                      partText(tail.part, tail.of) + " of them and take " + percentText(valueOf(last.cells[4])) +
                      (cost ? " of the cost" : " of the tokens");
    if (curve.exponent && curve.reached >= 5) {
        std::array<char, 16> text{};
        std::snprintf(text.data(), text.size(), "%.1f", *curve.exponent);
        result.sentence +=
            "; the sum grows with the power " + std::string(text.data()) + " of the calls (1: each costs the same)";
    }
    result.sentence += '.';
    return result;
}

} // namespace

Lens turnCosts()
{
    return {"turn-costs",
            "Cost by length of conversation",
            "What does each further call of a conversation add, and how much of the cost lies in the longest ones?",
            "Later points hold only conversations that came so far: longer ones differ from the others from the start.",
            {{"tokens", "cost", "session", "task", "start"}, costLensColumns(), {}, false, false, true},
            parameters,
            run};
}

} // namespace arcscope
