#include "calltreeview.h"

#include "spanglyph.h"
#include "tablestyle.h"
#include "theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace arcscope
{
namespace
{

int stepOf(const QFontMetrics& metrics)
{
    return metrics.averageCharWidth() * 3 / 2;
}

int iconOf(const QFontMetrics& metrics)
{
    return metrics.height() * 3 / 5;
}

class CallDelegate : public QStyledItemDelegate
{
public:
    CallDelegate(const CallTreeView& view, CallTreeModel& model)
        : QStyledItemDelegate(const_cast<CallTreeView*>(&view))
        , m_view(view)
        , m_model(model)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), option.fontMetrics.height() + 6};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (index.column() != CallTreeModel::CallColumn) {
            QStyledItemDelegate::paint(painter, option, index);
            return;
        }
        QStyleOptionViewItem item(option);
        initStyleOption(&item, index);
        QString text = std::exchange(item.text, QString());
        m_view.style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, &m_view);
        const Theme& theme = themeFor(option.palette);
        const bool selected = option.state & QStyle::State_Selected;
        const QColor ink = item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        const std::uint32_t depth = index.data(CallTreeModel::DepthRole).toUInt();
        if (depth > CallTreeView::mostLevels)
            text.prepend(QStringLiteral("%1\u203a ").arg(depth));
        const int icon = iconOf(option.fontMetrics);
        const bool mirrored = option.direction == Qt::RightToLeft;
        const auto placed = [&](int x, int width) {
            return mirrored ? option.rect.right() + 1 - x - width : option.rect.x() + x;
        };
        const int left = CallTreeView::textIndent(option.fontMetrics, depth);
        const int y = option.rect.y() + (option.rect.height() - icon) / 2;
        if (m_model.rowCount(index) > 0)
            paintDisclosure(*painter, QRectF(placed(left - 2 * icon - 6, icon), y, icon, icon),
                            m_view.isExpanded(index), mirrored, selected ? ink : theme.muted);
        const SpanKind kind = kindOf(index.data(CallTreeModel::NodeRole).toUInt());
        paintGlyph(*painter, QRectF(placed(left - icon - 3, icon), y, icon, icon), kind,
                   selected ? ink : theme[roleOf(kind)].ink);
        const int room = option.rect.width() - left - 4;
        if (room <= 0)
            return;
        painter->save();
        painter->setFont(item.font);
        painter->setPen(ink);
        painter->drawText(QRect(placed(left, room), option.rect.y(), room, option.rect.height()),
                          Qt::AlignVCenter | (mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::TextSingleLine,
                          item.fontMetrics.elidedText(text, Qt::ElideRight, room));
        painter->restore();
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const Theme& theme = themeFor(option->palette);
        if (!index.data(CallTreeModel::MatchRole).toBool())
            option->palette.setColor(QPalette::Text, theme.muted);
        else if (index.column() == CallTreeModel::StateColumn && index.data(CallTreeModel::ProblemRole).toBool())
            option->palette.setColor(QPalette::Text, theme[ColourRole::Contradiction].ink);
    }

private:
    SpanKind kindOf(std::uint32_t node) const
    {
        const CallTreeSubject& subject = *m_model.subject();
        if (const TreeCall* const call = subject.callOf(node))
            return call->kind == CallKind::Agent ? SpanKind::Agent : SpanKind::ToolCall;
        const Row row = subject.node(node).row;
        return row == noRow ? SpanKind::Other : subject.corpus->spans.kind(row);
    }

    const CallTreeView& m_view;
    CallTreeModel& m_model;
};

} // namespace

CallTreeView::CallTreeView(CallTreeModel& model, QWidget* parent)
    : QTreeView(parent)
    , m_model(model)
{
    setModel(&model);
    setItemDelegate(new CallDelegate(*this, model));
    setAccessibleName(tr("Tool calls"));
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setAllColumnsShowFocus(true);
    setIndentation(0); // the delegate indents
    setRootIsDecorated(false);
    setExpandsOnDoubleClick(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(true);
    setColumns();
}

void CallTreeView::setColumns()
{
    const int em = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    constexpr int widths[CallTreeModel::ColumnCount] = {0, 15, 8, 11, 8, 10, 13, 13, 13};
    for (int column = CallTreeModel::StateColumn; column < CallTreeModel::ColumnCount; ++column)
        setColumnWidth(column, widths[column] * em);
    fitColumn(*this, CallTreeModel::CallColumn, 22 * em);
}

int CallTreeView::rowHeightNow() const
{
    const QModelIndex first = m_model.index(0, 0);
    const int height = first.isValid() ? indexRowSizeHint(first) : 0;
    return height > 0 ? height : fontMetrics().height() + 6;
}

int CallTreeView::textIndent(const QFontMetrics& metrics, std::uint32_t depth)
{
    return 8 + static_cast<int>(std::min(depth, mostLevels)) * stepOf(metrics) + 2 * iconOf(metrics) + 6;
}

QRect CallTreeView::disclosureRect(const QModelIndex& index) const
{
    const QModelIndex first = index.siblingAtColumn(CallTreeModel::CallColumn);
    if (!first.isValid() || m_model.rowCount(first) == 0)
        return {};
    const QRect cell = visualRect(first);
    const int icon = iconOf(fontMetrics());
    const int x = textIndent(fontMetrics(), first.data(CallTreeModel::DepthRole).toUInt()) - 2 * icon - 6;
    return layoutDirection() == Qt::RightToLeft ? QRect(cell.right() + 1 - x - icon, cell.y(), icon, cell.height())
                                                : QRect(cell.x() + x, cell.y(), icon, cell.height());
}

bool CallTreeView::toggleAt(const QPoint& pos)
{
    const QModelIndex index = indexAt(pos).siblingAtColumn(CallTreeModel::CallColumn);
    if (!index.isValid() || !disclosureRect(index).adjusted(-3, 0, 3, 0).contains(pos))
        return false;
    setExpanded(index, !isExpanded(index));
    return true;
}

/// Left closes what is open, else goes to who asked; right opens, else goes to the first call: whatever the style.
void CallTreeView::keyPressEvent(QKeyEvent* event)
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const bool out = event->key() == (mirrored ? Qt::Key_Right : Qt::Key_Left);
    const bool in = event->key() == (mirrored ? Qt::Key_Left : Qt::Key_Right);
    const QModelIndex current = currentIndex().siblingAtColumn(CallTreeModel::CallColumn);
    if ((!out && !in) || event->modifiers() != Qt::NoModifier || !current.isValid()) {
        QTreeView::keyPressEvent(event);
        return;
    }
    const bool any = m_model.rowCount(current) > 0;
    if (any && isExpanded(current) == out)
        setExpanded(current, in);
    else if (const QModelIndex next = out ? current.parent() : m_model.index(0, 0, current); next.isValid())
        setCurrentIndex(next);
    event->accept();
}

void CallTreeView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !toggleAt(event->pos()))
        QTreeView::mousePressEvent(event);
}

void CallTreeView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !toggleAt(event->pos()))
        QTreeView::mouseDoubleClickEvent(event);
}

void CallTreeView::changeEvent(QEvent* event)
{
    QTreeView::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange)
        return;
    setColumns();
    emit sizesChanged();
}

} // namespace arcscope
