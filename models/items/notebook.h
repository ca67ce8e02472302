// What people write about what is open and say of findings and task arcs: read and written on a thread of its own, kept
// with what is open.
#pragma once

#include "keptnotes.h"
#include "result.h"
#include "spantable.h"

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace arcscope
{

class Workspace;
struct NoteSource;
struct NotesRead;
struct OpenCorpus;
struct ViewState;

/// Annotations that come, new or in the place of those of their ids, and ids of those that go.
struct AnnotationChange {
    std::vector<Annotation> keep;
    std::vector<std::int64_t> remove;

    bool empty() const { return keep.empty() && remove.empty(); }
};

/// A workspace keeps its notes; those of trace files are kept in a file beside the first of them, which is made with
/// the first note, and begins with those of the bundle where one is open. A note counts at once; writing it follows, in
/// order, also when the program ends meanwhile.
class NoteBook : public QObject
{
    Q_OBJECT

public:
    explicit NoteBook(QObject* parent = nullptr);
    /// Waits for what is being written.
    ~NoteBook() override;

    /// Reads the notes of what was opened.
    void open(const std::shared_ptr<OpenCorpus>& corpus, const QStringList& paths);
    void close();
    /// What is being written should be handed in now: closing().
    void tellClosing();

    /// Where notes are kept; empty where they cannot be (a pipe).
    QString file() const;
    /// What was kept is known: before, a story would take the place of one that nobody has seen.
    bool isRead() const;
    bool isEmpty() const { return m_annotations.empty(); }
    static QString placeOfSpan(const Corpus& corpus, Row row);
    static QString placeOfTrace(const Corpus& corpus, std::uint32_t trace);

    /// In the order they were made.
    const std::vector<Annotation>& annotations() const { return m_annotations; }
    /// Null: not there.
    const Annotation* annotation(std::int64_t id) const;
    /// A new one, of this user and moment, that change() would keep.
    static Annotation newAnnotation(AnnotationKind kind, const QString& place, const PlacePart& part = {},
                                    const QString& body = {});
    /// What is kept was changed now, where its text, kind or part is another.
    void change(const AnnotationChange& change);
    /// What change() of that would have to be undone with.
    AnnotationChange undoing(const AnnotationChange& change) const;

    /// The notes on a place as one text.
    QString note(const QString& place) const { return m_notes.value(place); }
    /// What makes the text the only note on the place; an empty text removes it.
    AnnotationChange changeOfNote(const QString& place, const QString& text) const;
    void set(const QString& place, const QString& text) { change(changeOfNote(place, text)); }

    /// What is written there now: on a place, "note:ID" of an annotation, "finding:KEY", "story:N" of a step counted
    /// from 0.
    QString textAt(const QString& where) const;
    /// A text that is being written there: found again should the program end badly. Empty: handed in, or given up.
    void keepDraft(const QString& where, const QString& text);

    /// All of it, to be written elsewhere.
    KeptNotes all() const;
    /// What there is to take of what somebody else wrote.
    NotesMerge mergeOf(const KeptNotes& coming) const { return arcscope::mergeOf(all(), coming); }

    const Story& story() const { return m_story; }
    /// Where somebody else changed the one that is kept, that one stays and failed() tells.
    void setStory(const Story& story);

    /// How clocks are shifted (clockSettingsText()), kept with the notes.
    const QString& clocks() const { return m_clocks; }
    void setClocks(const QString& text);

    /// By the key of the finding.
    const QHash<QString, KeptVerdict>& verdicts() const { return m_verdicts; }
    /// In one go; an open one without note is forgotten.
    void setVerdicts(const std::vector<KeptVerdict>& said);

    /// What was said of task arcs.
    const ArcDecisions& arcDecisions() const { return m_arcs; }
    /// One without outcome and note is forgotten.
    void review(const ArcReview& review);
    /// Nothing: it is not decided any more.
    void decideStitch(const std::string& earlier, const std::string& later, std::optional<bool> accepted);

    /// Which runs are held against each other, and what was said of tasks.
    const ReplayDecisions& replayDecisions() const { return m_replays; }
    /// One without opinion and note is forgotten.
    void reviewReplay(const ReplayReview& review);
    void setReplaySides(const ReplaySides& sides);
    /// Keeps all of them, or forgets them.
    void matchReplays(const std::vector<ReplayMatch>& matches, bool hold);

signals:
    /// Something else will be open: what is being written is handed in now, or is lost. At once.
    void closing();
    void changed(); ///< annotations; also when what was kept is known
    void storyChanged();
    void verdictsChanged();
    void arcsChanged();
    void replaysChanged();
    void clocksChanged();
    /// The program ended while this was written there; what is kept says something else.
    void draftFound(const QString& where, const QString& text);
    /// A bundle was opened that reopens in this state.
    void viewFound(const std::shared_ptr<const arcscope::ViewState>& view);
    /// The first time after an opening that something is kept in a file that is not beside the traces.
    void keptElsewhere(const QString& file);
    /// The note is not kept, and no longer shown: `text` is all there is of it.
    void failed(const QString& reason, const QString& text);
    /// The same of what was said of findings; `text`: reasons and notes.
    void verdictsFailed(const QString& reason, const QString& text);
    /// The same of what was said of task arcs; `text`: the note.
    void arcsFailed(const QString& reason, const QString& text);
    /// The same of what was said of replays.
    void replaysFailed(const QString& reason, const QString& text);

private:
    enum Part : unsigned { Notes = 1, TheStory = 2, Verdicts = 4, Arcs = 8, Replays = 16, AllParts = 31 };
    using Failed = void (NoteBook::*)(const QString& reason, const QString& text);

    void read();
    void takeRead(NotesRead read);
    /// Puts what is kept in the place of what is shown.
    void take(NotesRead& read, unsigned parts);
    /// The same when all that was said is written.
    void takeKept(unsigned parts);
    void announce(unsigned parts);
    void indexNotes();
    /// `write` changes the workspace on the thread of the book, `something` false: there may be none. Where it fails,
    /// what is kept is what counts, and `onFailure` is told with `text`.
    void write(std::function<Result<void>(Workspace&)> write, Part part, Failed onFailure, const QString& text,
               bool something = true);

    /// As it is kept.
    KeptNotes portable(KeptNotes notes) const;
    void tellElsewhere(int opening);

    std::unique_ptr<NoteSource> m_source; ///< never null
    std::vector<Annotation> m_annotations;
    std::unordered_map<std::int64_t, std::size_t> m_at; ///< of annotations, by id
    QHash<QString, QString> m_notes;                    ///< by place
    Story m_story;
    QHash<QString, KeptVerdict> m_verdicts;
    ArcDecisions m_arcs;
    ReplayDecisions m_replays;
    QString m_clocks;
    bool m_read = false;
    int m_opening = 0;        ///< results of another opening are late
    unsigned m_writes = 0;    ///< so far; what was read before one of them is late, too
    int m_toldElsewhere = -1; ///< the opening of which that was told
    QThreadPool m_writer;     ///< one thread: first asked, first done
};

} // namespace arcscope
