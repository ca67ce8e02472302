#include "arcdashboard.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace arcscope
{
namespace
{

std::vector<std::uint32_t> tracesOf(const Corpus& corpus, const std::vector<Row>& spans)
{
    std::vector<std::uint32_t> traces;
    for (const Row row : spans) {
        const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
        if (traces.empty() || traces.back() != trace)
            traces.push_back(trace);
    }
    std::sort(traces.begin(), traces.end());
    traces.erase(std::unique(traces.begin(), traces.end()), traces.end());
    return traces;
}

std::vector<std::uint32_t> rowsOf(const ArcDashboard& dashboard, ArcSelection where)
{
    const FoundArcs& of = *dashboard.of;
    if (dashboard.ask.spans)
        where.among = arcsOfTraces(of.arcs, tracesOf(*of.corpus, *dashboard.ask.spans));
    return select(where, of.arcs, of.corpus->strings);
}

std::vector<ArcPanelMarker> markersOf(const Corpus& corpus)
{
    const auto needed = markerColumns();
    const bool loaded = std::all_of(needed.begin(), needed.end(), [&](SpanColumn column) {
        return corpus.spans.rows() > 0 && corpus.spans.has(column);
    });
    return loaded ? panelMarkers(corpus, changeMarkers(corpus)) : std::vector<ArcPanelMarker>();
}

} // namespace

DashboardPtr arcDashboard(ArcsPtr of, const ArcDashboardAsk& ask)
{
    auto made = std::make_shared<ArcDashboard>();
    made->of = std::move(of);
    made->ask = ask;
    if (!made->of->corpus)
        return made;
    const ArcCorpus& arcs = made->of->arcs;
    const Corpus& corpus = *made->of->corpus;
    made->rows = rowsOf(*made, ask.where);
    made->panels = arcPanels(arcs, corpus.strings, made->rows, ask.by, markersOf(corpus));
    if (ask.against && !made->panels.empty()) {
        const std::vector<std::uint32_t> before = rowsOf(*made, *ask.against);
        made->panels.insert(made->panels.begin(), comparisonPanel(arcs, corpus.strings, before, made->rows, ask.by));
    }
    return made;
}

std::vector<std::uint32_t> arcsBehind(const ArcDashboard& dashboard, const ArcPanel& panel, std::size_t chart,
                                      std::size_t series, std::size_t point)
{
    const std::string& condition = panel.conditions[chart][series][point];
    if (condition.empty())
        return dashboard.rows;
    const auto more = parseArcSelection(condition);
    if (!more)
        return {};
    const FoundArcs& of = *dashboard.of;
    const std::vector<std::uint32_t> there = select(*more, of.arcs, of.corpus->strings);
    std::vector<std::uint32_t> both;
    std::set_intersection(there.begin(), there.end(), dashboard.rows.begin(), dashboard.rows.end(),
                          std::back_inserter(both));
    return both;
}

ArcPanel differencePanel(const ArcDashboard& dashboard, const std::vector<std::uint32_t>& chosen)
{
    const FoundArcs& of = *dashboard.of;
    std::vector<std::uint32_t> among = dashboard.rows;
    return differencePanel(of.arcs, of.corpus->strings, among, chosen, std::array{ArcColumn::Outcome});
}

} // namespace arcscope
