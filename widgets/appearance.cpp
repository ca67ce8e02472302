#include "appearance.h"

#include "contraststyle.h"
#include "contrasttheme.h"

#include <QApplication>

namespace arcscope
{
namespace
{

void setPalettes(const Theme& theme)
{
    QPalette boxes = paletteOf(theme);
    QApplication::setPalette(boxes);
    const bool framed = isContrast(theme) || !theme.dark;
    if (!framed) // the style frames a box darker than the window: it would not be seen
        boxes.setColor(QPalette::Base, theme.rule);
    QApplication::setPalette(boxes, "QCheckBox");
    QPalette fields = paletteOf(theme);
    if (!framed)
        fields.setColor(QPalette::Base, mixed(theme.stripe, theme.rule, 0.5));
    QApplication::setPalette(fields, "QLineEdit");
}

/// Frames that the usual style draws in the shade of the window are lines that can be seen.
void setFramed(bool framed)
{
    const bool now = qobject_cast<ContrastStyle*>(QApplication::style()) != nullptr;
    if (framed == now && qobject_cast<ReadingStyle*>(QApplication::style()))
        return;
    QApplication::setStyle(framed ? new ContrastStyle : new ReadingStyle);
}

} // namespace

void applyAppearance(Appearance appearance, std::optional<bool> systemDark, bool systemContrast)
{
    const bool ofSystem = appearance == Appearance::System;
    if (ofSystem) {
        QApplication::setPalette(QPalette());
        const bool dark = themeFor(QApplication::palette()).dark;
        if (!systemContrast && (!systemDark || *systemDark == dark)) {
            setFramed(false);
            QApplication::setPalette(QPalette(), "QCheckBox");
            QApplication::setPalette(QPalette(), "QLineEdit");
            return;
        }
        systemDark = systemDark.value_or(dark);
    }
    const bool strong = appearance == Appearance::ContrastDark || appearance == Appearance::ContrastLight ||
                        (ofSystem && systemContrast);
    const bool dark =
        appearance == Appearance::Dark || appearance == Appearance::ContrastDark || (ofSystem && *systemDark);
    setFramed(strong);
    setPalettes(strong ? contrastTheme(dark) : dark ? darkTheme() : lightTheme());
}

} // namespace arcscope
