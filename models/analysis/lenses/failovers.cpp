// Windows in which another model stood in, and how answers inside of them differ from those outside.
#include "lenscompare.h"
#include "lensfields.h"
#include "lenstimes.h"
#include "rescues.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto parameters = std::to_array<LensParameter>({
    {"gap", "minutes without a stand-in that end a window", {}, 15, 1, 1440, "minutes"},
});

struct Window {
    StringId requested;
    Nanos start = noTime;
    Nanos end = noTime;
    std::vector<Row> standIns;
};

/// Calls that another model answered than was asked for, by what their span says or a rescue that is recorded.
std::set<Row> standInsOf(const LensInput& input, const std::vector<Row>& calls)
{
    const Corpus& corpus = input.corpus;
    std::set<Row> rows;
    for (const TraceFact& fact : input.factsOf("silent-rescues")) {
        if (fact.key == "rescue" && fact.value.starts_with(name(RescueKind::OtherModel)))
            rows.insert(fact.place.row);
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> same;
    std::set<Row> standIns;
    for (const Row row : calls) {
        const StringId requested = corpus.spans.text(SpanText::ModelRequested, row);
        const StringId served = corpus.spans.text(SpanText::ModelServed, row);
        bool other = rows.count(row) > 0;
        if (requested && served && requested != served) {
            const auto [at, isNew] = same.try_emplace({requested.value, served.value});
            if (isNew)
                at->second = isSameModel(corpus.strings[requested], corpus.strings[served]);
            other = other || !at->second;
        }
        if (other)
            standIns.insert(row);
    }
    return standIns;
}

/// What was asked for; where that is not recorded, what answered.
StringId wantedBy(const Corpus& corpus, Row row)
{
    const StringId requested = corpus.spans.text(SpanText::ModelRequested, row);
    return requested ? requested : corpus.spans.text(SpanText::ModelServed, row);
}

std::vector<Window> windowsOf(const Corpus& corpus, const std::set<Row>& standIns, Nanos gap)
{
    std::vector<Row> ordered;
    for (const Row row : standIns) {
        if (corpus.spans.start(row) != noTime)
            ordered.push_back(row);
    }
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&](Row a, Row b) { return corpus.spans.start(a) < corpus.spans.start(b); });
    std::map<std::uint32_t, std::vector<Window>> all;
    for (const Row row : ordered) {
        const StringId wanted = wantedBy(corpus, row);
        std::vector<Window>& windows = all[wanted.value];
        const TimeRange range = corpus.spans.range(row);
        if (windows.empty() || range.start - windows.back().end > gap)
            windows.push_back({wanted, range.start, range.end, {}});
        windows.back().end = std::max(windows.back().end, range.end);
        windows.back().standIns.push_back(row);
    }
    std::vector<Window> windows;
    for (auto& [wanted, of] : all)
        windows.insert(windows.end(), of.begin(), of.end());
    return windows;
}

LensChart lanes(const Corpus& corpus, const std::vector<Window>& windows)
{
    LensChart chart;
    chart.kind = LensChartKind::Lanes;
    chart.title = "When another model stood in, by the model that was asked for";
    chart.xAxis = {"time, UTC", LensUnit::Time, {}, {}, false};
    chart.yAxis.title = "model asked for";
    chart.series.push_back({"another model stood in", {}});
    std::map<std::uint32_t, std::size_t> laneOf;
    for (const Window& window : windows) {
        const auto [at, isNew] = laneOf.try_emplace(window.requested.value, laneOf.size());
        if (isNew)
            chart.yAxis.categories.emplace_back(corpus.strings[window.requested]);
        LensPoint& point = chart.series[0].points.emplace_back();
        point.x = static_cast<double>(window.start);
        point.to = static_cast<double>(window.end);
        point.y = static_cast<double>(at->second);
        point.n = window.standIns.size();
        point.spans = window.standIns;
        std::sort(point.spans.begin(), point.spans.end());
    }
    return chart;
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const std::vector<Row> calls = modelCalls(input);
    const std::set<Row> standIns = standInsOf(input, calls);
    const auto gap = static_cast<Nanos>(input.values.number(parameters[0])) * oneMinute;
    const std::vector<Window> windows = windowsOf(corpus, standIns, gap);
    LensResult result;
    result.of = "model calls that asked for a model which another one stood in for";
    std::uint64_t lacking = 0;
    for (const Row row : calls)
        lacking +=
            !corpus.spans.text(SpanText::ModelRequested, row) || !corpus.spans.text(SpanText::ModelServed, row) ? 1 : 0;
    if (lacking > 0)
        result.missing.push_back(missingField("served", lacking, calls.size(),
                                              "With the model asked for, too, it would tell whether another one stood "
                                              "in; now only a recorded fallback does."));
    if (windows.empty()) {
        result.sentence = calls.empty() ? "There are no model calls."
                                        : "No call is known that another model answered than was asked for.";
        return result;
    }
    const CallMetricsReader reader(input);
    if (input.control.stopped())
        return cancelledLens();
    Cohort outside{"outside", {}};
    Cohort inside{"inside", {}};
    for (const Row row : calls) {
        const StringId wanted = wantedBy(corpus, row);
        const Nanos start = corpus.spans.start(row);
        const bool concerned = std::any_of(windows.begin(), windows.end(),
                                           [&](const Window& window) { return window.requested == wanted; });
        if (!concerned || start == noTime)
            continue;
        const bool within = std::any_of(windows.begin(), windows.end(), [&](const Window& window) {
            return window.requested == wanted && start >= window.start && start <= window.end;
        });
        (within ? inside : outside).calls.push_back(row);
    }
    result.n = inside.calls.size() + outside.calls.size();
    fillComparison(reader, input, outside, inside, result.table);
    result.charts.push_back(lanes(corpus, windows));
    if (!outside.calls.empty())
        result.charts.push_back(differenceBars(result.table, outside, inside));
    const std::string clear = clearDifferences(result.table);
    result.sentence =
        countText(windows.size(), "window") + " in which another model stood in, with " +
        countText(inside.calls.size(), "call") + " inside and " + std::to_string(outside.calls.size()) +
        " outside: " + (clear.empty() ? "no metric has a 95 % interval that leaves out no difference" : clear) + '.';
    return result;
}

} // namespace

Lens failovers()
{
    return {"failovers",
            "While another model stood in",
            "When did another model stand in for the one that was asked for, and how did answers differ meanwhile?",
            "A name that stands for several models, such as a router’s, looks like a stand-in; a failover inside of a "
            "gateway that answers under the wanted name is not seen.",
            {{"requested", "served", "start", "stop", "messages"},
             metricLensColumns(),
             {stopDetector, callFactsDetector, "silent-rescues"},
             false,
             false,
             true},
            parameters,
            run};
}

} // namespace arcscope
