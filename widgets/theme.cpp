#include "theme.h"

#include "contrasttheme.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{

namespace
{

struct Inks {
    const char* fill;
    const char* ink;
    const char* onFill;
};

struct RoleRow {
    ColourRole role;
    Inks light;
    Inks dark;
    Inks onWhite; ///< high contrast
    Inks onBlack;
};

constexpr const char* white = "#ffffff";
constexpr const char* black = "#000000";
constexpr const char* night = "#0b0c0e";
constexpr const char* lightText = "#1b1d20";
constexpr const char* darkText = "#eceef0";

// Chosen so that fills differ from each other and from the canvas in normal vision and in the three dichromacies.
constexpr RoleRow table[] = {
    {ColourRole::User,
     {"#4b36a6", "#4b36a6", white},
     {"#8f63e0", "#9e7de3", night},
     {"#3a2690", "#3a2690", white},
     {"#a485ef", "#b399f2", black}},
    {ColourRole::Model,
     {"#2f6fe0", "#2c6ad6", white},
     {"#4bb0ff", "#4bb0ff", night},
     {"#1f56c0", "#1b4aa5", white},
     {"#55c8ff", "#55c8ff", black}},
    {ColourRole::Tool,
     {"#81520a", "#81520a", white},
     {"#e0a070", "#e0a070", night},
     {"#663e09", "#663e09", white},
     {"#ffb27a", "#ffb27a", black}},
    {ColourRole::Committed,
     {"#169873", "#107d5e", night},
     {"#63f0bc", "#63f0bc", night},
     {"#0b6b4f", "#095c44", white},
     {"#66ffc2", "#66ffc2", black}},
    {ColourRole::Speculative,
     {"#2a6272", "#2a6272", lightText},
     {"#458f97", "#5c979e", darkText},
     {"#1e4661", "#1e4661", black},
     {"#5daeb5", "#67b3b9", white}},
    {ColourRole::Retracted,
     {"#6e163f", "#6e163f", lightText},
     {"#c783c4", "#c783c4", darkText},
     {"#5a0f33", "#5a0f33", black},
     {"#e98ae3", "#e98ae3", white}},
    {ColourRole::Contradiction,
     {"#d50b51", "#d50b51", lightText},
     {"#f35532", "#f35d40", darkText},
     {"#b50640", "#a00539", black},
     {"#ff6a45", "#ff8364", white}},
    {ColourRole::Stall,
     {"#928a06", "#777004", lightText},
     {"#f6e23a", "#f6e23a", darkText},
     {"#6a6400", "#565100", black},
     {"#fff04a", "#fff04a", white}},
    {ColourRole::System,
     {"#7f8296", "#6b6d7f", night},
     {"#c9d0da", "#c9d0da", night},
     {"#575c69", "#4b4f5a", white},
     {"#d8dee6", "#d8dee6", black}},
};
static_assert(std::size(table) == colourRoleCount);

struct Grounds {
    const char* canvas;
    const char* stripe;
    const char* text;
    const char* muted;
    const char* rule;
};

Theme makeTheme(bool dark, const Grounds& grounds, Inks RoleRow::*look)
{
    Theme theme;
    theme.dark = dark;
    theme.canvas = QColor(grounds.canvas);
    theme.stripe = QColor(grounds.stripe);
    theme.text = QColor(grounds.text);
    theme.muted = QColor(grounds.muted);
    theme.rule = QColor(grounds.rule);
    for (const RoleRow& row : table) {
        const Inks& inks = row.*look;
        theme.roles[static_cast<std::size_t>(row.role)] = {QColor(inks.fill), QColor(inks.ink), QColor(inks.onFill)};
    }
    return theme;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [&](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * share)); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

QColor Theme::tint(ColourRole role) const
{
    return mixed(canvas, (*this)[role].fill, 0.18);
}

const Theme& lightTheme()
{
    static const Theme theme = makeTheme(false, {white, "#f2f4f6", lightText, "#5a6068", "#d0d5db"}, &RoleRow::light);
    return theme;
}

const Theme& darkTheme()
{
    static const Theme theme = makeTheme(true, {"#16181b", "#22262a", darkText, "#a2a9b2", "#3a4047"}, &RoleRow::dark);
    return theme;
}

const Theme& contrastTheme(bool dark)
{
    static const Theme onBlack = makeTheme(true, {black, "#1a1a1a", white, "#d0d0d0", "#8c8c8c"}, &RoleRow::onBlack);
    static const Theme onWhite = makeTheme(false, {white, "#f2f2f2", black, "#3c3c3c", "#6a6a6a"}, &RoleRow::onWhite);
    return dark ? onBlack : onWhite;
}

bool isContrast(const Theme& theme)
{
    return theme.text == contrastTheme(theme.dark).text;
}

bool isContrast(const QPalette& palette)
{
    return isContrast(themeFor(palette));
}

const Theme& themeFor(const QPalette& palette)
{
    for (const bool night : {true, false}) {
        const Theme& strong = contrastTheme(night);
        if (palette.color(QPalette::Window) == strong.canvas && palette.color(QPalette::WindowText) == strong.text)
            return strong;
    }
    const bool dark = luminance(palette.color(QPalette::Window)) < luminance(palette.color(QPalette::WindowText));
    return dark ? darkTheme() : lightTheme();
}

QPalette paletteOf(const Theme& theme)
{
    QPalette palette;
    const bool strong = isContrast(theme);
    const QColor window = strong ? theme.canvas : theme.dark ? mixed(theme.canvas, theme.stripe, 0.5) : theme.stripe;
    const QColor button = mixed(window, theme.text, theme.dark ? 0.08 : 0.03);
    const QColor accent = theme[ColourRole::Model].fill;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.canvas);
    palette.setColor(QPalette::AlternateBase, theme.stripe);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.muted);
    palette.setColor(QPalette::Button, button);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme[ColourRole::Contradiction].ink);
    palette.setColor(QPalette::ToolTipBase, theme.stripe);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, theme[ColourRole::Model].onFill);
    palette.setColor(QPalette::Link, theme[ColourRole::Model].ink);
    palette.setColor(QPalette::LinkVisited, theme[ColourRole::User].ink);
    palette.setColor(QPalette::Light, mixed(button, theme.dark ? theme.text : theme.canvas, theme.dark ? 0.15 : 1));
    palette.setColor(QPalette::Midlight, mixed(button, theme.text, theme.dark ? 0.1 : 0.05));
    palette.setColor(QPalette::Mid, theme.rule);
    palette.setColor(QPalette::Dark, mixed(window, theme.dark ? theme.canvas : theme.text, 0.4));
    palette.setColor(QPalette::Shadow, mixed(theme.canvas, theme.dark ? theme.canvas : theme.text, 0.8));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, mixed(window, theme.text, strong ? 0.65 : 0.55));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.rule);
    return palette;
}

ColourRole roleOf(SpanKind kind)
{
    switch (kind) {
    case SpanKind::ModelCall:
    case SpanKind::Embedding:
        return ColourRole::Model;
    case SpanKind::ToolCall:
    case SpanKind::Retrieval:
        return ColourRole::Tool;
    case SpanKind::Agent:
    case SpanKind::Other:
    case SpanKind::Guardrail:
    case SpanKind::Evaluator:
    case SpanKind::Workflow:
        return ColourRole::System;
    }
    return ColourRole::System;
}

QChar glyphOf(SpanKind kind)
{
    switch (kind) {
    case SpanKind::ModelCall:
        return u'\u25cf'; // black circle
    case SpanKind::Embedding:
        return u'\u25cb'; // white circle
    case SpanKind::ToolCall:
        return u'\u25a3'; // square in square
    case SpanKind::Retrieval:
        return u'\u25a1'; // white square
    case SpanKind::Agent:
        return u'\u25b8'; // pointing right
    case SpanKind::Guardrail:
        return u'\u25c6'; // black diamond
    case SpanKind::Evaluator:
        return u'\u25c7'; // white diamond
    case SpanKind::Workflow:
        return u'\u25a4'; // square with lines
    case SpanKind::Other:
        return u'\u25aa'; // small square
    }
    return {};
}

double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace arcscope
