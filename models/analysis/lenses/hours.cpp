// How fast and how whole answers are by hour and weekday.
#include "lensfields.h"
#include "lenstext.h"
#include "lenstimes.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr auto metricWords =
    std::to_array<std::string_view>({"ttft", "stall", "duration", "error", "complete", "calls"});
constexpr auto parameters = std::to_array<LensParameter>({
    {"metric", "what is coloured: median first token, median longest stall, median duration, shares, or calls",
     metricWords},
    {"offset", "hours that local time is ahead of UTC", {}, 0, -14, 14, "hours"},
    {"least", "calls that a cell needs for a value", {}, 3, 1, 1000, "calls"},
});

struct Cell {
    std::vector<Row> rows;
    std::vector<double> ttft;
    std::vector<double> stall;
    std::vector<double> duration;
    std::uint64_t errors = 0;
    std::uint64_t complete = 0;
    std::uint64_t judged = 0;
};

LensCell valueOf(const Cell& cell, std::string_view metric, std::size_t least)
{
    const auto middle = [&](const std::vector<double>& values) {
        return values.size() < least ? LensCell() : numberCell(quantile(values, 0.5), LensUnit::Length);
    };
    if (metric == "ttft")
        return middle(cell.ttft);
    if (metric == "stall")
        return middle(cell.stall);
    if (metric == "duration")
        return middle(cell.duration);
    if (metric == "error")
        return cell.rows.size() < least ? LensCell() : shareCell(cell.errors, cell.rows.size());
    if (metric == "complete")
        return cell.judged < least ? LensCell() : shareCell(cell.complete, cell.judged);
    return countCell(cell.rows.size());
}

std::size_t metricColumn(std::string_view metric)
{
    const auto at = std::find(metricWords.begin(), metricWords.end(), metric);
    return metric == "calls" ? 2 : 3 + static_cast<std::size_t>(at - metricWords.begin());
}

Result<LensResult> run(const LensInput& input)
{
    const SpanTable& spans = input.corpus.spans;
    const std::string_view metric = input.values.word(parameters[0]);
    const auto offset = static_cast<Nanos>(input.values.number(parameters[1]) * static_cast<double>(oneHour));
    const auto least = static_cast<std::size_t>(input.values.number(parameters[2]));
    const std::vector<Row> calls = modelCalls(input);
    if (input.control.stopped())
        return cancelledLens();
    std::unordered_map<Row, const StreamSample*> samples;
    for (std::size_t i = 0; input.streams && i < input.streams->all.size(); ++i)
        samples.emplace(input.streams->all[i].row, &input.streams->all[i]);
    std::unordered_map<Row, StopBucket> buckets;
    for (const SpanStop& stop : input.stops)
        buckets.emplace(stop.row, stop.bucket);

    std::array<Cell, 7 * 24> cells;
    std::uint64_t untimed = 0;
    std::uint64_t withFirst = 0;
    std::uint64_t withStall = 0;
    for (const Row row : calls) {
        if (spans.start(row) == noTime) {
            ++untimed;
            continue;
        }
        const Nanos local = spans.start(row) + offset;
        Cell& cell = cells[static_cast<std::size_t>(weekdayOf(local) * 24 + hourOf(local))];
        cell.rows.push_back(row);
        const auto sample = samples.find(row);
        std::int64_t first = spans.at(SpanColumn::FirstToken, row);
        if (sample != samples.end() && sample->second->firstToken >= 0)
            first = sample->second->firstToken;
        if (first >= 0) {
            cell.ttft.push_back(static_cast<double>(first));
            ++withFirst;
        }
        if (sample != samples.end() && sample->second->longestStall >= 0) {
            cell.stall.push_back(static_cast<double>(sample->second->longestStall));
            ++withStall;
        }
        if (spans.duration(row) >= 0)
            cell.duration.push_back(static_cast<double>(spans.duration(row)));
        cell.errors += spans.status(row) == SpanStatus::Error ? 1 : 0;
        if (const auto bucket = buckets.find(row); bucket != buckets.end() && bucket->second != StopBucket::Unknown) {
            ++cell.judged;
            cell.complete += bucket->second == StopBucket::Complete || bucket->second == StopBucket::Handoff ? 1 : 0;
        }
    }

    LensResult result;
    result.n = calls.size() - untimed;
    result.of = "model calls with a time";
    LensTable& table = result.table;
    table.columns = {{"weekday", "Weekday"},
                     {"hour", "Hour"},
                     {"calls", "Calls"},
                     {"ttft", "First token, median"},
                     {"stall", "Longest stall, median"},
                     {"duration", "Duration, median"},
                     {"error", "Error"},
                     {"complete", "Complete"}};
    table.counts = 2;
    LensChart chart;
    chart.kind = LensChartKind::Heatmap;
    chart.title = metric == "calls" ? "Calls by hour and weekday"
                                    : std::string(table.columns[metricColumn(metric)].title) + ", by hour and weekday";
    chart.xAxis.title =
        offset == 0 ? "hour, UTC" : "hour, UTC " + textOf(static_cast<double>(offset) / oneHour, LensUnit::None) + " h";
    for (int hour = 0; hour < 24; ++hour)
        chart.xAxis.categories.push_back((hour < 10 ? "0" : "") + std::to_string(hour));
    for (int day = 0; day < 7; ++day)
        chart.yAxis.categories.emplace_back(weekdayName(day));
    chart.valueAxis.title = table.columns[metricColumn(metric)].title;
    chart.valueAxis.unit = metric == "error" || metric == "complete" ? LensUnit::Share
                           : metric == "calls"                       ? LensUnit::Number
                                                                     : LensUnit::Length;
    chart.series.push_back({chart.title, {}});
    double worst = noValue;
    double best = noValue;
    std::string worstName;
    std::string bestName;
    std::uint64_t thin = 0;
    for (int day = 0; day < 7; ++day) {
        for (int hour = 0; hour < 24; ++hour) {
            Cell& cell = cells[static_cast<std::size_t>(day * 24 + hour)];
            LensPoint point;
            point.x = hour;
            point.y = day;
            if (cell.rows.empty()) {
                chart.series[0].points.push_back(std::move(point));
                continue;
            }
            LensRow& row = table.rows.emplace_back();
            row.cells = {std::string(weekdayName(day)), countCell(static_cast<std::uint64_t>(hour)),
                         countCell(cell.rows.size()),   valueOf(cell, "ttft", least),
                         valueOf(cell, "stall", least), valueOf(cell, "duration", least),
                         valueOf(cell, "error", least), valueOf(cell, "complete", least)};
            row.spans = cell.rows;
            const std::size_t column = metricColumn(metric);
            const LensPoint told = pointOf(table, table.rows.size() - 1, column, hour);
            point.value = told.y;
            point.low = told.low;
            point.high = told.high;
            point.n = cell.rows.size();
            point.row = told.row;
            point.column = told.column;
            point.spans = told.spans;
            thin += point.value == point.value ? 0 : 1;
            const std::string where =
                std::string(weekdayName(day)) + ' ' + chart.xAxis.categories[static_cast<std::size_t>(hour)] + ":00";
            if (point.value == point.value && !(point.value <= worst)) {
                worst = point.value;
                worstName = where;
            }
            if (point.value == point.value && !(point.value >= best)) {
                best = point.value;
                bestName = where;
            }
            chart.series[0].points.push_back(std::move(point));
        }
    }
    const LensUnit unit = chart.valueAxis.unit;
    result.charts.push_back(std::move(chart));
    if (untimed > 0)
        result.missing.push_back(missingField("start", untimed, calls.size(), "They are in no hour."));
    if (metric == "ttft" && withFirst < result.n)
        result.missing.push_back(missingField("ttft", result.n - withFirst, result.n, "They are in no median."));
    if (metric == "stall" && withStall < result.n)
        result.missing.push_back(
            missingField("stream events", result.n - withStall, result.n, "Whether they stalled is not recorded."));
    if (thin > 0)
        result.caveats.push_back(countText(thin, "cell") + " with fewer than " + std::to_string(least) +
                                 " values say nothing.");
    if (result.n == 0)
        result.sentence = "There are no model calls with a time.";
    else if (!(worst == worst))
        result.sentence = "No hour of " + countText(result.n, "model call") + " has enough values of that metric.";
    else
        result.sentence = std::string(table.columns[metricColumn(metric)].title) + " of " +
                          countText(result.n, "model call") + ": from " + textOf(best, unit) + " (" + bestName +
                          ") to " + textOf(worst, unit) + " (" + worstName + ").";
    return result;
}

} // namespace

Lens hours()
{
    return {
        "hours",
        "Hour and weekday",
        "At which hours are answers slow, stalled, failed or cut?",
        "Hours hold different work; few weeks make few values a cell.",
        {{"start", "ttft", "stream events", "stop"}, callLensColumns({SpanColumn::FirstToken}), {stopDetector}, true},
        parameters,
        run};
}

} // namespace arcscope
