// Notes, the story and bundles as files: written and read beside the GUI thread.
#pragma once

#include "actionregistry.h"
#include "appstate.h"
#include "keptnotes.h"
#include "latesttask.h"
#include "result.h"
#include "viewstate.h"

#include <QObject>

#include <functional>
#include <memory>

namespace arcscope
{

class NoteCommands;

class NoteFileCommands : public QObject
{
    Q_OBJECT

public:
    NoteFileCommands(AppState& state, NoteCommands& notes, ActionRegistry& actions, QWidget* window);

    void addActions(QMenu* menu);
    /// What the window shows now.
    void setHere(std::function<ViewState()> here) { m_here = std::move(here); }

    /// All notes, apart from the traces.
    void writeNotes(const QString& file);
    /// Adds those of a file, as one change that can be undone.
    void takeNotes(const QString& file);
    void writeStory(const QString& file);
    /// In the place of the one that is kept; it can be undone.
    void takeStory(const QString& file);
    /// What is shown with its notes, to open again in this state.
    void saveBundle(const QString& file, bool redact);

signals:
    void said(const QString& message);
    void failed(const arcscope::Error& error);

private:
    using Done = std::shared_ptr<const Result<QString>>;

    void askForBundle();
    void showEnabled();
    /// A name beside what is open.
    QString nearby(const QString& name) const;
    /// `work` gives what is said when it is done.
    void write(std::function<Result<QString>(const std::stop_token&)> work);
    void tellMerge(const NotesMerge& merge, const QString& file);

    AppState& m_state;
    NoteCommands& m_notes;
    ActionRegistry& m_actions;
    QWidget* m_window;
    std::function<ViewState()> m_here;
    LatestTask<Done> m_writing;
    LatestTask<std::shared_ptr<const Result<KeptNotes>>> m_takingNotes;
    LatestTask<std::shared_ptr<const Result<Story>>> m_takingStory;
};

} // namespace arcscope
