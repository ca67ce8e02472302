#include "stopsview.h"

#include "brieflabel.h"
#include "displaytext.h"
#include "emptystate.h"
#include "findingbook.h"
#include "plaintip.h"
#include "searchstate.h"
#include "stayinsight.h"
#include "stopbook.h"
#include "stopexemplars.h"
#include "stoptrendcanvas.h"
#include "stopwords.h"
#include "tablestyle.h"
#include "tabletext.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{

StopsView::StopsView(AppState& state, FindingBook& findings, StopBook& stops, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_findings(findings)
    , m_stops(stops)
    , m_words(new StopMatrixModel(StopMatrixModel::Lines::Words, this))
    , m_groups(new StopMatrixModel(StopMatrixModel::Lines::Groups, this))
    , m_matrixTable(new QTableView)
    , m_trendTable(new QTableView)
    , m_canvas(new StopTrendCanvas)
    , m_trend(new QStackedWidget)
    , m_kinds(new QComboBox)
    , m_groupings(new QComboBox)
    , m_asTable(new QToolButton)
    , m_asFilter(new QToolButton)
    , m_copy(new QToolButton)
    , m_showWords(new QToolButton)
    , m_showTrend(new QToolButton)
    , m_top(new QSplitter(Qt::Vertical))
    , m_split(new QSplitter(Qt::Vertical))
    , m_exemplars(new StopExemplars(state))
    , m_summary(new BriefLabel)
    , m_progress(new BriefLabel)
    , m_cancel(new QToolButton)
    , m_filterWait(state)
    , m_empty(new EmptyState)
    , m_pages(new QStackedWidget)
{
    m_controls = makeControls();
    m_status = makeStatus();
    setUpTable(*m_matrixTable, *m_words, tr("Vendor's words against what calls stopped for"));
    setUpTable(*m_trendTable, *m_groups, tr("What groups of calls stopped for"));
    for (QTableView* table : {m_matrixTable, m_trendTable})
        keepCurrentInSight(*table);
    m_trend->addWidget(m_canvas);
    m_trend->addWidget(m_trendTable);
    m_top->setChildrenCollapsible(false);
    m_top->addWidget(m_matrixTable);
    m_top->addWidget(m_trend);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_top);
    m_split->addWidget(m_exemplars);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_split);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_controls);
    column->addWidget(m_status);
    column->addWidget(m_pages, 1);

    connect(m_matrixTable->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { choose(From::Matrix); });
    connect(m_trendTable->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { choose(From::TrendTable); });
    connect(m_matrixTable, &QTableView::clicked, this, [this] { choose(From::Matrix); });
    connect(m_trendTable, &QTableView::clicked, this, [this] { choose(From::TrendTable); });
    connect(m_canvas, &StopTrendCanvas::placeChanged, this, [this] { choose(From::Trend); });
    connect(m_canvas, &StopTrendCanvas::hovered, this, &StopsView::hovered);
    connect(m_canvas, &StopTrendCanvas::activated, this, [this] {
        choose(From::Trend);
        goToList();
    });
    connect(m_matrixTable, &QTableView::activated, this, &StopsView::goToList);
    connect(m_trendTable, &QTableView::activated, this, &StopsView::goToList);
    connect(m_exemplars, &StopExemplars::spanChosen, this, &StopsView::spanChosen);
    connect(m_exemplars, &StopExemplars::left, this, [this] {
        QWidget* const from = m_from == From::Matrix       ? static_cast<QWidget*>(m_matrixTable)
                              : m_from == From::TrendTable ? static_cast<QWidget*>(m_trendTable)
                                                           : m_canvas;
        from->setFocus();
    });
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_filterWait.isLong() || (m_overview && m_overview->calls > 0))
            m_state.setFilter({});
        else
            endOrSearchAgain(m_findings);
    });
    for (QSplitter* splitter : {m_top, m_split})
        connect(splitter, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
    connect(&stops, &StopBook::changed, this, &StopsView::regroup);
    connect(&state, &AppState::filterChanged, this, &StopsView::regroup);
    connect(&state, &AppState::loadingChanged, this, &StopsView::regroup);
    connect(&m_filterWait, &FilterWait::changed, this, &StopsView::showState);
    connect(&findings, &FindingBook::stageChanged, this, &StopsView::showState);
    connect(&findings, &FindingBook::progressed, this, &StopsView::showProgress);
    regroup();
}

void StopsView::regroup()
{
    if (!m_stops.stops()->corpus || m_stops.stops()->survey.empty()) {
        m_task.cancel();
        m_byUser = false;
        setOverview(nullptr);
        return;
    }
    if (m_state.filtering()) // the rows come in a moment
        return;
    const QVariant chosen = m_groupings->currentData();
    const std::optional<SpanText> by =
        chosen.toInt() < 0 ? std::nullopt : std::optional(static_cast<SpanText>(chosen.toInt()));
    m_task.start(
        [of = m_stops.stops(), by, rows = m_state.matches(), what = static_cast<StopsOf>(m_kinds->currentIndex())](
            std::stop_token) { return stopOverview(of, by, rows, what); },
        [this](const StopOverviewPtr& overview) { setOverview(overview); });
}

void StopsView::setOverview(StopOverviewPtr overview)
{
    const auto lineOf = [](const QTableView& table, const StopMatrixModel& model) {
        const StopLine* const line = model.lineOf(table.currentIndex().row());
        return line ? line->name : std::string();
    };
    struct Before {
        std::string line;
        bool sums;
        StopBucket bucket;
        int column;
    };
    const auto placeIn = [&](const QTableView& table, const StopMatrixModel& model) {
        const QModelIndex at = table.currentIndex();
        Before before{lineOf(table, model), at.row() == 0, StopBucket::Unknown, at.column()};
        if (at.column() >= StopMatrixModel::FirstBucket) {
            before.bucket = model.bucketOf(at.column());
            before.column = StopMatrixModel::FirstBucket;
        }
        return before;
    };
    const Before inWords = placeIn(*m_matrixTable, *m_words);
    const Before inGroups = placeIn(*m_trendTable, *m_groups);
    m_choosing = true;
    m_overview = std::move(overview);
    m_words->setOverview(m_overview);
    m_groups->setOverview(m_overview);
    m_canvas->setOverview(m_overview);
    const auto again = [&](QTableView& table, const StopMatrixModel& model, const Before& before) {
        const int column =
            before.column == StopMatrixModel::FirstBucket ? model.columnOf(before.bucket) : before.column;
        restore(table, model, before.line, before.sums, column);
        fitColumns(table, model);
    };
    again(*m_matrixTable, *m_words, inWords);
    again(*m_trendTable, *m_groups, inGroups);
    m_choosing = false;
    listGroupings();
    listKinds();
    m_summary->setText(summaryText());
    emit disagreementsChanged(m_overview ? m_overview->disagreeingInAll[0] + m_overview->disagreeingInAll[1] : 0);
    showState();
    showChosen();
    arrange();
}

/// The cell that was chosen, else the calls that disagree.
void StopsView::restore(QTableView& table, const StopMatrixModel& model, const std::string& line, bool sums, int column)
{
    if (model.rowCount() == 0)
        return;
    const int row = !m_byUser ? -1 : sums ? 0 : column < 0 ? -1 : model.rowOf(line);
    QModelIndex index = row < 0 || column < 0 ? QModelIndex() : model.index(row, column);
    if (!index.isValid())
        index = model.index(0, m_overview->shown.disagreeing > 0 ? StopMatrixModel::DisagreeColumn
                                                                 : StopMatrixModel::CallsColumn);
    table.setCurrentIndex(index);
}

void StopsView::choose(From from)
{
    if (m_choosing)
        return;
    m_from = from;
    m_byUser = true;
    showChosen();
}

void StopsView::showChosen()
{
    if (m_choosing)
        return;
    QString title;
    QString filter;
    std::vector<Row> rows;
    if (m_overview && m_overview->calls > 0) {
        if (m_from == From::Trend) {
            const LinePlace place = m_canvas->place();
            title = m_canvas->textOf(place);
            rows = m_canvas->rowsAt(place);
            if (place.line >= 0) {
                const int column = place.piece >= 0 ? m_groups->columnOf(static_cast<StopBucket>(place.piece))
                                                    : StopMatrixModel::CallsColumn;
                filter = m_groups->filterOf(m_groups->index(place.line + 1, column));
            }
        } else {
            const bool words = m_from == From::Matrix;
            const StopMatrixModel& model = words ? *m_words : *m_groups;
            const QModelIndex index = (words ? m_matrixTable : m_trendTable)->currentIndex();
            title = model.textOf(index);
            rows = model.rowsOf(index);
            filter = model.filterOf(index);
        }
    }
    m_asFilter->setEnabled(!filter.isEmpty());
    m_asFilter->setProperty("filter", filter);
    setPlainTip(*m_asFilter,
                filter.isEmpty()
                    ? tr("The filter language cannot say this: the list below has the calls")
                    : tr("Show only these calls in all views (F): %1").arg(oneLine(filter.toStdString(), 200)));
    m_exemplars->showRows(title, m_overview ? m_overview->of : nullptr, std::move(rows));
}

void StopsView::showAsFilter()
{
    const QString filter = m_asFilter->property("filter").toString();
    if (filter.isEmpty()) {
        emit said(tr("The filter language cannot say this: the list has the calls"));
        return;
    }
    if (const auto error = m_state.setFilter(filter))
        emit said(oneLine(error->message));
}

void StopsView::goToList()
{
    if (m_exemplars->model()->rowCount() > 0)
        m_exemplars->table()->setFocus();
}

void StopsView::copy(bool markdown)
{
    const bool trend = m_from != From::Matrix;
    const StopMatrixModel& model = trend ? *m_groups : *m_words;
    QMimeData* const mime = tableMime(model);
    if (markdown)
        mime->setText(tableMarkdown(model));
    QGuiApplication::clipboard()->setMimeData(mime);
    emit said(trend ? tr("The trend is on the clipboard") : tr("The matrix is on the clipboard"));
}

/// Of values that no call has it says so.
void StopsView::listGroupings()
{
    if (!m_overview)
        return;
    const QSignalBlocker quiet(m_groupings);
    for (int i = 0; i < m_groupings->count(); ++i) {
        const int value = m_groupings->itemData(i).toInt();
        const auto by = value < 0 ? std::nullopt : std::optional(static_cast<SpanText>(value));
        const bool recorded = by ? m_overview->recorded[static_cast<std::size_t>(*by)] : m_overview->timed;
        m_groupings->setItemText(i, recorded ? groupingText(by) : tr("%1: not recorded").arg(groupingText(by)));
    }
}

/// How many there are of each, whatever the filter says; of one kind alone there is no choice.
void StopsView::listKinds()
{
    const QSignalBlocker quiet(m_kinds);
    const auto all = m_overview ? m_overview->inAll : std::array<std::uint64_t, stopsOfCount>{};
    m_kinds->setItemText(0, tr("Model calls: %1").arg(countText(static_cast<qint64>(all[0]))));
    m_kinds->setItemText(1, tr("Runs of agents: %1").arg(countText(static_cast<qint64>(all[1]))));
    m_kinds->setVisible(all[0] > 0 && all[1] > 0);
    const int only = all[0] == 0 && all[1] > 0 ? 1 : all[1] == 0 ? 0 : m_kinds->currentIndex();
    m_kinds->setCurrentIndex(only);
    if (m_overview && only != static_cast<int>(m_overview->what) && m_overview->of == m_stops.stops())
        regroup();
}

QString StopsView::summaryText() const
{
    if (!m_overview || m_overview->calls == 0)
        return {};
    const StopLine& shown = m_overview->shown;
    const bool calls = m_overview->what == StopsOf::Calls;
    const auto number = static_cast<qint64>(shown.calls);
    QStringList parts{calls ? counted(number, tr("%1 model call"), tr("%1 model calls"))
                            : counted(number, tr("%1 run of an agent"), tr("%1 runs of agents"))};
    parts << (shown.disagreeing == 0 ? tr("no vendor's word disagrees with what was found")
                                     : tr("%1 %2 (%3) where the vendor's word says something else")
                                           .arg(disagreementSign())
                                           .arg(countText(static_cast<qint64>(shown.disagreeing)),
                                                shareText(shown.disagreeing, shown.calls)));
    if (m_overview->filtered)
        parts << tr("the filter leaves out %1").arg(countText(static_cast<qint64>(m_overview->calls - shown.calls)));
    QStringList unmapped;
    for (const StopLine& word : m_overview->words) {
        if (!word.known)
            unmapped << oneLine(word.name, 40);
    }
    constexpr qsizetype mostNamed = 3;
    if (!unmapped.isEmpty())
        parts << counted(unmapped.size(), tr("%1 word to review, which no vendor is known to write: %2"),
                         tr("%1 words to review, which no vendor is known to write: %2"))
                     .arg(unmapped.mid(0, mostNamed).join(QStringLiteral(", ")) +
                          (unmapped.size() > mostNamed ? QStringLiteral(", \u2026") : QString()));
    if (!m_overview->anyWord)
        parts << tr("no vendor's word is recorded");
    const StopsOf other = calls ? StopsOf::Runs : StopsOf::Calls;
    if (const auto apart = m_overview->inAll[static_cast<std::size_t>(other)]; apart > 0)
        parts << tr("counted apart: %1").arg(stopsText(other, apart));
    return parts.join(QStringLiteral("  \u00b7  "));
}

bool StopsView::saySearch()
{
    return sayUnsearched(m_findings, *m_empty, tr("What calls stopped for is looked for when everything is read."),
                         tr("What calls stopped for is not known"));
}

void StopsView::showProgress()
{
    showSearch(m_findings, *m_progress, *m_cancel);
    if (m_findings.stage() == SearchStage::Searching && m_pages->currentWidget() == m_empty && !m_overview)
        saySearch();
}

void StopsView::showState()
{
    const bool some = m_overview && m_overview->calls > 0;
    const bool filtering = some && m_filterWait.isLong();
    const bool any = some && !filtering && m_overview->shown.calls > 0;
    m_controls->setVisible(any || (some && m_kinds->isVisibleTo(m_controls)));
    m_status->setVisible(some);
    showSearch(m_findings, *m_progress, *m_cancel);
    m_pages->setCurrentWidget(any ? static_cast<QWidget*>(m_split) : m_empty);
    if (filtering) {
        sayFiltering(*m_empty);
    } else if (some && !any) {
        m_empty->say(m_overview->what == StopsOf::Calls ? tr("No model call matches the filter")
                                                        : tr("No run of an agent matches the filter"),
                     tr("%1 are left out.").arg(stopsText(m_overview->what, m_overview->calls)),
                     tr("&Clear the filter"));
    } else if (!some && !saySearch()) {
        m_empty->say(tr("No model calls"), tr("What is open has no model calls, so nothing stopped for a reason. Tool "
                                              "calls and other spans have a status instead."));
    }
    giveKeyboardTo(any ? m_matrixTable : m_empty->keyboardPart(), *this);
}

} // namespace arcscope
