// The story: its steps in order, with titles and texts, to be made, arranged and played.
#pragma once

#include "appstate.h"

#include <QWidget>

class QLineEdit;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace arcscope
{

class EmptyState;
class NoteEditor;
class StoryCommands;
class StoryModel;

/// In the list Enter plays from a step, F2 edits its title, Delete deletes it, Ctrl+Shift+Up and Ctrl+Shift+Down
/// move it.
class StoryPanel : public QWidget
{
    Q_OBJECT

public:
    StoryPanel(AppState& state, StoryCommands& commands, QWidget* parent = nullptr);

    QTableView* table() const { return m_table; }
    NoteEditor* editor() const { return m_editor; }
    QLineEdit* title() const { return m_title; }
    /// Chooses a step and gives its text the keyboard.
    void write(int step);
    /// Hands in the title of the story, if it was changed here.
    void commitTitle();

private:
    void makeKeys();
    int currentStep() const;
    void showCurrent();
    void showStory();
    void move(int by);
    void remove();
    void play();
    QToolButton* button(const QString& text, const QString& tip, void (StoryPanel::*run)());

    AppState& m_state;
    StoryCommands& m_commands;
    StoryModel* m_model;
    QLineEdit* m_title;
    QTableView* m_table;
    NoteEditor* m_editor;
    EmptyState* m_empty;
    QStackedWidget* m_pages;
    QToolButton* m_add = nullptr;
    QList<QToolButton*> m_ofStep; ///< need a step
};

} // namespace arcscope
