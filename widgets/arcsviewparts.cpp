// The parts of the arcs tab: its controls, list and keys, and how they share the room.
#include "arcbars.h"
#include "arccanvas.h"
#include "arclistdelegate.h"
#include "arcpane.h"
#include "arcreviewbar.h"
#include "arcsview.h"
#include "brieflabel.h"
#include "controlrow.h"
#include "displaytext.h"
#include "findingbook.h"
#include "stopoverview.h"
#include "tablestyle.h"
#include "tabletext.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStyle>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace arcscope
{
namespace
{

/// Of QComboBox items: ArcListGrouping::By and, for a tag, the tag behind it.
constexpr int byNothing = -2;
constexpr int byOutcome = -1;

} // namespace

QWidget* ArcsView::makeControls()
{
    auto* const bar = new QWidget;
    auto* const row = new ControlRow(bar);
    m_groupings->addItem(tr("nothing"), byNothing);
    m_groupings->addItem(tr("outcome"), byOutcome);
    for (const std::optional<SpanText>& tag : stopGroupings()) {
        if (tag)
            m_groupings->addItem(groupingText(tag), static_cast<int>(*tag));
    }
    m_groupings->setAccessibleName(tr("What arcs are grouped by"));
    for (int i = 0; i < arcMeasureCount; ++i)
        m_measures->addItem(measureText(static_cast<ArcMeasure>(i)), i);
    m_measures->setAccessibleName(tr("What bars are as long as"));
    for (const RibbonScale scale : {RibbonScale::Folded, RibbonScale::Time, RibbonScale::Turns})
        m_scales->addItem(scaleText(scale), static_cast<int>(scale));
    m_scales->setAccessibleName(tr("What the width of ribbons is"));
    for (QComboBox* const box : {m_groupings, m_measures, m_scales}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMaximumWidth(fontMetrics().averageCharWidth() * 26);
    }
    row->addLabelled(new QLabel(tr("&by")), m_groupings);
    row->addLabelled(new QLabel(tr("ba&rs")), m_measures);
    row->addLabelled(new QLabel(tr("ri&bbons")), m_scales);
    m_only->setPopupMode(QToolButton::InstantPopup);
    m_only->setToolTip(tr("List only arcs with something that is worth a look"));
    auto* const menu = new QMenu(m_only);
    for (int i = 0; i < arcTroubleCount; ++i) {
        const auto trouble = static_cast<ArcTrouble>(i);
        QAction* const action = menu->addAction(troubleText(trouble));
        action->setCheckable(true);
        action->setToolTip(troubleMeaning(trouble));
        connect(action, &QAction::toggled, this, [this, trouble](bool on) {
            bool& set = m_choice.troubles[static_cast<std::size_t>(trouble)];
            if (set == on)
                return;
            set = on;
            showChips();
            arrange();
        });
        m_chips[static_cast<std::size_t>(i)] = action;
    }
    menu->setToolTipsVisible(true);
    m_only->setMenu(menu);
    m_startReview->setText(tr("Re&view"));
    m_startReview->setToolTip(tr("Go through arcs and say what became of each"));
    m_startReview->setCheckable(true);
    connect(m_startReview, &QToolButton::toggled, this, &ArcsView::setReviewing);
    for (QToolButton* const button : {m_only, m_startReview}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    row->addGap();
    row->addWidget(m_only);
    row->addWidget(m_startReview);
    connect(m_groupings, &QComboBox::currentIndexChanged, this, [this] {
        const int value = m_groupings->currentData().toInt();
        m_order.grouping.by = value == byNothing   ? ArcListGrouping::By::Nothing
                              : value == byOutcome ? ArcListGrouping::By::Outcome
                                                   : ArcListGrouping::By::Tag;
        if (value >= 0)
            m_order.grouping.tag = static_cast<SpanText>(value);
        arrange();
    });
    connect(m_measures, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_bars->setMeasure(static_cast<ArcMeasure>(index)); });
    connect(m_scales, &QComboBox::currentIndexChanged, this, [this] {
        m_delegate->setScale(static_cast<RibbonScale>(m_scales->currentData().toInt()));
        m_list->viewport()->update();
    });
    showChips();
    return bar;
}

QWidget* ArcsView::makeStatus()
{
    auto* const bar = new QWidget;
    auto* const row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 1, 6, 2);
    m_summary->briefWhereLow(*this, 14);
    m_progress->setBrief(true);
    m_progress->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_clear->setText(tr("Cl&ear"));
    m_clear->setToolTip(tr("List all arcs again: no filter, no choice of an outcome"));
    for (QToolButton* const button : {m_cancel, m_clear}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->hide();
    }
    row->addWidget(m_summary, 1);
    row->addWidget(m_progress, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_clear);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (m_findings.stage() == SearchStage::Searching)
            m_findings.cancel();
        else
            m_findings.searchAgain();
    });
    connect(m_clear, &QToolButton::clicked, this, [this] {
        m_choice = {};
        showChips();
        m_state.setFilter({});
        arrange();
    });
    return bar;
}

void ArcsView::showChips()
{
    QStringList set;
    for (int i = 0; i < arcTroubleCount; ++i) {
        const bool on = m_choice.troubles[static_cast<std::size_t>(i)];
        if (m_chips[static_cast<std::size_t>(i)]->isChecked() != on)
            m_chips[static_cast<std::size_t>(i)]->setChecked(on);
        if (on)
            set << troubleText(static_cast<ArcTrouble>(i));
    }
    if (m_choice.among)
        set << tr("chosen in the review");
    m_only->setText(set.isEmpty() ? tr("&Only\u2026") : tr("&Only: %1").arg(set.join(QStringLiteral(", "))));
    QFont font = m_only->font();
    font.setBold(!set.isEmpty());
    m_only->setFont(font);
}

void ArcsView::makeList()
{
    m_list->setModel(m_model);
    setUpTable(*m_list, tr("Task arcs"));
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setItemDelegate(m_delegate);
    // Its header, two lines and the scroll bar.
    m_list->setMinimumHeight(m_list->horizontalHeader()->sizeHint().height() +
                             2 * m_list->verticalHeader()->defaultSectionSize() +
                             style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2 * m_list->frameWidth());
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    const int em = m_list->fontMetrics().averageCharWidth();
    constexpr std::pair<ArcListColumn, int> widths[] = {
        {ArcListColumn::Task, 12},     {ArcListColumn::Ribbon, 40},  {ArcListColumn::Outcome, 24},
        {ArcListColumn::Turns, 7},     {ArcListColumn::Tools, 7},    {ArcListColumn::Cost, 12},
        {ArcListColumn::Findings, 9},  {ArcListColumn::Start, 22},   {ArcListColumn::Duration, 12},
        {ArcListColumn::Sessions, 10}, {ArcListColumn::Stitches, 10}};
    for (const auto& [column, width] : widths)
        m_list->setColumnWidth(static_cast<int>(column), width * em);
    fitColumn(*m_list, static_cast<int>(ArcListColumn::Goal), 16 * em);
    QHeaderView& header = *m_list->horizontalHeader();
    header.setSortIndicator(static_cast<int>(ArcListColumn::Start), Qt::AscendingOrder);
    m_list->setSortingEnabled(true);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& at, const QModelIndex& before) {
                if (m_taking || !at.isValid())
                    return;
                if (const auto arc = m_model->arcAt(at.row())) {
                    chooseArc(*arc);
                    return;
                }
                // Keys go over headings.
                const int step = !before.isValid() || before.row() <= at.row() ? 1 : -1;
                int line = m_model->nextArcLine(at.row(), step);
                if (line < 0)
                    line = m_model->nextArcLine(at.row(), -step);
                if (line >= 0)
                    QMetaObject::invokeMethod(
                        this,
                        [this, arc = m_model->arcAt(line)] {
                            if (arc)
                                chooseArc(*arc);
                        },
                        Qt::QueuedConnection);
            });
    connect(m_list, &QTableView::activated, this, [this] {
        if (m_arc)
            m_pane->canvas()->setFocus();
    });
}

void ArcsView::makeKeys()
{
    const auto add = [this](QWidget* owner, Qt::ShortcutContext context, const QString& text,
                            const QList<QKeySequence>& keys, auto run) {
        auto* const action = new QAction(text, owner);
        action->setShortcuts(keys);
        action->setShortcutContext(context);
        connect(action, &QAction::triggered, this, run);
        owner->addAction(action);
        return action;
    };
    add(m_list, Qt::WidgetShortcut, tr("&Look at its steps"), {}, [this] { m_pane->canvas()->setFocus(); });
    add(m_list, Qt::WidgetShortcut, tr("&Copy as TSV"), {QKeySequence::Copy}, [this] {
        QGuiApplication::clipboard()->setMimeData(tableMime(*m_model));
        emit said(tr("The list is on the clipboard"));
    });
    add(m_list, Qt::WidgetShortcut, tr("Copy as &Markdown"), {}, [this] {
        QGuiApplication::clipboard()->setText(tableMarkdown(*m_model));
        emit said(tr("The list is on the clipboard"));
    });
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    // Of the review; a text that is being written keeps its digits and signs.
    int key = Qt::Key_1;
    for (const ArcOutcome outcome : shownOutcomes()) {
        add(this, Qt::WidgetWithChildrenShortcut, tr("Verdict: %1").arg(outcomeText(outcome)), {QKeySequence(key)},
            [this, outcome] {
                if (m_reviewing)
                    giveVerdict(outcome);
            });
        ++key;
    }
    add(this, Qt::WidgetWithChildrenShortcut, tr("Next arc of the review"), {QKeySequence(Qt::Key_Period)},
        [this] { stepReview(1); });
    add(this, Qt::WidgetWithChildrenShortcut, tr("Previous arc of the review"), {QKeySequence(Qt::Key_Comma)},
        [this] { stepReview(-1); });
    add(this, Qt::WidgetWithChildrenShortcut, tr("Note on the arc"), {QKeySequence(Qt::Key_N)}, [this] {
        if (m_reviewing)
            m_review->note()->setFocus();
        else
            emit noteWanted();
    });
}

/// Of tags that no arc has it says so.
void ArcsView::listGroupings()
{
    const ListingPtr& listing = m_model->listing();
    if (!listing)
        return;
    const QSignalBlocker quiet(m_groupings);
    for (int i = 0; i < m_groupings->count(); ++i) {
        const int value = m_groupings->itemData(i).toInt();
        if (value < 0)
            continue;
        const auto tag = static_cast<SpanText>(value);
        m_groupings->setItemText(i, listing->recorded[static_cast<std::size_t>(tag)]
                                        ? groupingText(tag)
                                        : tr("%1: not recorded").arg(groupingText(tag)));
    }
    m_review->listTags(listing->recorded);
}

void ArcsView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    shareRoom();
}

/// The list keeps what it needs, as far as that is less than half of the height, unless the user moves the edge.
void ArcsView::shareRoom()
{
    if (m_moved || m_split->height() < 10)
        return;
    const int height = m_split->height();
    const int wanted = m_list->horizontalHeader()->height() + 2 * m_list->frameWidth() +
                       m_model->rowCount() * m_list->verticalHeader()->defaultSectionSize() +
                       style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const int pane = std::max(std::min(m_pane->leastHeight(), height * 2 / 3), height * 11 / 20);
    const int list = std::clamp(wanted, m_list->minimumHeight(), std::max(m_list->minimumHeight(), height - pane));
    m_split->setSizes({list, height - list - m_split->handleWidth()});
}

} // namespace arcscope
