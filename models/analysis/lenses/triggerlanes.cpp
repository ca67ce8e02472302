// Runs by what started them, each trigger a lane, and which of one kind ran into each other.
#include "lensfields.h"
#include "lensgroups.h"
#include "lenstimes.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto parameters = std::to_array<LensParameter>({
    {"lanes", "how many lanes are drawn", {}, 12, 1, 60, "lanes"},
});

constexpr std::size_t mostDrawn = 2'000; ///< runs

/// One trace.
struct Run {
    Row row = noRow;
    Nanos start = noTime;
    Nanos end = noTime; ///< noTime: not recorded
    StringId name;
    bool overlaps = false;
};

struct Lane {
    std::string name;
    bool recorded = true;
    std::vector<Run> runs;
};

/// Marks runs of one name that begin while an earlier one still runs, and that earlier one.
std::uint64_t markOverlaps(std::vector<Run>& runs)
{
    std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.start < b.start; });
    std::map<std::uint32_t, Run*> longest; // the run of each name that ends last
    for (Run& run : runs) {
        if (run.start == noTime)
            continue;
        Run*& before = longest[run.name.value];
        if (before && before->end != noTime && run.start < before->end) {
            run.overlaps = true;
            before->overlaps = true;
        }
        if (!before || (run.end != noTime && (before->end == noTime || run.end > before->end)))
            before = &run;
    }
    return static_cast<std::uint64_t>(
        std::count_if(runs.begin(), runs.end(), [](const Run& run) { return run.overlaps; }));
}

std::vector<Lane> lanesOf(const LensInput& input, std::uint64_t& traces)
{
    const Corpus& corpus = input.corpus;
    const ShownRows shown(input);
    SpanTags tags(corpus);
    std::map<std::uint32_t, Lane> byTrigger;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        const std::vector<Row> rows = corpus.rowsOf(trace);
        const auto first = std::find_if(rows.begin(), rows.end(), [&](Row row) { return shown.has(row); });
        if (first == rows.end())
            continue;
        ++traces;
        StringId trigger = tags.of(SpanText::Trigger, rows.front());
        Lane& lane = byTrigger[trigger.value];
        lane.recorded = trigger.value != 0;
        lane.name = lane.recorded ? std::string(corpus.strings[trigger]) : std::string(notRecordedText);
        const Nanos start = corpus.traces.at(TraceColumn::Start, trace);
        const Nanos length = corpus.traces.at(TraceColumn::Duration, trace);
        lane.runs.push_back({*first, start, start == noTime || length < 0 ? noTime : start + length,
                             corpus.spans.text(SpanText::Name, rows.front()), false});
    }
    std::vector<Lane> lanes;
    for (auto& [trigger, lane] : byTrigger)
        lanes.push_back(std::move(lane));
    std::stable_sort(lanes.begin(), lanes.end(), [](const Lane& a, const Lane& b) {
        return a.recorded != b.recorded ? a.recorded : a.runs.size() > b.runs.size();
    });
    return lanes;
}

Result<LensResult> run(const LensInput& input)
{
    LensResult result;
    std::vector<Lane> lanes = lanesOf(input, result.n);
    if (input.control.stopped())
        return cancelledLens();
    result.of = "traces";
    result.wholeWork = true;
    LensTable& table = result.table;
    table.columns = {{"trigger", "Trigger"},           {"runs", "Runs"},       {"overlapping", "Run into each other"},
                     {"duration", "Duration, median"}, {"longest", "Longest"}, {"gap", "Start to start, median"}};
    table.counts = 1;
    LensChart chart;
    chart.kind = LensChartKind::Lanes;
    chart.title = "Runs by trigger";
    chart.xAxis = {"time, UTC", LensUnit::Time, {}, {}, false};
    chart.yAxis.title = "trigger";
    chart.series = {{"alone", {}}, {"runs into another of its kind", {}}};
    std::uint64_t unnamed = 0;
    std::uint64_t open = 0;
    std::uint64_t overlapping = 0;
    std::uint64_t named = 0;
    std::size_t drawn = 0;
    for (Lane& lane : lanes) {
        const std::uint64_t overlaps = lane.recorded ? markOverlaps(lane.runs) : 0;
        std::vector<double> durations;
        std::vector<double> gaps;
        std::vector<Row> rows;
        Nanos before = noTime;
        std::stable_sort(lane.runs.begin(), lane.runs.end(),
                         [](const Run& a, const Run& b) { return a.start < b.start; });
        for (const Run& one : lane.runs) {
            rows.push_back(one.row);
            open += one.start == noTime || one.end == noTime ? 1 : 0;
            if (one.start == noTime)
                continue;
            if (one.end != noTime)
                durations.push_back(static_cast<double>(one.end - one.start));
            if (before != noTime)
                gaps.push_back(static_cast<double>(one.start - before));
            before = one.start;
            if (chart.yAxis.categories.size() < static_cast<std::size_t>(input.values.number(parameters[0])) &&
                drawn < mostDrawn) {
                LensPoint& point = chart.series[one.overlaps ? 1 : 0].points.emplace_back();
                point.x = static_cast<double>(one.start);
                point.to = one.end == noTime ? point.x : static_cast<double>(one.end);
                point.y = static_cast<double>(chart.yAxis.categories.size());
                point.n = 1;
                point.row = static_cast<int>(table.rows.size());
                point.label = input.corpus.strings[one.name];
                point.spans = {one.row};
                ++drawn;
            }
        }
        chart.yAxis.categories.push_back(lane.name);
        std::sort(rows.begin(), rows.end());
        table.rows.push_back(
            {{lane.recorded ? LensCell(lane.name) : LensCell(), countCell(lane.runs.size()),
              lane.recorded ? shareCell(overlaps, lane.runs.size()) : LensCell(),
              numberCell(quantile(durations, 0.5), LensUnit::Length),
              numberCell(quantile(durations, 1), LensUnit::Length), numberCell(quantile(gaps, 0.5), LensUnit::Length)},
             std::move(rows)});
        unnamed += lane.recorded ? 0 : lane.runs.size();
        named += lane.recorded ? lane.runs.size() : 0;
        overlapping += overlaps;
    }
    const auto most = static_cast<std::size_t>(input.values.number(parameters[0]));
    if (chart.yAxis.categories.size() > most)
        chart.yAxis.categories.resize(most);
    if (drawn == mostDrawn)
        result.caveats.push_back("Only the first " + std::to_string(mostDrawn) + " runs are drawn; the table has all.");
    if (drawn > 0)
        result.charts.push_back(std::move(chart));
    if (unnamed > 0)
        result.missing.push_back(missingField(SpanText::Trigger, unnamed, result.n,
                                              "What started them is not known, nor which are of one kind."));
    if (open > 0)
        result.missing.push_back(missingField("start", open, result.n, "Whether they ran into others is not known."));
    if (result.n == 0)
        result.sentence = "There are no traces.";
    else if (named == 0)
        result.sentence = "What started a run is recorded for none of " + countText(result.n, "trace") + '.';
    else
        result.sentence = partText(overlapping, named) + " of the runs with a recorded trigger ran into another one of "
                                                         "the same trigger and name.";
    return result;
}

} // namespace

Lens triggerLanes()
{
    return {"triggers",
            "Runs by trigger",
            "What starts runs, how regularly, and which of one kind overlap?",
            "Runs that users start overlap by nature; of scheduled ones it is a warning.",
            {{"trigger", "start"}, callLensColumns()},
            parameters,
            run};
}

} // namespace arcscope
