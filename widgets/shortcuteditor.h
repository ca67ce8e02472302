// All commands with their keys, and what gives one another key: clashes are shown and refused.
#pragma once

#include "keybindings.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace arcscope
{

class KeyField;

class ShortcutEditor : public QWidget
{
    Q_OBJECT

public:
    ShortcutEditor(const ActionRegistry& actions, KeyBindings& bindings, QWidget* parent = nullptr);

    /// Of the selected command; empty where none is.
    QString command() const;
    void select(const QString& command);
    /// What is said below the field: a clash, or what was done.
    QString message() const;

private:
    void fill();
    void showKeys();
    void filterBy(const QString& words);
    void showCommand();
    void check();
    void assign();
    void reset();
    void say(const std::optional<KeyClash>& clash, const QString& done);

    const ActionRegistry& m_actions;
    KeyBindings& m_bindings;
    QLineEdit* m_filter;
    QTreeWidget* m_list;
    QLabel* m_what;
    KeyField* m_key;
    QPushButton* m_assign;
    QPushButton* m_reset;
    QPushButton* m_resetAll;
    QPushButton* m_goTo; ///< to the command that has the key
    QLabel* m_message;
    QString m_holder;
};

} // namespace arcscope
