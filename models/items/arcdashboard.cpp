#include "arcdashboard.h"

#include "arcpage.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace arcscope
{
namespace
{

std::vector<std::uint32_t> rowsOf(const ArcDashboard& dashboard, ArcSelection where)
{
    const FoundArcs& of = *dashboard.of;
    if (dashboard.ask.spans)
        where.among = arcsOfTraces(of.arcs, tracesOf(*of.corpus, *dashboard.ask.spans));
    return select(where, of.arcs, of.corpus->strings);
}

} // namespace

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

DashboardPtr arcDashboard(ArcsPtr of, const ArcDashboardAsk& ask, const Control& control)
{
    auto made = std::make_shared<ArcDashboard>();
    made->of = std::move(of);
    made->ask = ask;
    if (!made->of->corpus)
        return made;
    const ArcCorpus& arcs = made->of->arcs;
    const Corpus& corpus = *made->of->corpus;
    made->rows = rowsOf(*made, ask.where);
    auto page = arcPage(arcs, made->rows, arcPanelGroupings(arcs, made->rows, ask.by), control);
    if (!page)
        return made; // cancelled
    made->panels = arcPanels(corpus.strings,
                             {std::move(page->whole), std::move(page->breakdowns[0]), std::move(page->breakdowns[1])},
                             made->of->marks);
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

ArcPanel differencePanel(const ArcDashboard& dashboard, const std::vector<std::uint32_t>& chosen,
                         const std::vector<std::string>& by)
{
    const FoundArcs& of = *dashboard.of;
    std::vector<ArcColumn> leftOut;
    for (const std::string& condition : by) {
        const auto parsed = parseArcSelection(condition);
        for (std::size_t i = 0; parsed && i < parsed->all.size(); ++i)
            leftOut.push_back(parsed->all[i].field->column);
    }
    return differencePanel(of.arcs, of.corpus->strings, dashboard.rows, chosen, leftOut);
}

} // namespace arcscope
