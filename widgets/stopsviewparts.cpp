// The parts of the stops tab: its controls, tables and keys, and how they share the room.
#include "brieflabel.h"
#include "controlrow.h"
#include "displaytext.h"
#include "searchstate.h"
#include "stopexemplars.h"
#include "stopmatrixdelegate.h"
#include "stopsview.h"
#include "stoptrendcanvas.h"
#include "tablestyle.h"

#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace arcscope
{
namespace
{

/// From this width, in characters, matrix and trend stand side by side; from this height, in lines, one above the
/// other.
constexpr int sideBySide = 140;
constexpr int bothBelow = 34;

} // namespace

QWidget* StopsView::makeControls()
{
    auto* bar = new QWidget;
    auto* row = new ControlRow(bar);
    m_showWords->setText(tr("&Matrix"));
    m_showWords->setToolTip(tr("Show the vendor's words against what calls stopped for"));
    m_showTrend->setText(tr("Tre&nd"));
    m_showTrend->setToolTip(tr("Show what calls stopped for by time or tag"));
    auto* which = new QButtonGroup(this);
    for (QToolButton* each : {m_showWords, m_showTrend}) {
        each->setCheckable(true);
        which->addButton(each);
    }
    m_showWords->setChecked(true);
    connect(which, &QButtonGroup::buttonToggled, this, &StopsView::arrange);
    m_kinds->addItems({{}, {}}); // in the order of StopsOf
    m_kinds->setAccessibleName(tr("What is counted"));
    m_kinds->setToolTip(tr("Model calls, or runs of agents and workflows whose end is recorded"));
    m_kinds->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_kinds->hide();
    connect(m_kinds, &QComboBox::currentIndexChanged, this, &StopsView::regroup);
    for (const std::optional<SpanText>& by : stopGroupings())
        m_groupings->addItem(groupingText(by), by ? static_cast<int>(*by) : -1);
    m_groupings->setCurrentIndex(1);
    m_groupings->setAccessibleName(tr("What calls are grouped by"));
    m_groupings->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_groupings, &QComboBox::currentIndexChanged, this, &StopsView::regroup);
    m_asTable->setText(tr("as &table"));
    m_asTable->setCheckable(true);
    m_asTable->setToolTip(tr("Show the trend as a table, in place of bars"));
    connect(m_asTable, &QToolButton::toggled, this, [this](bool table) {
        m_trend->setCurrentIndex(table ? 1 : 0);
        if (m_from != From::Matrix)
            choose(table ? From::TrendTable : From::Trend);
    });
    m_asFilter->setText(tr("&Filter"));
    m_asFilter->setAccessibleName(tr("Show the chosen calls as a filter"));
    connect(m_asFilter, &QToolButton::clicked, this, &StopsView::showAsFilter);
    m_copy->setText(tr("&Copy"));
    m_copy->setToolTip(tr("Copy the matrix, or the trend where that was looked at last"));
    m_copy->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_copy);
    connect(menu->addAction(tr("As &TSV")), &QAction::triggered, this, [this] { copy(false); });
    connect(menu->addAction(tr("As &Markdown")), &QAction::triggered, this, [this] { copy(true); });
    m_copy->setMenu(menu);
    for (QToolButton* each : {m_showWords, m_showTrend, m_asTable, m_asFilter, m_copy}) {
        each->setAutoRaise(true);
        each->setFocusPolicy(Qt::StrongFocus);
    }
    row->addWidget(m_kinds);
    row->addWidget(m_showWords);
    row->addWidget(m_showTrend);
    row->addLabelled(new QLabel(tr("&by")), m_groupings);
    row->addWidget(m_asTable);
    row->addGap();
    row->addWidget(m_asFilter);
    row->addWidget(m_copy);
    return bar;
}

QWidget* StopsView::makeStatus()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 2, 6, 3);
    m_summary->briefWhereLow(*this, 14);
    m_progress->setBrief(true);
    m_progress->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_cancel->setAutoRaise(true);
    row->addWidget(m_summary, 2);
    row->addWidget(m_progress, 1);
    row->addWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, [this] { endOrSearchAgain(m_findings); });
    return bar;
}

void StopsView::setUpTable(QTableView& table, StopMatrixModel& model, const QString& name)
{
    table.setModel(&model);
    arcscope::setUpTable(table, name);
    table.setSelectionBehavior(QAbstractItemView::SelectItems);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setItemDelegate(new StopMatrixDelegate(&table));
    table.horizontalHeader()->setTextElideMode(Qt::ElideNone);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table.setMinimumHeight(fontMetrics().height() * 6);
    makeKeys(table, model);
}

void StopsView::makeKeys(QTableView& table, StopMatrixModel&)
{
    const auto add = [this, &table](const QString& text, const QList<QKeySequence>& keys, auto run) {
        auto* action = new QAction(text, &table);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, run);
        table.addAction(action);
    };
    add(tr("&List its calls"), {}, [this] { goToList(); });
    add(tr("Show as &filter"), {QKeySequence(Qt::Key_F)}, [this] { showAsFilter(); });
    add(tr("&Copy as TSV"), {QKeySequence::Copy}, [this] { copy(false); });
    add(tr("Copy as &Markdown"), {}, [this] { copy(true); });
    table.setContextMenuPolicy(Qt::ActionsContextMenu);
}

void StopsView::fitColumns(QTableView& table, const StopMatrixModel& model)
{
    if (model.rowCount() == 0)
        return;
    const int em = table.fontMetrics().averageCharWidth();
    for (int column = 0; column < model.columnCount(); ++column) {
        table.resizeColumnToContents(column);
        const int most = column == StopMatrixModel::NameColumn ? 26 * em : 30 * em;
        table.setColumnWidth(column, std::min(table.columnWidth(column), most));
    }
}

void StopsView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// Side by side, one above the other, or one of them; the lists below keep about half of the height.
void StopsView::arrange()
{
    const int em = fontMetrics().averageCharWidth();
    const int line = fontMetrics().height();
    const bool wide = width() >= sideBySide * em;
    const bool both = wide || height() >= bothBelow * line;
    m_top->setOrientation(wide ? Qt::Horizontal : Qt::Vertical);
    m_showWords->setVisible(!both);
    m_showTrend->setVisible(!both);
    m_matrixTable->setVisible(both || m_showWords->isChecked());
    m_trend->setVisible(both || m_showTrend->isChecked());
    if (m_moved || !m_overview || m_split->height() < 10)
        return;
    const int matrix = m_matrixTable->horizontalHeader()->sizeHint().height() +
                       m_words->rowCount() * m_matrixTable->verticalHeader()->defaultSectionSize() +
                       2 * m_matrixTable->frameWidth() + style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const int trend = m_canvas->wantedHeight() + 4;
    const int room = m_split->height() * 11 / 20;
    int top = 0;
    if (wide || !both) {
        top = std::min(room, wide ? std::max(matrix, trend) : m_showWords->isChecked() ? matrix : trend);
        if (wide)
            m_top->setSizes({m_top->width() * 11 / 20, m_top->width() * 9 / 20});
    } else {
        const int above = std::min(matrix, std::max(room / 2, room - trend));
        const int below = std::min(trend, room - above);
        top = above + below + m_top->handleWidth();
        m_top->setSizes({above, below});
    }
    m_split->setSizes({top, m_split->height() - top - m_split->handleWidth()});
}

} // namespace arcscope
