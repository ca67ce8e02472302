#include "postmortemchart.h"

#include <algorithm>
#include <set>
#include <utility>

namespace arcscope
{
namespace
{

constexpr double leftEdge = 10;
constexpr double rightEdge = 950;
using Form = ChartShape::Form;

ChartShape line(double x, double top, double bottom, ChartInk ink)
{
    return {Form::Line, ink, x, top, 0, bottom - top};
}

ChartShape words(double x, double y, std::string text, bool endsHere = false, ChartInk ink = ChartInk::Words)
{
    return {Form::Words, ink, x, y, 0, 0, endsHere, std::move(text)};
}

/// On the side of a line where it stays inside; `left`: rather before it.
ChartShape label(double x, double y, std::string text, ChartInk ink = ChartInk::Words, bool left = false)
{
    constexpr double room = 150;
    const bool end = x > rightEdge - room || (left && x > leftEdge + room);
    return words(end ? x - 5 : x + 5, y, std::move(text), end, ink);
}

ChartShape box(double x, double y, double w, double h, ChartInk ink)
{
    return {Form::Box, ink, x, y, std::max(w, 1.0), h};
}

std::string dayText(Nanos time)
{
    const std::string iso = isoText(time);
    return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

} // namespace

FlatChart incidentChart(const IncidentReport& report, const Corpus&)
{
    if (report.bins.empty())
        return {};
    constexpr double top = 110; // above it labels, each kind in rows of its own
    constexpr double bottom = 250;
    const TimeRange range{report.bins.front().range.start, report.bins.back().range.end};
    const auto x = [&](Nanos time) {
        const double share =
            static_cast<double>(time - range.start) / static_cast<double>(std::max<Nanos>(range.length(), 1));
        return leftEdge + std::clamp(share, 0.0, 1.0) * (rightEdge - leftEdge);
    };
    std::uint32_t most = 1;
    std::uint32_t all = 0;
    std::uint32_t found = 0;
    for (const IncidentBin& bin : report.bins) {
        most = std::max(most, bin.traces);
        all += bin.traces;
        found += bin.found;
    }
    FlatChart chart;
    chart.height = 285;
    chart.id = "when";
    chart.title = "Traces over time";
    chart.about = std::to_string(all) + " traces from " + dayText(range.start) + " to " + dayText(range.end) + ", " +
                  std::to_string(found) + " of them with a finding. The table below has the moments.";
    const auto add = [&](ChartShape shape) { chart.shapes.push_back(std::move(shape)); };
    if (report.start.notBefore != noTime && report.start.time != noTime)
        add(box(x(report.start.notBefore), top - 8, x(report.start.time) - x(report.start.notBefore), bottom - top + 8,
                ChartInk::Sure));
    for (const IncidentBin& bin : report.bins) {
        const double from = x(bin.range.start);
        const double wide = (rightEdge - leftEdge) / static_cast<double>(report.bins.size()) - 1;
        const double high = (bottom - top) * bin.traces / most;
        const double bad = (bottom - top) * bin.found / most;
        if (bin.traces > 0)
            add(box(from, bottom - high, wide, high, ChartInk::Bar));
        if (bin.found > 0)
            add(box(from, bottom - bad, wide, bad, ChartInk::Bad));
    }
    add({Form::Line, ChartInk::Rule, leftEdge, bottom, rightEdge - leftEdge, 0});
    std::size_t row = 0;
    for (const IncidentChange& change : report.changes) {
        constexpr std::size_t mostLabels = 9;
        const double y = 62 + 14.0 * static_cast<double>(row % 3);
        add(line(x(change.marker.time), y - 8, bottom, ChartInk::Change));
        if (++row <= mostLabels)
            add(label(x(change.marker.time), y, "change " + std::to_string(row), ChartInk::QuietWords, true));
    }
    if (report.start.time != noTime) {
        add(line(x(report.start.time), 10, bottom, ChartInk::Start));
        add(label(x(report.start.time), 20, "start estimate"));
    }
    if (report.complaint.time != noTime) {
        add(line(x(report.complaint.time), 30, bottom, ChartInk::Noticed));
        add(label(x(report.complaint.time), 40, "first complaint"));
    }
    add(words(leftEdge, 270, dayText(range.start), false, ChartInk::QuietWords));
    add(words(rightEdge, 270, dayText(range.end), true, ChartInk::QuietWords));
    return chart;
}

FlatChart traceChart(const IncidentExample& example, const IncidentReport& report, const Corpus& corpus,
                     std::size_t most)
{
    std::set<Row> bad;
    for (const std::uint32_t finding : example.findings) {
        for (const FindingPlace& place : report.findings[finding].places)
            bad.insert(place.row);
    }
    TimeRange range;
    for (const Row row : example.rows) {
        const TimeRange span = corpus.spans.range(row);
        if (corpus.spans.start(row) != noTime)
            range =
                range.recorded() ? TimeRange{std::min(range.start, span.start), std::max(range.end, span.end)} : span;
    }
    if (!range.recorded())
        return {};
    // Those that findings show come in any case.
    std::vector<Row> shown;
    std::size_t others = most > bad.size() ? most - bad.size() : 0;
    for (const Row row : example.rows) {
        if (bad.count(row) > 0 || others > 0) {
            shown.push_back(row);
            others -= bad.count(row) > 0 || others == 0 ? 0 : 1;
        }
    }
    constexpr double barsFrom = 330;
    constexpr double step = 18;
    const double height = 10 + step * static_cast<double>(shown.size()) + 24;
    FlatChart chart;
    chart.height = height;
    chart.id = "trace-" + std::to_string(example.trace);
    chart.title = std::to_string(shown.size()) + " of " + std::to_string(example.rows.size()) +
                  " spans of the trace by time, " + std::to_string(bad.size()) + " of them shown by findings";
    const auto add = [&](ChartShape shape) { chart.shapes.push_back(std::move(shape)); };
    double y = 10;
    for (const Row row : shown) {
        const TimeRange span = corpus.spans.range(row);
        const std::int64_t depth = std::min<std::int64_t>(corpus.spans.at(SpanColumn::Depth, row), 8);
        const std::string text = (bad.count(row) > 0 ? "▲ " : "") +
                                 quoted(corpus.text(SpanText::Name, row), 38 - 2 * static_cast<std::size_t>(depth));
        add(words(leftEdge + 10.0 * static_cast<double>(depth), y + 11, text));
        if (corpus.spans.start(row) != noTime) {
            const double all = static_cast<double>(std::max<Nanos>(range.length(), 1));
            const double from = static_cast<double>(span.start - range.start) / all * (rightEdge - barsFrom);
            const double wide = static_cast<double>(span.length()) / all * (rightEdge - barsFrom);
            add(box(barsFrom + from, y + 2, std::max(wide, 1.5), step - 7,
                    bad.count(row) > 0 ? ChartInk::Bad : ChartInk::Bar));
        }
        y += step;
    }
    add(words(barsFrom, y + 14, dayText(range.start), false, ChartInk::QuietWords));
    add(words(rightEdge, y + 14, "+" + durationText(range.length()), true, ChartInk::QuietWords));
    return chart;
}

} // namespace arcscope
