#include "textsize.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QWidget>

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr std::array steps{70, 80, 90, 100, 110, 125, 150, 175, 200, 250};
constexpr double smallestPoints = 8;

double pointsAt(int percent)
{
    const double system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF();
    return std::max(smallestPoints, system * percent / 100);
}

void apply(int percent)
{
    QFont font = QApplication::font();
    const double before = font.pointSizeF();
    const double after = pointsAt(percent);
    if (before <= 0 || qFuzzyCompare(before, after))
        return;
    font.setPointSizeF(after);
    QApplication::setFont(font);
    QApplication::setFont(font, "QDockWidgetTitle"); // has a font of its own in some desktops
    for (QWidget* widget : QApplication::allWidgets()) {
        QFont own = widget->font();
        if (!widget->testAttribute(Qt::WA_SetFont) || !(own.resolveMask() & QFont::SizeResolved))
            continue;
        own.setPointSizeF(own.pointSizeF() * after / before);
        widget->setFont(own);
    }
    QEvent signsGrow(QEvent::StyleChange); // with the text, see ReadingStyle
    for (QWidget* widget : QApplication::allWidgets())
        QApplication::sendEvent(widget, &signsGrow);
}

} // namespace

TextSize::TextSize(Settings settings)
    : m_settings(std::move(settings))
{
    apply(percent());
}

void TextSize::bigger()
{
    const auto* next = std::find_if(steps.begin(), steps.end(), [this](int step) { return step > percent(); });
    set(next == steps.end() ? steps.back() : *next);
}

void TextSize::smaller()
{
    const auto next = std::find_if(steps.rbegin(), steps.rend(), [this](int step) { return step < percent(); });
    set(next == steps.rend() ? steps.front() : *next);
}

void TextSize::normal()
{
    set(Settings::normalTextSize);
}

void TextSize::set(int percent)
{
    m_settings.setTextSize(percent);
    apply(m_settings.textSize());
}

} // namespace arcscope
