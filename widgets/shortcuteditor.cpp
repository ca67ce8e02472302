#include "shortcuteditor.h"

#include "keyfield.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace arcscope
{
namespace
{

enum Column { Command, Keys, Changed, columnCount };

QString keysOf(const QAction& action)
{
    return QKeySequence::listToString(action.shortcuts(), QKeySequence::NativeText)
        .replace(QStringLiteral("; "), QStringLiteral(", "));
}

} // namespace

ShortcutEditor::ShortcutEditor(const ActionRegistry& actions, KeyBindings& bindings, QWidget* parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_bindings(bindings)
    , m_filter(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
    , m_what(new QLabel(this))
    , m_key(new KeyField(this))
    , m_assign(new QPushButton(tr("&Assign"), this))
    , m_reset(new QPushButton(tr("&Built-in key"), this))
    , m_resetAll(new QPushButton(tr("All b&uilt-in keys"), this))
    , m_goTo(new QPushButton(tr("&Show that command"), this))
    , m_message(new QLabel(this))
{
    m_filter->setPlaceholderText(tr("Words or keys, such as “zoom” or “Ctrl+L”"));
    m_filter->setAccessibleName(tr("Filter the commands"));
    m_filter->setClearButtonEnabled(true);
    m_list->setAccessibleName(tr("Commands and their keys"));
    m_list->setHeaderLabels({tr("Command"), tr("Keys"), tr("Changed")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_what->setTextFormat(Qt::PlainText);
    m_what->setBuddy(m_key);
    m_what->setWordWrap(true);
    m_key->setAccessibleName(tr("New key"));
    m_assign->setToolTip(tr("Make it the only key of the command; an empty field: no key"));
    m_reset->setToolTip(tr("Give this command the key that it came with"));
    m_resetAll->setToolTip(tr("Give all commands the keys that they came with"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setAccessibleName(tr("What keeps the command from having the key"));

    auto* keys = new QGridLayout;
    keys->addWidget(m_what, 0, 0, 1, 4);
    keys->addWidget(m_key, 1, 0);
    keys->addWidget(m_assign, 1, 1);
    keys->addWidget(m_reset, 1, 2);
    keys->addWidget(m_resetAll, 1, 3);
    keys->addWidget(m_message, 2, 0, 1, 3);
    keys->addWidget(m_goTo, 2, 3);
    keys->setColumnStretch(0, 1);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addLayout(keys);

    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutEditor::filterBy);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ShortcutEditor::showCommand);
    connect(m_list, &QTreeWidget::itemActivated, m_key, [this] { m_key->setFocus(); });
    connect(m_key, &KeyField::keyChanged, this, &ShortcutEditor::check);
    connect(m_assign, &QPushButton::clicked, this, &ShortcutEditor::assign);
    connect(m_reset, &QPushButton::clicked, this, &ShortcutEditor::reset);
    connect(m_resetAll, &QPushButton::clicked, this, [this] {
        m_bindings.resetAll();
        showCommand();
        say({}, tr("All commands have their built-in keys."));
    });
    connect(m_goTo, &QPushButton::clicked, this, [this] {
        m_filter->clear();
        select(m_holder);
        m_list->setFocus();
    });
    fill();
    if (m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
}

void ShortcutEditor::fill()
{
    for (const QAction* action : m_actions.all()) {
        auto* row = new QTreeWidgetItem(m_list);
        row->setData(Command, Qt::UserRole, ActionRegistry::idOf(action));
        row->setText(Command, commandText(*action));
        row->setToolTip(Command, action->toolTip());
    }
    showKeys();
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(Command, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(Keys, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Changed, QHeaderView::ResizeToContents);
}

void ShortcutEditor::showKeys()
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem& row = *m_list->topLevelItem(i);
        const QString id = row.data(Command, Qt::UserRole).toString();
        row.setText(Keys, keysOf(*m_actions.action(id)));
        row.setText(Changed, m_bindings.changed(id) ? tr("yes") : QString());
    }
    m_resetAll->setEnabled(std::any_of(m_actions.all().begin(), m_actions.all().end(), [this](const QAction* action) {
        return m_bindings.changed(ActionRegistry::idOf(action));
    }));
}

void ShortcutEditor::filterBy(const QString& words)
{
    const QStringList wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QTreeWidgetItem* first = nullptr;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* const row = m_list->topLevelItem(i);
        const QString text =
            row->text(Command) + QLatin1Char(' ') + row->text(Keys) + QLatin1Char(' ') + row->toolTip(Command);
        const bool shown = std::all_of(wanted.begin(), wanted.end(), [&text](const QString& word) {
            return text.contains(word, Qt::CaseInsensitive);
        });
        row->setHidden(!shown);
        if (shown && !first)
            first = row;
    }
    if (first && (!m_list->currentItem() || m_list->currentItem()->isHidden()))
        m_list->setCurrentItem(first);
    if (!first)
        showCommand();
}

QString ShortcutEditor::command() const
{
    const QTreeWidgetItem* const row = m_list->currentItem();
    return row && !row->isHidden() ? row->data(Command, Qt::UserRole).toString() : QString();
}

void ShortcutEditor::select(const QString& command)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        if (m_list->topLevelItem(i)->data(Command, Qt::UserRole).toString() == command)
            m_list->setCurrentItem(m_list->topLevelItem(i));
    }
}

QString ShortcutEditor::message() const
{
    return m_message->text();
}

void ShortcutEditor::showCommand()
{
    showKeys();
    const QAction* const action = m_actions.action(command());
    m_what->setText(action ? tr("&New key for “%1”: %2").arg(commandText(*action), action->toolTip())
                           : tr("No command is selected."));
    m_key->setEnabled(action);
    m_key->setKey({});
}

void ShortcutEditor::check()
{
    const QString id = command();
    const auto stands = id.isEmpty() ? std::nullopt : m_bindings.clash(id, m_key->key());
    say(stands, {});
    const QAction* const action = m_actions.action(id);
    m_assign->setEnabled(action && !stands && !(m_key->key().isEmpty() && action->shortcuts().isEmpty()));
    m_assign->setText(m_key->key().isEmpty() ? tr("No &key") : tr("&Assign"));
    m_reset->setEnabled(m_bindings.changed(id));
}

void ShortcutEditor::assign()
{
    const QString id = command();
    const auto stands = m_bindings.assign(id, m_key->key());
    showCommand();
    const QAction* const action = m_actions.action(id);
    say(stands, !action ? QString()
                : action->shortcuts().isEmpty()
                    ? tr("“%1” has no key now.").arg(commandText(*action))
                    : tr("“%1” has the key %2 now.").arg(commandText(*action), keysOf(*action)));
}

void ShortcutEditor::reset()
{
    const QString id = command();
    const auto stands = m_bindings.reset(id);
    showCommand();
    const QAction* const action = m_actions.action(id);
    say(stands, action ? tr("“%1” has its built-in key again.").arg(commandText(*action)) : QString());
}

void ShortcutEditor::say(const std::optional<KeyClash>& clash, const QString& done)
{
    m_holder = clash ? clash->command : QString();
    m_goTo->setVisible(!m_holder.isEmpty());
    m_message->setText(clash ? tr("Not possible: %1").arg(clash->text) : done);
}

} // namespace arcscope
