// ReplayBook: the replay of what is open: which runs are held against which, what came out, and one task in full.
#pragma once

#include "appstate.h"
#include "arcdecision.h"
#include "foundreplay.h"
#include "replayfields.h"

#include <QObject>
#include <QTimer>

namespace arcscope
{

class FindingBook;

/// Sides are kept with the notes. Nothing is compared before sides are chosen by a person, now or earlier.
class ReplayBook : public QObject
{
    Q_OBJECT

public:
    explicit ReplayBook(AppState& state, QObject* parent = nullptr);
    /// What this has found of task arcs and stops is taken over once it has found all; it has to live as long.
    void takeFrom(const FindingBook& findings) { m_findings = &findings; }
    ~ReplayBook() override;

    enum class Stage {
        Closed,   ///< nothing is open
        Looking,  ///< at what traces can be told apart by
        Unchosen, ///< sides have to be chosen; fields() may be empty
        Comparing,
        Done,
        Failed ///< see problem()
    };
    Stage stage() const { return m_stage; }
    /// Looks at what is open, as soon as somebody wants to see it.
    void look();

    const ReplayFields& fields() const { return *m_fields; }
    /// Proposed: what shares most tasks.
    const ReplaySides& likely() const { return m_likely; }
    ReplaySides sides() const;
    void setSides(const ReplaySides& sides);
    /// Null before Done; while comparing, what became of many runs, as soon as that is known (FoundReplay::whole).
    const ReplayPtr& found() const { return m_found; }
    const QString& problem() const { return m_problem; }
    std::uint64_t spansDone() const;
    /// Tasks that were compared so far, and all; of all 0: what became of them is still being found out.
    std::uint64_t tasksDone() const;
    std::uint64_t tasks() const;
    /// Runs or steps were matched in another way, and are compared again meanwhile.
    bool isAgain() const { return m_stage == Stage::Done && m_compareTask.running(); }
    void cancel();
    /// As comparing does at its end.
    void setFound(ReplayPtr found);
    /// As comparing does on its way.
    void setEarly(ReplayPtr found);

    /// Reads the pair that differs most of each candidate.
    void read(std::uint32_t task);
    const ReplayReadingPtr& reading() const { return m_reading; } ///< null: none
    /// As reading does at its end.
    void setReading(ReplayReadingPtr reading);
    /// Where the row of a step is in the state that is open; noRow: not there any more.
    Row rowNow(Row row) const;
    bool isReading() const { return m_readTask.running(); }

signals:
    void changed(); ///< stage, fields, sides, or what was found
    void readingChanged();
    void progressed(); ///< ten times a second while comparing

private:
    void compare();
    void poll();
    void compareAs(const ReplaySides& sides, const ReplayPtr& known);
    void setStage(Stage stage);
    void forget();

    AppState& m_state;
    const FindingBook* m_findings = nullptr;
    Stage m_stage = Stage::Closed;
    unsigned m_opening = 0;
    bool m_wanted = false;
    ReplayFieldsPtr m_fields;
    ReplaySides m_likely;
    ReplaySides m_compared; ///< sides of what was found, or is being compared
    std::vector<ReplayMatch> m_matched;
    ArcDecisions m_decided; ///< about outcomes, likewise
    ReplayPtr m_found;
    ReplayReadingPtr m_reading;
    QString m_problem;
    std::shared_ptr<Progress> m_progress;
    struct Arriving;
    std::shared_ptr<Arriving> m_arriving;
    QTimer m_timer;
    struct Looked {
        ReplayFieldsPtr fields;
        ReplaySides likely;
    };
    struct Compared {
        ReplayPtr found;
        QString problem;
    };
    LatestTask<Looked> m_lookTask;
    LatestTask<Compared> m_compareTask;
    LatestTask<ReplayReadingPtr> m_readTask;
};

} // namespace arcscope
