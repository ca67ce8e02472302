// All streams of what is open: pick a metric and what to group by, see where they differ, open one of them.
#pragma once

#include "appstate.h"
#include "streamcorpus.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace arcscope
{

class BriefLabel;
class EmptyState;
class StopBook;
class StreamCorpusCanvas;
class StreamListModel;
class TtftModel;

/// Streams are read only while it is looked at, once for each state of what is open, and beside the GUI thread.
class StreamCorpusView : public QWidget
{
    Q_OBJECT

public:
    explicit StreamCorpusView(AppState& state, QWidget* parent = nullptr);
    ~StreamCorpusView() override;

    void setStops(const StopBook& stops);
    StreamCorpusCanvas* canvas() const { return m_canvas; }
    QComboBox* metrics() const { return m_metrics; }
    QComboBox* groupings() const { return m_groupings; }
    QTableView* streams() const { return m_table; }
    QTableView* slower() const { return m_slowerTable; }

signals:
    void streamChosen(arcscope::Row row);
    void leaveRequested(); ///< back to one stream
    void hovered(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Reading;

    QWidget* makeControls();
    QWidget* makeTables();
    void rebuild();
    void read();
    void cancel();
    void take(const std::shared_ptr<const StreamCorpus>& corpus);
    void regroup();
    void compare();
    void showOverview(const std::shared_ptr<const StreamOverview>& overview);
    void showStreams();
    void showSlower(int row);
    void listStreams(const QString& title, std::vector<std::uint32_t> streams);
    void activate();
    void open(int row);
    void showProgress();
    void sayEmpty();
    void shareHeight();
    bool filteredAway() const;
    QString missing(const StreamOverview& overview) const;

    AppState& m_state;
    StreamCorpusCanvas* m_canvas;
    StreamListModel* m_list;
    TtftModel* m_slower;
    QTableView* m_table;
    QTableView* m_slowerTable;
    QComboBox* m_metrics;
    QComboBox* m_groupings;
    BriefLabel* m_summary;
    BriefLabel* m_listTitle;
    QSplitter* m_split;
    EmptyState* m_empty;
    QStackedWidget* m_pages;
    std::shared_ptr<const StreamCorpus> m_corpus; ///< null until it is read
    std::shared_ptr<const StreamOverview> m_overview;
    unsigned m_asked = 0;   ///< revision that m_corpus is or will be of
    bool m_stale = false;   ///< more came while it was read
    bool m_stopped = false; ///< the user does not want it read
    bool m_moved = false;   ///< the user moved the edge above the list
    std::shared_ptr<Progress> m_progress;
    QTimer m_timer;
    LatestTask<std::shared_ptr<const StreamCorpus>> m_reading;
    LatestTask<std::shared_ptr<const StreamOverview>> m_grouping;
    LatestTask<TtftComparisonsPtr> m_comparing;
};

} // namespace arcscope
