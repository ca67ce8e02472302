// All commands of a window, each with a stable id: menus, shortcuts, palette and tests go by it.
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QMenu>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace arcscope
{

struct CommandSpec {
    QString id;   ///< "view.timeline.fitAll"; never changes
    QString text; ///< with an access key
    QString tip;  ///< one sentence
    QList<QKeySequence> keys;
    QString icon; ///< name in the icon theme; may be empty
    bool checkable = false;
};

class ActionRegistry
{
public:
    explicit ActionRegistry(QWidget* owner)
        : m_owner(owner)
    {
    }

    /// Adds a command to the owner and to `menu`.
    QAction* add(const CommandSpec& spec, QMenu* menu, std::function<void()> run);
    QAction* action(const QString& id) const { return m_byId.value(id); }
    const std::vector<QAction*>& all() const { return m_actions; }
    /// The keys that it was added with; it may have others now.
    QList<QKeySequence> defaultKeys(const QString& id) const { return m_defaultKeys.value(id); }
    static QString idOf(const QAction* action) { return action->objectName(); }

    /// What breaks the rules: an id twice, no text or tip, an ambiguous shortcut, an access key twice in one menu.
    /// Empty: good.
    QStringList problems() const;

private:
    QWidget* m_owner;
    std::vector<QAction*> m_actions;
    QHash<QString, QAction*> m_byId;
    QHash<QString, QList<QKeySequence>> m_defaultKeys;
    std::vector<std::pair<QMenu*, QAction*>> m_places;
    QStringList m_duplicates;
};

} // namespace arcscope
