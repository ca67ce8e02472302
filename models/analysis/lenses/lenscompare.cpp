#include "lenscompare.h"

#include "lensarcs.h"
#include "lenstext.h"
#include "proportions.h"
#include "ranktest.h"

#include <algorithm>

namespace arcscope
{
namespace
{

enum : std::size_t {
    Metric,
    Unit,
    First,
    FirstLow,
    FirstHigh,
    FirstN,
    Second,
    SecondLow,
    SecondHigh,
    SecondN,
    Difference,
    Low,
    High
};

/// Fewer values on a side have a difference and no interval.
constexpr std::size_t leastBounded = 6;

LensCell number(double value, LensUnit unit)
{
    return LensNumber{value, unit};
}

/// A share of each.
std::vector<LensCell> shareRow(std::string_view title, const LensCell& left, const LensCell& right)
{
    std::vector<LensCell> cells(13);
    cells[Metric] = std::string(title);
    cells[Unit] = std::string(name(LensUnit::Share));
    const auto put = [&](const LensCell& cell, std::size_t at) {
        const auto* const share = std::get_if<LensShare>(&cell);
        cells[at + 3] = countCell(share ? share->of : 0);
        if (!share)
            return;
        cells[at] = number(share->value(), LensUnit::Share);
        cells[at + 1] = number(share->low, LensUnit::Share);
        cells[at + 2] = number(share->high, LensUnit::Share);
    };
    put(left, First);
    put(right, Second);
    const auto* const a = std::get_if<LensShare>(&left);
    const auto* const b = std::get_if<LensShare>(&right);
    if (a && b) {
        const Estimate difference = rateDifference({a->part, a->of}, {b->part, b->of});
        cells[Difference] = number(difference.value, LensUnit::Share);
        cells[Low] = number(difference.interval.low, LensUnit::Share);
        cells[High] = number(difference.interval.high, LensUnit::Share);
    }
    return cells;
}

std::vector<LensCell> medianRow(std::string_view title, LensUnit unit, const std::vector<double>& left,
                                const std::vector<double>& right)
{
    std::vector<LensCell> cells(13);
    cells[Metric] = std::string(title);
    cells[Unit] = std::string(name(unit));
    cells[First] = numberCell(quantile(left, 0.5), unit);
    cells[FirstN] = countCell(left.size());
    cells[Second] = numberCell(quantile(right, 0.5), unit);
    cells[SecondN] = countCell(right.size());
    if (!left.empty() && !right.empty()) {
        const Shift shift = hodgesLehmann(left, right);
        cells[Difference] = number(shift.estimate, unit);
        if (std::min(left.size(), right.size()) >= leastBounded) {
            cells[Low] = number(shift.low, unit);
            cells[High] = number(shift.high, unit);
        }
    }
    return cells;
}

LensCell meanCost(const CallMetrics& m)
{
    return m.costed == 0 ? LensCell()
                         : number(static_cast<double>(m.cost) / static_cast<double>(m.costed), LensUnit::Money);
}

} // namespace

void fillComparison(const CallMetricsReader& reader, const LensInput& input, const Cohort& left, const Cohort& right,
                    LensTable& table)
{
    const auto side = [](const std::string& key, const std::string& title) {
        return std::vector<LensColumn>{{key, title}, {key + "_low", "from"}, {key + "_high", "to"}, {key + "_n", "n"}};
    };
    table.columns = {{"metric", "Metric"}, {"unit", "Unit"}};
    for (const auto& columns : {side("first", left.name), side("second", right.name)})
        table.columns.insert(table.columns.end(), columns.begin(), columns.end());
    table.columns.insert(table.columns.end(),
                         {{"difference", "Difference"}, {"difference_low", "from"}, {"difference_high", "to"}});
    const CallMetrics a = reader.of(left.calls);
    const CallMetrics b = reader.of(right.calls);
    std::vector<Row> both = left.calls;
    both.insert(both.end(), right.calls.begin(), right.calls.end());
    std::sort(both.begin(), both.end());
    const auto add = [&](std::vector<LensCell> cells) { table.rows.push_back({std::move(cells), both}); };
    for (const CallMetric& metric : callMetrics()) {
        if (metric.unit == LensUnit::Share)
            add(shareRow(metric.title, metric.cell(a, {}), metric.cell(b, {})));
    }
    if (input.arcs) {
        const AskedAgain again(*input.arcs);
        add(shareRow("Asked again by the user", again.shareOf(left.calls), again.shareOf(right.calls)));
    }
    add(medianRow("Characters, median", LensUnit::Characters, a.characters, b.characters));
    add(medianRow("Input tokens, median", LensUnit::Tokens, a.inputTokens, b.inputTokens));
    add(medianRow("Output tokens, median", LensUnit::Tokens, a.outputTokens, b.outputTokens));
    add(medianRow("First token, median", LensUnit::Length, a.firstToken, b.firstToken));
    add(medianRow("Duration, median", LensUnit::Length, a.duration, b.duration));
    std::vector<LensCell> cost(13);
    cost[Metric] = std::string("Cost a call, mean") +
                   (reader.costs().currency.empty() ? std::string() : ", " + reader.costs().currency);
    cost[Unit] = std::string(name(LensUnit::Money));
    cost[First] = meanCost(a);
    cost[FirstN] = countCell(a.costed);
    cost[Second] = meanCost(b);
    cost[SecondN] = countCell(b.costed);
    if (a.costed > 0 && b.costed > 0)
        cost[Difference] = number(valueOf(cost[Second]) - valueOf(cost[First]), LensUnit::Money);
    add(std::move(cost));
}

LensChart differenceBars(const LensTable& table, const Cohort& left, const Cohort& right)
{
    LensChart chart;
    chart.kind = LensChartKind::Bars;
    chart.title = right.name + " less " + left.name;
    chart.yAxis = {"difference of shares", LensUnit::Share, {}, {}, false};
    chart.band = "95 % interval";
    chart.series.push_back({"difference", {}});
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const auto& cells = table.rows[row].cells;
        if (std::get<std::string>(cells[Unit]) != name(LensUnit::Share) ||
            std::holds_alternative<std::monostate>(cells[Difference]))
            continue;
        LensPoint point = pointOf(table, row, Difference, static_cast<double>(chart.xAxis.categories.size()));
        point.low = valueOf(cells[Low]);
        point.high = valueOf(cells[High]);
        chart.series[0].points.push_back(std::move(point));
        chart.xAxis.categories.push_back(std::get<std::string>(cells[Metric]));
    }
    return chart;
}

std::string clearDifferences(const LensTable& table)
{
    std::string text;
    for (const LensRow& row : table.rows) {
        const double low = valueOf(row.cells[Low]);
        const double high = valueOf(row.cells[High]);
        if (!(low > 0) && !(high < 0))
            continue;
        const auto& difference = std::get<LensNumber>(row.cells[Difference]);
        text += (text.empty() ? "" : "; ") + std::get<std::string>(row.cells[Metric]) + ' ' + textOf(row.cells[First]) +
                " → " + textOf(row.cells[Second]) +
                (difference.unit == LensUnit::Share ? std::string()
                                                    : " (shift " + textOf(difference.value, difference.unit) + ")");
    }
    return text;
}

} // namespace arcscope
