// A view as it is on the screen, as SVG: each of its widgets in a box of its own, which cuts off what lies outside.
#pragma once

#include <QByteArray>
#include <QWidget>

namespace arcscope
{

/// One <g> element to stand within an <svg>, of the size of the view; Qt writes no clips into an SVG. Texts are texts.
QByteArray widgetSvg(QWidget& view);

} // namespace arcscope
