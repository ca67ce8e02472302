#include "postmortemchart.h"

#include "htmltext.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace arcscope
{
namespace
{

constexpr double width = 960;
constexpr double leftEdge = 10;
constexpr double rightEdge = 950;

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string line(double x, double top, double bottom, std::string_view kind)
{
    return "<line class=\"" + std::string(kind) + "\" x1=\"" + number(x) + "\" x2=\"" + number(x) + "\" y1=\"" +
           number(top) + "\" y2=\"" + number(bottom) + "\"/>";
}

/// On the side of a line where it stays inside; `left`: rather before it.
std::string label(double x, double y, std::string_view text, std::string_view kind = {}, bool left = false)
{
    constexpr double room = 150;
    const bool end = x > rightEdge - room || (left && x > leftEdge + room);
    return "<text x=\"" + number(end ? x - 5 : x + 5) + "\" y=\"" + number(y) + "\"" +
           (end ? " text-anchor=\"end\"" : "") + (kind.empty() ? "" : " class=\"" + std::string(kind) + "\"") + ">" +
           htmlText(text) + "</text>";
}

std::string box(double x, double y, double w, double h, std::string_view kind)
{
    return "<rect class=\"" + std::string(kind) + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" +
           number(std::max(w, 1.0)) + "\" height=\"" + number(h) + "\"/>";
}

std::string dayText(Nanos time)
{
    const std::string iso = isoText(time);
    return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

} // namespace

std::string incidentChart(const IncidentReport& report, const Corpus&)
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
    std::string svg = "<svg viewBox=\"0 0 960 285\" role=\"img\" aria-labelledby=\"when-title when-desc\">"
                      "<title id=\"when-title\">Traces over time</title><desc id=\"when-desc\">" +
                      std::to_string(all) + " traces from " + dayText(range.start) + " to " + dayText(range.end) +
                      ", " + std::to_string(found) + " of them with a finding. The table below has the moments.</desc>";
    if (report.start.notBefore != noTime && report.start.time != noTime)
        svg += box(x(report.start.notBefore), top - 8, x(report.start.time) - x(report.start.notBefore),
                   bottom - top + 8, "sure");
    for (const IncidentBin& bin : report.bins) {
        const double from = x(bin.range.start);
        const double wide = (rightEdge - leftEdge) / static_cast<double>(report.bins.size()) - 1;
        const double high = (bottom - top) * bin.traces / most;
        const double bad = (bottom - top) * bin.found / most;
        if (bin.traces > 0)
            svg += box(from, bottom - high, wide, high, "bar");
        if (bin.found > 0)
            svg += box(from, bottom - bad, wide, bad, "bad");
    }
    svg += "<line class=\"line\" x1=\"10\" x2=\"950\" y1=\"250\" y2=\"250\"/>";
    std::size_t row = 0;
    for (const IncidentChange& change : report.changes) {
        constexpr std::size_t mostLabels = 9;
        const double y = 62 + 14.0 * static_cast<double>(row % 3);
        svg += line(x(change.marker.time), y - 8, bottom, "change");
        if (++row <= mostLabels)
            svg += label(x(change.marker.time), y, "change " + std::to_string(row), "soft", true);
    }
    if (report.start.time != noTime)
        svg += line(x(report.start.time), 10, bottom, "start") + label(x(report.start.time), 20, "start estimate");
    if (report.complaint.time != noTime)
        svg += line(x(report.complaint.time), 30, bottom, "noticed") +
               label(x(report.complaint.time), 40, "first complaint");
    svg += "<text x=\"10\" y=\"270\" class=\"soft\">" + dayText(range.start) +
           "</text><text x=\"950\" y=\"270\" text-anchor=\"end\" class=\"soft\">" + dayText(range.end) + "</text>";
    return svg + "</svg>";
}

std::string traceChart(const IncidentExample& example, const IncidentReport& report, const Corpus& corpus,
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
    const std::string id = "trace-" + std::to_string(example.trace);
    std::string svg = "<svg viewBox=\"0 0 960 " + number(height) + "\" role=\"img\" aria-labelledby=\"" + id +
                      "-title\"><title id=\"" + id + "-title\">" + std::to_string(shown.size()) + " of " +
                      std::to_string(example.rows.size()) + " spans of the trace by time, " +
                      std::to_string(bad.size()) + " of them shown by findings</title>";
    double y = 10;
    for (const Row row : shown) {
        const TimeRange span = corpus.spans.range(row);
        const std::int64_t depth = std::min<std::int64_t>(corpus.spans.at(SpanColumn::Depth, row), 8);
        const std::string text = (bad.count(row) > 0 ? "▲ " : "") +
                                 quoted(corpus.text(SpanText::Name, row), 38 - 2 * static_cast<std::size_t>(depth));
        svg += "<text x=\"" + number(leftEdge + 10.0 * static_cast<double>(depth)) + "\" y=\"" + number(y + 11) +
               "\">" + htmlText(text) + "</text>";
        if (corpus.spans.start(row) != noTime) {
            const double all = static_cast<double>(std::max<Nanos>(range.length(), 1));
            const double from = static_cast<double>(span.start - range.start) / all * (rightEdge - barsFrom);
            const double wide = static_cast<double>(span.length()) / all * (rightEdge - barsFrom);
            svg += box(barsFrom + from, y + 2, std::max(wide, 1.5), step - 7, bad.count(row) > 0 ? "bad" : "bar");
        }
        y += step;
    }
    svg += "<text x=\"" + number(barsFrom) + "\" y=\"" + number(y + 14) + "\" class=\"soft\">" + dayText(range.start) +
           "</text><text x=\"950\" y=\"" + number(y + 14) + "\" text-anchor=\"end\" class=\"soft\">+" +
           htmlText(durationText(range.length())) + "</text>";
    return svg + "</svg>";
}

} // namespace arcscope
