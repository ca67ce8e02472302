// Which model answered how much, over time.
#include "lensfields.h"
#include "lenstimes.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr auto whichModel = std::to_array<std::string_view>({"served", "requested"});
constexpr auto parameters = std::to_array<LensParameter>({
    {"model", "the model that answered, or the one that was asked for", whichModel},
    {"models", "how many models get a row of their own", {}, 8, 1, 50, "models"},
});

constexpr std::size_t shareColumn = 2;

LensRow rowOf(const Corpus& corpus, const TagGroup& group, std::uint64_t all)
{
    Nanos first = noTime;
    Nanos last = noTime;
    for (const Row row : group.rows) {
        const Nanos start = corpus.spans.start(row);
        if (start == noTime)
            continue;
        first = first == noTime ? start : std::min(first, start);
        last = last == noTime ? start : std::max(last, start);
    }
    const auto time = [](Nanos at) { return at == noTime ? LensCell() : LensCell(LensTime{at}); };
    return {{group.recorded ? LensCell(group.name) : LensCell(), countCell(group.rows.size()),
             shareCell(group.rows.size(), all), time(first), time(last)},
            group.rows};
}

LensChart overTime(const LensInput& input, const std::vector<TagGroup>& groups, const TimeBins& bins, bool served)
{
    LensChart chart;
    chart.kind = LensChartKind::StackedArea;
    chart.title =
        served ? "Share of the calls by the model that answered" : "Share of the calls by the model asked for";
    chart.xAxis = {"time, UTC", LensUnit::Time, {}, {}, false};
    chart.yAxis = {"share of model calls", LensUnit::Share, {}, {}, false};
    std::unordered_map<Row, std::size_t> groupOf;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        chart.series.push_back({groups[i].name, {}});
        for (const Row row : groups[i].rows)
            groupOf.emplace(row, i);
    }
    for (const TimeBin& bin : bins.bins) {
        std::vector<std::vector<Row>> parts(groups.size());
        for (const Row row : bin.rows)
            parts[groupOf.at(row)].push_back(row);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            LensPoint& point = chart.series[i].points.emplace_back();
            point.x = static_cast<double>(bin.start);
            point.n = bin.rows.size();
            point.label = bin.name;
            if (!bin.rows.empty())
                point.y = static_cast<double>(parts[i].size()) / static_cast<double>(bin.rows.size());
            point.spans = std::move(parts[i]);
        }
    }
    std::vector<Row> all;
    for (const TimeBin& bin : bins.bins)
        all.insert(all.end(), bin.rows.begin(), bin.rows.end());
    chart.markers = markersAmong(input, all);
    return chart;
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const bool served = input.values.word(parameters[0]) == "served";
    const SpanText text = served ? SpanText::ModelServed : SpanText::ModelRequested;
    const std::vector<Row> calls = modelCalls(input);
    if (input.control.stopped())
        return cancelledLens();
    SpanTags tags(corpus);
    const auto groups =
        groupsBy(tags, text, corpus, calls, static_cast<std::size_t>(input.values.number(parameters[1])));

    LensResult result;
    result.n = calls.size();
    result.of = "model calls";
    result.table.columns = {
        {"model", "Model"}, {"calls", "Calls"}, {"share", "Share"}, {"first", "First call"}, {"last", "Last call"}};
    result.table.counts = 1;
    for (const TagGroup& group : groups)
        result.table.rows.push_back(rowOf(corpus, group, calls.size()));

    const TimeBins bins = timeBins(corpus, calls, oneMinute);
    if (bins.bins.size() > 1)
        result.charts.push_back(overTime(input, groups, bins, served));
    LensChart& bars = result.charts.emplace_back();
    bars.kind = LensChartKind::Bars;
    bars.title = "Share of all calls";
    bars.band = "95 % interval";
    bars.yAxis = {"share of model calls", LensUnit::Share, {}, {}, false};
    bars.xAxis.title = "model";
    bars.series.push_back({"share", {}});
    for (std::size_t i = 0; i < groups.size(); ++i) {
        bars.xAxis.categories.push_back(groups[i].name);
        bars.series[0].points.push_back(pointOf(result.table, i, shareColumn, static_cast<double>(i)));
    }

    const std::uint64_t lacking = lackingIn(tags, text, calls);
    if (lacking > 0)
        result.missing.push_back(missingField(text, lacking, calls.size(),
                                              served
                                                  ? "Which model answered them cannot be said; the one that was asked "
                                                    "for is not taken for it."
                                                  : "Which model they asked for cannot be said."));
    if (bins.untimed > 0)
        result.missing.push_back(missingField("start", bins.untimed, calls.size(), "They are in no bar of time."));
    if (calls.empty()) {
        result.sentence = "There are no model calls.";
        return result;
    }
    result.sentence = "Of " + countText(calls.size(), "model call");
    bool told = false;
    for (std::size_t i = 0; i < groups.size() && i < 3; ++i) {
        result.sentence += (i == 0 ? " " : ", ") + partText(groups[i].rows.size(), calls.size());
        if (!groups[i].recorded) {
            result.sentence += " do not say by which model";
            continue;
        }
        result.sentence += (told ? " by " : served ? " were answered by " : " asked for ") + groups[i].name;
        told = served;
    }
    result.sentence += '.';
    return result;
}

} // namespace

Lens servedModels()
{
    return {"served-models",
            "Served models",
            "Which model answered how large a share of the calls, and when did that change?",
            "Shows what answered, not what another model would have answered.",
            {.fields = {"served", "requested", "start"}, .columns = callLensColumns(), .facts = {}, .marks = true},
            parameters,
            run};
}

} // namespace arcscope
