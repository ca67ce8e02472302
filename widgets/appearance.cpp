#include "appearance.h"

#include "theme.h"

#include <QApplication>

namespace arcscope
{

void applyAppearance(Appearance appearance, std::optional<bool> systemDark)
{
    if (appearance == Appearance::System) {
        QApplication::setPalette(QPalette());
        const bool dark = themeFor(QApplication::palette()).dark;
        if (!systemDark || *systemDark == dark) {
            QApplication::setPalette(QPalette(), "QCheckBox");
            QApplication::setPalette(QPalette(), "QLineEdit");
            return;
        }
    }
    const bool dark = appearance == Appearance::Dark || (appearance == Appearance::System && *systemDark);
    const Theme& theme = dark ? darkTheme() : lightTheme();
    QPalette boxes = paletteOf(theme);
    QApplication::setPalette(boxes);
    if (dark) // the style frames a box darker than the window: it would not be seen
        boxes.setColor(QPalette::Base, theme.rule);
    QApplication::setPalette(boxes, "QCheckBox");
    QPalette fields = paletteOf(theme);
    if (dark)
        fields.setColor(QPalette::Base, mixed(theme.stripe, theme.rule, 0.5));
    QApplication::setPalette(fields, "QLineEdit");
}

} // namespace arcscope
