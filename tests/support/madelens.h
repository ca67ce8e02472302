// Results of lenses made by hand, one chart of each kind.
#pragma once

#include "lensresult.h"

#include <string>
#include <vector>

namespace arcscope::testing
{

inline LensPoint lensPoint(double x, double y, double low = noValue, double high = noValue)
{
    LensPoint point;
    point.x = x;
    point.y = y;
    point.low = low;
    point.high = high;
    point.n = 12;
    return point;
}

/// Two series over three plans; the spans of a value are its place in the order of values.
inline LensChart planChart(LensChartKind kind = LensChartKind::Bars)
{
    LensChart chart;
    chart.kind = kind;
    chart.title = "Tasks by plan";
    chart.xAxis.title = "plan";
    chart.xAxis.categories = {"free", "pro", "team"};
    chart.yAxis = {"tasks", LensUnit::Number, {}, {}, false};
    Row row = 0;
    for (const char* name : {"succeeded", "failed"}) {
        LensSeries series;
        series.name = name;
        for (int i = 0; i < 3; ++i) {
            series.points.push_back(lensPoint(i, 10 * (i + 1)));
            series.points.back().spans = {row++};
            series.points.back().row = i;
        }
        chart.series.push_back(std::move(series));
    }
    return chart;
}

inline LensResult planResult()
{
    LensResult result;
    result.charts = {planChart(), planChart(LensChartKind::StackedBars)};
    result.charts[1].title = "The same, stacked";
    result.table.columns = {{"plan", "Plan"}, {"tasks", "Tasks"}, {"share", "Succeeded"}, {"cost", "Cost"}};
    for (int i = 0; i < 3; ++i) {
        LensRow row;
        row.cells = {result.charts[0].xAxis.categories[static_cast<std::size_t>(i)], LensNumber{20.0 - i},
                     LensShare{10, 20, 0.3, 0.7}, LensMoney{1'500'000, "USD"}};
        row.spans = {static_cast<Row>(i)};
        result.table.rows.push_back(std::move(row));
    }
    result.table.rows[2].cells[3] = {};
    result.n = 57;
    result.of = "tasks";
    result.sentence = "Most tasks are of free users.";
    result.caveats = {"Association, not cause."};
    result.missing = {{"plan", "user.plan", "Tasks without it are left out.", 3, 60}};
    return result;
}

} // namespace arcscope::testing
