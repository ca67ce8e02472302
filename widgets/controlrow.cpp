#include "controlrow.h"

#include <QLabel>
#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace arcscope
{

ControlRow::ControlRow(QWidget* parent)
    : QLayout(parent)
{
    setContentsMargins(6, 2, 6, 0);
    setSpacing(4);
}

ControlRow::~ControlRow() = default;

void ControlRow::addLabelled(QLabel* label, QWidget* control)
{
    label->setBuddy(control);
    addWidget(label);
    m_bound = true;
    addWidget(control);
}

void ControlRow::addItem(QLayoutItem* item)
{
    m_items.push_back({std::unique_ptr<QLayoutItem>(item), std::exchange(m_gap, false), std::exchange(m_bound, false)});
    invalidate();
}

QLayoutItem* ControlRow::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].item.get() : nullptr;
}

QLayoutItem* ControlRow::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem* const taken = m_items[static_cast<std::size_t>(index)].item.release();
    m_items.erase(m_items.begin() + index);
    invalidate();
    return taken;
}

/// Where everything that is shown goes in rows of this width, inside of the margins.
std::vector<ControlRow::Placed> ControlRow::placed(int width) const
{
    std::vector<Placed> all;
    int x = 0;
    int y = 0;
    int row = 0;
    int high = 0;
    bool gap = false; // also where the control behind it is hidden
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const Item& each = m_items[i];
        gap = gap || each.gap;
        if (each.item->isEmpty())
            continue;
        const QSize size = each.item->sizeHint().boundedTo(QSize(width, QWIDGETSIZE_MAX));
        int together = size.width(); // with what must not be parted from it
        for (std::size_t next = i + 1; next < m_items.size() && m_items[next].bound; ++next)
            together += spacing() + m_items[next].item->sizeHint().width();
        if (x > 0 && !each.bound && x + together > width) {
            x = 0;
            y += high + spacing();
            high = 0;
            ++row;
        }
        all.push_back({each.item.get(), QRect(QPoint(x, y), size), row, std::exchange(gap, false)});
        x += size.width() + spacing();
        high = std::max(high, size.height());
    }
    for (auto from = all.begin(); from != all.end();) {
        const auto to = std::find_if(from, all.end(), [&](const Placed& other) { return other.row != from->row; });
        const int free = width - std::prev(to)->at.x() - std::prev(to)->at.width();
        int tall = 0;
        bool pushed = false;
        for (auto each = from; each != to; ++each)
            tall = std::max(tall, each->at.height());
        for (auto each = from; each != to; ++each) {
            pushed = pushed || each->gap;
            each->at.translate(pushed ? std::max(free, 0) : 0, (tall - each->at.height()) / 2);
        }
        from = to;
    }
    return all;
}

int ControlRow::heightForWidth(int width) const
{
    const QMargins around = contentsMargins();
    int bottom = 0;
    for (const Placed& each : placed(width - around.left() - around.right()))
        bottom = std::max(bottom, each.at.y() + each.at.height());
    return bottom + around.top() + around.bottom();
}

QSize ControlRow::sizeHint() const
{
    const QMargins around = contentsMargins();
    QSize all(0, 0);
    for (const Placed& each : placed(QWIDGETSIZE_MAX)) {
        all.setWidth(all.width() + each.item->sizeHint().width() + (all.isEmpty() ? 0 : spacing()));
        all.setHeight(std::max(all.height(), each.item->sizeHint().height()));
    }
    return all.grownBy(around);
}

QSize ControlRow::minimumSize() const
{
    QSize widest;
    for (const Item& each : m_items) {
        if (!each.item->isEmpty())
            widest = widest.expandedTo(each.item->sizeHint());
    }
    return widest.grownBy(contentsMargins());
}

void ControlRow::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    const QRect inside = contentsRect();
    const Qt::LayoutDirection reading = parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    for (const Placed& each : placed(inside.width()))
        each.item->setGeometry(QStyle::visualRect(reading, inside, each.at.translated(inside.topLeft())));
}

} // namespace arcscope
