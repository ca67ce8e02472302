// Panels that hold arcs against arcs: two cohorts, and chosen ones against the rest.
#include "arccohorts.h"
#include "arcdifference.h"
#include "arcpanelmaker.h"

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

std::string valueText(const ArcFieldDifference& difference, const StringTable& strings)
{
    const ArcFieldKind kind = difference.field->kind;
    if (kind == ArcFieldKind::Tag) {
        const std::string_view text = strings[StringId{static_cast<std::uint32_t>(difference.value)}];
        return text.empty() ? std::string("not recorded") : std::string(text);
    }
    const auto words = arcWords(kind);
    const auto at = static_cast<std::size_t>(difference.value);
    return at < words.size() ? std::string(words[at]) : std::to_string(difference.value);
}

LensUnit unitOf(ArcFieldKind kind)
{
    switch (kind) {
    case ArcFieldKind::Duration:
        return LensUnit::Length;
    case ArcFieldKind::Time:
        return LensUnit::Time;
    default:
        return LensUnit::Number;
    }
}

std::string medianText(std::int64_t value, ArcFieldKind kind)
{
    if (kind == ArcFieldKind::Money)
        return std::to_string(static_cast<double>(value) / 1e6);
    return unitOf(kind) == LensUnit::Length ? durationText(value) : std::to_string(value);
}

} // namespace

std::vector<ArcPanelMarker> panelMarkers(const Corpus& corpus, const std::vector<ChangeMarker>& changes)
{
    std::vector<ArcPanelMarker> markers;
    for (const ChangeMarker& change : changes) {
        std::string label(corpus.strings[change.value]);
        if (change.prompt)
            label = std::string(corpus.strings[change.prompt]) + ' ' + label;
        markers.push_back({change.time, std::string(name(change.what)), std::move(label)});
    }
    return markers;
}

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
    ArcPanel panel;
    panel.name = "differences";
    panel.title = "What is different about these";
    panel.result.n = found.chosen;
    panel.result.of = "chosen arcs";
    LensChart chart;
    chart.kind = LensChartKind::Bars;
    chart.title = "How far they are apart";
    chart.yAxis = {"effect, -1 to 1", LensUnit::None, {}, {}, false};
    chart.band = "95 % interval";
    LensSeries series;
    LensTable& table = panel.result.table;
    table.columns = {{"field", "Field"},   {"value", "Value"},    {"chosen", "These"},  {"rest", "The rest"},
                     {"effect", "Effect"}, {"least", "At least"}, {"p", "p, adjusted"}, {"evidence", "Evidence"}};
    constexpr std::size_t mostDrawn = 8;
    std::size_t differ = 0;
    for (const ArcFieldDifference& each : found.fields) {
        const ArcFieldKind kind = each.field->kind;
        LensRow row;
        if (each.ranked)
            row.cells = {std::string(each.field->name), std::string("median"), medianText(each.chosenMedian, kind),
                         medianText(each.restMedian, kind)};
        else
            row.cells = {std::string(each.field->name), valueText(each, strings), countShare(each.chosenWith),
                         countShare(each.restWith)};
        row.cells.push_back(number(each.effect.value, LensUnit::None));
        row.cells.push_back(number(each.least(), LensUnit::None));
        row.cells.push_back(number(each.adjusted, LensUnit::None));
        row.cells.push_back(std::string(name(each.evidence)));
        differ += each.evidence == ArcEvidence::Difference ? 1 : 0;
        if (chart.xAxis.categories.size() < mostDrawn && each.evidence != ArcEvidence::TooFew) {
            LensPoint point;
            point.x = static_cast<double>(chart.xAxis.categories.size());
            point.y = each.effect.value;
            point.low = each.effect.interval.low;
            point.high = each.effect.interval.high;
            point.n = each.chosen;
            point.label = name(each.evidence);
            point.row = static_cast<int>(table.rows.size());
            series.points.push_back(std::move(point));
            chart.xAxis.categories.push_back(std::string(each.field->name) +
                                             (each.ranked ? std::string() : ": " + valueText(each, strings)));
        }
        table.rows.push_back(std::move(row));
    }
    panel.conditions = {{std::vector<std::string>(series.points.size())}};
    chart.series.push_back(std::move(series));
    panel.result.charts.push_back(std::move(chart));
    panel.result.sentence = std::to_string(found.chosen) + " arcs against " + std::to_string(found.rest) +
                            " others: " + std::to_string(differ) + " of " + std::to_string(found.tried) +
                            " fields tried differ.";
    panel.caveat = "All fields that are recorded were tried, and p takes that into account. A difference is no cause.";
    return panel;
}

} // namespace arcscope
