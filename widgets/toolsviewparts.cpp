// The parts of the tools tab: what narrows the calls down, keys and menus, and the list of traces to choose from.
#include "brieflabel.h"
#include "callcanvas.h"
#include "callpane.h"
#include "calltracemodel.h"
#include "calltreeview.h"
#include "callwords.h"
#include "controlrow.h"
#include "displaytext.h"
#include "emptystate.h"
#include "flatbutton.h"
#include "searchstate.h"
#include "stayinsight.h"
#include "tablestyle.h"
#include "toolsview.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QResizeEvent>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace arcscope
{

QWidget* ToolsView::makeControls()
{
    auto* bar = new QWidget;
    auto* column = new QVBoxLayout(bar);
    column->setContentsMargins(6, 2, 6, 3);
    column->setSpacing(1);
    auto* row = new ControlRow;
    row->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_summary);
    m_filters->addItem(tr("All calls"));
    m_filters->addItem(tr("Only problems"));
    m_filters->addItem(tr("Only unpaired"));
    m_filters->setAccessibleName(tr("Which calls are shown"));
    m_filters->setToolTip(tr("Problems are calls that failed, were cancelled or repeated, ended late or for nobody, or "
                             "do not pair"));
    connect(m_filters, &QComboBox::currentIndexChanged, this, &ToolsView::applyFilter);
    m_critical->setText(tr("&Critical path"));
    m_critical->setToolTip(tr("Mark what the end of the trace had to wait for (C)"));
    connect(m_critical, &QCheckBox::toggled, m_canvas, &CallCanvas::setCriticalShown);
    m_follow->setText(tr("&Follow rows"));
    m_follow->setToolTip(tr("Show the time of the rows in sight instead of that of the timeline, with long pauses "
                            "folded (R). On by itself where a "
                            "trace is so long that its rows would show nothing."));
    connect(m_follow, &QCheckBox::clicked, this, [this](bool on) {
        m_wantsFollow = on;
        if (!on && m_subject && !sharesRange())
            m_canvas->setVisibleRange(m_subject->lanes.bounds);
    });
    connect(m_follow, &QCheckBox::toggled, this, [this](bool on) {
        if (on)
            syncScroll();
        else
            showRange();
    });
    auto* previous = flatButton(QStringLiteral("\u25c2 !"), tr("The problem before (P)"));
    auto* next = flatButton(QStringLiteral("! \u25b8"), tr("The next problem (N)"));
    connect(previous, &QToolButton::clicked, this, [this] { stepProblem(false); });
    connect(next, &QToolButton::clicked, this, [this] { stepProblem(true); });
    auto* fit = flatButton(tr("Fit"), tr("Show the time of all calls (0); F shows that of the selected one"));
    connect(fit, &QToolButton::clicked, m_canvas, &CallCanvas::fitAll);
    m_summary->setContentsMargins(2, 0, 2, 0);
    m_summary->setAccessibleName(tr("Summary of the calls"));
    row->addWidget(m_filters);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(m_critical);
    row->addWidget(m_follow);
    row->addWidget(fit);
    return bar;
}

QWidget* ToolsView::makeTraces()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tracesHint->setTextFormat(Qt::PlainText);
    m_tracesHint->setWordWrap(true);
    m_tracesHint->setContentsMargins(8, 6, 8, 6);
    m_traces->setModel(m_traceModel);
    setUpTable(*m_traces, tr("Traces with tool calls"));
    m_traces->setSelectionMode(QAbstractItemView::SingleSelection);
    m_traces->setFrameShape(QFrame::NoFrame);
    m_traces->setSortingEnabled(true);
    m_traces->horizontalHeader()->setSortIndicator(CallTraceModel::ProblemsColumn, Qt::DescendingOrder);
    const int em = m_traces->fontMetrics().averageCharWidth();
    constexpr int widths[CallTraceModel::ColumnCount] = {0, 12, 16, 9, 25};
    for (int i = CallTraceModel::CallsColumn; i < CallTraceModel::ColumnCount; ++i)
        m_traces->setColumnWidth(i, widths[i] * em);
    // Many traces have one name: what tells them apart comes next.
    m_traces->horizontalHeader()->moveSection(CallTraceModel::StartColumn, 1);
    fitColumn(*m_traces, CallTraceModel::NameColumn, 16 * em);
    column->addWidget(m_tracesHint);
    column->addWidget(m_traces, 1);
    connect(m_traces, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (index.isValid())
            m_state.setTrace(m_traceModel->traceAt(index.row()));
    });
    return page;
}

/// The list to choose a trace from, or why it is empty.
QWidget* ToolsView::tracesPage()
{
    m_traceModel->setWanted(isVisible());
    const int left = m_traceModel->rowCount();
    const auto with = static_cast<qint64>(m_traceModel->withCalls());
    const auto all = static_cast<qint64>(m_state.corpus()->traces.rows());
    if (m_filterWait.isLong()) {
        sayFiltering(*m_empty);
    } else if (m_traceModel->busy() && left == 0) {
        m_empty->say(tr("Counting\u2026"), tr("Which traces have tool calls?"));
    } else if (with == 0) {
        m_empty->say(tr("No trace is selected"),
                     tr("Choose one in the list of traces. None of them has spans of tools; what messages ask for "
                        "is shown, too."));
    } else if (left == 0) {
        m_empty->say(tr("No trace with tool calls matches the filter"),
                     tr("%1 are left out.").arg(counted(with, tr("%1 trace"), tr("%1 traces"))),
                     tr("&Clear the filter"));
    } else {
        m_tracesHint->setText(
            (left == with ? tr("No trace is selected. %1 of %2 traces have tool calls: Enter or a double click "
                               "shows those of one.")
                                .arg(countText(with), countText(all))
                          : tr("No trace is selected. %1 of %2 traces with tool calls match the filter: Enter or a "
                               "double click shows those of one.")
                                .arg(countText(left), countText(with))));
        if (!m_traces->currentIndex().isValid())
            chooseRow(*m_traces, m_listed ? std::max(0, m_traceModel->rowOf(*m_listed)) : 0);
        return m_tracesPage;
    }
    return m_empty;
}

void ToolsView::makeKeys()
{
    const auto addTo = [this](QWidget* part, const QString& text, const QList<QKeySequence>& keys, auto run) {
        auto* action = new QAction(text, part);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, run);
        part->addAction(action);
    };
    const auto add = [&](const QString& text, const QList<QKeySequence>& keys, auto run) {
        addTo(m_columns, text, keys, run);
    };
    using Keys = QList<QKeySequence>;
    add(tr("Zoom in"), Keys{Qt::Key_Plus, Qt::Key_Equal, Qt::Key_W}, [this] { m_canvas->zoomIn(); });
    add(tr("Zoom out"), Keys{Qt::Key_Minus, Qt::Key_S}, [this] { m_canvas->zoomOut(); });
    add(tr("Earlier"), Keys{Qt::Key_A}, [this] { m_canvas->panBy(-0.15); });
    add(tr("Later"), Keys{Qt::Key_D}, [this] { m_canvas->panBy(0.15); });
    add(tr("Fit all"), Keys{Qt::Key_0}, [this] { m_canvas->fitAll(); });
    add(tr("Fit the selection"), Keys{Qt::Key_F}, [this] { m_canvas->fitSelection(); });
    // Also for who reads the texts of one after the other.
    addTo(m_split, tr("Next problem"), Keys{Qt::Key_N}, [this] { stepProblem(true); });
    addTo(m_split, tr("Previous problem"), Keys{Qt::Key_P}, [this] { stepProblem(false); });
    add(tr("Critical path"), Keys{Qt::Key_C}, [this] { m_critical->toggle(); });
    add(tr("Follow rows"), Keys{Qt::Key_R}, [this] { m_follow->click(); });
    add(tr("To the span"), Keys{Qt::Key_Return, Qt::Key_Enter}, [this] {
        if (m_node != TreeCall::none)
            emit activated();
    });
}

void ToolsView::connectParts()
{
    // Not the current row: a tree that gets the keyboard makes its first one current, which nobody chose, and the mouse
    // makes one current before it is selected.
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this](const QItemSelection& now) {
        if (!m_following && !now.isEmpty())
            userNode(m_model->nodeAt(now.indexes().first()));
    });
    const auto collapse = [this](const QModelIndex& index, bool collapsed) {
        if (!m_subject || m_expanding)
            return;
        m_rows.setCollapsed(m_model->nodeAt(index), collapsed);
        syncRows();
    };
    connect(m_tree, &QTreeView::expanded, this, [collapse](const QModelIndex& index) { collapse(index, false); });
    connect(m_tree, &QTreeView::collapsed, this, [collapse](const QModelIndex& index) { collapse(index, true); });
    connect(m_tree, &QTreeView::doubleClicked, this, [this] { emit activated(); });
    connect(m_tree, &CallTreeView::sizesChanged, this, &ToolsView::syncRows);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        const QModelIndex index = m_tree->indexAt(at);
        if (index.isValid())
            popUp(m_model->nodeAt(index), m_tree->viewport()->mapToGlobal(at));
    });
    connect(m_pane, &CallPane::callChosen, this, &ToolsView::selectNode);
    connect(m_pane, &CallPane::copied, this, [this] { emit said(tr("What changed is on the clipboard")); });
    connect(m_canvas, &CallCanvas::nodeChosen, this, &ToolsView::selectNode);
    connect(m_canvas, &CallCanvas::activated, this, [this] { emit activated(); });
    connect(m_canvas, &CallCanvas::contextMenuRequested, this, &ToolsView::popUp);
    connect(m_canvas, &CallCanvas::hovered, this, &ToolsView::hovered);
    connect(m_canvas, &CallCanvas::keyPressed, this, [this](QKeyEvent* event) {
        event->accept();
        m_tree->handleKey(event);
    });
    connect(m_canvas, &CallCanvas::visibleRangeChanged, this, [this](const TimeRange& range) {
        m_follow->setChecked(false); // the user looks elsewhere
        if (sharesRange())
            m_state.setVisibleRange(range);
    });
    connect(m_canvas, &CallCanvas::panBegan, this, [this] { m_followedBefore = m_follow->isChecked(); });
    connect(m_canvas, &CallCanvas::panTakenBack, this, [this] { m_follow->setChecked(m_followedBefore); });
    connect(m_canvas, &CallCanvas::wheelTurned, m_scroll,
            [this](int by) { m_scroll->setValue(m_scroll->value() + by); });
    QScrollBar* const own = m_tree->verticalScrollBar();
    connect(own, &QScrollBar::rangeChanged, this, &ToolsView::syncScroll);
    connect(own, &QScrollBar::valueChanged, this, &ToolsView::syncScroll);
    connect(m_scroll, &QScrollBar::valueChanged, own, &QScrollBar::setValue);
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_subject)
            m_filters->setCurrentIndex(AllCalls);
        else
            m_state.setFilter({});
    });
    connect(&m_filterWait, &FilterWait::changed, this, &ToolsView::showEmpty);
    connect(m_traceModel, &CallTraceModel::modelAboutToBeReset, this, [this] {
        const QModelIndex current = m_traces->currentIndex();
        m_listed = current.row() > 0 ? std::optional(m_traceModel->traceAt(current.row())) : std::nullopt;
    });
    connect(m_traceModel, &CallTraceModel::counted, this, &ToolsView::showEmpty);
    keepCurrentInSight(*m_tree);
    keepCurrentInSight(*m_traces);
}

void ToolsView::connectState()
{
    connect(&m_state, &AppState::corpusChanged, this, &ToolsView::rebuild);
    connect(&m_state, &AppState::loadingChanged, this, &ToolsView::rebuild);
    connect(&m_state, &AppState::traceChanged, this, &ToolsView::rebuild);
    connect(&m_state, &AppState::spanChanged, this, [this] {
        rebuild();
        showSpan();
    });
    connect(&m_state, &AppState::visibleRangeChanged, this, &ToolsView::showRange);
    connect(&m_state, &AppState::filterChanged, this, [this] {
        m_model->setMatches(m_state.matches());
        m_canvas->setMatches(m_state.matches());
    });
}

void ToolsView::popUp(std::uint32_t node, const QPoint& globalPos)
{
    if (!m_subject || node == TreeCall::none)
        return;
    selectNode(node);
    QMenu menu(this);
    const TreeCall* const call = m_subject->callOf(node);
    const CallScope* const scope = m_subject->scopeOf(node);
    const auto add = [&](const QString& text, bool enabled, auto run) {
        QAction* const action = menu.addAction(text);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, run);
    };
    add(tr("Show &span\tEnter"), m_subject->rowFor(node) != noRow, [this] { emit activated(); });
    add(tr("Go to who &asked"), call ? call->asker != noRow : m_subject->node(node).row != noRow,
        [this] { goToAsker(); });
    add(tr("Go to who was &given the result"), call ? !call->receipts.empty() : scope->joinedBy != noRow,
        [this] { goToConsumer(); });
    const std::uint32_t earlier = !call                             ? TreeCall::none
                                  : call->retryOf != TreeCall::none ? call->retryOf
                                                                    : call->repeats;
    add(call && call->retryOf != TreeCall::none ? tr("Go to the attempt &before") : tr("Go to the same call &before"),
        earlier != TreeCall::none, [this, earlier] { selectNode(m_subject->nodeOfCall[earlier]); });
    menu.addSeparator();
    add(tr("&Copy as text"), true, [this] { copy(m_pane->copyText(), tr("the call as text")); });
    add(tr("Copy as &JSON"), true, [this] { copy(m_pane->copyJson(), tr("the call as JSON")); });
    add(tr("Copy &differences"), m_pane->texts() && !m_pane->texts()->comparisons.empty(),
        [this] { copy(m_pane->copyChanges(), tr("what changed")); });
    menu.addSeparator();
    add(tr("&Expand all"), true, [this] { m_tree->expandAll(); });
    add(tr("C&ollapse all"), true, [this] { m_tree->collapseAll(); });
    menu.exec(globalPos);
}

void ToolsView::copy(const QString& text, const QString& what)
{
    QGuiApplication::clipboard()->setText(text);
    emit said(tr("Copied %1").arg(what));
}

/// Where there is little room, rows of calls have it.
void ToolsView::resizeEvent(QResizeEvent* event)
{
    constexpr int fewLines = 24;
    const bool brief = event->size().height() < fewLines * fontMetrics().height();
    m_summary->setBrief(brief);
    m_pane->setBrief(brief);
    QWidget::resizeEvent(event);
}

/// Once, when there is a size: the tree keeps its first columns, the lanes the rest.
void ToolsView::shareRoom()
{
    if (m_shared || width() < 100)
        return;
    m_shared = true;
    const int tree = width() * 48 / 100;
    m_columns->setSizes({tree, width() - tree});
    m_split->setSizes({height() * 65 / 100, height() * 35 / 100});
}

} // namespace arcscope
