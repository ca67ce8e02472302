// What the user writes and decides about a corpus, notes, verdicts, task arcs and clocks, as commands that can be
// undone.
#pragma once

#include "actionregistry.h"
#include "appstate.h"
#include "arcdecision.h"
#include "notebook.h"
#include "replaydecision.h"
#include "verdict.h"

#include <QUndoStack>

#include <vector>

namespace arcscope
{

class NoteCommands : public QObject
{
    Q_OBJECT

public:
    NoteCommands(AppState& state, ActionRegistry& actions, QObject* parent);

    /// Undo and redo.
    void addUndoActions(QMenu* edit);
    void addNoteActions(QMenu* edit);
    /// Gives a place another note, or none; `about` names it in the menu.
    void set(const QString& place, const QString& text, const QString& about);
    /// What annotations there are; `about` names the change in the menu.
    void change(const AnnotationChange& change, const QString& about);
    void setStory(const Story& story, const QString& about);
    /// What was being written there when the program ended badly is written now (NoteBook::draftFound()).
    void takeDraft(const QString& where, const QString& text);
    /// Adds what somebody else wrote, as one change (mergeOf()); nothing while it is not known what was kept.
    NotesMerge takeNotes(const KeptNotes& coming);
    /// What is changed until end() is one change.
    void begin(const QString& about);
    void end();

    /// What is said of findings; `about` names the change in the menu.
    void say(std::vector<KeptVerdict> said, const QString& about);

    /// What is said of a task arc; `about` names it in the menu.
    void review(const ArcReview& review, const QString& about);
    /// Whether two arcs are one; the later may have other keys then.
    void decideStitch(const std::string& earlier, const std::string& later, bool accepted);

    /// What is said of a task that was replayed.
    void reviewReplay(const ReplayReview& review, const QString& about);
    /// Runs of one task, or steps that stand for each other; `hold` false: not any more.
    void matchReplays(std::vector<ReplayMatch> matches, bool hold);

    /// Shifts the clocks of services, as a change that can be undone.
    void setClocks(const ClockSettings& clocks);

    /// Where a note on the selected span, or on its trace (the one shown), is kept; empty where there is none.
    QString placeOfSpan() const;
    QString placeOfTrace() const;

signals:
    void said(const QString& message);
    void editRequested(const QString& place); ///< the user wants to write there

private:
    void showEnabled();

    AppState& m_state;
    ActionRegistry& m_actions;
    QUndoStack m_stack;
    unsigned m_opening = 0; ///< whose places the stack knows
};

} // namespace arcscope
