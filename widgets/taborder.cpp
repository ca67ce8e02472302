#include "taborder.h"

#include <QScrollArea>

#include <algorithm>
#include <vector>

namespace arcscope
{
namespace
{

/// A part of a widget, and what Tab can reach in it.
struct Part {
    QRect at;
    QList<QWidget*> stops;
};

/// What lies at least half beside another is in one row with it.
bool sameRow(const QRect& a, const QRect& b)
{
    const int shared = std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top()) + 1;
    return 2 * shared > std::min(a.height(), b.height());
}

bool isStop(const QWidget& widget)
{
    return widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget.focusProxy();
}

QList<QWidget*> stopsIn(const QWidget& parent)
{
    std::vector<Part> parts;
    for (QObject* child : parent.children()) {
        auto* const widget = qobject_cast<QWidget*>(child);
        if (!widget || widget->isWindow() || !widget->isVisible() || !parent.rect().intersects(widget->geometry()))
            continue; // the window keeps tabs of panels that have none to show outside of itself
        Part part{widget->geometry(), stopsIn(*widget)};
        if (isStop(*widget))
            part.stops.prepend(widget);
        if (!part.stops.isEmpty())
            parts.push_back(std::move(part));
    }
    std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.at.top() < b.at.top(); });
    const bool fromRight = parent.layoutDirection() == Qt::RightToLeft;
    QList<QWidget*> stops;
    for (auto row = parts.begin(); row != parts.end();) {
        const QRect first = row->at;
        const auto end =
            std::stable_partition(row, parts.end(), [&first](const Part& other) { return sameRow(first, other.at); });
        std::stable_sort(row, end, [fromRight](const Part& a, const Part& b) {
            return fromRight ? a.at.right() > b.at.right() : a.at.left() < b.at.left();
        });
        for (; row != end; ++row)
            stops += row->stops;
    }
    return stops;
}

} // namespace

QList<QWidget*> tabOrder(const QWidget& window)
{
    return stopsIn(window);
}

bool tabAlong(QWidget& window, bool next)
{
    const QList<QWidget*> order = tabOrder(window);
    if (order.isEmpty())
        return false;
    const QWidget* const now = window.focusWidget();
    const qsizetype size = order.size();
    qsizetype to = next ? 0 : size - 1;
    for (qsizetype i = 0; now && i < size; ++i) {
        if (order[i] == now || order[i]->isAncestorOf(now)) {
            to = (i + (next ? 1 : size - 1)) % size;
        } else if (now->isAncestorOf(order[i])) { // a view that has the keyboard itself: its first part is next
            to = next ? i : (i + size - 1) % size;
            break;
        }
    }
    QWidget* const part = order[to];
    part->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    for (QWidget* around = part->parentWidget(); around; around = around->parentWidget()) {
        if (auto* const area = qobject_cast<QScrollArea*>(around))
            area->ensureWidgetVisible(part);
    }
    return true;
}

} // namespace arcscope
