#include "spantreeview.h"

#include "emptystate.h"
#include "kindicon.h"
#include "notebook.h"
#include "stopbadge.h"
#include "symbolicon.h"
#include "tablestyle.h"
#include "theme.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QStackedLayout>
#include <QStyledItemDelegate>

#include <algorithm>

namespace arcscope
{
namespace
{

/// Above this many spans only the first two levels are opened at once.
constexpr int expandAllLimit = 5'000;

/// Spans that the filter does not match are drawn in the muted colour; errors carry the word as well as the colour.
class SpanDelegate : public QStyledItemDelegate
{
public:
    SpanDelegate(const std::vector<Row>& flagged, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_flagged(flagged)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const auto* const model = qobject_cast<const SpanTreeModel*>(index.model());
        if (model && index.column() == SpanTreeModel::Stop)
            paintStopBadge(*painter, option.rect.adjusted(3, 1, -3, -1), model->stopOf(index), option.font,
                           themeFor(option.palette));
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.column() == SpanTreeModel::Stop)
            option->text.clear(); // its badge is painted
        const Theme& theme = themeFor(option->palette);
        if (!index.data(SpanTreeModel::MatchRole).toBool())
            option->palette.setColor(QPalette::Text, theme.muted);
        if (index.column() == SpanTreeModel::Name && !index.data(SpanTreeModel::NoteRole).toString().isEmpty()) {
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->icon = symbolIcon(QStringLiteral("note"));
            option->decorationPosition = QStyleOptionViewItem::Right;
        }
        if (index.column() == SpanTreeModel::Name &&
            std::binary_search(m_flagged.begin(), m_flagged.end(), index.data(SpanTreeModel::RowRole).value<Row>())) {
            option->text.prepend(QStringLiteral("! "));
            option->font.setBold(true);
        }
        if (index.column() == SpanTreeModel::Kind) {
            const Row row = index.data(SpanTreeModel::RowRole).value<Row>();
            const auto* const model = qobject_cast<const SpanTreeModel*>(index.model());
            if (model && row < model->corpus().spans.rows()) {
                option->features |= QStyleOptionViewItem::HasDecoration;
                option->icon = kindIcon(model->corpus().spans.kind(row));
                option->decorationSize = QSize(option->fontMetrics.ascent(), option->fontMetrics.ascent());
            }
        }
        if (index.column() == SpanTreeModel::Status && option->text == tr("error"))
            option->palette.setColor(QPalette::Text, theme[ColourRole::Contradiction].ink);
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        return {size.width(), option.fontMetrics.height() + 6}; // as rows of tables
    }

private:
    const std::vector<Row>& m_flagged;
};

} // namespace

SpanTreeView::SpanTreeView(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(new SpanTreeModel(state, this))
    , m_tree(new QTreeView(this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedLayout(this))
{
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new SpanDelegate(m_flagged, m_tree));
    m_tree->setAccessibleName(tr("Spans of the trace"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->header()->setStretchLastSection(false);
    const int em = m_tree->fontMetrics().horizontalAdvance(QLatin1Char('0'));
    constexpr int widths[] = {0, 14, 8, 14, 12, 10, 28};
    for (int column = SpanTreeModel::Kind; column < SpanTreeModel::ColumnCount; ++column)
        m_tree->setColumnWidth(column, widths[column] * em);
    // What a narrow tree still shows: name, kind, status, duration, stop.
    m_tree->header()->moveSection(SpanTreeModel::Duration, SpanTreeModel::Start);
    m_tree->header()->moveSection(SpanTreeModel::Stop, SpanTreeModel::Duration);
    fitColumn(*m_tree, SpanTreeModel::Name, 20 * em);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_empty);

    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &SpanTreeView::keepPlaces);
    connect(m_model, &QAbstractItemModel::modelReset, this, &SpanTreeView::showModel);
    connect(&state, &AppState::spanChanged, this, &SpanTreeView::showSelection);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (!m_following && index.isValid())
            m_state.setSpan(m_model->rowAt(index));
    });
    connect(m_model, &QAbstractItemModel::dataChanged, m_tree->viewport(), qOverload<>(&QWidget::update));
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        if (m_tree->indexAt(at).isValid())
            emit contextMenuRequested(m_tree->viewport()->mapToGlobal(at));
    });
    showModel();
}

void SpanTreeView::showTrace(CorpusPtr corpus, std::uint32_t trace, Row span)
{
    m_model->show(std::move(corpus), trace);
    m_following = true;
    m_tree->setCurrentIndex(span == noRow ? QModelIndex() : m_model->indexOf(span));
    m_tree->scrollToTop();
    m_following = false;
    m_tree->setColumnHidden(SpanTreeModel::Stop, true); // only a window reads what calls stopped for
}

int SpanTreeView::wholeHeight() const
{
    int lines = 0;
    for (QModelIndex index = m_model->index(0, 0); index.isValid(); index = m_tree->indexBelow(index))
        ++lines;
    const int line = m_tree->visualRect(m_model->index(0, 0)).height();
    return m_tree->header()->height() + lines * line + 2 * m_tree->frameWidth();
}

void SpanTreeView::setStops(const StopBook& stops)
{
    m_model->setStops(stops);
}

void SpanTreeView::setFlagged(std::vector<Row> rows)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    if (rows == m_flagged)
        return;
    m_flagged = std::move(rows);
    m_tree->viewport()->update();
}

void SpanTreeView::showModel()
{
    const bool some = m_model->rowCount() > 0;
    const bool focused = hasFocus();
    m_stack->setCurrentWidget(some ? static_cast<QWidget*>(m_tree) : m_empty);
    setFocusProxy(some ? m_tree : nullptr); // what is hidden cannot have the keyboard
    if (focused)
        setFocus();
    if (!some) {
        if (m_state.isOpen() && !m_state.loading() && m_state.corpus()->spans.rows() == 0) {
            m_empty->say(tr("No spans"), tr("What is open has no spans; the ledger says what was read."));
            return;
        }
        m_empty->say(m_state.loading() ? tr("Reading…") : tr("No trace is selected"),
                     m_state.isOpen()
                         ? tr("The tree shows one trace: choose it in the list, or select a span on the timeline.")
                         : QString());
        return;
    }
    const auto trace = m_model->trace();
    if (trace && m_model->corpus().traces.at(TraceColumn::Spans, *trace) <= expandAllLimit)
        m_tree->expandAll();
    else
        m_tree->expandToDepth(1);
    if (m_state.growing()) {
        for (const Row row : m_closed.isEmpty() ? std::vector<Row>() : m_state.corpus()->rowsOf(*trace)) {
            if (m_closed.contains(NoteBook::placeOfSpan(*m_state.corpus(), row)))
                m_tree->collapse(m_model->indexOf(row));
        }
    }
    showSelection();
    if (m_state.growing()) {
        m_tree->doItemsLayout();
        m_tree->verticalScrollBar()->setValue(m_scroll);
    }
}

/// What is open and scrolled to, in case the tree comes back grown. Only as many spans as are opened at once are asked.
void SpanTreeView::keepPlaces()
{
    m_closed.clear();
    m_scroll = m_tree->verticalScrollBar()->value();
    const auto trace = m_model->trace();
    if (!m_state.growing() || !trace || m_model->rowCount() == 0)
        return;
    const Corpus& shown = m_model->corpus();
    if (shown.traces.at(TraceColumn::Spans, *trace) > expandAllLimit)
        return;
    const std::vector<Row> rows = shown.rowsOf(*trace);
    for (const Row row : rows) {
        const QModelIndex index = m_model->indexOf(row);
        if (m_model->rowCount(index) > 0 && !m_tree->isExpanded(index))
            m_closed.insert(NoteBook::placeOfSpan(shown, row));
    }
}

void SpanTreeView::showSelection()
{
    const QModelIndex index = m_state.span() == noRow ? QModelIndex() : m_model->indexOf(m_state.span());
    m_following = true;
    m_tree->setCurrentIndex(index);
    if (index.isValid() && !m_state.growing())
        m_tree->scrollTo(index);
    m_following = false;
}

} // namespace arcscope
