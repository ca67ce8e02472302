#include "arcpanels.h"

#include "arcblocks.h"
#include "arcpanelmaker.h"
#include "utccalendar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace arcscope
{
namespace
{

/// A value as arcselection.h reads it.
std::string quotedValue(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

} // namespace

LensCell shareCell(const ArcRate& rate)
{
    if (!rate.recorded())
        return {};
    return LensShare{rate.count.of, rate.count.all, rate.interval.low, rate.interval.high};
}

LensCell countCell(std::uint64_t count)
{
    return LensNumber{static_cast<double>(count), LensUnit::Number};
}

LensCell quantileCell(const QuantileEstimate& estimate, LensUnit unit)
{
    return estimate.count == 0 ? LensCell() : LensNumber{static_cast<double>(estimate.value), unit};
}

LensPoint ratePoint(double x, const ArcRate& rate)
{
    LensPoint point;
    point.x = x;
    point.n = rate.count.all;
    if (rate.recorded()) {
        point.y = rate.value();
        point.low = rate.interval.low;
        point.high = rate.interval.high;
    }
    return point;
}

std::string titleOf(std::string_view word)
{
    std::string text(word);
    std::replace(text.begin(), text.end(), '_', ' ');
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string percentOf(double share)
{
    return std::to_string(std::lround(share * 100)) + " %";
}

std::string shareText(const ArcRate& rate)
{
    return rate.recorded() ? percentOf(rate.value()) : std::string("an unrecorded share");
}

ArcPanelMaker::ArcPanelMaker(const StringTable& strings, ArcPanelFigures figures, std::span<const LensMarker> markers)
    : m_strings(strings)
    , m_by(figures.tags.grouping.tag)
    , m_markers(markers)
    , m_all(std::move(figures.whole))
    , m_tags(std::move(figures.tags))
    , m_days(std::move(figures.times))
    , m_weekly(m_days.grouping.by == ArcGrouping::By::Week)
{
    m_lines.push_back({"all", {}, &m_all});
    for (const ArcGroup& group : m_tags.groups) {
        const std::string_view value = strings[StringId{static_cast<std::uint32_t>(group.key)}];
        m_lines.push_back({std::string(value), std::string(name(m_by)) + '=' + quotedValue(value), &group.summary});
    }
    if (m_tags.others.summary.arcs > 0)
        m_lines.push_back({std::to_string(m_tags.otherValues) + " others", {}, &m_tags.others.summary, false});
    if (m_tags.notRecorded.arcs > 0 && !m_tags.groups.empty())
        m_lines.push_back({"not recorded", std::string(name(m_by)) + "=\"\"", &m_tags.notRecorded});
}

std::vector<ArcPanel> ArcPanelMaker::take()
{
    if (m_all.arcs == 0)
        return {};
    outcomes();
    overTime();
    rates();
    costs();
    efforts();
    engagement();
    sources();
    for (ArcPanel& panel : m_panels) {
        for (std::size_t i = panel.result.charts.size(); i-- > 0;) {
            if (!drawsNothing(panel.result.charts[i]))
                continue;
            panel.result.charts.erase(panel.result.charts.begin() + static_cast<std::ptrdiff_t>(i));
            panel.conditions.erase(panel.conditions.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    return std::move(m_panels);
}

ArcPanel& ArcPanelMaker::add(std::string name, std::string title)
{
    ArcPanel& panel = m_panels.emplace_back();
    panel.name = std::move(name);
    panel.title = std::move(title);
    panel.result.n = m_all.arcs;
    panel.result.of = "task arcs";
    return panel;
}

LensChart& ArcPanelMaker::addChart(ArcPanel& panel, LensChartKind kind, std::string title)
{
    LensChart& chart = panel.result.charts.emplace_back();
    chart.kind = kind;
    chart.title = std::move(title);
    panel.conditions.emplace_back();
    return chart;
}

void ArcPanelMaker::addSeries(ArcPanel& panel, std::string name)
{
    panel.result.charts.back().series.emplace_back().name = std::move(name);
    panel.conditions.back().emplace_back();
}

void ArcPanelMaker::addPoint(ArcPanel& panel, LensPoint point, std::string condition)
{
    panel.result.charts.back().series.back().points.push_back(std::move(point));
    panel.conditions.back().back().push_back(std::move(condition));
}

std::vector<std::string> ArcPanelMaker::lineNames() const
{
    std::vector<std::string> names;
    for (const Line& line : m_lines)
        names.push_back(line.name);
    return names;
}

std::string ArcPanelMaker::conditionOf(const Line& line, std::string more) const
{
    if (!line.sayable)
        return {};
    if (line.condition.empty() || more.empty())
        return line.condition + more;
    return line.condition + ' ' + more;
}

std::string ArcPanelMaker::whenOf(const ArcGroup& group) const
{
    const auto day = [](std::int64_t number) { return isoText(number * dayLength).substr(0, 10); };
    return "time>=" + day(group.key) + " time<" + day(group.key + (m_weekly ? 7 : 1));
}

void ArcPanelMaker::outcomes()
{
    ArcPanel& panel = add("outcomes", "What became of it");
    LensChart& chart = addChart(panel, LensChartKind::StackedBars, "Outcomes by " + std::string(name(m_by)));
    chart.xAxis.title = titleOf(name(m_by));
    chart.xAxis.categories = lineNames();
    chart.yAxis = {"share of arcs", LensUnit::Share, {}, {}, false};
    // From done to not known, so that what succeeded begins at one line.
    constexpr std::array order{ArcOutcome::Succeeded, ArcOutcome::Failed, ArcOutcome::Declined, ArcOutcome::Deferred,
                               ArcOutcome::Unknown};
    for (const ArcOutcome outcome : order) {
        addSeries(panel, std::string(name(outcome)));
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            LensPoint point = ratePoint(static_cast<double>(i), (*m_lines[i].summary)[outcome]);
            point.low = point.high = noValue; // of a stack they would lie anywhere
            point.row = static_cast<int>(i);
            addPoint(panel, std::move(point), conditionOf(m_lines[i], "outcome=" + std::string(name(outcome))));
        }
    }
    LensTable& table = panel.result.table;
    table.columns = {{std::string(name(m_by)), titleOf(name(m_by))}, {"arcs", "Arcs"}};
    for (const ArcOutcome outcome : order)
        table.columns.push_back({std::string(name(outcome)), titleOf(name(outcome))});
    table.columns.push_back({"attempted", "Attempted, of known"});
    table.columns.push_back({"success_of_attempts", "Succeeded, of attempted"});
    for (const Line& line : m_lines) {
        LensRow row;
        row.cells = {line.name, countCell(line.summary->arcs)};
        for (const ArcOutcome outcome : order)
            row.cells.push_back(shareCell((*line.summary)[outcome]));
        row.cells.push_back(shareCell((*line.summary)[ArcRateName::Attempted]));
        row.cells.push_back(shareCell((*line.summary)[ArcRateName::SuccessOfAttempts]));
        table.rows.push_back(std::move(row));
    }
    const ArcRate& known = m_all[ArcRateName::SuccessOfKnown];
    panel.result.sentence = "Of " + std::to_string(m_all.arcs) + " arcs " +
                            std::to_string(m_all[ArcOutcome::Succeeded].count.of) + " succeeded, " +
                            std::to_string(m_all[ArcOutcome::Failed].count.of) + " failed, " +
                            std::to_string(m_all[ArcOutcome::Declined].count.of) + " were declined, " +
                            std::to_string(m_all[ArcOutcome::Deferred].count.of) + " handed to a person; of " +
                            std::to_string(m_all[ArcOutcome::Unknown].count.of) + " nothing tells.";
    if (known.recorded() && m_all[ArcOutcome::Unknown].count.of > 0)
        panel.result.caveats.push_back("If no unknown one succeeded it is " + percentOf(m_all.successBounds.low) +
                                       ", if all did " + percentOf(m_all.successBounds.high) +
                                       ": the unknown ones may differ from the rest.");
    panel.caveat = independence;
}

std::array<ArcGrouping, 2> arcPanelGroupings(const ArcCorpus& arcs, std::span<const std::uint32_t> rows, SpanText by)
{
    constexpr std::int64_t mostDays = 60;
    Nanos first = std::numeric_limits<Nanos>::max();
    Nanos last = std::numeric_limits<Nanos>::min();
    forEachBlock(arcs.arcs, rows, std::array{ArcColumn::Start}, [&](const auto& block) {
        for (std::size_t i = 0; i < block.rows.size(); ++i) {
            const Nanos start = block.values[0][i];
            first = start == noTime ? first : std::min(first, start);
            last = start == noTime ? last : std::max(last, start);
        }
    });
    const bool weekly = first <= last && dayOf(last) - dayOf(first) >= mostDays;
    return {{{ArcGrouping::By::Tag, by, 8}, {weekly ? ArcGrouping::By::Week : ArcGrouping::By::Day, by, 0}}};
}

std::vector<ArcPanel> arcPanels(const StringTable& strings, ArcPanelFigures figures,
                                std::span<const LensMarker> markers)
{
    return ArcPanelMaker(strings, std::move(figures), markers).take();
}

std::vector<ArcPanel> arcPanels(const ArcCorpus& arcs, const StringTable& strings, std::span<const std::uint32_t> rows,
                                SpanText by, std::span<const LensMarker> markers)
{
    const auto two = arcPanelGroupings(arcs, rows, by);
    std::vector<ArcBreakdown> made =
        breakDown(arcs, rows, std::array{ArcGrouping{ArcGrouping::By::Whole}, two[0], two[1]});
    return arcPanels(strings, {std::move(made[0].groups[0].summary), std::move(made[1]), std::move(made[2])}, markers);
}

} // namespace arcscope
