// What happened on the way, by tag and over time: asked again, handed over, given up, and what was done at last.
#include "arcpanelmaker.h"
#include "utccalendar.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace arcscope
{
namespace
{

struct ShownRate {
    ArcRateName rate;
    std::string_view title;
    std::string_view condition;
};

constexpr auto shownRates = std::to_array<ShownRate>({
    {ArcRateName::ReAsked, "Asked again", "re_asks>0"},
    {ArcRateName::Regenerated, "Made again", "regenerates>0"},
    {ArcRateName::Edited, "Corrected", "edits>0"},
    {ArcRateName::Escalated, "Handed over", "escalations>0"},
    {ArcRateName::Abandoned, "Abandoned", "resolution=abandoned"},
    {ArcRateName::ResolvedByHuman, "Resolved by a person", "resolution=resolved_by_human"},
    {ArcRateName::Infeasible, "Could not be done", "resolution=infeasible"},
    {ArcRateName::Frustrated, "Signals of frustration", "frustration>0"},
    {ArcRateName::Rescued, "Rescued silently", "rescues>0"},
    {ArcRateName::SeveralSessions, "Several sessions", "sessions>1"},
    {ArcRateName::SeveralDevices, "Several devices", "devices>1"},
    {ArcRateName::Continued, "Went on in another trace", "stretches>1"},
});

/// Those that a review asks for first.
constexpr auto onTheWay = std::to_array<ShownRate>({
    {ArcRateName::ReAsked, "asked again", "re_asks>0"},
    {ArcRateName::Escalated, "handed over", "escalations>0"},
    {ArcRateName::Abandoned, "abandoned", "resolution=abandoned"},
});

constexpr auto ofTheEnd = std::to_array<ShownRate>({
    {ArcRateName::SuccessOfKnown, "succeeded, of known", {}},
    {ArcRateName::Attempted, "attempted, of known", {}},
    {ArcRateName::Unknown, "unknown, of all", {}},
});

LensPoint medianPoint(double x, const QuantileEstimate& median)
{
    LensPoint point;
    point.x = x;
    point.n = median.count;
    if (median.count > 0)
        point.y = static_cast<double>(median.value);
    if (median.bounded) {
        point.low = static_cast<double>(median.low);
        point.high = static_cast<double>(median.high);
    }
    return point;
}

} // namespace

std::vector<LensMarker> ArcPanelMaker::marksWithin() const
{
    const auto from = static_cast<double>(m_days.groups.front().key * dayLength);
    const auto to = static_cast<double>((m_days.groups.back().key + (m_weekly ? 7 : 1)) * dayLength);
    std::vector<LensMarker> marks;
    std::copy_if(m_markers.begin(), m_markers.end(), std::back_inserter(marks),
                 [&](const LensMarker& mark) { return mark.x >= from && mark.x < to; });
    return marks;
}

LensChart& ArcPanelMaker::addTimeChart(ArcPanel& panel, std::string title, LensAxis yAxis)
{
    LensChart& chart = addChart(panel, LensChartKind::Lines, std::move(title));
    chart.xAxis = {m_weekly ? "week from (UTC)" : "day (UTC)", LensUnit::Time, {}, {}, false};
    chart.yAxis = std::move(yAxis);
    chart.band = "95 % interval";
    chart.markers = marksWithin();
    return chart;
}

void ArcPanelMaker::overTime()
{
    if (m_days.groups.empty())
        return;
    ArcPanel& panel = add("over-time", m_weekly ? "Week by week" : "Day by day");
    const auto rates = [&](std::string title, const auto& shown) {
        addTimeChart(panel, std::move(title), {"share of arcs", LensUnit::Share, {}, {}, false});
        for (const ShownRate& each : shown) {
            addSeries(panel, std::string(each.title));
            for (std::size_t i = 0; i < m_days.groups.size(); ++i) {
                const ArcGroup& group = m_days.groups[i];
                LensPoint point = ratePoint(static_cast<double>(group.key * dayLength), group.summary[each.rate]);
                point.row = static_cast<int>(i);
                addPoint(panel, std::move(point), whenOf(group));
            }
        }
    };
    rates("What became of it", ofTheEnd);
    rates("On the way", onTheWay);
    const auto line = [&](std::string title, LensAxis axis, auto pointOf) {
        addTimeChart(panel, std::move(title), std::move(axis));
        addSeries(panel, {});
        for (std::size_t i = 0; i < m_days.groups.size(); ++i) {
            LensPoint point = pointOf(static_cast<double>(m_days.groups[i].key * dayLength), m_days.groups[i].summary);
            point.row = static_cast<int>(i);
            addPoint(panel, std::move(point), whenOf(m_days.groups[i]));
        }
    };
    line("Turns until resolved", {"median of turns", LensUnit::Number, {}, {}, false},
         [](double x, const ArcSummary& summary) { return medianPoint(x, summary.turnsMedian); });
    line("Time until resolved", {"median time", LensUnit::Length, {}, {}, false},
         [](double x, const ArcSummary& summary) { return medianPoint(x, summary.timeMedian); });
    if (!m_all.costs.empty()) {
        const StringId drawn = m_all.costs.front().currency;
        line("Cost of a resolved arc", {"cost", LensUnit::Money, currencyText(drawn), {}, false},
             [drawn](double x, const ArcSummary& summary) { return costPoint(x, summary, drawn); });
    }
    LensTable& table = panel.result.table;
    table.columns = {{"from", m_weekly ? "Week from" : "Day"}, {"arcs", "Arcs"}};
    table.counts = 1;
    const auto column = [&](const ShownRate& each) {
        std::string title(each.title);
        title[0] = static_cast<char>(title[0] - 'a' + 'A');
        table.columns.push_back({std::string(name(each.rate)), std::move(title)});
    };
    for (const ShownRate& each : ofTheEnd)
        column(each);
    for (const ShownRate& each : onTheWay)
        column(each);
    table.columns.push_back({"turns_to_resolve", "Turns until resolved"});
    table.columns.push_back({"time_to_resolve", "Time until resolved"});
    for (const ArcGroup& group : m_days.groups) {
        LensRow row;
        row.cells = {LensTime{group.key * dayLength}, countCell(group.summary.arcs)};
        for (const ShownRate& each : ofTheEnd)
            row.cells.push_back(shareCell(group.summary[each.rate]));
        for (const ShownRate& each : onTheWay)
            row.cells.push_back(shareCell(group.summary[each.rate]));
        row.cells.push_back(quantileCell(group.summary.turnsMedian, LensUnit::Number));
        row.cells.push_back(quantileCell(group.summary.timeMedian, LensUnit::Length));
        table.rows.push_back(std::move(row));
    }
    panel.result.n = m_all.arcs - m_days.notRecorded.arcs;
    const std::size_t marked = panel.result.charts.front().markers.size();
    panel.result.sentence = std::to_string(m_days.groups.size()) + (m_weekly ? " week" : " day") +
                            (m_days.groups.size() == 1 ? "" : "s") + " with arcs" +
                            (marked == 0 ? std::string(".")
                                         : ", " + (marked == 1 ? std::string("1 change is marked.")
                                                               : std::to_string(marked) + " changes are marked."));
    if (m_days.notRecorded.arcs > 0)
        panel.result.caveats.push_back(std::to_string(m_days.notRecorded.arcs) + " arcs have no time.");
    panel.caveat = "A change and what follows it are together in time, which is no cause.";
}

void ArcPanelMaker::rates()
{
    ArcPanel& panel = add("rates", "What happened on the way");
    LensChart& chart = addChart(panel, LensChartKind::Bars, "Shares of arcs");
    chart.yAxis = {"share of arcs", LensUnit::Share, {}, {}, false};
    chart.band = "95 % interval";
    addSeries(panel, {});
    LensTable& table = panel.result.table;
    table.columns = {
        {std::string(name(m_by)), titleOf(name(m_by))}, {"what", "What"}, {"share", "Share"}, {"meaning", "Of what"}};
    std::string without;
    for (const ShownRate& each : shownRates) {
        const ArcRate& rate = m_all[each.rate];
        if (!rate.recorded()) {
            without += (without.empty() ? "" : ", ") + std::string(each.title);
        } else {
            LensPoint point = ratePoint(static_cast<double>(panel.result.charts[0].xAxis.categories.size()), rate);
            point.row = static_cast<int>(table.rows.size());
            panel.result.charts[0].xAxis.categories.emplace_back(each.title);
            addPoint(panel, std::move(point), std::string(each.condition));
        }
        table.rows.push_back(
            {{std::string("all"), std::string(each.title), shareCell(rate), std::string(meaning(each.rate))}, {}});
    }
    if (m_lines.size() > 1) {
        LensChart& byTag = addChart(panel, LensChartKind::Bars, "By " + std::string(name(m_by)));
        byTag.xAxis = {titleOf(name(m_by)), LensUnit::Number, {}, lineNames(), false};
        byTag.yAxis = {"share of arcs", LensUnit::Share, {}, {}, false};
        byTag.band = "95 % interval";
        for (const ShownRate& each : onTheWay) {
            addSeries(panel, std::string(each.title));
            for (std::size_t i = 0; i < m_lines.size(); ++i) {
                const ArcRate& rate = (*m_lines[i].summary)[each.rate];
                LensPoint point = ratePoint(static_cast<double>(i), rate);
                if (i > 0) {
                    point.row = static_cast<int>(table.rows.size());
                    table.rows.push_back(
                        {{m_lines[i].name, std::string(each.title), shareCell(rate), std::string(meaning(each.rate))},
                         {}});
                }
                addPoint(panel, std::move(point), conditionOf(m_lines[i], std::string(each.condition)));
            }
        }
    }
    panel.result.sentence = "Asked again in " + shareText(m_all[ArcRateName::ReAsked]) +
                            " of the arcs, handed over in " + shareText(m_all[ArcRateName::Escalated]) +
                            ", abandoned in " + shareText(m_all[ArcRateName::Abandoned]) + ".";
    if (!without.empty())
        panel.result.caveats.push_back("Not recorded in any of these arcs: " + without + ".");
    panel.caveat = independence;
}

} // namespace arcscope
