#include "toolsview.h"

#include "brieflabel.h"
#include "callcanvas.h"
#include "callpane.h"
#include "calltracemodel.h"
#include "calltreeview.h"
#include "callwords.h"
#include "displaytext.h"
#include "emptystate.h"
#include "stopbook.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{
namespace
{

/// Above this many rows only the first two levels are opened at once.
constexpr std::size_t mostOpened = 20'000;
/// Of a trace that lasts this many times as long as the rows in sight these are too narrow to show anything.
constexpr Nanos muchLonger = 8;

QString keyText(const CallTreeSubject& subject, std::uint32_t node)
{
    return QString::fromStdString(subject.keyOf(node));
}

} // namespace

ToolsView::ToolsView(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(new CallTreeModel(this))
    , m_tree(new CallTreeView(*m_model))
    , m_canvas(new CallCanvas)
    , m_scroll(new QScrollBar(Qt::Vertical))
    , m_pane(new CallPane(state))
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_split(new QSplitter(Qt::Vertical))
    , m_filters(new QComboBox)
    , m_critical(new QCheckBox)
    , m_follow(new QCheckBox)
    , m_summary(new BriefLabel)
    , m_empty(new EmptyState)
    , m_filterWait(state)
    , m_traceModel(new CallTraceModel(state, this))
    , m_traces(new QTableView)
    , m_tracesHint(new QLabel)
    , m_page(new QWidget)
    , m_pages(new QStackedWidget)
{
    m_columns->setChildrenCollapsible(false);
    m_columns->addWidget(m_tree);
    m_columns->addWidget(m_canvas);
    auto* rows = new QWidget;
    auto* beside = new QHBoxLayout(rows);
    beside->setContentsMargins(0, 0, 0, 0);
    beside->setSpacing(0);
    beside->addWidget(m_columns, 1);
    beside->addWidget(m_scroll);
    m_split->addWidget(rows);
    m_split->addWidget(m_pane);
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 1);
    auto* column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeControls());
    column->addWidget(m_split, 1);
    m_tracesPage = makeTraces();
    for (QWidget* page : {static_cast<QWidget*>(m_empty), m_tracesPage, m_page})
        m_pages->addWidget(page);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_pages);
    makeKeys();
    connectParts();
    connectState();
    showEmpty();
}

void ToolsView::setStops(const StopBook& stops)
{
    m_model->setStops(stops);
    const auto stopOf = [this](std::uint32_t node) { return m_model->stopOf(node); };
    m_canvas->setRemarks(stopOf);
    m_pane->setRemarks(stopOf);
    connect(&stops, &StopBook::changed, m_pane, &CallPane::writeTitle);
}

void ToolsView::setFindings(const FindingBook& findings)
{
    m_traceModel->setFindings(findings);
}

QString ToolsView::summary() const
{
    return m_summary->text();
}

bool ToolsView::isShowingCalls() const
{
    return m_pages->currentWidget() == m_page;
}

void ToolsView::setCriticalShown(bool shown)
{
    m_critical->setChecked(shown);
}

void ToolsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    rebuild();
    shareRoom();
}

void ToolsView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_traceModel->setWanted(false);
}

/// The trace that is shown, that of the selected span, or the only one.
std::optional<std::uint32_t> ToolsView::wantedTrace() const
{
    const Corpus& corpus = *m_state.corpus();
    if (!m_state.isOpen() || m_state.loading() || corpus.traces.rows() == 0)
        return {};
    if (m_state.trace())
        return m_state.trace();
    if (corpus.traces.rows() == 1)
        return 0;
    const Row row = m_state.span();
    return row == noRow ? std::nullopt
                        : std::optional(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)));
}

/// Calls are read only while the tab is looked at.
void ToolsView::rebuild()
{
    if (!isVisible())
        return;
    const auto wanted = wantedTrace();
    const bool sameTrace = wanted && wanted == m_asked && m_state.opening() == m_opening;
    if (sameTrace && m_state.revision() == m_revision)
        return;
    if (sameTrace && m_task.running()) { // what is being made is shown before what came since
        m_stale = true;
        return;
    }
    m_stale = false;
    m_asked = wanted;
    m_opening = m_state.opening();
    m_revision = m_state.revision();
    if (!wanted) {
        m_task.cancel();
        take(nullptr);
        return;
    }
    if (!sameTrace) {
        m_closed.clear();
        m_kept.clear();
        take(nullptr);
    }
    m_task.start([open = m_state.openCorpus(), corpus = m_state.corpus(),
                  trace = *wanted](const std::stop_token&) { return openCallTree(*open, corpus, trace); },
                 [this](const CallTreePtr& subject) {
                     showSubject(subject);
                     if (m_stale)
                         rebuild();
                 });
    showEmpty();
}

void ToolsView::showSubject(const CallTreePtr& subject)
{
    keepPlaces();
    take(subject);
}

void ToolsView::keepPlaces()
{
    if (!m_subject)
        return;
    m_closed.clear();
    for (std::uint32_t node = 0; node < m_subject->tree.nodes.size(); ++node) {
        if (m_rows.collapsed(node))
            m_closed.insert(keyText(*m_subject, node));
    }
    m_kept = m_node == TreeCall::none ? QString() : keyText(*m_subject, m_node);
}

void ToolsView::take(const CallTreePtr& subject)
{
    const bool growing = m_subject && subject && m_subject->trace == subject->trace;
    const int scroll = m_tree->verticalScrollBar()->value();
    const bool wasWhole = m_subject && m_canvas->visibleRange() == m_subject->lanes.bounds;
    m_canvas->setSubject(nullptr, nullptr);
    m_pane->setNode(nullptr, TreeCall::none);
    m_node = TreeCall::none;
    m_subject = subject && subject->problem.empty() ? subject : nullptr;
    m_rows = m_subject ? CallRows(m_subject->lanes) : CallRows();
    if (m_subject && (!growing || wasWhole))
        m_canvas->setVisibleRange(m_subject->lanes.bounds);
    m_summary->setText(m_subject ? treeSummary(*m_subject) : QString());
    applyFilter();
    if (subject && !subject->problem.empty())
        m_empty->say(tr("The calls cannot be read"), oneLine(subject->problem, 400));
    if (!m_subject)
        return;
    for (std::uint32_t node = 0; !m_kept.isEmpty() && node < m_subject->tree.nodes.size(); ++node) {
        if (keyText(*m_subject, node) != m_kept)
            continue;
        m_following = true;
        m_tree->setCurrentIndex(m_model->indexOf(node));
        m_following = false;
        m_node = node;
        m_canvas->setSelection(node);
        m_pane->setNode(m_subject, node);
        break;
    }
    if (growing)
        m_tree->verticalScrollBar()->setValue(scroll);
    else
        showSpan();
    showRange();
    if (!growing)
        followWhereItHelps();
}

/// Fills tree and lanes with what the choice of calls leaves.
void ToolsView::applyFilter()
{
    const std::uint32_t node = m_node;
    if (m_subject) {
        const int choice = m_filters->currentIndex();
        std::vector<bool> kept;
        if (choice != AllCalls) {
            kept.resize(m_subject->lanes.rows.size());
            for (std::size_t i = 0; i < kept.size(); ++i) {
                const LaneFlags flags = m_subject->lanes.rows[i].flags;
                kept[i] = choice == OnlyProblems ? flags.problem() : flags.has(LaneFlag::Unpaired);
            }
        }
        m_rows.setKept(std::move(kept));
    }
    m_following = true;
    m_model->setSubject(m_subject, m_rows);
    m_model->setMatches(m_state.matches());
    m_canvas->setSubject(m_subject, m_subject ? &m_rows : nullptr);
    m_canvas->setMatches(m_state.matches());
    expandAsBefore(!m_closed.isEmpty());
    m_following = false;
    syncRows();
    showEmpty();
    if (m_subject && node < m_subject->tree.nodes.size() && m_model->indexOf(node).isValid())
        selectNode(node);
}

void ToolsView::expandAsBefore(bool closedBefore)
{
    if (!m_subject)
        return;
    m_expanding = true;
    const std::size_t nodes = m_subject->tree.nodes.size();
    std::vector<bool> collapsed(nodes, false);
    if (nodes <= mostOpened) {
        m_tree->expandAll();
    } else {
        m_tree->expandToDepth(1);
        for (std::uint32_t node = 0; node < nodes; ++node)
            collapsed[node] = m_subject->node(node).depth > 1;
    }
    for (std::uint32_t node = 0; closedBefore && node < nodes; ++node) {
        if (!m_closed.contains(keyText(*m_subject, node)))
            continue;
        m_tree->collapse(m_model->indexOf(node));
        collapsed[node] = true;
    }
    m_rows.setCollapsed(std::move(collapsed));
    m_expanding = false;
}

void ToolsView::syncRows()
{
    // The axis and the header are of one height, so that rows lie side by side.
    const int header = std::max(m_tree->header()->sizeHint().height(), fontMetrics().height() + 10);
    m_tree->header()->setFixedHeight(header);
    m_canvas->setSizes(m_tree->rowHeightNow(), header);
    m_canvas->rowsChanged();
    syncScroll();
}

void ToolsView::syncScroll()
{
    const QScrollBar* const own = m_tree->verticalScrollBar();
    const QSignalBlocker quiet(m_scroll);
    m_scroll->setRange(own->minimum(), own->maximum());
    m_scroll->setPageStep(own->pageStep());
    m_scroll->setSingleStep(m_tree->rowHeightNow());
    m_scroll->setValue(own->value());
    m_scroll->setVisible(own->maximum() > 0);
    m_canvas->setScroll(own->value());
    if (m_subject && m_follow->isChecked())
        m_canvas->fitRows();
}

void ToolsView::showEmpty()
{
    QWidget* page = m_empty;
    const std::size_t traces = m_state.corpus()->traces.rows();
    if (m_subject && !m_subject->tree.nodes.empty()) {
        if (m_rows.size() > 0)
            page = m_page;
        else
            m_empty->say(m_filters->currentIndex() == OnlyUnpaired ? tr("Every call has its result")
                                                                   : tr("No call with a problem"),
                         tr("%1 are hidden by the choice above the tree.")
                             .arg(counted(static_cast<std::int64_t>(m_subject->tree.calls.size()), tr("%1 call"),
                                          tr("%1 calls"))),
                         tr("Show &all calls"));
    } else if (m_subject) {
        m_empty->say(tr("No tool calls in this trace"),
                     tr("None of its model calls asks for a tool, and no span of a tool is recorded."));
    } else if (m_state.loading()) {
        m_empty->say(tr("Reading\u2026"), tr("Calls are shown when everything is read."));
    } else if (!m_state.isOpen()) {
        m_empty->say(tr("No trace is open"), tr("Open a file, or drop one here."));
    } else if (m_task.running()) {
        m_empty->say(tr("Reading the calls\u2026"), tr("Every message of the trace is looked through."));
    } else if (!wantedTrace() && traces > 1) {
        page = tracesPage();
    } else if (traces == 0) {
        m_empty->say(tr("No spans"), tr("What is open has no spans; the ledger says what was read."));
    }
    m_pages->setCurrentWidget(page);
    QWidget* const focus = page == m_page         ? static_cast<QWidget*>(m_tree)
                           : page == m_tracesPage ? static_cast<QWidget*>(m_traces)
                                                  : m_empty->keyboardPart();
    giveKeyboardTo(focus, *this);
}

void ToolsView::showSpan()
{
    if (!m_subject || m_state.span() == noRow)
        return;
    if (m_node != TreeCall::none && m_subject->rowFor(m_node) == m_state.span())
        return; // several rows may stand for one span
    const std::uint32_t node = m_subject->nodeOf(m_state.span());
    if (node != TreeCall::none && m_model->indexOf(node).isValid())
        selectNode(node);
}

bool ToolsView::sharesRange() const
{
    return m_subject && !m_subject->lanes.ordinal && m_state.isOpen() &&
           (m_state.trace() == m_subject->trace || m_state.corpus()->traces.rows() == 1);
}

bool ToolsView::isWhole(const TimeRange& range) const
{
    return !range.recorded() || range.length() >= m_subject->lanes.bounds.length() / 10 * 9;
}

void ToolsView::followWhereItHelps()
{
    const TimeRange rows = m_canvas->rowsRange();
    const bool helps = rows.recorded() && isWhole(m_canvas->visibleRange()) &&
                       m_subject->lanes.bounds.length() / muchLonger > rows.length();
    m_follow->setChecked(m_wantsFollow.value_or(helps));
}

void ToolsView::showRange()
{
    // Whoever looks at a part of the time elsewhere wants to see it here, too.
    if (sharesRange() && !m_wantsFollow && !isWhole(m_state.visibleRange()))
        m_follow->setChecked(false);
    if (!sharesRange() || m_follow->isChecked())
        return;
    const TimeRange wanted = m_state.visibleRange();
    m_canvas->setVisibleRange(wanted.recorded() ? wanted : m_subject->lanes.bounds);
}

void ToolsView::selectNode(std::uint32_t node)
{
    if (!m_subject || node >= m_subject->tree.nodes.size())
        return;
    const QModelIndex index = m_model->indexOf(node);
    m_following = true;
    m_tree->setCurrentIndex(index);
    if (index.isValid() && !m_state.growing())
        m_tree->scrollTo(index);
    m_following = false;
    userNode(node);
}

void ToolsView::userNode(std::uint32_t node)
{
    m_node = node;
    m_canvas->setSelection(node);
    m_pane->setNode(m_subject, node);
    const Row row = m_subject->rowFor(node);
    if (m_state.isOpen() && row != noRow && row != m_state.span())
        m_state.setSpan(row);
}

void ToolsView::stepProblem(bool forward)
{
    if (!m_subject)
        return;
    const std::uint32_t node = nextProblem(m_subject->lanes, m_rows, m_node, forward);
    if (node == LaneRow::none) {
        emit said(tr("No call has a problem"));
        return;
    }
    selectNode(node);
    const QStringList problems = callProblems(*m_subject, node);
    emit said(callSummary(*m_subject, node) +
              (problems.isEmpty() ? QString() : QStringLiteral(": ") + problems.first()));
}

void ToolsView::goTo(Row row, const QString& none)
{
    if (row == noRow) {
        emit said(none);
        return;
    }
    const std::uint32_t node = m_subject->nodeOf(row);
    if (node != TreeCall::none && m_model->indexOf(node).isValid())
        selectNode(node);
    else
        m_state.setSpan(row);
}

void ToolsView::goToAsker()
{
    if (!m_subject || m_node == TreeCall::none)
        return;
    const TreeCall* const call = m_subject->callOf(m_node);
    const std::uint32_t parent = m_subject->node(m_node).parent;
    if (call && parent != TreeCall::none && m_subject->node(parent).row == call->asker && call->asker != noRow)
        selectNode(parent); // of several scopes of one asker its own
    else
        goTo(call ? call->asker : m_subject->node(m_node).row, tr("Who asked for it is not recorded"));
}

void ToolsView::goToConsumer()
{
    if (!m_subject || m_node == TreeCall::none)
        return;
    const TreeCall* const call = m_subject->callOf(m_node);
    const Row row =
        call ? (call->receipts.empty() ? noRow : call->receipts.front().row) : m_subject->scopeOf(m_node)->joinedBy;
    goTo(row, tr("Who was given its result is not recorded"));
}

} // namespace arcscope
