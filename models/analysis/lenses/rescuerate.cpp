// How many runs needed a rescue, by its kind, and how many took the clean path.
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

constexpr std::string_view rescueDetector = "silent-rescues";

struct Kind {
    std::set<std::uint32_t> traces;
    std::set<Row> rows;
    std::uint64_t recorded = 0;
    std::uint64_t inferred = 0;
    std::map<std::string, std::uint64_t> causes;
};

std::string mostCommon(const std::map<std::string, std::uint64_t>& causes)
{
    const auto most = std::max_element(causes.begin(), causes.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == causes.end() ? std::string() : most->first + " (" + std::to_string(most->second) + ")";
}

std::optional<RescueKind> kindNamed(std::string_view word)
{
    for (int i = 0; i < rescueKindCount; ++i) {
        if (name(static_cast<RescueKind>(i)) == word)
            return static_cast<RescueKind>(i);
    }
    return std::nullopt;
}

/// The first span of each trace that counts, by trace.
std::map<std::uint32_t, Row> shownTraces(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const ShownRows shown(input);
    std::map<std::uint32_t, Row> traces;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        for (const Row row : corpus.rowsOf(trace)) {
            if (shown.has(row)) {
                traces.emplace(trace, row);
                break;
            }
        }
    }
    return traces;
}

LensChart cleanOverTime(const LensInput& input, const std::map<std::uint32_t, Row>& traces,
                        const std::set<std::uint32_t>& rescued)
{
    std::vector<Row> rows;
    for (const auto& [trace, row] : traces)
        rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    LensChart chart;
    chart.kind = LensChartKind::Lines;
    chart.title = "Traces without any rescue, over time";
    chart.xAxis = {"time, UTC", LensUnit::Time, {}, {}, false};
    chart.yAxis = {"share of traces", LensUnit::Share, {}, {}, false};
    chart.band = "95 % interval";
    chart.series.push_back({"clean path", {}});
    const Corpus& corpus = input.corpus;
    for (const TimeBin& bin : timeBins(corpus, rows, oneHour).bins) {
        std::uint64_t clean = 0;
        for (const Row row : bin.rows)
            clean += rescued.count(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row))) == 0 ? 1 : 0;
        LensPoint& point = chart.series[0].points.emplace_back();
        point.x = static_cast<double>(bin.start);
        point.n = bin.rows.size();
        point.label = bin.name;
        point.spans = bin.rows;
        const LensCell cell = shareCell(clean, bin.rows.size());
        if (const auto* share = std::get_if<LensShare>(&cell)) {
            point.y = share->value();
            point.low = share->low;
            point.high = share->high;
        }
    }
    chart.markers = markersAmong(input, rows);
    return chart;
}

/// Of traces that record neither texts nor models no rescue can be seen.
void addUnseen(const LensInput& input, const std::map<std::uint32_t, Row>& traces, LensResult& result)
{
    const Corpus& corpus = input.corpus;
    std::set<std::uint32_t> told;
    std::set<std::uint32_t> modelled;
    for (const Row row : modelCalls(input)) {
        const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
        if (corpus.spans.at(SpanColumn::Messages, row) > 0)
            told.insert(trace);
        if (corpus.spans.text(SpanText::ModelRequested, row) && corpus.spans.text(SpanText::ModelServed, row))
            modelled.insert(trace);
    }
    if (told.size() < traces.size())
        result.missing.push_back(missingField("messages", traces.size() - told.size(), traces.size(),
                                              "Repairs, reused results, defaults and fallbacks cannot be seen there."));
    if (modelled.size() < traces.size())
        result.missing.push_back(
            missingField("served", traces.size() - modelled.size(), traces.size(),
                         "Without it, and the model that was asked for, no other model that stood in is seen."));
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const std::map<std::uint32_t, Row> traces = shownTraces(input);
    if (input.control.stopped())
        return cancelledLens();
    std::array<Kind, rescueKindCount> kinds;
    std::set<std::uint32_t> rescued;
    std::uint64_t rescues = 0;
    for (const TraceFact& fact : input.factsOf(rescueDetector)) {
        const std::string_view value = fact.value;
        const std::size_t first = value.find('\t');
        const auto kind = fact.key == "rescue" ? kindNamed(value.substr(0, first)) : std::nullopt;
        const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, fact.place.row));
        if (!kind || traces.count(trace) == 0)
            continue;
        const std::string_view rest = value.substr(std::min(value.size(), first + 1));
        Kind& into = kinds[static_cast<std::size_t>(*kind)];
        ++(rest.starts_with("recorded") ? into.recorded : into.inferred);
        const std::string_view cause = rest.substr(std::min(rest.size(), rest.find('\t') + 1));
        if (!cause.empty() && rest.find('\t') != std::string_view::npos)
            ++into.causes[std::string(cause)];
        into.traces.insert(trace);
        into.rows.insert(fact.place.row);
        rescued.insert(trace);
        ++rescues;
    }

    LensResult result;
    result.n = traces.size();
    result.of = "traces";
    result.wholeWork = true;
    LensTable& table = result.table;
    table.columns = {{"kind", "Rescue"},
                     {"recorded", "Recorded"},
                     {"inferred", "Inferred"},
                     {"traces", "Traces with it"},
                     {"cause", "Most common cause"}};
    LensChart bars;
    bars.kind = LensChartKind::Bars;
    bars.title = "Traces with a rescue of each kind, and without any";
    bars.yAxis = {"share of traces", LensUnit::Share, {}, {}, false};
    bars.band = "95 % interval";
    bars.series.push_back({"traces", {}});
    const auto addBar = [&](std::string_view category) {
        bars.series[0].points.push_back(
            pointOf(table, table.rows.size() - 1, 3, static_cast<double>(bars.xAxis.categories.size())));
        bars.xAxis.categories.emplace_back(category);
    };
    for (std::size_t i = 0; i < kinds.size() && !traces.empty(); ++i) {
        const Kind& kind = kinds[i];
        const std::string cause = mostCommon(kind.causes);
        table.rows.push_back(
            {{std::string(name(static_cast<RescueKind>(i))), countCell(kind.recorded), countCell(kind.inferred),
              shareCell(kind.traces.size(), traces.size()), cause.empty() ? LensCell() : LensCell(cause)},
             {kind.rows.begin(), kind.rows.end()}});
        addBar(name(static_cast<RescueKind>(i)));
    }
    std::vector<Row> clean;
    std::map<std::uint32_t, bool> tasks; // whether all of their traces are clean
    for (const auto& [trace, row] : traces) {
        const bool isClean = rescued.count(trace) == 0;
        if (isClean)
            clean.push_back(row);
        if (const auto task = static_cast<std::uint32_t>(corpus.traces.at(TraceColumn::Task, trace))) {
            const auto known = tasks.try_emplace(task, true).first;
            known->second = known->second && isClean;
        }
    }
    if (traces.empty()) {
        result.sentence = "There are no traces.";
        return result;
    }
    std::sort(clean.begin(), clean.end());
    table.rows.push_back({{std::string("none: the clean path"), LensCell(), LensCell(),
                           shareCell(clean.size(), traces.size()), LensCell()},
                          clean});
    addBar("none: the clean path");
    result.charts.push_back(cleanOverTime(input, traces, rescued));
    if (result.charts.front().series[0].points.size() < 2)
        result.charts.clear();
    result.charts.push_back(std::move(bars));
    result.sentence = "In " + partText(clean.size(), traces.size()) +
                      " of the traces no rescue is seen; in the others " + countText(rescues, "rescue") + '.';
    addUnseen(input, traces, result);
    if (tasks.empty()) {
        result.missing.push_back(missingField(SpanText::Task, traces.size(), traces.size(),
                                              "The clean path is told of traces, not of whole tasks."));
    } else {
        const auto cleanTasks = static_cast<std::uint64_t>(
            std::count_if(tasks.begin(), tasks.end(), [](const auto& task) { return task.second; }));
        result.sentence += " Of the named tasks " + partText(cleanTasks, tasks.size()) + " needed none.";
    }
    return result;
}

} // namespace

Lens rescueRate()
{
    return {
        "rescue-rate",
        "Rescues and the clean path",
        "How many runs were kept from failing by retries, other models, repairs or defaults, and how many needed none?",
        "Retries inside of a client library leave no trace of their own: the clean path is an upper bound.",
        {.fields = {"requested", "served", "error", "messages", "task"},
         .columns = callLensColumns({SpanColumn::Messages}),
         .facts = {rescueDetector},
         .marks = true},
        {},
        run};
}

} // namespace arcscope
