// Paints what became of an arc: a shape, a colour and, where a rule says so, the bracket of what is inferred.
#pragma once

#include "arctable.h"
#include "theme.h"

#include <QPainter>
#include <QRect>

namespace arcscope
{

ColourRole roleOf(ArcOutcome outcome);
/// Fill of bars.
QColor outcomeColour(const Theme& theme, ArcOutcome outcome);

/// In the largest square in the middle of the rectangle.
void paintOutcome(QPainter& painter, const QRect& rect, ArcOutcome outcome, ArcSource source, const Theme& theme);
/// A piece of a bar: what is unknown is hatched.
void paintOutcomeFill(QPainter& painter, const QRect& rect, ArcOutcome outcome, const Theme& theme);
/// An open corner around what is inferred by rule.
void paintInferred(QPainter& painter, const QRect& rect, const QColor& colour);

} // namespace arcscope
