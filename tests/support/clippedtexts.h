// Texts of controls that do not fit into them, or out of sight because something else covers them.
#pragma once

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QDockWidget>
#include <QGroupBox>
#include <QLabel>
#include <QMainWindow>
#include <QStringList>
#include <QTabBar>
#include <QToolButton>
#include <QWidget>

namespace arcscope::testing
{

inline bool inScrollArea(const QWidget* part)
{
    for (const QWidget* around = part->parentWidget(); around; around = around->parentWidget()) {
        if (qobject_cast<const QAbstractScrollArea*>(around))
            return true;
    }
    return false;
}

/// In a panel that shares its place with others, of which one is in front. Qt leaves it visible, beside the window.
inline bool behindATab(const QWidget* part)
{
    while (part && !qobject_cast<const QDockWidget*>(part))
        part = part->parentWidget();
    if (!part)
        return false;
    const auto* const window = qobject_cast<const QMainWindow*>(part->parentWidget());
    auto* const panel = qobject_cast<QDockWidget*>(const_cast<QWidget*>(part));
    return window && !window->tabifiedDockWidgets(panel).isEmpty() && panel->visibleRegion().isEmpty();
}

inline QString shortOf(const QWidget& part, const QString& text, const QString& why)
{
    return QStringLiteral("%1 “%2”: %3 (%4x%5, wants %6x%7)")
        .arg(QString::fromLatin1(part.metaObject()->className()), text.left(50), why)
        .arg(part.width())
        .arg(part.height())
        .arg(part.sizeHint().width())
        .arg(part.sizeHint().height());
}

/// A line for each. A text that shortens itself and tells the whole in its tip is not one.
inline QStringList clippedIn(QWidget& window)
{
    constexpr int slack = 2; ///< pixels
    QStringList found;
    for (QWidget* part : window.findChildren<QWidget*>()) {
        if (!part->isVisible() || behindATab(part))
            continue;
        QString text;
        if (const auto* label = qobject_cast<QLabel*>(part)) {
            text = label->text();
            if (text.isEmpty() || part->inherits("arcscope::BriefLabel"))
                continue;
            const int wanted = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
            const bool narrow = !label->wordWrap() && label->sizeHint().width() > label->width() + slack;
            if (narrow || wanted > label->height() + slack)
                found << shortOf(*part, text, narrow ? QStringLiteral("narrow") : QStringLiteral("low"));
        } else if (const auto* button = qobject_cast<QAbstractButton*>(part)) {
            text = button->text();
            const auto* const tool = qobject_cast<const QToolButton*>(button);
            if (text.isEmpty() || (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull()))
                continue;
            if (button->sizeHint().width() > button->width() + slack ||
                button->sizeHint().height() > button->height() + slack)
                found << shortOf(*part, text, QStringLiteral("small"));
        } else if (const auto* combo = qobject_cast<QComboBox*>(part)) {
            text = combo->currentText();
            if (combo->fontMetrics().horizontalAdvance(text) > combo->width() - 20 && combo->toolTip().isEmpty())
                found << shortOf(*part, text, QStringLiteral("narrow"));
        } else if (const auto* tabs = qobject_cast<QTabBar*>(part)) {
            for (int i = 0; i < tabs->count(); ++i) {
                QString name = tabs->tabText(i);
                name.remove(QLatin1Char('&'));
                if (tabs->isTabVisible(i) && tabs->fontMetrics().horizontalAdvance(name) > tabs->tabRect(i).width() &&
                    tabs->tabToolTip(i) != name)
                    found << shortOf(*part, name, QStringLiteral("narrow tab"));
            }
            continue;
        } else if (const auto* group = qobject_cast<QGroupBox*>(part)) {
            text = group->title();
        } else {
            continue;
        }
        const QRect seen = part->visibleRegion().boundingRect();
        if (!inScrollArea(part) && !text.isEmpty() && seen != part->rect())
            found << shortOf(*part, text, QStringLiteral("covered"));
    }
    found.removeDuplicates();
    return found;
}

} // namespace arcscope::testing
