// What a screen reader finds in a window: walked from the window down, as far as it can be seen.
#pragma once

#include <QAccessible>
#include <QMetaEnum>
#include <QStringList>
#include <QWidget>

#include <algorithm>
#include <array>

namespace arcscope::testing
{

inline QAccessibleInterface* accessibleOf(QObject* object)
{
    return QAccessible::queryAccessibleInterface(object);
}

inline QString roleText(QAccessible::Role role)
{
    return QString::fromLatin1(QMetaEnum::fromType<QAccessible::Role>().valueToKey(role));
}

/// What can be used has a name; what only holds or decorates others need not have one.
inline bool needsName(QAccessible::Role role)
{
    static constexpr std::array roles{
        QAccessible::Button,       QAccessible::CheckBox, QAccessible::RadioButton,  QAccessible::ComboBox,
        QAccessible::EditableText, QAccessible::List,     QAccessible::Tree,         QAccessible::Table,
        QAccessible::PageTab,      QAccessible::MenuItem, QAccessible::Slider,       QAccessible::SpinBox,
        QAccessible::ProgressBar,  QAccessible::ListItem, QAccessible::ButtonMenu,   QAccessible::ButtonDropDown,
        QAccessible::Graphic,      QAccessible::Dialog,   QAccessible::ColumnHeader, QAccessible::Link,
        QAccessible::Chart,        QAccessible::Canvas};
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

/// Of tables and lists so many children are looked at.
inline constexpr int mostChildren = 80;

/// Adds a line for everything that can be seen and used and has no name.
inline void findUnnamed(QAccessibleInterface* node, const QString& way, QStringList& found)
{
    if (!node || !node->isValid() || node->state().invisible)
        return;
    const QAccessible::Role role = node->role();
    const QString name = node->text(QAccessible::Name);
    QString here = way + QLatin1Char('/') + roleText(role);
    if (node->object())
        here += QLatin1Char('<') + QString::fromLatin1(node->object()->metaObject()->className()) + QLatin1Char('>');
    if (needsName(role) && name.trimmed().isEmpty())
        found << here;
    if (!name.isEmpty())
        here += QStringLiteral("“%1”").arg(name.left(24));
    for (int i = 0; i < std::min(node->childCount(), mostChildren); ++i)
        findUnnamed(node->child(i), here, found);
}

inline QStringList unnamedIn(QWidget& window)
{
    QStringList found;
    findUnnamed(accessibleOf(&window), {}, found);
    found.removeDuplicates();
    return found;
}

/// Widgets of our own that take the keyboard and tell a screen reader nothing of what they draw.
inline QStringList silentIn(QWidget& window)
{
    QStringList found;
    for (QWidget* part : window.findChildren<QWidget*>()) {
        const QString type = QString::fromLatin1(part->metaObject()->className());
        if (!part->isVisible() || !part->isEnabled() || part->focusProxy() || !(part->focusPolicy() & Qt::TabFocus) ||
            !type.startsWith(QStringLiteral("arcscope::")))
            continue;
        QAccessibleInterface* const node = accessibleOf(part);
        if (!node || (node->role() == QAccessible::Client && node->childCount() == 0))
            found << type;
    }
    return found;
}

/// The visible widgets of a class, by its name without namespace.
inline QList<QWidget*> partsOf(QWidget& window, const char* type)
{
    QList<QWidget*> parts;
    for (QWidget* part : window.findChildren<QWidget*>()) {
        if (part->isVisible() && part->inherits((QByteArray("arcscope::") + type).constData()))
            parts << part;
    }
    return parts;
}

} // namespace arcscope::testing
