// What resolved arcs cost and take, what mere use says, and who tells the outcomes.
#include "arcpanelmaker.h"
#include "utccalendar.h"

#include <array>

namespace arcscope
{

LensPoint costPoint(double x, const ArcSummary& summary, StringId currency)
{
    LensPoint point;
    point.x = x;
    for (const ArcCosts& costs : summary.costs) {
        if (costs.currency != currency || !costs.perResolved)
            continue;
        point.y = costs.perResolved->value;
        point.n = costs.resolved;
        if (const auto& interval = costs.perResolved->interval) {
            point.low = interval->low;
            point.high = interval->high;
        }
    }
    return point;
}

void ArcPanelMaker::costs()
{
    ArcPanel& panel = add("cost", "Cost of a resolved arc");
    if (m_all.costs.empty()) {
        panel.result.n = 0;
        panel.result.sentence = "No cost is recorded.";
        panel.result.missing.push_back({"cost", "gen_ai.usage.cost, or a price table that is loaded",
                                        "What a resolved arc costs cannot be said.", m_all.arcs, m_all.arcs});
        return;
    }
    LensTable& table = panel.result.table;
    table.columns = {{std::string(name(m_by)), titleOf(name(m_by))},
                     {"currency", "Currency"},
                     {"arcs", "Arcs with a cost"},
                     {"resolved", "Resolved"},
                     {"total", "Total"},
                     {"per_resolved", "For each resolved arc"},
                     {"low", "95 % from"},
                     {"high", "to"}};
    // The currency that most arcs have is drawn.
    const StringId drawn = m_all.costs.front().currency;
    LensChart& chart = addChart(panel, LensChartKind::Bars, "Cost for each resolved arc");
    chart.xAxis.categories = lineNames();
    chart.yAxis = {"cost for each resolved arc", LensUnit::Money, currencyText(drawn), {}, false};
    chart.band = "95 % interval";
    addSeries(panel, {});
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        LensPoint point = costPoint(static_cast<double>(i), *m_lines[i].summary, drawn);
        for (const ArcCosts& costs : m_lines[i].summary->costs) {
            const std::string currency = currencyText(costs.currency);
            LensRow row;
            row.cells = {m_lines[i].name,
                         currency,
                         countCell(costs.arcs),
                         countCell(costs.resolved),
                         LensMoney{costs.total, currency},
                         LensCell(),
                         LensCell(),
                         LensCell()};
            if (costs.perResolved) {
                row.cells[5] = LensMoney{static_cast<std::int64_t>(costs.perResolved->value), currency};
                if (const auto& interval = costs.perResolved->interval) {
                    row.cells[6] = LensMoney{static_cast<std::int64_t>(interval->low), currency};
                    row.cells[7] = LensMoney{static_cast<std::int64_t>(interval->high), currency};
                }
            }
            if (costs.currency == drawn && costs.perResolved)
                point.row = static_cast<int>(table.rows.size());
            table.rows.push_back(std::move(row));
        }
        addPoint(panel, std::move(point), m_lines[i].condition);
    }
    panel.result.n = m_all.arcs - m_all.unpriced;
    panel.result.of = "task arcs with a cost";
    panel.result.sentence = "All costs, also of arcs that came to nothing, for each arc resolved without a person.";
    if (m_all.unpriced > 0)
        panel.result.caveats.push_back(std::to_string(m_all.unpriced) +
                                       " arcs have no cost, or one in several currencies.");
    std::uint64_t computed = 0;
    for (const ArcCosts& costs : m_all.costs)
        computed += costs.computed;
    if (computed > 0)
        panel.result.caveats.push_back("The cost of " + std::to_string(computed) +
                                       (computed == 1 ? " arc is" : " arcs is") +
                                       " computed with the price table: the source states none.");
    panel.caveat = "The interval resamples arcs; below 10 arcs or 5 resolved ones there is none.";
}

std::string ArcPanelMaker::currencyText(StringId currency) const
{
    return currency ? std::string(m_strings[currency]) : std::string();
}

void ArcPanelMaker::efforts()
{
    ArcPanel& panel = add("effort", "How long a resolved arc takes");
    LensTable& table = panel.result.table;
    table.columns = {{std::string(name(m_by)), titleOf(name(m_by))},
                     {"resolved", "Resolved"},
                     {"turns_median", "Turns, median"},
                     {"turns_p90", "90 %"},
                     {"time_median", "Time, median"},
                     {"time_p90", "90 %"}};
    for (const bool time : {false, true}) {
        LensChart& chart = addChart(panel, LensChartKind::Bars, time ? "Time until resolved" : "Turns until resolved");
        chart.xAxis.categories = lineNames();
        chart.yAxis = {time ? "median time" : "median of turns of users",
                       time ? LensUnit::Length : LensUnit::Number,
                       {},
                       {},
                       false};
        chart.band = "95 % interval";
        addSeries(panel, {});
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            const ArcSummary& summary = *m_lines[i].summary;
            const QuantileEstimate& median = time ? summary.timeMedian : summary.turnsMedian;
            LensPoint point;
            point.x = static_cast<double>(i);
            point.n = median.count;
            point.row = static_cast<int>(i);
            if (median.count > 0)
                point.y = static_cast<double>(median.value);
            if (median.bounded) {
                point.low = static_cast<double>(median.low);
                point.high = static_cast<double>(median.high);
            }
            addPoint(panel, std::move(point), conditionOf(m_lines[i], "resolution=resolved"));
        }
    }
    for (const Line& line : m_lines)
        table.rows.push_back({{line.name, countCell(line.summary->turnsMedian.count),
                               quantileCell(line.summary->turnsMedian, LensUnit::Number),
                               quantileCell(line.summary->turnsP90, LensUnit::Number),
                               quantileCell(line.summary->timeMedian, LensUnit::Length),
                               quantileCell(line.summary->timeP90, LensUnit::Length)},
                              {}});
    panel.result.n = m_all.turnsMedian.count;
    panel.result.of = "arcs resolved without a person";
    panel.result.sentence = m_all.turnsMedian.count == 0 ? "No arc is known to be resolved."
                                                         : "Half of the resolved arcs took at most " +
                                                               std::to_string(m_all.turnsMedian.value) + " turns.";
    panel.caveat = "Only arcs that were resolved: those that were not may have taken longer.";
}

void ArcPanelMaker::engagement()
{
    ArcPanel& panel = add("engagement", "What a click count would say");
    LensTable& table = panel.result.table;
    table.columns = {{std::string(name(m_by)), titleOf(name(m_by))},
                     {"arcs", "Arcs"},
                     {"requests", "Requests"},
                     {"turns", "Turns an arc"},
                     {"arcs_per_day", "Arcs a day"},
                     {"users", "Users"},
                     {"sessions", "Sessions"},
                     {"success_of_known", "Succeeded, of known"}};
    const auto optional = [](const std::optional<double>& value) {
        return value ? LensCell(LensNumber{*value, LensUnit::None}) : LensCell();
    };
    for (const Line& line : m_lines) {
        const ArcEngagement& its = line.summary->engagement;
        table.rows.push_back(
            {{line.name, countCell(line.summary->arcs), its.arcsWithTurns > 0 ? countCell(its.requests) : LensCell(),
              optional(its.turnsPerArc()), optional(its.arcsPerDay()),
              its.arcsWithUser > 0 ? countCell(its.users) : LensCell(),
              its.arcsWithSession > 0 ? countCell(its.sessions) : LensCell(),
              shareCell((*line.summary)[ArcRateName::SuccessOfKnown])},
             {}});
    }
    if (!m_days.groups.empty()) {
        addTimeChart(panel, "Begun and done", {"arcs", LensUnit::Number, {}, {}, false}).band.clear();
        for (const bool done : {false, true}) {
            addSeries(panel, done ? "succeeded" : "begun");
            for (const ArcGroup& group : m_days.groups) {
                LensPoint point;
                point.x = static_cast<double>(group.key * dayLength);
                point.y =
                    static_cast<double>(done ? group.summary[ArcOutcome::Succeeded].count.of : group.summary.arcs);
                point.n = group.summary.arcs;
                addPoint(panel, std::move(point), whenOf(group) + (done ? " outcome=succeeded" : ""));
            }
        }
    }
    const ArcEngagement& use = m_all.engagement;
    panel.result.sentence = (use.arcsWithTurns > 0 ? std::to_string(use.requests) + " requests in " +
                                                         std::to_string(use.arcsWithTurns) + " arcs"
                                                   : std::string("Requests are not recorded")) +
                            "; use can grow while less gets done.";
    if (use.returning.recorded() && use.returning.count.all > 1 && use.days > 1)
        panel.result.caveats.push_back(std::to_string(use.returning.count.of) + " of " +
                                       std::to_string(use.returning.count.all) +
                                       " users came on a second day: later days show those who stayed.");
    panel.caveat = "Use counts say nothing of what got done: more turns may mean more trouble.";
}

void ArcPanelMaker::sources()
{
    ArcPanel& panel = add("sources", "Who says so");
    LensChart& chart = addChart(panel, LensChartKind::StackedBars, "Outcomes by who tells them");
    chart.yAxis = {"arcs", LensUnit::Number, {}, {}, false};
    constexpr std::array<std::string_view, arcSourceCount> titles{"a person", "labels in the data", "what the user did",
                                                                  "our rules", "nothing"};
    for (int o = 0; o < arcOutcomeCount; ++o)
        chart.xAxis.categories.push_back(titleOf(name(static_cast<ArcOutcome>(o))));
    LensTable& table = panel.result.table;
    table.columns = {{"outcome", "Outcome"}, {"source", "Who says so"}, {"arcs", "Arcs"}};
    table.counts = 2;
    for (int s = 0; s < arcSourceCount; ++s) {
        addSeries(panel, std::string(titles[static_cast<std::size_t>(s)]));
        for (int o = 0; o < arcOutcomeCount; ++o) {
            const std::uint64_t count = m_all.told[static_cast<std::size_t>(o)][static_cast<std::size_t>(s)];
            const std::string_view outcome = name(static_cast<ArcOutcome>(o));
            LensPoint point;
            point.x = o;
            point.y = static_cast<double>(count);
            point.n = count;
            if (count > 0) {
                point.row = static_cast<int>(table.rows.size());
                table.rows.push_back(
                    {{titleOf(outcome), std::string(titles[static_cast<std::size_t>(s)]), countCell(count)}, {}});
            }
            addPoint(panel, std::move(point),
                     "outcome=" + std::string(outcome) + " source=" + std::string(name(static_cast<ArcSource>(s))));
        }
    }
    panel.result.sentence =
        shareText(m_all[ArcRateName::Labelled]) + " of the outcomes are told by a person or by the data.";
    panel.caveat = "Rules are ours, and marked as such wherever they decide.";
}

} // namespace arcscope
