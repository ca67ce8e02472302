// The one mutable state of a window: what is open, selected, filtered; every view listens, none owns.
#pragma once

#include "clocksettings.h"
#include "corpusfollower.h"
#include "corpusloader.h"
#include "filter.h"
#include "times.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace arcscope
{

class NoteBook;
class PriceBook;

using RowsPtr = std::shared_ptr<const std::vector<Row>>;

/// A place that Back and Forward lead to.
struct Place {
    std::optional<std::uint32_t> trace; ///< nothing: the whole corpus
    Row span = noRow;
    QString filter;
    TimeRange visible; ///< what the timeline shows; not recorded: all

    bool operator==(const Place&) const = default;
};

/// What is asked for is true at once; the signals follow in the next turn of the event loop, each once however much was
/// changed, and in the order below.
class AppState : public QObject
{
    Q_OBJECT

public:
    explicit AppState(QObject* parent = nullptr);

    // What is open
    /// What is open stays until there is something to show of `paths`, and comes back where they cannot be opened or
    /// loading is cancelled.
    void open(const QStringList& paths);
    void cancelLoading() { m_loader.cancel(); }
    void close();
    bool loading() const { return m_loader.loading(); }
    const Progress* progress() const { return m_loader.progress(); }
    bool isOpen() const { return m_open != nullptr; }
    /// Never null; empty where nothing is open. While loading, what is read so far (without traces and order).
    const CorpusPtr& corpus() const { return m_corpus; }
    const std::shared_ptr<OpenCorpus>& openCorpus() const { return m_open; }
    /// Of the last opening, a file that was not read and that a mapping could describe; empty for none.
    const QString& mappable() const { return m_loader.mappable(); }
    QString workspacePath() const;
    const QStringList& paths() const { return m_paths; }
    /// Another number for everything that was opened: rows and traces of one mean nothing in another.
    unsigned opening() const { return m_opening; }
    /// Another number for everything that shows other spans or times.
    unsigned revision() const { return m_revision; }
    /// What the user wrote about what is open.
    NoteBook& notes() const { return *m_notes; }
    /// What tokens cost; the same for everything that is opened.
    PriceBook& prices() const { return *m_prices; }

    // What others are still writing
    /// Trace files can be followed, a workspace cannot.
    bool canFollow() const;
    void setFollowing(bool on);
    bool following() const { return m_follower.running(); }
    /// Something may have changed on disk.
    void lookAtFiles() { m_follower.look(); }
    const CorpusFollower& follower() const { return m_follower; }
    /// Spans that came since the end of what is shown was last in view.
    std::int64_t newSpans() const { return m_newSpans; }
    void markSeen();
    /// True while listeners are told of what came to, or of times that were shifted: the user is where he was before,
    /// and nothing scrolls.
    bool growing() const { return m_growing; }

    // Clocks
    /// How much times are shifted; kept with the notes.
    const ClockSettings& clocks() const { return m_clocks; }
    void setClocks(const ClockSettings& clocks);
    /// Shifts by what calls between services say, as soon as that is known; not kept.
    void useEstimatedClocks();
    /// The corpus with times as recorded.
    CorpusPtr recordedCorpus() const { return m_open ? m_open->corpus : m_corpus; }

    // Where the user is
    std::optional<std::uint32_t> trace() const { return m_place.trace; }
    Row span() const { return m_place.span; }
    TimeRange range() const { return m_range; }
    void setTrace(std::optional<std::uint32_t> trace);
    /// Also goes to the span's trace, where one trace is shown and it is another.
    void setSpan(Row row);
    void setRange(const TimeRange& range);
    TimeRange visibleRange() const { return m_place.visible; }
    /// The user zoomed or panned: a place to go back to. Steps that follow each other within a second are one.
    void setVisibleRange(const TimeRange& range);
    /// The view followed something else: the same place.
    void adjustVisibleRange(const TimeRange& range);
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_history.size(); }
    void goBack() { goTo(m_at - 1); }
    void goForward() { goTo(m_at + 1); }

    // The filter
    QString filterText() const { return m_place.filter; }
    /// A text that cannot be read changes nothing and gives its error.
    std::optional<FilterError> setFilter(const QString& text);
    /// The rows that match; null without a filter, and while it is being worked out.
    const RowsPtr& matches() const { return m_matches; }
    bool filtering() const { return m_filterTask.running(); }

    /// Emits now what is due in the next turn.
    void announce();

signals:
    void corpusChanged();
    void loadingChanged();
    void traceChanged();
    void spanChanged();
    void visibleRangeChanged();
    void rangeChanged();
    void filterChanged(); ///< the text, the rows, or both
    void historyChanged();
    void followChanged();                      ///< whether and what is followed, or how many spans are new
    void followStopped(const QString& reason); ///< at once; not where the user stopped it
    void progressed();                         ///< at once
    void failed(const QString& message);       ///< at once

private:
    enum Change : unsigned {
        CorpusChange = 1,
        LoadingChange = 2,
        TraceChange = 4,
        SpanChange = 8,
        VisibleChange = 16,
        RangeChange = 32,
        FilterChange = 64,
        HistoryChange = 128,
        AnyChange = 255,
        FollowChange = 256,
        Grown = 512 ///< no signal of its own, see growing()
    };

    /// All that belongs to what is open.
    struct Opened {
        unsigned opening = 0;
        QStringList paths;
        std::shared_ptr<OpenCorpus> open;
        CorpusPtr corpus;
        Place place;
        TimeRange range;
        std::vector<Place> history;
        std::size_t at = 0;
        ClockSettings clocks;
    };

    void changed(unsigned what);
    void setCorpus(CorpusPtr corpus);
    void setAside();
    void giveUp();
    void clear();
    void remember();
    void goTo(std::size_t index);
    void apply(const Place& place);
    void runFilter(bool keepMatches = false);
    void takeStep(std::shared_ptr<OpenCorpus> opened);
    void showGrown(CorpusPtr corpus);
    void alignClocks();

    CorpusLoader m_loader;
    CorpusFollower m_follower;
    std::int64_t m_newSpans = 0;
    bool m_growing = false;
    unsigned m_revision = 0;
    ClockSettings m_clocks;
    NoteBook* m_notes;
    PriceBook* m_prices;
    QStringList m_paths;
    QStringList m_nextPaths;        ///< being read
    std::optional<Opened> m_before; ///< while something newer is shown that may not come to its end
    unsigned m_opening = 0;
    unsigned m_lastOpening = 0;
    std::shared_ptr<OpenCorpus> m_open;
    CorpusPtr m_corpus;
    Place m_place;
    TimeRange m_range;
    std::vector<Place> m_history;
    std::size_t m_at = 0;
    QElapsedTimer m_moved;     ///< since the last setVisibleRange() of the place
    unsigned m_changed = 0;    ///< to be announced
    bool m_announcing = false; ///< queued
    Filter m_filter;
    RowsPtr m_matches;
    LatestTask<std::shared_ptr<Result<std::vector<Row>>>> m_filterTask;
    LatestTask<CorpusPtr> m_alignTask;
    LatestTask<ClockSettings> m_estimateTask;
};

} // namespace arcscope
