#include "chartsvg.h"

#include "htmltext.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace arcscope
{
namespace
{

/// Of shapes; words have none, or "soft".
constexpr std::array<std::string_view, 9> classes{"bar",   "bad",     "sure", "line", "change",
                                                  "start", "noticed", "",     "soft"};

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string attribute(std::string_view name, double value)
{
    return " " + std::string(name) + "=\"" + number(value) + "\"";
}

std::string svgOf(const ChartShape& shape)
{
    const std::string_view kind = classes[static_cast<std::size_t>(shape.ink)];
    const std::string named = kind.empty() ? std::string() : " class=\"" + std::string(kind) + "\"";
    switch (shape.form) {
    case ChartShape::Form::Box:
        return "<rect" + named + attribute("x", shape.x) + attribute("y", shape.y) + attribute("width", shape.width) +
               attribute("height", shape.height) + "/>";
    case ChartShape::Form::Line:
        return "<line" + named + attribute("x1", shape.x) + attribute("x2", shape.x + shape.width) +
               attribute("y1", shape.y) + attribute("y2", shape.y + shape.height) + "/>";
    case ChartShape::Form::Words:
        break;
    }
    return "<text" + attribute("x", shape.x) + attribute("y", shape.y) +
           (shape.endsHere ? " text-anchor=\"end\"" : "") + named + ">" + htmlText(shape.words) + "</text>";
}

} // namespace

std::string svgOf(const FlatChart& chart)
{
    if (chart.empty())
        return {};
    const std::string id = htmlText(chart.id);
    std::string svg = "<svg viewBox=\"0 0 " + number(chart.width) + " " + number(chart.height) +
                      "\" role=\"img\" aria-labelledby=\"" + id + "-title" +
                      (chart.about.empty() ? "" : " " + id + "-desc") + "\"><title id=\"" + id + "-title\">" +
                      htmlText(chart.title) + "</title>";
    if (!chart.about.empty())
        svg += "<desc id=\"" + id + "-desc\">" + htmlText(chart.about) + "</desc>";
    for (const ChartShape& shape : chart.shapes)
        svg += svgOf(shape);
    return svg + "</svg>";
}

} // namespace arcscope
