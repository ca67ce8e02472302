// The tools tab: the calls of a trace as a tree, beside it when each waited, ran and was joined, below it its texts.
#pragma once

#include "appstate.h"
#include "calltreesubject.h"
#include "filterwait.h"

#include <QElapsedTimer>
#include <QSet>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QScrollBar;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace arcscope
{

class BriefLabel;
class CallCanvas;
class CallPane;
class CallTraceModel;
class CallTreeModel;
class CallTreeView;
class EmptyState;
class FindingBook;
class StopBook;

class ToolsView : public QWidget
{
    Q_OBJECT

public:
    enum Filter { AllCalls, OnlyProblems, OnlyUnpaired };

    explicit ToolsView(AppState& state, QWidget* parent = nullptr);

    CallTreeView* tree() const { return m_tree; }
    CallCanvas* canvas() const { return m_canvas; }
    CallPane* pane() const { return m_pane; }
    CallTreeModel* model() const { return m_model; }
    QTableView* traces() const { return m_traces; }
    /// What spans stopped for is said with them; must live as long.
    void setStops(const StopBook& stops);
    /// Whose search counts the calls of traces; must live as long.
    void setFindings(const FindingBook& findings);
    QComboBox* filters() const { return m_filters; }
    QString summary() const;
    /// Calls are in sight, and no empty page or list of traces.
    bool isShowingCalls() const;
    /// Null where nothing is shown.
    const CallTreePtr& subject() const { return m_subject; }
    /// Shows what was made elsewhere; the state of the window stays as it is.
    void showSubject(const CallTreePtr& subject);
    /// The node that is selected; TreeCall::none: none.
    std::uint32_t node() const { return m_node; }
    void setCriticalShown(bool shown);
    QCheckBox* follow() const { return m_follow; }

public slots:
    void selectNode(std::uint32_t node);
    /// The next (or previous) call that is worth a look, going around.
    void stepProblem(bool forward);
    void goToAsker();
    void goToConsumer();

signals:
    void hovered(const QString& text);
    void activated(); ///< the selected span is to be shown where its time is
    void said(const QString& message);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeControls();
    QWidget* makeTraces();
    void makeKeys();
    void connectParts();
    void connectState();

    std::optional<std::uint32_t> wantedTrace() const;
    void rebuild();
    void take(const CallTreePtr& subject);
    void applyFilter();
    void expandAsBefore(bool closedBefore);
    void keepPlaces();
    void syncRows();
    void syncScroll();
    void showEmpty();
    QWidget* tracesPage();
    void showSpan();
    void showRange();
    void userNode(std::uint32_t node);
    void popUp(std::uint32_t node, const QPoint& globalPos);
    void copy(const QString& text, const QString& what);
    void goTo(Row row, const QString& none);
    bool sharesRange() const;
    bool isWhole(const TimeRange& range) const;
    void followWhereItHelps();
    void shareRoom();

    AppState& m_state;
    CallTreeModel* m_model;
    CallTreeView* m_tree;
    CallCanvas* m_canvas;
    QScrollBar* m_scroll;
    CallPane* m_pane;
    QSplitter* m_columns;
    QSplitter* m_split;
    QComboBox* m_filters;
    QCheckBox* m_critical;
    QCheckBox* m_follow; ///< lanes show the time of the rows in sight, not that of the window
    BriefLabel* m_summary;
    EmptyState* m_empty;
    FilterWait m_filterWait;
    CallTraceModel* m_traceModel;
    QTableView* m_traces;
    QLabel* m_tracesHint;
    QWidget* m_tracesPage;
    QWidget* m_page;
    QStackedWidget* m_pages;

    CallTreePtr m_subject;
    CallRows m_rows;
    std::uint32_t m_node = TreeCall::none;
    std::optional<std::uint32_t> m_listed; ///< the trace that was chosen in the list; nothing: the first one
    QSet<QString> m_closed;                ///< keys of nodes that were closed before it grew
    QString m_kept;                        ///< key of the node that was selected
    std::optional<std::uint32_t> m_asked;  ///< the trace that is made, or was
    unsigned m_opening = 0;
    unsigned m_revision = 0;
    bool m_stale = false; ///< it has grown while it was being made
    bool m_following = false;
    bool m_expanding = false;
    bool m_followedBefore = false;     ///< when the mouse was pressed on the lanes
    std::optional<bool> m_wantsFollow; ///< as the user said; nothing: where it helps
    bool m_shared = false;             ///< room was shared between the parts
    LatestTask<CallTreePtr> m_task;
};

} // namespace arcscope
