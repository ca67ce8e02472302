#include "ledgerpanel.h"

#include "displaytext.h"
#include "tablestyle.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace arcscope
{
namespace
{

/// Of a long path the beginning and the file's name say most.
class PathDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideMiddle;
    }
};

} // namespace

LedgerPanel::LedgerPanel(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(new IssueModel(state, this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_table(new QTableView(this))
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortRole(IssueModel::SortRole);
    m_filter->setPlaceholderText(tr("Filter the ledger"));
    m_filter->setAccessibleName(tr("Filter the ledger"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(360);
    m_count->setTextFormat(Qt::PlainText);
    m_table->setModel(m_proxy);
    setUpTable(*m_table, tr("Fidelity ledger"));
    m_table->setItemDelegateForColumn(IssueModel::PlaceColumn, new PathDelegate(m_table));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(IssueModel::SeverityColumn, Qt::DescendingOrder);
    m_table->horizontalHeader()->moveSection(IssueModel::MessageColumn, 1);
    const int em = m_table->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_table->setColumnWidth(IssueModel::SeverityColumn, 10 * em);
    m_table->setColumnWidth(IssueModel::KindColumn, 18 * em);
    m_table->setColumnWidth(IssueModel::CountColumn, 9 * em);
    m_table->setColumnWidth(IssueModel::PlaceColumn, 30 * em);
    fitColumn(*m_table, IssueModel::MessageColumn, 34 * em);

    auto* copy = new QAction(tr("&Copy row"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(copy);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto* top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addStretch();
    top->addWidget(m_count);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    column->addLayout(top);
    column->addWidget(m_table);

    connect(copy, &QAction::triggered, this, &LedgerPanel::copySelected);
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_filter, &QLineEdit::textChanged, this, &LedgerPanel::showCount);
    connect(m_model, &QAbstractItemModel::modelReset, this, &LedgerPanel::showCount);
    showCount();
}

void LedgerPanel::showCount()
{
    const auto& open = m_state.openCorpus();
    if (!open) {
        m_count->clear();
        return;
    }
    if (open->issueRows == 0) {
        m_count->setText(tr("Nothing was lost or changed"));
        return;
    }
    QString text = tr("%1 of %2")
                       .arg(countText(m_proxy->rowCount()),
                            counted(static_cast<std::int64_t>(open->issueRows), tr("%1 row"), tr("%1 rows")));
    if (open->refused > 0)
        text += counted(static_cast<std::int64_t>(open->refused), tr("  ·  %1 record refused"),
                        tr("  ·  %1 records refused"));
    m_count->setText(text);
}

void LedgerPanel::copySelected()
{
    QStringList lines;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        lines << m_model->recordText(m_proxy->mapToSource(index).row());
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace arcscope
