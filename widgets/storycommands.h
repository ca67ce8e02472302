// The story as it is made and played: steps of what the window shows, with keys from one to the next.
#pragma once

#include "actionregistry.h"
#include "appstate.h"
#include "story.h"

#include <QObject>

#include <functional>
#include <optional>

namespace arcscope
{

class NoteCommands;

class StoryCommands : public QObject
{
    Q_OBJECT

public:
    StoryCommands(AppState& state, NoteCommands& notes, ActionRegistry& actions, QObject* parent);

    void addActions(QMenu* menu);
    /// What the window shows now.
    void setHere(std::function<ViewState()> here) { m_here = std::move(here); }

    const Story& story() const;
    /// The step that is played; nothing: none.
    std::optional<std::size_t> at() const { return m_at; }

    /// Behind the step that is played, else at the end.
    void addStep();
    /// The step shows what the window shows now.
    void takeHere(std::size_t step);
    void removeStep(std::size_t step);
    /// False: there is no room that way.
    bool moveStep(std::size_t step, int by);
    void setTitle(std::size_t step, const QString& title);
    void setText(std::size_t step, const QString& text);
    void setStoryTitle(const QString& title);

    void play(std::size_t step);
    /// From no step to the first, or to the last.
    void go(int by);
    void stop();

signals:
    void atChanged(); ///< another step, another text of it, or none
    void stepChosen(const arcscope::ViewState& state);
    void added(int step);

private:
    void change(Story story, const QString& about);
    void follow();
    void showEnabled();

    AppState& m_state;
    NoteCommands& m_notes;
    ActionRegistry& m_actions;
    std::function<ViewState()> m_here;
    std::optional<std::size_t> m_at;
};

} // namespace arcscope
