// The stops tab: vendors' words against what calls really stopped for, how that changes by time or tag, and the calls
// behind every cell.
#pragma once

#include "appstate.h"
#include "filterwait.h"
#include "stopmatrixmodel.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace arcscope
{

class BriefLabel;
class EmptyState;
class FindingBook;
class StopBook;
class StopExemplars;
class StopTrendCanvas;

class StopsView : public QWidget
{
    Q_OBJECT

public:
    StopsView(AppState& state, FindingBook& findings, StopBook& stops, QWidget* parent = nullptr);

    QTableView* matrix() const { return m_matrixTable; }
    QTableView* trendTable() const { return m_trendTable; }
    StopTrendCanvas* canvas() const { return m_canvas; }
    QComboBox* kinds() const { return m_kinds; }
    QComboBox* groupings() const { return m_groupings; }
    QToolButton* tableButton() const { return m_asTable; }
    QToolButton* filterButton() const { return m_asFilter; }
    StopExemplars* exemplars() const { return m_exemplars; }
    const StopOverviewPtr& overview() const { return m_overview; }
    /// As if what is open had this; for a picture without a window.
    void setOverview(StopOverviewPtr overview);

public slots:
    /// Sets the window's filter to the calls of the chosen cell, where the filter language can say it.
    void showAsFilter();

signals:
    void spanChosen(arcscope::Row row);
    void disagreementsChanged(std::uint64_t count); ///< of all calls and runs
    void hovered(const QString& text);
    void said(const QString& message); ///< for the status bar

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class From { Matrix, Trend, TrendTable }; ///< where a cell was chosen

    QWidget* makeControls();
    QWidget* makeStatus();
    void setUpTable(QTableView& table, StopMatrixModel& model, const QString& name);
    void makeKeys(QTableView& table, StopMatrixModel& model);
    void regroup();
    void restore(QTableView& table, const StopMatrixModel& model, const std::string& line, bool sums, int column);
    static void fitColumns(QTableView& table, const StopMatrixModel& model);
    void choose(From from);
    void showChosen();
    void goToList();
    void copy(bool markdown);
    void listGroupings();
    void listKinds();
    void showState();
    void showProgress();
    bool saySearch(); ///< see sayUnsearched()
    void arrange();
    QString summaryText() const;

    AppState& m_state;
    FindingBook& m_findings;
    StopBook& m_stops;
    StopMatrixModel* m_words;
    StopMatrixModel* m_groups;
    QTableView* m_matrixTable;
    QTableView* m_trendTable;
    StopTrendCanvas* m_canvas;
    QStackedWidget* m_trend; ///< picture, table
    QComboBox* m_kinds;      ///< calls, or runs; only where there are both
    QComboBox* m_groupings;
    QToolButton* m_asTable;
    QToolButton* m_asFilter;
    QToolButton* m_copy;
    QToolButton* m_showWords; ///< where there is no room for both
    QToolButton* m_showTrend;
    QSplitter* m_top;
    QSplitter* m_split;
    StopExemplars* m_exemplars;
    QWidget* m_controls;
    QWidget* m_status;
    BriefLabel* m_summary;
    BriefLabel* m_progress;
    QToolButton* m_cancel;
    FilterWait m_filterWait;
    EmptyState* m_empty;
    QStackedWidget* m_pages;
    StopOverviewPtr m_overview;
    From m_from = From::Matrix;
    bool m_byUser = false; ///< a cell was chosen: it stays so while more is found
    bool m_choosing = false;
    bool m_moved = false; ///< the user moved an edge
    LatestTask<StopOverviewPtr> m_task;
};

} // namespace arcscope
