#include "contraststyle.h"

#include <QPainter>
#include <QStyleOption>

namespace arcscope
{
namespace
{

constexpr int thick = 2; ///< pixels of what has the keyboard

void frame(QPainter& painter, const QStyleOption& option, const QRect& rect)
{
    const bool focused = option.state & QStyle::State_HasFocus;
    const bool enabled = option.state & QStyle::State_Enabled;
    const QPalette::ColorRole role = focused ? QPalette::Highlight : QPalette::WindowText;
    const int width = focused ? thick : 1;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(option.palette.color(enabled ? QPalette::Active : QPalette::Disabled, role), width));
    const int inside = width / 2;
    painter.drawRect(rect.adjusted(inside, inside, -1 - (width - 1) / 2, -1 - (width - 1) / 2));
    painter.restore();
}

} // namespace

void ContrastStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                  const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    switch (element) {
    case PE_PanelLineEdit:
        if (const auto* field = qstyleoption_cast<const QStyleOptionFrame*>(option); field && field->lineWidth > 0)
            frame(*painter, *option, option->rect);
        break;
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
    case PE_IndicatorCheckBox:
    case PE_FrameMenu:
    case PE_FrameFocusRect:
    case PE_PanelTipLabel:
        frame(*painter, *option, option->rect);
        break;
    case PE_Frame:
        if (const auto* around = qstyleoption_cast<const QStyleOptionFrame*>(option); around && around->lineWidth > 0)
            frame(*painter, *option, option->rect);
        break;
    default:
        break;
    }
}

void ContrastStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const
{
    ReadingStyle::drawControl(element, option, painter, widget);
    if (element == CE_TabBarTabShape || element == CE_HeaderSection || element == CE_ProgressBarGroove)
        frame(*painter, *option, option->rect);
    if (element == CE_TabBarTabShape && option->state & State_Selected) { // Fusion tells it apart by a shade
        const QRect edge(option->rect.left(), option->rect.bottom() - 2 * thick + 1, option->rect.width(), 2 * thick);
        painter->fillRect(edge, option->palette.color(QPalette::Highlight));
    }
}

void ContrastStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                       const QWidget* widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    switch (control) {
    case CC_ComboBox:
    case CC_SpinBox:
        frame(*painter, *option, option->rect);
        break;
    case CC_ScrollBar:
        frame(*painter, *option, proxy()->subControlRect(control, option, SC_ScrollBarSlider, widget));
        break;
    default:
        break;
    }
}

} // namespace arcscope
