// FindingBook: the search for findings in what is open, beside the GUI thread, and what it has found so far.
#pragma once

#include "appstate.h"
#include "foundcalls.h"
#include "foundfindings.h"
#include "foundpieces.h"
#include "foundstops.h"

#include <QObject>
#include <QTimer>

namespace arcscope
{

/// Where the search is.
enum class SearchStage : std::uint8_t {
    Nothing, ///< nothing is open
    Reading, ///< it begins when everything is read
    Searching,
    Done,
    Stopped, ///< by the user
    Failed,
};

/// Searches whatever is opened, and again what has grown; traces that did not change are known from before. What is
/// found is ranked and shown while the search goes on.
class FindingBook : public QObject
{
    Q_OBJECT

public:
    explicit FindingBook(AppState& state, QObject* parent = nullptr);
    ~FindingBook() override;

    SearchStage stage() const { return m_stage; }
    /// Never null.
    const FoundPtr& found() const { return m_found; }
    /// Spans that were looked through, and all of them.
    std::uint64_t spansDone() const;
    std::uint64_t spansInAll() const { return m_spansInAll; }
    /// Why the search failed.
    const QString& problem() const { return m_problem; }
    /// The rows of what was found are those of the state that is open.
    bool isCurrent() const;
    /// Where the row of a place is in the state that is open: it may have grown since. noRow: not there any more.
    Row rowNow(Row row) const;
    /// What calls stopped for, which comes out of the same search. Never null.
    const StopsPtr& stops() const { return m_stops; }
    /// Their rows are those of the state that is open.
    bool stopsAreCurrent() const;
    /// What the same search collects of task arcs. Never null; of no corpus where nothing is known yet.
    const PiecesPtr& pieces() const { return m_pieces; }
    /// How many tool calls traces have, which it collects, too. Never null.
    const CallsPtr& calls() const { return m_calls; }

public slots:
    void cancel();
    void searchAgain();

signals:
    void stageChanged();
    void foundChanged();
    void stopsChanged();
    void piecesChanged();
    void callsChanged();
    void progressed(); ///< ten times a second while searching

private:
    struct Arriving;
    struct Shelf;
    struct Outcome;

    void look();
    void search();
    void take(const std::shared_ptr<const Outcome>& outcome);
    void poll();
    void pollStops();
    void pollPieces();
    void pollCalls();
    void setStage(SearchStage stage);
    void setFound(FoundPtr found);
    void setStops(StopsPtr stops, std::shared_ptr<OpenCorpus> in);
    void setPieces(PiecesPtr pieces);
    void setCalls(CallsPtr calls);

    AppState& m_state;
    SearchStage m_stage = SearchStage::Nothing;
    FoundPtr m_found;
    StopsPtr m_stops;
    PiecesPtr m_pieces;
    CallsPtr m_calls;
    QString m_problem;
    std::uint64_t m_spansInAll = 0;
    unsigned m_opening = 0;
    std::shared_ptr<OpenCorpus> m_searched; ///< that the search is or was of
    std::shared_ptr<OpenCorpus> m_foundIn;  ///< that m_found is of
    std::shared_ptr<OpenCorpus> m_stopsIn;  ///< that m_stops is of
    bool m_stale = false;                   ///< more came since it began
    bool m_anyComplete = false;             ///< m_found is all of an earlier state of it
    std::size_t m_ranked = 0;               ///< findings that were ranked while the search went on
    std::size_t m_stopsTaken = 0;           ///< that were shown while the search went on
    std::size_t m_piecesTaken = 0;          ///< likewise
    std::size_t m_callsTaken = 0;           ///< likewise
    std::shared_ptr<Arriving> m_arriving;
    std::shared_ptr<Shelf> m_shelf;
    QTimer m_timer;
    LatestTask<std::shared_ptr<const Outcome>> m_task;
    LatestTask<FoundPtr> m_rankTask;
    LatestTask<StopsPtr> m_stopTask;
};

} // namespace arcscope
