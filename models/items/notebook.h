// What people write about spans and traces and say of findings and task arcs: read and written on a thread of its own,
// kept with what is open.
#pragma once

#include "arcdecision.h"
#include "replaydecision.h"
#include "spantable.h"
#include "verdict.h"

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace arcscope
{

struct OpenCorpus;

/// One text for each place. A workspace keeps its notes; those of trace files are kept in a file beside the first of
/// them, which is made with the first note. A note counts at once; writing it follows, in order, also when the program
/// ends meanwhile.
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

    /// Where notes are kept; empty where they cannot be (a pipe).
    QString file() const { return m_file; }
    bool isEmpty() const { return m_notes.isEmpty(); }
    static QString placeOfSpan(const Corpus& corpus, Row row);
    static QString placeOfTrace(const Corpus& corpus, std::uint32_t trace);
    QString note(const QString& place) const { return m_notes.value(place); }
    /// How clocks are shifted (clockSettingsText()), kept with the notes.
    const QString& clocks() const { return m_clocks; }
    void setClocks(const QString& text);
    /// An empty text removes the note.
    void set(const QString& place, const QString& text);

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
    void changed();
    void verdictsChanged();
    void arcsChanged();
    void replaysChanged();
    void clocksChanged();
    /// The note is not kept, and no longer shown: `text` is all there is of it.
    void failed(const QString& reason, const QString& text);
    /// The same of what was said of findings; `text`: reasons and notes.
    void verdictsFailed(const QString& reason, const QString& text);
    /// The same of what was said of task arcs; `text`: the note.
    void arcsFailed(const QString& reason, const QString& text);
    /// The same of what was said of replays.
    void replaysFailed(const QString& reason, const QString& text);

private:
    void read();
    void put(const QString& place, const QString& text);
    /// `text`: what is handed back where it cannot be kept.
    template <typename Write>
    void writeArcs(Write write, const QString& text);
    template <typename Write>
    void writeReplays(Write write, const QString& text);

    QString m_file;
    QHash<QString, QString> m_notes; ///< by place
    QHash<QString, KeptVerdict> m_verdicts;
    ArcDecisions m_arcs;
    ReplayDecisions m_replays;
    QString m_clocks;
    int m_opening = 0;    ///< results of another opening are late
    QThreadPool m_writer; ///< one thread: first asked, first done
};

} // namespace arcscope
