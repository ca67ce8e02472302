#include "differencechart.h"

#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t mostDrawn = 8;

LensCell countShare(const Count& count)
{
    if (!count.recorded())
        return {};
    const Interval interval = wilsonInterval(count);
    return LensShare{count.of, count.all, interval.low, interval.high};
}

LensCell plain(double value)
{
    return std::isfinite(value) ? LensCell(LensNumber{value, LensUnit::None}) : LensCell();
}

LensCell median(const ShownDifference& field, std::int64_t value, std::uint64_t of)
{
    if (of == 0)
        return {};
    if (field.unit == LensUnit::Money)
        return LensMoney{value, field.currency};
    if (field.unit == LensUnit::Time)
        return LensTime{value};
    return LensNumber{static_cast<double>(value), field.unit};
}

LensRow rowOf(const ShownDifference& field)
{
    const FieldDifference& each = field.difference;
    const bool told = each.evidence != ArcEvidence::TooFew;
    LensRow row;
    row.cells = {std::string(field.field)};
    if (each.ranked) {
        row.cells.push_back(std::string("median"));
        row.cells.push_back(median(field, each.chosenMedian, each.chosen));
        row.cells.push_back(median(field, each.restMedian, each.rest));
    } else {
        row.cells.push_back(told ? LensCell(field.value) : LensCell());
        row.cells.push_back(countShare(each.chosenWith));
        row.cells.push_back(countShare(each.restWith));
    }
    row.cells.push_back(told ? plain(each.effect.value) : LensCell());
    row.cells.push_back(told ? plain(each.least()) : LensCell());
    row.cells.push_back(told ? plain(each.adjusted) : LensCell());
    row.cells.push_back(std::string(name(each.evidence)));
    return row;
}

} // namespace

LensResult differenceResult(const ShownDifferences& shown)
{
    LensResult result;
    result.n = shown.chosen;
    result.of = "chosen " + std::string(shown.things);
    LensChart chart;
    chart.kind = LensChartKind::Bars;
    chart.title = "How far they are apart";
    chart.yAxis = {"effect, -1 to 1", LensUnit::None, {}, {}, false};
    chart.band = "95 % interval";
    LensSeries series;
    LensTable& table = result.table;
    table.columns = {{"field", "Field"},   {"value", "Value"},    {"chosen", "These"},  {"rest", "The rest"},
                     {"effect", "Effect"}, {"least", "At least"}, {"p", "p, adjusted"}, {"evidence", "Evidence"}};
    std::size_t differ = 0;
    std::size_t tooFew = 0;
    for (const ShownDifference& field : shown.fields) {
        const FieldDifference& each = field.difference;
        differ += each.evidence == ArcEvidence::Difference ? 1 : 0;
        tooFew += each.evidence == ArcEvidence::TooFew ? 1 : 0;
        if (series.points.size() < mostDrawn && each.evidence != ArcEvidence::TooFew) {
            LensPoint point;
            point.x = static_cast<double>(chart.xAxis.categories.size());
            point.y = each.effect.value;
            point.low = each.effect.interval.low;
            point.high = each.effect.interval.high;
            point.n = each.chosen;
            point.label = name(each.evidence);
            point.row = static_cast<int>(table.rows.size());
            series.points.push_back(std::move(point));
            chart.xAxis.categories.push_back(std::string(field.field) + (each.ranked ? "" : ": " + field.value));
        }
        table.rows.push_back(rowOf(field));
    }
    chart.series.push_back(std::move(series));
    result.charts.push_back(std::move(chart));
    result.sentence = std::to_string(shown.chosen) + ' ' + std::string(shown.chosen == 1 ? shown.thing : shown.things) +
                      " against " + std::to_string(shown.rest) + " others: " + std::to_string(differ) + " of " +
                      std::to_string(shown.tried) + " fields tried differ.";
    if (tooFew > 0)
        result.caveats.push_back(std::to_string(tooFew) + (tooFew == 1 ? " field has" : " fields have") +
                                 " too few values on a side to tell.");
    return result;
}

} // namespace arcscope
