#include "keybindings.h"

#include "viewkeys.h"

#include <QCoreApplication>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("KeyBindings", text);
}

QString shown(const QKeySequence& key)
{
    return key.toString(QKeySequence::NativeText);
}

/// Fields of text take these from every command.
bool editsText(const QKeySequence& key)
{
    for (const auto standard :
         {QKeySequence::Cut, QKeySequence::Copy, QKeySequence::Paste, QKeySequence::SelectAll, QKeySequence::Undo,
          QKeySequence::Redo, QKeySequence::DeleteEndOfWord, QKeySequence::DeleteStartOfWord, QKeySequence::NextChild,
          QKeySequence::PreviousChild}) {
        if (QKeySequence::keyBindings(standard).contains(key))
            return true;
    }
    return false;
}

/// What the key means where no command has it; empty: nothing.
QString meaningOf(const QKeySequence& key)
{
    const QKeyCombination chord = key[0];
    const Qt::Key code = chord.key();
    const Qt::KeyboardModifiers held = chord.keyboardModifiers() & ~Qt::KeypadModifier;
    const bool function = code >= Qt::Key_F1 && code <= Qt::Key_F35;
    if (!(held & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) && !function)
        return tr("%1 alone writes text or belongs to the views: hold Ctrl or Alt with it.").arg(shown(key));
    if (held == Qt::AltModifier && code >= Qt::Key_A && code <= Qt::Key_Z)
        return tr("%1 opens menus and presses buttons.").arg(shown(key));
    if (editsText(key))
        return tr("%1 belongs to fields of text and to tabs.").arg(shown(key));
    for (const ViewKey& known : viewKeys()) {
        if (known.taken.contains(key))
            return tr("%1 is a key of a view: %2 (%3).").arg(shown(key), known.what, known.where);
    }
    return {};
}

} // namespace

KeyBindings::KeyBindings(ActionRegistry& actions, Settings settings)
    : m_actions(actions)
    , m_settings(std::move(settings))
{
}

void KeyBindings::apply()
{
    const QHash<QString, QString> chosen = m_settings.shortcuts();
    QList<QKeySequence> taken;
    for (const bool byUser : {true, false}) {
        for (QAction* action : m_actions.all()) {
            const QString id = ActionRegistry::idOf(action);
            if (chosen.contains(id) != byUser)
                continue;
            const QList<QKeySequence> wanted =
                byUser ? QKeySequence::listFromString(chosen.value(id)) : m_actions.defaultKeys(id);
            QList<QKeySequence> keys;
            for (const QKeySequence& key : wanted) {
                if (!key.isEmpty() && !taken.contains(key))
                    keys << key;
            }
            taken << keys;
            action->setShortcuts(keys);
        }
    }
}

QString KeyBindings::holderOf(const QKeySequence& key, const QString& butNot) const
{
    for (const QAction* action : m_actions.all()) {
        if (const QString id = ActionRegistry::idOf(action); id != butNot && action->shortcuts().contains(key))
            return id;
    }
    return {};
}

std::optional<KeyClash> KeyBindings::clash(const QString& command, const QKeySequence& key) const
{
    if (key.isEmpty())
        return {};
    if (const QString holder = holderOf(key, command); !holder.isEmpty())
        return KeyClash{tr("%1 is the key of “%2”.").arg(shown(key), commandText(*m_actions.action(holder))), holder};
    if (m_actions.defaultKeys(command).contains(key))
        return {};
    const QString meaning = meaningOf(key);
    return meaning.isEmpty() ? std::nullopt : std::optional(KeyClash{meaning, {}});
}

std::optional<KeyClash> KeyBindings::assign(const QString& command, const QKeySequence& key)
{
    QAction* const action = m_actions.action(command);
    if (auto stands = clash(command, key); stands || !action)
        return stands;
    const QList<QKeySequence> keys = key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{key};
    action->setShortcuts(keys);
    if (keys == m_actions.defaultKeys(command))
        m_settings.resetShortcut(command);
    else
        m_settings.setShortcut(command, key.toString(QKeySequence::PortableText));
    return {};
}

std::optional<KeyClash> KeyBindings::reset(const QString& command)
{
    for (const QKeySequence& key : m_actions.defaultKeys(command)) {
        if (auto stands = clash(command, key))
            return stands;
    }
    m_settings.resetShortcut(command);
    if (QAction* const action = m_actions.action(command))
        action->setShortcuts(m_actions.defaultKeys(command));
    return {};
}

void KeyBindings::resetAll()
{
    m_settings.resetShortcuts();
    apply();
}

bool KeyBindings::changed(const QString& command) const
{
    const QAction* const action = m_actions.action(command);
    return action && action->shortcuts() != m_actions.defaultKeys(command);
}

QString commandText(const QAction& action)
{
    QString text = action.text();
    text.remove(QLatin1Char('&'));
    if (text.endsWith(QChar(0x2026)))
        text.chop(1);
    return text;
}

} // namespace arcscope
