// What a user can set: looks, language, what is remembered, and the keys of all commands. Everything holds at once.
#pragma once

#include "settings.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QSpinBox;
class QTabWidget;

namespace arcscope
{

class ActionRegistry;
class KeyBindings;
class ShortcutEditor;

class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(const Settings& settings, const ActionRegistry& actions, KeyBindings& bindings,
                   QWidget* parent = nullptr);

    ShortcutEditor* shortcuts() const { return m_shortcuts; }
    void showShortcuts();

signals:
    void appearanceChosen(arcscope::Appearance appearance);
    void textSizeChosen(int percent);
    void historyChanged(); ///< whether one is kept; what there was may be gone
    void tourRequested();

private:
    QWidget* makeGeneral();
    QWidget* makeLooks();
    QWidget* makeMemory();

    Settings m_settings;
    QTabWidget* m_pages;
    ShortcutEditor* m_shortcuts;
    QComboBox* m_appearance;
    QSpinBox* m_textSize;
    QComboBox* m_language;
    QCheckBox* m_session;
    QCheckBox* m_noHistory;
};

} // namespace arcscope
