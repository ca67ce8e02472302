#include "timelineaccessible.h"

#include "timelinetext.h"

namespace arcscope
{

TimelineAccessible::TimelineAccessible(TimelineCanvas* canvas)
    : AccessibleItems(canvas)
{
}

QString TimelineAccessible::text(QAccessible::Text what) const
{
    if (what != QAccessible::Description || !canvas()->data() || canvas()->data()->empty())
        return QAccessibleWidget::text(what);
    const auto shown = static_cast<qulonglong>(canvas()->visibleRows().size());
    const auto all = static_cast<qulonglong>(canvas()->data()->rows.size());
    return TimelineCanvas::tr("%1 of %2 spans can be read here; zoom in for more").arg(shown).arg(all);
}

std::vector<std::uint32_t> TimelineAccessible::visibleItems() const
{
    return canvas()->visibleRows();
}

bool TimelineAccessible::hasItem(Row row) const
{
    return row != noRow && canvas()->data() && canvas()->data()->place(row);
}

QRect TimelineAccessible::itemRect(Row row) const
{
    return canvas()->itemRect(row);
}

std::uint32_t TimelineAccessible::selectedItem() const
{
    return canvas()->selection();
}

QString TimelineAccessible::nameOf(Row row) const
{
    return canvas()->summaryOf(row);
}

QString TimelineAccessible::detailsOf(Row row) const
{
    return canvas()->detailsOf(row, canvas()->data()->bounds.start);
}

void TimelineAccessible::choose(Row row) const
{
    canvas()->selectByUser(row);
}

} // namespace arcscope
