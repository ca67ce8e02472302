// Every colour of the program, light and dark, from one table: the only place with colour literals.
#pragma once

#include "span.h"

#include <QColor>
#include <QPalette>
#include <QString>

#include <array>

namespace arcscope
{

/// What a colour says. Each role also has a shape, a glyph and a word: colour is never the only channel.
enum class ColourRole : std::uint8_t {
    User,
    Model,
    Tool,
    Committed,
    Speculative,
    Retracted,
    Contradiction, ///< also: an error
    Stall,
    System,
};
inline constexpr int colourRoleCount = 9;

struct RoleColours {
    QColor fill;   ///< at least 3:1 on canvas and stripe
    QColor ink;    ///< text on canvas or stripe, at least 4.5:1
    QColor onFill; ///< text on fill; on roles that are drawn as outline: text on the tint
};

struct Theme {
    bool dark = false;
    QColor canvas;
    QColor stripe; ///< every second lane
    QColor text;
    QColor muted;
    QColor rule;
    std::array<RoleColours, colourRoleCount> roles;

    const RoleColours& operator[](ColourRole role) const { return roles[static_cast<std::size_t>(role)]; }
    /// The 18 % tint of a role over the canvas, for outlined shapes.
    QColor tint(ColourRole role) const;
};

const Theme& lightTheme();
const Theme& darkTheme();
/// By the window colour of a palette.
const Theme& themeFor(const QPalette& palette);
/// Palette for the Fusion style, all roles set.
QPalette paletteOf(const Theme& theme);

ColourRole roleOf(SpanKind kind);
/// One character for a kind, so that kinds that share a colour still differ.
QChar glyphOf(SpanKind kind);
/// `share` 0 gives a, 1 gives b.
QColor mixed(const QColor& a, const QColor& b, double share);
/// WCAG 2 contrast ratio, 1..21.
double contrast(const QColor& a, const QColor& b);

} // namespace arcscope
