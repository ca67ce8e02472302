#include "callaccessible.h"

#include "callwords.h"

namespace arcscope
{

CallAccessible::CallAccessible(CallCanvas* canvas)
    : AccessibleItems(canvas)
{
}

QString CallAccessible::text(QAccessible::Text what) const
{
    if (what != QAccessible::Description || !canvas()->subject())
        return QAccessibleWidget::text(what);
    return treeSummary(*canvas()->subject());
}

std::vector<std::uint32_t> CallAccessible::visibleItems() const
{
    return canvas()->visibleNodes();
}

bool CallAccessible::hasItem(std::uint32_t node) const
{
    return canvas()->subject() && node < canvas()->subject()->tree.nodes.size();
}

QRect CallAccessible::itemRect(std::uint32_t node) const
{
    return canvas()->itemRect(node);
}

std::uint32_t CallAccessible::selectedItem() const
{
    return canvas()->selection();
}

QString CallAccessible::nameOf(std::uint32_t node) const
{
    return callSummary(*canvas()->subject(), node);
}

QString CallAccessible::detailsOf(std::uint32_t node) const
{
    return canvas()->detailsOf(node);
}

void CallAccessible::choose(std::uint32_t node) const
{
    canvas()->chooseByUser(node);
}

std::shared_ptr<const void> CallAccessible::subject() const
{
    return canvas()->subject();
}

} // namespace arcscope
