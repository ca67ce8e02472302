// What a resolved piece of work costs, by the model that was tried first, with retries, other models and people.
#include "bootstrap.h"
#include "lensarcs.h"
#include "lenscosts.h"
#include "lensfields.h"

#include <algorithm>
#include <array>
#include <map>

namespace arcscope
{
namespace
{

constexpr auto parameters = std::to_array<LensParameter>({
    {"person", "what a hand-over to a person costs, in the currency of the traces", {}, 0, 0, 1e6, "units"},
    {"models", "how many models get a row of their own", {}, 10, 1, 50, "models"},
});

constexpr std::size_t partCount = 4;
constexpr std::array<std::string_view, partCount> partNames{"first try", "asked again", "other models", "people"};

struct Arc {
    std::vector<std::pair<Row, std::int64_t>> costs; ///< in time
    bool resolved = false;
    bool known = false;
    std::uint64_t people = 0;
    Nanos again = noTime; ///< when it was first asked or answered again
};

struct ByModel {
    std::uint64_t arcs = 0;
    std::uint64_t resolved = 0;
    std::uint64_t known = 0;
    std::uint64_t handed = 0;
    std::array<double, partCount> parts{};
    RatioSample sample; ///< cost of each arc over whether it was resolved
    std::vector<Row> rows;

    double sum() const { return parts[0] + parts[1] + parts[2] + parts[3]; }
};

StringId modelOf(const Corpus& corpus, Row row)
{
    const StringId served = corpus.spans.text(SpanText::ModelServed, row);
    return served ? served : corpus.spans.text(SpanText::ModelRequested, row);
}

std::vector<Arc> arcsOf(const LensInput& input, const ArcPlaces& places, const CostLedger& ledger)
{
    const ArcCorpus& arcs = *input.arcs;
    const Corpus& corpus = input.corpus;
    std::vector<Arc> all(arcs.arcs.rows());
    for (std::uint32_t i = 0; i < arcs.arcs.rows(); ++i) {
        const ArcResolution resolution = resolutionOf(arcs, i);
        all[i].resolved = resolution == ArcResolution::Resolved || resolution == ArcResolution::ResolvedByHuman;
        all[i].known = resolution != ArcResolution::Unknown;
        all[i].people =
            static_cast<std::uint64_t>(std::max<std::int64_t>(arcValue(arcs, ArcColumn::Escalations, i), 0));
    }
    for (const CountedCost& cost : ledger.costs) {
        if (const auto arc = places.arcOf(cost.row))
            all[*arc].costs.emplace_back(cost.row, cost.micros);
    }
    for (std::uint32_t i = 0; i < arcs.events.rows(); ++i) {
        const auto step = static_cast<ArcStep>(arcs.events.at(ArcEventColumn::Step, i));
        const Nanos time = arcs.events.at(ArcEventColumn::Time, i);
        Arc& arc = all[static_cast<std::size_t>(arcs.events.at(ArcEventColumn::Arc, i))];
        if ((step == ArcStep::ReAsk || step == ArcStep::Regenerate) && time != noTime && arc.again == noTime)
            arc.again = time;
    }
    for (Arc& arc : all)
        std::stable_sort(arc.costs.begin(), arc.costs.end(), [&](const auto& a, const auto& b) {
            return corpus.spans.start(a.first) < corpus.spans.start(b.first);
        });
    return all;
}

constexpr std::size_t mostScattered = 2'000; ///< of a series

/// How much was done for it stands for how hard it was: nothing else is recorded of that.
LensChart emptyScatter(const std::string& currency)
{
    LensChart chart;
    chart.kind = LensChartKind::Scatter;
    chart.title = "Cost of an arc by how much it took";
    chart.xAxis = {"turns of users and tool calls", LensUnit::Number, {}, {}, false};
    chart.yAxis = {"cost of the arc", LensUnit::Money, currency, {}, false};
    return chart;
}

void addToScatter(LensChart& chart, const LensInput& input, std::uint32_t index, const Arc& arc, double cost)
{
    const std::int64_t turns = arcValue(*input.arcs, ArcColumn::Turns, index);
    const std::int64_t tools = arcValue(*input.arcs, ArcColumn::ToolCalls, index);
    if (turns < 0 && tools < 0)
        return;
    const std::string_view name = arc.resolved ? "resolved" : arc.known ? "not resolved" : "unknown";
    auto series =
        std::find_if(chart.series.begin(), chart.series.end(), [&](const LensSeries& one) { return one.name == name; });
    if (series == chart.series.end())
        series = chart.series.insert(series, LensSeries{std::string(name), {}});
    if (series->points.size() == mostScattered)
        return;
    LensPoint& point = series->points.emplace_back();
    point.x = static_cast<double>(std::max<std::int64_t>(turns, 0) + std::max<std::int64_t>(tools, 0));
    point.y = cost;
    point.n = 1;
    for (const auto& [row, micros] : arc.costs)
        point.spans.push_back(row);
    std::sort(point.spans.begin(), point.spans.end());
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    LensResult result;
    result.of = "task arcs with a cost";
    result.wholeWork = true;
    const CostLedger ledger = costsOf(input);
    if (!input.arcs || input.arcs->arcs.rows() == 0 || !ledger.any()) {
        if (!ledger.any())
            result.missing.push_back(missingField("cost", ledger.unpriced, ledger.unpriced, "Nothing has a price."));
        result.sentence = ledger.any() ? "No task arcs were found." : "No cost is recorded.";
        return result;
    }
    if (input.control.stopped())
        return cancelledLens();
    const double person = input.values.number(parameters[0]) * 1e6;
    const ArcPlaces places(corpus, *input.arcs);
    const std::vector<Arc> all = arcsOf(input, places, ledger);
    std::map<std::uint32_t, ByModel> byModel;
    LensChart scatter = emptyScatter(ledger.currency);
    std::uint64_t unpricedArcs = 0;
    std::uint64_t unknown = 0;
    const std::vector<std::uint32_t> shown = shownArcs(input, places);
    for (const std::uint32_t index : shown) {
        const Arc& arc = all[index];
        const auto first = std::find_if(arc.costs.begin(), arc.costs.end(),
                                        [&](const auto& cost) { return modelOf(corpus, cost.first).value != 0; });
        if (arc.costs.empty()) {
            ++unpricedArcs;
            continue;
        }
        const StringId model = first == arc.costs.end() ? StringId{} : modelOf(corpus, first->first);
        ByModel& into = byModel[model.value];
        ++into.arcs;
        ++result.n;
        into.resolved += arc.resolved ? 1 : 0;
        into.known += arc.known ? 1 : 0;
        unknown += arc.known ? 0 : 1;
        into.handed += arc.people > 0 ? 1 : 0;
        into.parts[3] += arc.people > 0 ? person : 0;
        double cost = arc.people > 0 ? person : 0;
        for (const auto& [row, micros] : arc.costs) {
            cost += static_cast<double>(micros);
            const StringId own = modelOf(corpus, row);
            const bool other = own && own != model;
            const Nanos start = corpus.spans.start(row);
            const bool again = arc.again != noTime && start != noTime && start >= arc.again;
            into.parts[other ? 2 : again ? 1 : 0] += static_cast<double>(micros);
            into.rows.push_back(row);
        }
        into.sample.add(cost, arc.resolved ? 1 : 0);
        addToScatter(scatter, input, index, arc, cost);
    }
    std::vector<std::pair<std::uint32_t, ByModel>> models(byModel.begin(), byModel.end());
    std::stable_sort(models.begin(), models.end(),
                     [](const auto& a, const auto& b) { return a.second.arcs > b.second.arcs; });
    const auto most = static_cast<std::size_t>(input.values.number(parameters[1]));
    if (models.size() > most) {
        std::uint64_t rest = 0;
        for (std::size_t i = most; i < models.size(); ++i)
            rest += models[i].second.arcs;
        result.caveats.push_back(countText(rest, "arc") + " of " + countText(models.size() - most, "further model") +
                                 " left out.");
        result.n -= rest;
        models.resize(most);
    }
    LensTable& table = result.table;
    table.columns = {{"model", "First model"},         {"arcs", "Task arcs"},
                     {"resolved", "Resolved"},         {"known", "Outcome known"},
                     {"handed", "Handed to a person"}, {"per_resolved", "Cost a resolved arc"},
                     {"per_arc", "Cost an arc"}};
    for (const std::string_view part : partNames) {
        std::string key(part);
        std::replace(key.begin(), key.end(), ' ', '_');
        table.columns.push_back({key, "of it " + std::string(part)});
    }
    const std::size_t lowColumn = table.columns.size();
    table.columns.push_back({"per_resolved_low", "95 % from"});
    table.columns.push_back({"per_resolved_high", "to"});
    table.counts = 1;
    LensChart chart;
    chart.kind = LensChartKind::StackedBars;
    chart.title = "Cost a resolved arc, by the model tried first";
    chart.xAxis.title = "first model";
    chart.yAxis = {"cost a resolved arc", LensUnit::Money, ledger.currency, {}, false};
    for (const std::string_view part : partNames)
        chart.series.push_back({std::string(part), {}});
    LensChart bounds;
    bounds.title = "Cost a resolved arc, with its interval";
    bounds.yAxis = chart.yAxis;
    bounds.band = "95 % interval";
    bounds.series.push_back({});
    const auto money = [&](double micros) -> LensCell {
        return LensMoney{static_cast<std::int64_t>(micros), ledger.currency};
    };
    for (auto& [id, of] : models) {
        std::sort(of.rows.begin(), of.rows.end());
        const auto resolved = static_cast<double>(of.resolved);
        LensRow& row = table.rows.emplace_back();
        row.cells = {id == 0 ? LensCell() : LensCell(std::string(corpus.strings[StringId{id}])),
                     countCell(of.arcs),
                     shareCell(of.resolved, of.arcs),
                     shareCell(of.known, of.arcs),
                     shareCell(of.handed, of.arcs),
                     of.resolved == 0 ? LensCell() : money(of.sum() / resolved),
                     money(of.sum() / static_cast<double>(of.arcs))};
        for (const double part : of.parts)
            row.cells.push_back(of.resolved == 0 ? LensCell() : money(part / resolved));
        const auto estimate = ratioOf(of.sample);
        const bool bounded = estimate && estimate->interval;
        row.cells.push_back(bounded ? money(estimate->interval->low) : LensCell());
        row.cells.push_back(bounded ? money(estimate->interval->high) : LensCell());
        row.spans = of.rows;
        const auto x = static_cast<double>(chart.xAxis.categories.size());
        chart.xAxis.categories.push_back(id == 0 ? std::string(notRecordedText)
                                                 : std::string(corpus.strings[StringId{id}]));
        for (std::size_t part = 0; part < partCount; ++part)
            chart.series[part].points.push_back(pointOf(table, table.rows.size() - 1, 7 + part, x));
        LensPoint whole = pointOf(table, table.rows.size() - 1, 5, x);
        whole.low = valueOf(table.rows.back().cells[lowColumn]);
        whole.high = valueOf(table.rows.back().cells[lowColumn + 1]);
        whole.n = of.resolved;
        bounds.series[0].points.push_back(std::move(whole));
    }
    bounds.xAxis = chart.xAxis;
    result.charts.push_back(std::move(chart));
    result.charts.push_back(std::move(bounds));
    if (!scatter.series.empty())
        result.charts.push_back(std::move(scatter));
    addCostCaveats(ledger, result);
    if (unpricedArcs > 0)
        result.missing.push_back(missingField("cost", unpricedArcs, shown.size(), "These arcs are left out."));
    if (unknown > 0)
        result.missing.push_back(missingField(
            "outcome", unknown, result.n, "They count as not resolved: the cost of a resolved arc is an upper bound."));
    if (person == 0)
        result.caveats.push_back("Hand-overs to people are counted at no price; --set person=AMOUNT gives one.");
    std::string costs;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto* const cost = std::get_if<LensMoney>(&table.rows[i].cells[5]);
        if (!cost)
            continue; // none of them is resolved
        const auto& resolved = std::get<LensShare>(table.rows[i].cells[2]);
        costs += (costs.empty() ? "" : "; ") + moneyText(cost->micros, cost->currency) + " where " +
                 result.charts[0].xAxis.categories[i] + " was tried first (" + partText(resolved.part, resolved.of) +
                 " resolved)";
    }
    result.sentence = countText(result.n, "task arc") + " with a cost. " +
                      (costs.empty() ? "None of them is known to be resolved" : "A resolved one costs " + costs) + '.';
    return result;
}

} // namespace

Lens resolvedCost()
{
    return {"resolved-cost",
            "Cost of resolved work",
            "What does a resolved piece of work cost in all, with retries, other models and people, by the model tried "
            "first?",
            "Harder work may be given to another model first: the rows are no comparison on the same work.",
            {{"cost", "tokens", "served", "outcome", "task", "session"}, costLensColumns(), {}, false, true, true},
            parameters,
            run};
}

} // namespace arcscope
