// The parts of the findings tab: what narrows the list down, its columns and keys, and the list of rules.
#include "brieflabel.h"
#include "controlrow.h"
#include "emptystate.h"
#include "evidencepane.h"
#include "findingdelegate.h"
#include "findingrules.h"
#include "findingsview.h"
#include "searchstate.h"
#include "tablestyle.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace arcscope
{

QWidget* FindingsView::makeControls()
{
    auto* bar = new QWidget;
    auto* row = new ControlRow(bar);
    m_levels->addItem(tr("Findings only"), static_cast<int>(FindingLevel::Finding));
    m_levels->addItem(tr("With checks"), static_cast<int>(FindingLevel::Check));
    m_levels->addItem(tr("With signals"), static_cast<int>(FindingLevel::Signal));
    m_levels->setCurrentIndex(1);
    m_levels->setAccessibleName(tr("Which levels are listed"));
    m_rules->setAccessibleName(tr("Which rule is listed"));
    m_rules->addItem(tr("All rules"));
    m_verdicts->addItem(tr("Not dismissed"), NotDismissed);
    m_verdicts->addItem(tr("Open"), OpenOnly);
    m_verdicts->addItem(tr("Confirmed"), ConfirmedOnly);
    m_verdicts->addItem(tr("Dismissed"), DismissedOnly);
    m_verdicts->addItem(tr("Any verdict"), AnyVerdict);
    m_verdicts->setAccessibleName(tr("Which verdicts are listed"));
    for (QComboBox* box : {m_levels, m_rules, m_verdicts}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        connect(box, &QComboBox::currentIndexChanged, this, &FindingsView::choose);
    }
    m_rules->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // rules come while it is searched
    m_rules->setMinimumContentsLength(12);
    m_traceOnly->setToolTip(tr("List only what concerns the trace that the timeline shows"));
    connect(m_traceOnly, &QCheckBox::toggled, this, &FindingsView::choose);
    row->addLabelled(new QLabel(tr("Sho&w")), m_levels);
    row->addWidget(m_rules);
    row->addWidget(m_verdicts);
    row->addWidget(m_traceOnly);
    return bar;
}

QWidget* FindingsView::makeStatus()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 2, 6, 3);
    for (BriefLabel* label : {m_counts, m_progress})
        label->setBrief(true);
    m_progress->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_cancel->setAutoRaise(true);
    row->addWidget(m_counts, 1);
    row->addWidget(m_progress, 1);
    row->addWidget(m_cancel);
    m_showRules->setText(tr("Rules"));
    m_showRules->setToolTip(tr("What is looked for: each rule with an example and how often it was right"));
    m_showRules->setCheckable(true);
    m_showRules->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(m_showRules);
    connect(m_showRules, &QToolButton::toggled, this, &FindingsView::showState);
    connect(m_cancel, &QToolButton::clicked, this, [this] { endOrSearchAgain(m_book); });
    return bar;
}

/// Every rule with what it fires for and what it leaves alone; where nothing was found, below the words that say so.
QWidget* FindingsView::makeRules()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    m_noneText->setMaximumHeight(fontMetrics().height() * 9);
    column->addWidget(m_noneText);
    column->addWidget(new FindingRules, 1);
    return page;
}

void FindingsView::setUpColumns()
{
    m_table->setModel(m_model);
    setUpTable(*m_table, tr("Findings"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegate(new FindingDelegate(m_table));
    // Its header, a line and the scroll bar.
    m_table->setMinimumHeight(m_table->horizontalHeader()->sizeHint().height() +
                              m_table->verticalHeader()->defaultSectionSize() +
                              style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2 * m_table->frameWidth());
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicator(FindingModel::LevelColumn, Qt::AscendingOrder);
    const int em = m_table->fontMetrics().averageCharWidth();
    constexpr std::pair<int, int> widths[] = {
        {FindingModel::LevelColumn, 15}, {FindingModel::RuleColumn, 26},    {FindingModel::PlaceColumn, 18},
        {FindingModel::WhenColumn, 26},  {FindingModel::CountColumn, 8},    {FindingModel::SeenColumn, 10},
        {FindingModel::BasisColumn, 11}, {FindingModel::VerdictColumn, 13},
    };
    for (const auto& [column, width] : widths)
        m_table->setColumnWidth(column, width * em);
    // What a narrow list still shows: level, what, verdict, how often, rule.
    QHeaderView& header = *m_table->horizontalHeader();
    header.moveSection(header.visualIndex(FindingModel::WhatColumn), 1);
    header.moveSection(header.visualIndex(FindingModel::VerdictColumn), 2);
    header.moveSection(header.visualIndex(FindingModel::CountColumn), 3);
    fitColumn(*m_table, FindingModel::WhatColumn, 38 * em);
}

void FindingsView::makeKeys()
{
    const auto add = [this](const QString& text, const QList<QKeySequence>& keys, auto run) {
        auto* action = new QAction(text, m_table);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
        m_table->addAction(action);
    };
    add(tr("&Go to its place"), {}, [this] { goToPlace(); });
    add(tr("&Confirm"), {QKeySequence(Qt::Key_C)}, [this] { confirm(); });
    add(tr("&Dismiss\u2026"), {QKeySequence(Qt::Key_D)}, [this] { dismiss(); });
    add(tr("&Note\u2026"), {QKeySequence(Qt::Key_N)}, [this] { writeNote(); });
    add(tr("C&opy for a postmortem"), {QKeySequence::Copy}, [this] { m_pane->copy(); });
    add(tr("P&revious"), {QKeySequence(Qt::Key_BracketLeft)}, [this] { step(-1); });
    add(tr("Ne&xt"), {QKeySequence(Qt::Key_BracketRight)}, [this] { step(1); });
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

} // namespace arcscope
