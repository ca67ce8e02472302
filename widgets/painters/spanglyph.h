// The small shape that tells a kind of span apart without colour, drawn as geometry so that no font is needed.
#pragma once

#include "span.h"

#include <QColor>
#include <QRectF>

class QPainter;

namespace arcscope
{

/// Draws the glyph of a kind into a square. Same shapes as glyphOf().
void paintGlyph(QPainter& painter, const QRectF& square, SpanKind kind, const QColor& colour);

/// A filled triangle for lane headers: pointing down where open, to the right (in reading direction) where collapsed.
void paintDisclosure(QPainter& painter, const QRectF& square, bool open, bool rightToLeft, const QColor& colour);

/// A pin.
void paintPin(QPainter& painter, const QRectF& square, const QColor& colour);

} // namespace arcscope
