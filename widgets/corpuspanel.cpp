#include "corpuspanel.h"

#include "displaytext.h"
#include "emptystate.h"
#include "symbolicon.h"
#include "tablestyle.h"
#include "theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace arcscope
{
namespace
{

/// A trace without errors says so quietly, one with errors by colour and sign.
class ErrorsDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const Theme& theme = themeFor(option->palette);
        const bool none = option->text == QLatin1String("0");
        option->palette.setColor(QPalette::Text, none ? theme.muted : theme[ColourRole::Contradiction].ink);
        if (!none)
            option->text.prepend(QStringLiteral("\u2260 "));
    }
};

/// A text that names two things behind each other, the longer one cut first, so that something of both is seen.
QString bothEnds(const QString& text, const QFontMetrics& metrics, int width)
{
    const QString separator = QString::fromUtf8(" · ");
    const qsizetype at = text.indexOf(separator);
    if (at < 0 || metrics.horizontalAdvance(text) <= width)
        return text;
    const QString front = text.left(at);
    const QString back = text.mid(at + separator.size());
    const int room = width - metrics.horizontalAdvance(separator);
    const int backWidth =
        std::min(metrics.horizontalAdvance(back), std::max(room / 2, room - metrics.horizontalAdvance(front)));
    return metrics.elidedText(front, Qt::ElideMiddle, room - backWidth) + separator +
           metrics.elidedText(back, Qt::ElideMiddle, backWidth);
}

/// The name, in a narrow column without what it has in common with others, and the mark of a note behind it.
class NameDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const int width = option->rect.width() - 2 * margin;
        if (option->fontMetrics.horizontalAdvance(option->text) > width)
            option->text = bothEnds(index.data(TraceListModel::TellingRole).toString(), option->fontMetrics, width);
        if (index.data(TraceListModel::NoteRole).toString().isEmpty())
            return;
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = symbolIcon(QStringLiteral("note"));
        option->decorationPosition = QStyleOptionViewItem::Right;
    }

private:
    static constexpr int margin = 4; ///< pixels beside the text of a cell
};

} // namespace

CorpusPanel::CorpusPanel(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(new TraceListModel(state, this))
    , m_table(new QTableView(this))
    , m_whole(new QPushButton(tr("&Whole corpus"), this))
    , m_count(new QLabel(this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedLayout)
{
    m_table->setModel(m_model);
    setUpTable(*m_table, tr("Traces"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTextElideMode(Qt::ElideMiddle); // names of tasks differ at their ends
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(TraceListModel::Start, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSectionsMovable(true);
    const int em = m_table->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const QList<int> widths{20, 20, 12, 7, 7, 11, 10, 10, 13, 20, 16, 16};
    for (int column = 0; column < widths.size(); ++column)
        m_table->setColumnWidth(column, widths[column] * em);
    // What a narrow list still shows: name, duration, errors.
    QHeaderView* header = m_table->horizontalHeader();
    header->moveSection(header->visualIndex(TraceListModel::Duration), 1);
    header->moveSection(header->visualIndex(TraceListModel::Errors), 2);

    m_table->setItemDelegateForColumn(TraceListModel::Name, new NameDelegate(m_table));
    m_table->setItemDelegateForColumn(TraceListModel::Errors, new ErrorsDelegate(m_table));
    fitColumn(*m_table, TraceListModel::Name, 12 * em);

    m_whole->setCheckable(true);
    m_whole->setChecked(true);
    m_whole->setToolTip(tr("Show all traces on one timeline"));
    m_count->setTextFormat(Qt::PlainText);
    auto* top = new QHBoxLayout;
    top->addWidget(m_whole);
    top->addStretch();
    top->addWidget(m_count);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    column->addLayout(top);
    column->addLayout(m_stack);

    connect(m_model, &TraceListModel::arranged, this, &CorpusPanel::showArranged);
    connect(&state, &AppState::traceChanged, this, &CorpusPanel::showTrace);
    connect(&state, &AppState::loadingChanged, this, &CorpusPanel::showArranged);
    connect(m_whole, &QPushButton::clicked, this, [this] {
        m_state.setTrace(std::nullopt);
        showTrace();
    });
    // Not the current row: the first one becomes that as soon as the table has the keyboard.
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this](const QItemSelection& now) {
        if (!m_following && !now.isEmpty())
            m_state.setTrace(m_model->traceAt(now.indexes().constFirst().row()));
    });
    connect(m_empty, &EmptyState::actionRequested, this, [this] { m_state.setFilter({}); });
    showArranged();
}

void CorpusPanel::showArranged()
{
    const int shown = m_model->rowCount();
    const std::uint32_t all = m_state.corpus()->traces.rows();
    m_stack->setCurrentWidget(shown > 0 ? static_cast<QWidget*>(m_table) : m_empty);
    if (m_state.loading() || m_model->busy())
        m_empty->say(tr("Reading…"),
                     tr("Traces are listed when everything is read. The timeline already shows what is there."));
    else if (all == 0)
        m_empty->say(tr("No traces"), tr("The traces of what is open are listed here."));
    else if (shown == 0)
        m_empty->say(tr("No trace matches"), tr("No span of any trace matches the filter."), tr("Clear filter"));
    m_count->setText(all == 0                                   ? QString()
                     : static_cast<std::uint32_t>(shown) == all ? counted(all, tr("%1 trace"), tr("%1 traces"))
                                                                : tr("%1 of %2").arg(countText(shown), countText(all)));
    m_whole->setEnabled(all > 0);
    showTrace();
}

void CorpusPanel::showTrace()
{
    m_following = true;
    const auto trace = m_state.trace();
    m_whole->setChecked(!trace);
    const QModelIndex index = trace ? m_model->indexOf(*trace) : QModelIndex();
    if (index.isValid()) {
        chooseRow(*m_table, index.row());
        if (!m_state.growing())
            m_table->scrollTo(index);
    } else {
        m_table->clearSelection();
    }
    m_following = false;
}

} // namespace arcscope
