// The parts of the replay tab: its controls, list and keys.
#include "controlrow.h"
#include "replaycanvas.h"
#include "replaymatrixdelegate.h"
#include "replaymatrixmodel.h"
#include "replaypairingbutton.h"
#include "replaypane.h"
#include "replayreviewbar.h"
#include "replaysetup.h"
#include "replayview.h"
#include "tablestyle.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStyle>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace arcscope
{

QWidget* ReplayView::makeControls()
{
    auto* const bar = new QWidget;
    auto* const column = new QVBoxLayout(bar);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* const row = new ControlRow;
    row->setContentsMargins(6, 0, 6, 0);
    row->setSpacing(4);
    m_tabs->addTab(tr("Tasks"));
    m_tabs->addTab(tr("Result"));
    m_tabs->addTab(tr("Prompts"));
    m_tabs->setTabToolTip(2, tr("Prompt forks by models"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setAccessibleName(tr("What is shown of the replay"));
    for (int i = 0; i < replayShownCount; ++i)
        m_shown->addItem(shownText(static_cast<ReplayShown>(i)));
    m_shown->setAccessibleName(tr("Which tasks are listed"));
    m_candidates->setAccessibleName(tr("Which candidate the list is of"));
    for (QComboBox* const box : {m_candidates, m_shown})
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_only->setText(tr("&Only differences"));
    m_only->setToolTip(tr("Fold steps that differ in nothing but wording (O)"));
    m_only->setCheckable(true);
    m_previous->setText(QString(QChar(0x2191)));
    m_previous->setToolTip(tr("The change before (Alt+Up)"));
    m_previous->setAccessibleName(tr("Previous change"));
    m_next->setText(QString(QChar(0x2193)));
    m_next->setToolTip(tr("The next change (Alt+Down)"));
    m_next->setAccessibleName(tr("Next change"));
    m_startReview->setText(tr("&Review"));
    m_startReview->setToolTip(tr("Go through tasks and say how each went: 1 better, 2 same, 3 worse, 4 unsure"));
    m_startReview->setCheckable(true);
    row->addWidget(m_tabs);
    row->addGap();
    row->addWidget(m_candidates);
    row->addWidget(m_shown);
    for (QToolButton* const button : {m_only, m_previous, m_next, m_startReview}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    auto* const arrows = new QWidget; // never in two rows
    auto* const both = new QHBoxLayout(arrows);
    both->setContentsMargins(0, 0, 0, 0);
    both->addWidget(m_previous);
    both->addWidget(m_next);
    for (QWidget* const control : {static_cast<QWidget*>(m_only), arrows, static_cast<QWidget*>(m_startReview)})
        row->addWidget(control);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_headline->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_headline->setContentsMargins(8, 2, 8, 3);
    auto* const cancel = new QToolButton;
    cancel->setText(tr("Cancel"));
    cancel->setFocusPolicy(Qt::StrongFocus);
    connect(cancel, &QToolButton::clicked, &m_book, &ReplayBook::cancel);
    m_waitingText->setTextFormat(Qt::PlainText);
    m_waitingText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* const waiting = new QHBoxLayout(m_waiting);
    waiting->setContentsMargins(8, 0, 6, 2);
    waiting->addWidget(m_waitingText, 1);
    waiting->addWidget(cancel);
    m_waiting->hide();
    m_full->setText(tr("&Step in full"));
    m_full->setToolTip(tr("Show the step in full in place of the list (Space)"));
    m_full->setCheckable(true);
    m_full->setAutoRaise(true);
    m_full->setFocusPolicy(Qt::StrongFocus);
    m_full->hide();
    auto* const head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 6, 0);
    head->addWidget(m_headline, 1);
    head->addWidget(m_full, 0, Qt::AlignTop);
    column->addLayout(row);
    column->addLayout(head);
    column->addWidget(m_waiting);
    return bar;
}

QWidget* ReplayView::makeTasks()
{
    m_list->setModel(m_model);
    setUpTable(*m_list, tr("Tasks of the replay"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMinimumHeight(m_list->horizontalHeader()->sizeHint().height() +
                             2 * m_list->verticalHeader()->defaultSectionSize() +
                             style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2 * m_list->frameWidth());
    const int em = m_list->fontMetrics().averageCharWidth();
    constexpr std::pair<ReplayTaskColumn, int> widths[] = {
        {ReplayTaskColumn::Base, 16},       {ReplayTaskColumn::Candidate, 16}, {ReplayTaskColumn::Change, 15},
        {ReplayTaskColumn::Difference, 22}, {ReplayTaskColumn::State, 24},     {ReplayTaskColumn::Steps, 15},
        {ReplayTaskColumn::Valid, 15},      {ReplayTaskColumn::Cost, 9},       {ReplayTaskColumn::Latency, 9},
        {ReplayTaskColumn::Tokens, 9},      {ReplayTaskColumn::Verdict, 11}};
    for (const auto& [column, width] : widths)
        m_list->setColumnWidth(static_cast<int>(column), width * em);
    fitColumn(*m_list, static_cast<int>(ReplayTaskColumn::Task), 18 * em);
    m_list->horizontalHeader()->setSortIndicator(static_cast<int>(ReplayTaskColumn::Difference), Qt::DescendingOrder);
    m_list->setSortingEnabled(true);

    m_matrix->setModel(m_matrixModel);
    setUpTable(*m_matrix, tr("Prompt forks by models"));
    m_matrix->setItemDelegate(new ReplayMatrixDelegate(m_matrix));
    m_matrix->setWordWrap(true);
    m_matrix->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_matrix->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_matrix->verticalHeader()->setDefaultSectionSize(m_matrix->fontMetrics().height() * 3 + 24);

    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_list);
    m_split->addWidget(m_canvas);
    m_split->addWidget(m_pane);
    auto* const page = new QWidget;
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_review);
    column->addWidget(m_split, 1);
    return page;
}

void ReplayView::makeKeys()
{
    const auto key = [this](const QKeySequence& keys, QWidget* where, auto act) {
        auto* const action = new QAction(where);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, act);
        where->addAction(action);
    };
    key(QKeySequence(Qt::ALT | Qt::Key_Down), this, [this] { stepChange(1); });
    key(QKeySequence(Qt::ALT | Qt::Key_Up), this, [this] { stepChange(-1); });
    for (int column = 0; column < 8; ++column) // Alt+9 is a panel
        key(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + column)), this,
            [this, column] { m_canvas->focusColumn(column); });
    key(QKeySequence(Qt::Key_P), m_list, [this] { pairSelected(); });
    key(QKeySequence(Qt::Key_K), m_canvas, [this] { alignStep(); });
    key(QKeySequence(Qt::Key_Space), m_canvas, [this] {
        if (m_full->isVisible())
            m_full->toggle();
    });
    for (QWidget* const where : {static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_canvas)}) {
        key(QKeySequence(Qt::Key_O), where, [this] { m_only->toggle(); });
        key(QKeySequence(Qt::Key_X), where, [this] { m_setup->swap(); });
        key(QKeySequence(Qt::Key_N), where, [this] {
            if (m_reviewing)
                m_review->note()->setFocus();
        });
        for (int i = 0; i < replayOpinionCount; ++i)
            key(QKeySequence(static_cast<Qt::Key>(Qt::Key_1 + i)), where, [this, i] {
                if (m_reviewing)
                    giveOpinion(static_cast<ReplayOpinion>(i));
            });
    }
}

/// What can be done by hand stands where it is done, too.
void ReplayView::makeMenus()
{
    const ReplayPairingButton& pairing = *m_setup->pairing();
    const auto menu = [](QAbstractScrollArea* where, const QList<QAction*>& actions) {
        auto* const made = new QMenu(where);
        made->setToolTipsVisible(true);
        made->addActions(actions);
        where->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(where, &QWidget::customContextMenuRequested, made,
                [where, made](const QPoint& at) { made->popup(where->viewport()->mapToGlobal(at)); });
    };
    menu(m_list, {pairing.pairAction(), pairing.partAction()});
    menu(m_canvas, {pairing.alignAction(), pairing.partStepsAction()});
}

} // namespace arcscope
