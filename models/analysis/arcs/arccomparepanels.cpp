// Panels that hold arcs against arcs: two cohorts, and chosen ones against the rest.
#include "arccohorts.h"
#include "arcdifference.h"
#include "arcpanelmaker.h"
#include "differencechart.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

LensCell countShare(const Count& count)
{
    if (!count.recorded())
        return {};
    const Interval interval = wilsonInterval(count);
    return LensShare{count.of, count.all, interval.low, interval.high};
}

LensCell number(double value, LensUnit unit)
{
    return std::isfinite(value) ? LensCell(LensNumber{value, unit}) : LensCell();
}

/// "+3.1 points (-0.4 to 6.6)"
std::string pointsText(const Estimate& difference)
{
    const auto points = [](double share) {
        const double tenths = std::round(share * 1'000) / 10;
        std::string text = std::to_string(std::abs(tenths));
        text.resize(text.find('.') + 2);
        return (tenths < 0 ? "\u2212" : "+") + text;
    };
    return points(difference.value) + " points (" + points(difference.interval.low) + " to " +
           points(difference.interval.high) + ")";
}

void addWarnings(const ArcComparison& comparison, LensResult& result)
{
    for (const ArcWarning& warning : comparison.warnings)
        result.caveats.push_back(warning.text);
}

LensChart differencesChart(const ArcComparison& comparison)
{
    LensChart chart;
    chart.kind = LensChartKind::Bars;
    chart.title = "After less before, in shares of arcs";
    chart.yAxis = {"difference of shares", LensUnit::Share, {}, {}, false};
    chart.band = "95 % interval";
    LensSeries series;
    for (std::size_t i = 0; i < comparison.rates.size(); ++i) {
        const ArcRateChange& rate = comparison.rates[i];
        if (!rate.before.recorded() || !rate.after.recorded())
            continue;
        LensPoint point;
        point.x = static_cast<double>(chart.xAxis.categories.size());
        point.y = rate.difference.value;
        point.low = rate.difference.interval.low;
        point.high = rate.difference.interval.high;
        point.n = rate.after.all;
        point.label = name(rate.evidence);
        point.row = static_cast<int>(i);
        chart.xAxis.categories.push_back(titleOf(rate.name));
        series.points.push_back(std::move(point));
    }
    chart.series.push_back(std::move(series));
    return chart;
}

std::string sentenceOf(const ArcComparison& comparison)
{
    std::size_t differ = 0;
    for (const ArcRateChange& rate : comparison.rates)
        differ += rate.evidence == ArcEvidence::Difference ? 1 : 0;
    std::string text = std::to_string(comparison.before.arcs) + " arcs against " +
                       std::to_string(comparison.after.arcs) + ": " +
                       (differ == 0 ? std::string("no evidence of a difference in any share")
                                    : std::to_string(differ) + " shares differ") +
                       ".";
    if (comparison.decoupling && comparison.decoupling->decoupled != ArcEvidence::None &&
        comparison.decoupling->decoupled != ArcEvidence::TooFew)
        text += " Less was attempted while what was attempted went better: the gain may be one of declining.";
    return text;
}

} // namespace

ArcPanel comparisonPanel(const ArcCorpus& arcs, const StringTable& strings, std::span<const std::uint32_t> before,
                         std::span<const std::uint32_t> after, SpanText by)
{
    const ArcComparison comparison = compareArcs(arcs, before, after);
    ArcPanel panel;
    panel.name = "comparison";
    panel.title = "Before and after";
    panel.result.n = comparison.before.arcs + comparison.after.arcs;
    panel.result.of = "task arcs";
    panel.result.charts.push_back(differencesChart(comparison));
    panel.conditions = {{std::vector<std::string>(panel.result.charts[0].series[0].points.size())}};
    LensTable& table = panel.result.table;
    table.columns = {{"what", "What"},     {"before", "Before"},
                     {"after", "After"},   {"difference", "After less before"},
                     {"p", "p, adjusted"}, {"evidence", "Evidence"}};
    for (const ArcRateChange& rate : comparison.rates) {
        const bool both = rate.before.recorded() && rate.after.recorded();
        table.rows.push_back(
            {{titleOf(rate.name), countShare(rate.before), countShare(rate.after),
              both ? LensCell(pointsText(rate.difference)) : LensCell(),
              both ? number(rate.adjusted, LensUnit::None) : LensCell(), std::string(name(rate.evidence))},
             {}});
    }
    for (const ArcShiftChange& shift : comparison.shifts) {
        const LensUnit unit = shift.name.starts_with("time") ? LensUnit::Length : LensUnit::Number;
        table.rows.push_back({{titleOf(shift.name) + ", median", quantileCell(shift.before, unit),
                               quantileCell(shift.after, unit), number(shift.shift.estimate, unit),
                               number(shift.adjusted, LensUnit::None), std::string(name(shift.evidence))},
                              {}});
    }
    for (const ArcCostChange& cost : comparison.costs) {
        const std::string currency = cost.currency ? std::string(strings[cost.currency]) : std::string();
        const auto money = [&](const std::optional<RatioEstimate>& estimate) {
            return estimate ? LensCell(LensMoney{static_cast<std::int64_t>(estimate->value), currency}) : LensCell();
        };
        std::string change;
        if (cost.change) {
            change = "\u00d7 " + std::to_string(cost.change->value).substr(0, 4);
            if (cost.change->interval)
                change += " (" + std::to_string(cost.change->interval->low).substr(0, 4) + " to " +
                          std::to_string(cost.change->interval->high).substr(0, 4) + ")";
        }
        table.rows.push_back(
            {{std::string("Cost of a resolved arc"), money(cost.before), money(cost.after),
              change.empty() ? LensCell() : LensCell(change), LensCell(), std::string(name(cost.evidence))},
             {}});
    }
    panel.result.sentence = sentenceOf(comparison);
    addWarnings(comparison, panel.result);
    if (const ArcMixShift mix = mixShift(arcs, before, after, by); mix.strata.size() > 1)
        panel.result.caveats.push_back("Of the change of success of all that is known, " + percentOf(mix.change) +
                                       ", " + percentOf(mix.byMix) + " is another mix by " + std::string(name(by)) +
                                       " and " + percentOf(mix.byWithin) + " a change within.");
    panel.caveat = std::string(markerCaveat);
    return panel;
}

ArcPanel differencePanel(const ArcCorpus& arcs, const StringTable& strings, std::span<const std::uint32_t> among,
                         std::span<const std::uint32_t> chosen, std::span<const ArcColumn> leftOut)
{
    const ArcDifferences found = whatDiffers(arcs, among, chosen, leftOut);
    ShownDifferences shown{.thing = "arc", .things = "arcs", .fields = {}};
    shown.chosen = found.chosen;
    shown.rest = found.rest;
    shown.tried = found.tried;
    for (const ArcFieldDifference& each : found.fields)
        shown.fields.push_back({each, each.field->name, each.ranked ? std::string() : valueText(each, strings),
                                unitOf(each.field->kind), std::string(strings[found.currency])});
    ArcPanel panel;
    panel.name = "differences";
    panel.title = differenceTitle;
    panel.result = differenceResult(shown);
    panel.conditions = {{std::vector<std::string>(panel.result.charts[0].series[0].points.size())}};
    if (!found.decided.empty()) {
        std::string fields;
        for (const std::string_view field : found.decided)
            fields += (fields.empty() ? "" : ", ") + std::string(field);
        panel.result.caveats.push_back("Left out, since rules told the outcome of some arcs by them: " + fields +
                                       ". With source=label only labelled arcs are compared.");
    }
    panel.caveat = std::string(differenceCaveat);
    return panel;
}

} // namespace arcscope
