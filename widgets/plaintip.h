// Tips of plain text: Qt takes one for markup, or shows the escapes of markup, by what happens to stand in it.
#pragma once

#include <QString>
#include <QWidget>

namespace arcscope
{

inline QString plainTip(const QString& text)
{
    return text.isEmpty() ? QString()
                          : QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text.toHtmlEscaped());
}

/// A screen reader is told the words themselves.
inline void setPlainTip(QWidget& widget, const QString& text)
{
    widget.setToolTip(plainTip(text));
    widget.setAccessibleDescription(text);
}

} // namespace arcscope
