// Which keys commands have: built in, or as the user wants them, kept in the settings, never two commands on one.
#pragma once

#include "actionregistry.h"
#include "settings.h"

#include <optional>

namespace arcscope
{

/// What stands in the way of a key.
struct KeyClash {
    QString text;    ///< a sentence for the user
    QString command; ///< that has the key; empty where it belongs to a view, a menu or a field
};

class KeyBindings
{
public:
    KeyBindings(ActionRegistry& actions, Settings settings);

    /// Gives commands the keys of the settings: once all commands are there. What the user chose goes before what is
    /// built in; of two commands with one key the first keeps it.
    void apply();

    /// What keeps the command from having the key; nothing: it is free.
    std::optional<KeyClash> clash(const QString& command, const QKeySequence& key) const;
    /// Makes it the only key of the command; an empty one: none. Changes nothing where there is a clash.
    std::optional<KeyClash> assign(const QString& command, const QKeySequence& key);
    /// The built-in keys again. Changes nothing where another command has one of them now.
    std::optional<KeyClash> reset(const QString& command);
    void resetAll();
    bool changed(const QString& command) const;

private:
    QString holderOf(const QKeySequence& key, const QString& butNot) const;

    ActionRegistry& m_actions;
    Settings m_settings;
};

/// The text of a command without its access key and dots.
QString commandText(const QAction& action);

} // namespace arcscope
