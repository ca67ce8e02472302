// A flat button with a text, whose tip is its name for screen readers.
#pragma once

#include <QToolButton>

namespace arcscope
{

inline QToolButton* flatButton(const QString& text, const QString& tip)
{
    auto* made = new QToolButton;
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setAutoRaise(true);
    return made;
}

} // namespace arcscope
