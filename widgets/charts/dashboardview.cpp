#include "dashboardview.h"

#include "arcbook.h"
#include "displaytext.h"
#include "emptystate.h"
#include "lenschartview.h"
#include "lenspane.h"
#include "searchstate.h"
#include "stopoverview.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>
#include <iterator>

namespace arcscope
{
namespace
{

/// From this width, in characters, panels stand in two columns.
constexpr int twoColumns = 130;
/// Below it the conditions have a row of their own.
constexpr int oneRow = 75;

} // namespace

DashboardView::DashboardView(AppState& state, ArcBook& book, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_book(book)
    , m_where(new QLineEdit)
    , m_against(new QLineEdit)
    , m_by(new QComboBox)
    , m_fields(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_problem(new QLabel)
    , m_summary(new QLabel)
    , m_scroll(new QScrollArea)
    , m_grid(new QGridLayout)
    , m_filterWait(state)
    , m_empty(new EmptyState)
    , m_pages(new QStackedWidget)
    , m_difference(new LensPane)
{
    auto* inside = new QWidget;
    inside->setLayout(m_grid);
    m_grid->setContentsMargins(0, 0, 0, 8);
    m_grid->setSpacing(12);
    m_scroll->setWidget(inside);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pages->addWidget(m_empty);
    auto* split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(m_scroll);
    split->addWidget(m_difference);
    m_difference->hide();
    m_difference->setClosable(true);
    m_pages->addWidget(split);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeControls());
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setContentsMargins(8, 0, 8, 2);
    column->addWidget(m_summary);
    column->addWidget(m_pages, 1);
    setFocusProxy(m_where);

    for (QLineEdit* field : {m_where, m_against})
        connect(field, &QLineEdit::editingFinished, this, &DashboardView::look);
    connect(m_difference, &LensPane::hovered, this, &DashboardView::hovered);
    connect(m_difference, &LensPane::said, this, &DashboardView::said);
    connect(m_difference, &LensPane::closed, this, [this] {
        for (LensPane* const pane : m_panes)
            pane->chart()->clearBox();
    });
    connect(m_by, &QComboBox::currentIndexChanged, this, &DashboardView::look);
    connect(&book, &ArcBook::changed, this, &DashboardView::look);
    connect(&state, &AppState::filterChanged, this, &DashboardView::look);
    connect(&m_filterWait, &FilterWait::changed, this, &DashboardView::look);
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        m_where->clear();
        m_state.setFilter({});
        look();
    });
    setDashboard(nullptr);
}

DashboardView::~DashboardView() = default;

QWidget* DashboardView::makeControls()
{
    auto* bar = new QWidget;
    auto* rows = new QVBoxLayout(bar);
    rows->setContentsMargins(8, 4, 8, 2);
    auto* row = new QHBoxLayout;
    rows->addLayout(m_fields);
    rows->addWidget(m_problem);
    m_where->setAccessibleName(tr("Which arcs"));
    m_where->setPlaceholderText(tr("All arcs; or plan=pro outcome=failed time>=2026-11-01"));
    m_where->setToolTip(tr("Conditions on task arcs, all of which have to hold"));
    m_where->setClearButtonEnabled(true);
    m_against->setAccessibleName(tr("Compared with which arcs"));
    m_against->setPlaceholderText(tr("Compare with: time<2026-11-01"));
    m_against->setToolTip(tr("Other arcs, which these are held against: an earlier period, another plan"));
    m_against->setClearButtonEnabled(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_by->setAccessibleName(tr("What arcs are told apart by"));
    for (const std::optional<SpanText>& tag : stopGroupings()) {
        if (tag)
            m_by->addItem(groupingText(tag), static_cast<int>(*tag));
    }
    auto* by = new QLabel(tr("&by"));
    by->setBuddy(m_by);
    m_fields->addWidget(m_where, 1);
    m_fields->addLayout(row, 1);
    row->addWidget(m_against, 1);
    row->addWidget(by);
    row->addWidget(m_by);
    return bar;
}

LensPane* DashboardView::makePane(std::size_t index)
{
    auto* pane = new LensPane;
    connect(pane, &LensPane::hovered, this, &DashboardView::hovered);
    connect(pane, &LensPane::said, this, &DashboardView::said);
    connect(pane->chart(), &LensChartView::activated, this, [this, index](int piece) { chooseValue(index, piece); });
    connect(pane->chart(), &LensChartView::boxDrawn, this,
            [this, index, pane] { compareBox(index, pane->chart()->box()); });
    return pane;
}

void DashboardView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    look();
}

void DashboardView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void DashboardView::sayProblem(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

/// Works out the review unless it was asked for before; only while it can be seen.
void DashboardView::look()
{
    if (m_filterWait.isLong()) {
        m_task.cancel();
        m_asked.reset();
        m_pages->setCurrentIndex(0);
        sayFiltering(*m_empty);
    }
    if (!isVisible() || m_state.filtering())
        return;
    const ArcsPtr arcs = m_book.arcs();
    if (!arcs->corpus || arcs->count() == 0) {
        m_task.cancel();
        m_asked.reset();
        setDashboard(nullptr);
        return;
    }
    const auto where = parseArcSelection(m_where->text().toStdString());
    const auto against = parseArcSelection(m_against->text().toStdString());
    sayProblem(where && against ? QString() : oneLine((where ? against : where).error().message, 120));
    if (!where || !against)
        return;
    const ArcDashboardAsk ask{*where, against->all.empty() ? std::nullopt : std::optional(*against),
                              static_cast<SpanText>(m_by->currentData().toInt()), m_state.matches()};
    if (m_asked == arcs && m_ask == ask)
        return;
    m_asked = arcs;
    m_ask = ask;
    sayEmpty(true);
    m_task.start(
        [arcs, ask](std::stop_token stop) {
            return arcDashboard(arcs, ask, Control{stop, nullptr});
        },
        [this](const DashboardPtr& made) { setDashboard(made); });
}

void DashboardView::setDashboard(DashboardPtr dashboard)
{
    m_dashboard = std::move(dashboard);
    m_differing.cancel();
    m_difference->hide();
    const std::size_t count = m_dashboard ? m_dashboard->panels.size() : 0;
    for (std::size_t i = m_panes.size(); i < count; ++i)
        m_panes.push_back(makePane(i));
    for (std::size_t i = 0; i < count; ++i) {
        const ArcPanel& panel = m_dashboard->panels[i];
        m_panes[i]->show(oneLine(panel.title, 120), oneLine(panel.caveat, 400),
                         std::make_shared<const LensResult>(panel.result));
    }
    while (m_panes.size() > count) {
        delete m_panes.back();
        m_panes.pop_back();
    }
    m_columns = 0;
    arrange();
    m_pages->setCurrentIndex(count > 0 ? 1 : 0);
    m_summary->setVisible(count > 0);
    if (count > 0) {
        const auto shown = static_cast<qint64>(m_dashboard->rows.size());
        const auto all = static_cast<qint64>(m_dashboard->of->count());
        QStringList parts{shown == all ? counted(all, tr("%1 task arc"), tr("%1 task arcs"))
                                       : tr("%1 of %2 task arcs").arg(countText(shown), countText(all))};
        if (const QString failure = failureText(m_book.findings()); !failure.isEmpty())
            parts << failure;
        m_summary->setText(parts.join(QStringLiteral("  \u00b7  ")));
    } else {
        sayEmpty(false);
    }
}

void DashboardView::sayEmpty(bool counting)
{
    if (!m_state.isOpen())
        m_empty->say(tr("No trace is open"), tr("Open a file, or drop one here."));
    else if (counting)
        m_empty->say(tr("Counting"), tr("The outcomes of task arcs are worked out."));
    else if (m_dashboard)
        m_empty->say(tr("No task arc is left"), tr("The conditions or the filter leave out all of them."),
                     tr("&Show all"));
    else if (m_book.isWhole())
        m_empty->say(tr("No task arcs"),
                     tr("What is open has no work of a user: no conversation, run or labelled task."));
    else
        m_empty->say(tr("Searching"), tr("Task arcs come with the search for findings."));
}

int DashboardView::wantedHeight() const
{
    return height() - m_scroll->viewport()->height() + m_scroll->widget()->sizeHint().height();
}

void DashboardView::arrange()
{
    const bool narrow = width() < oneRow * fontMetrics().averageCharWidth();
    m_fields->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    const int columns = width() >= twoColumns * fontMetrics().averageCharWidth() ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    while (QLayoutItem* item = m_grid->takeAt(0))
        delete item;
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        const int at = static_cast<int>(i);
        m_grid->addWidget(m_panes[i], at / columns, at % columns);
        m_panes[i]->setMinimumHeight(m_panes[i]->wantedHeight(std::max(200, width() / columns - 40)));
        m_panes[i]->QWidget::show();
    }
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, columns - 1);
}

void DashboardView::chooseValue(std::size_t pane, int piece)
{
    const LensChartView& chart = *m_panes[pane]->chart();
    const ChartPiece& chosen = chart.pieces()[static_cast<std::size_t>(piece)];
    const auto index = static_cast<std::size_t>(std::max(0, m_panes[pane]->charts()->currentIndex()));
    emit arcsChosen(m_dashboard->of,
                    arcsBehind(*m_dashboard, m_dashboard->panels[pane], index, static_cast<std::size_t>(chosen.series),
                               static_cast<std::size_t>(chosen.point)),
                    pieceText(chart.source(), chosen));
}

void DashboardView::compareBox(std::size_t pane, const QRectF& box)
{
    const LensChartView& chart = *m_panes[pane]->chart();
    const auto index = static_cast<std::size_t>(std::max(0, m_panes[pane]->charts()->currentIndex()));
    std::vector<std::uint32_t> chosen;
    std::vector<std::string> by;
    for (const int piece : chart.piecesIn(box)) {
        const ChartPiece& each = chart.pieces()[static_cast<std::size_t>(piece)];
        by.push_back(m_dashboard->panels[pane].conditions[index][static_cast<std::size_t>(each.series)]
                                                         [static_cast<std::size_t>(each.point)]);
        const auto behind = arcsBehind(*m_dashboard, m_dashboard->panels[pane], index,
                                       static_cast<std::size_t>(each.series), static_cast<std::size_t>(each.point));
        std::vector<std::uint32_t> both;
        std::set_union(chosen.begin(), chosen.end(), behind.begin(), behind.end(), std::back_inserter(both));
        chosen = std::move(both);
    }
    if (chosen.empty() || chosen.size() == m_dashboard->rows.size()) {
        emit said(tr("The box has %1: nothing to compare with").arg(chosen.empty() ? tr("no arcs") : tr("all arcs")));
        return;
    }
    m_differing.start(
        [dashboard = m_dashboard, chosen, by](std::stop_token) {
            return std::make_shared<ArcPanel>(differencePanel(*dashboard, chosen, by));
        },
        [this](const std::shared_ptr<ArcPanel>& panel) {
            m_difference->show(oneLine(panel->title, 120), oneLine(panel->caveat, 400),
                               std::make_shared<const LensResult>(panel->result));
            const bool hidden = !m_difference->isVisible();
            m_difference->QWidget::show();
            if (auto* const split = qobject_cast<QSplitter*>(m_difference->parentWidget()); split && hidden)
                split->setSizes({split->height() / 2, split->height() / 2});
        });
}

} // namespace arcscope
