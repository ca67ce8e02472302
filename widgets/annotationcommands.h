// What can be written about where the user is: bookmarks, tags, ranges of time, notes on bytes and on everything; and
// about what is listed: changed, deleted. All of it can be undone.
#pragma once

#include "actionregistry.h"
#include "appstate.h"
#include "noteentry.h"
#include "viewchoice.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace arcscope
{

class NoteCommands;

class AnnotationCommands : public QObject
{
    Q_OBJECT

public:
    AnnotationCommands(AppState& state, NoteCommands& notes, ActionRegistry& actions, QWidget* window);

    void addActions(QMenu* menu);
    /// What part of the selected span a view shows at the moment: a moment of its stream.
    void setMoment(std::function<PlacePart()> moment) { m_moment = std::move(moment); }
    /// What is marked in the record: nothing where nothing is; a part that is whole where its bytes cannot be told.
    void setMarked(std::function<std::optional<PlacePart>()> marked) { m_marked = std::move(marked); }
    /// What is chosen in the view that the user looks at: a task arc, a finding, a lens.
    void setChosen(std::function<ViewChoice()> chosen) { m_chosen = std::move(chosen); }

    /// Where the user is: what is chosen in the view, the selected span, else the trace, else everything.
    QString place() const;
    /// A bookmark there, or none any more.
    void toggleBookmark();
    /// The tag there, or, where it has it, not any more.
    void toggleTag(const QString& tag);
    /// Of what is open, in order.
    QStringList tags() const;
    void noteOnRange();
    void noteOnBytes();
    void noteOnArc();
    void noteOnEverything();
    /// Keeps what was made and has its text now.
    void keep(const Annotation& made, const QString& about);

    /// Gives what is listed another text.
    void edit(const NoteEntry& entry, const QString& text);
    /// Takes all of it back, as one change.
    void remove(const std::vector<NoteEntry>& entries);

signals:
    /// Its text is to be written; until then it is not kept. `about` says what it is.
    void toBeWritten(const arcscope::Annotation& made, const QString& about);
    /// It is listed, and its text is to be changed.
    void toBeEdited(const QString& identity);
    void said(const QString& message);

private:
    QString arcPlace() const; ///< empty: none
    void add(AnnotationKind kind, const PlacePart& part, const QString& place, const QString& about);
    void addNote(const QString& place, const QString& about);
    void askForTag();
    void showEnabled();

    AppState& m_state;
    NoteCommands& m_notes;
    ActionRegistry& m_actions;
    QWidget* m_window;
    std::function<PlacePart()> m_moment;
    std::function<std::optional<PlacePart>()> m_marked;
    std::function<ViewChoice()> m_chosen;
};

} // namespace arcscope
