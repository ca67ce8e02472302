// The style of high contrast: what can be used has a frame that can be seen, what has the keyboard a thick one.
#pragma once

#include "readingstyle.h"

namespace arcscope
{

class ContrastStyle : public ReadingStyle
{
    Q_OBJECT

public:
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
};

} // namespace arcscope
