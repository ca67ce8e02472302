// The glyph of a span kind as an icon in the ink of its role; in a selected row in the colour of the text.
#pragma once

#include "span.h"

#include <QIcon>

namespace arcscope
{

QIcon kindIcon(SpanKind kind);

} // namespace arcscope
