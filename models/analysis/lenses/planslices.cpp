// Every metric by plan, with what became of the work, and how much of it anybody labelled.
#include "lensarcs.h"
#include "lensfields.h"
#include "lensmetrics.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto byWords = std::to_array<std::string_view>(
    {"plan", "tenant", "environment", "device", "trigger", "service", "agent", "prompt_version", "model"});
const std::array<LensParameter, 2>& parameters()
{
    static const std::array<LensParameter, 2> all{{
        {"by", "what everything is sliced by", byWords},
        groupsParameter(),
    }};
    return all;
}

struct Work {
    std::uint64_t arcs = 0;
    std::uint64_t labelled = 0;
    std::uint64_t known = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t abandoned = 0;
    std::uint64_t asked = 0;
    std::uint64_t talked = 0; ///< of which it is recorded whether it was asked again
    std::uint64_t turns = 0;
};

/// By the group's name; arcs of values that have no row of their own are with the others.
std::vector<Work> workOf(const LensInput& input, SpanText by, const std::vector<TagGroup>& groups)
{
    std::vector<Work> all(groups.size());
    if (!input.arcs)
        return all;
    const ArcCorpus& arcs = *input.arcs;
    std::map<std::uint32_t, std::size_t> groupOf;
    std::size_t others = groups.size();
    std::size_t unknown = groups.size();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups[i].tag)
            groupOf.emplace(groups[i].tag.value, i);
        else
            (groups[i].recorded ? others : unknown) = i;
    }
    const ArcPlaces places(input.corpus, arcs);
    for (const std::uint32_t arc : shownArcs(input, places)) {
        const auto tag = static_cast<std::uint32_t>(arcValue(arcs, tagColumn(by), arc));
        const auto found = groupOf.find(tag);
        const std::size_t at = found != groupOf.end() ? found->second : tag == 0 ? unknown : others;
        if (at == groups.size())
            continue;
        Work& work = all[at];
        ++work.arcs;
        const ArcSource source = sourceOf(arcs, arc);
        work.labelled += source == ArcSource::Human || source == ArcSource::DataLabel ? 1 : 0;
        const ArcOutcome outcome = outcomeOf(arcs, arc);
        work.known += outcome != ArcOutcome::Unknown ? 1 : 0;
        work.succeeded += outcome == ArcOutcome::Succeeded ? 1 : 0;
        work.abandoned += resolutionOf(arcs, arc) == ArcResolution::Abandoned ? 1 : 0;
        const std::int64_t reAsks = arcValue(arcs, ArcColumn::ReAsks, arc);
        work.asked += reAsks > 0 ? 1 : 0;
        work.talked += reAsks >= 0 ? 1 : 0;
    }
    return all;
}

Result<LensResult> run(const LensInput& input)
{
    CallsBy split(input, parameters()[0], parameters()[1]);
    if (input.control.stopped())
        return cancelledLens();
    const std::vector<Row>& calls = split.calls;
    const std::vector<TagGroup>& groups = split.groups;
    const CallMetricsReader& reader = split.reader;
    const SpanText by = split.by;
    LensResult result = split.begun();
    LensTable& table = result.table;
    fillMetricTable(reader, groups, name(by), tagTitle(by), table);
    const std::size_t first = table.columns.size();
    table.columns.insert(table.columns.end(), {{"users", "Users"},
                                               {"arcs", "Task arcs"},
                                               {"labelled", "With a label"},
                                               {"succeeded", "Succeeded, of all"},
                                               {"outcome_known", "Outcome known"},
                                               {"abandoned", "Abandoned"},
                                               {"asked_again", "Asked again"}});
    const std::vector<Work> work = workOf(input, by, groups);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::set<std::uint32_t> users;
        for (const Row row : groups[i].rows)
            users.insert(split.tags.of(SpanText::User, row).value);
        users.erase(0);
        const Work& of = work[i];
        auto& cells = table.rows[i].cells;
        cells.push_back(users.empty() ? LensCell() : countCell(users.size()));
        cells.push_back(input.arcs ? countCell(of.arcs) : LensCell());
        for (const std::uint64_t part : {of.labelled, of.succeeded, of.known, of.abandoned})
            cells.push_back(shareCell(part, of.arcs));
        cells.push_back(shareCell(of.asked, of.talked));
    }
    const auto bars = [&](std::size_t column, const std::string& title, const std::string& of) {
        LensChart& chart = result.charts.emplace_back();
        chart.kind = LensChartKind::Bars;
        chart.title = title;
        chart.xAxis.title = tagWords(by);
        chart.yAxis = {of, LensUnit::Share, {}, {}, false};
        chart.band = "95 % interval";
        chart.series.push_back({title, {}});
        for (std::size_t i = 0; i < groups.size(); ++i) {
            chart.xAxis.categories.push_back(groups[i].name);
            chart.series[0].points.push_back(pointOf(table, i, column, static_cast<double>(i)));
        }
    };
    result.charts.push_back(bucketBars(reader, groups));
    if (input.arcs && input.arcs->arcs.rows() > 0) {
        bars(first + 3, "Succeeded", "share of task arcs");
        bars(first + 2, "Work with a label", "share of task arcs");
    }
    std::uint64_t arcs = 0;
    std::uint64_t labelled = 0;
    for (const Work& of : work) {
        arcs += of.arcs;
        labelled += of.labelled;
    }
    if (labelled < arcs)
        result.missing.push_back(
            missingField("outcome", arcs - labelled, arcs,
                         "What became of that work is told by rules and acts of users, if at all."));
    reader.addMissing(reader.of(calls), result);
    addCostCaveats(reader.costs(), result);
    if (calls.empty()) {
        result.sentence = "There are no model calls.";
        return result;
    }
    result.sentence = countText(calls.size(), "model call") + " by " + tagWords(by) + ": ";
    for (std::size_t i = 0; i < groups.size() && i < 5; ++i)
        result.sentence +=
            (i == 0 ? "" : ", ") + groups[i].name + ' ' + percentText(groups[i].rows.size(), calls.size());
    result.sentence += arcs == 0 ? "." : ". " + partText(labelled, arcs) + " of the task arcs carry a label.";
    return result;
}

} // namespace

Lens planSlices()
{
    return {"plans",
            "Everything by plan",
            "Do users of one plan get other answers than those of another, and is their work looked at as often?",
            "Plans differ in what is asked: free users try more, paying ones have learned what works.",
            {[] {
                 auto fields = metricFields();
                 fields.insert(fields.begin(), {"plan", "user", "outcome"});
                 return fields;
             }(),
             metricLensColumns(), metricFacts(), false, true, true},
            parameters(),
            run};
}

} // namespace arcscope
