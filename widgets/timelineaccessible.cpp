#include "accessibleitems.h"
#include "canvasaccessible.h"
#include "timelinecanvas.h"
#include "timelinetext.h"

namespace arcscope
{
namespace
{

/// Items are rows of spans.
class TimelineAccessible : public CanvasItems<TimelineCanvas>
{
public:
    using CanvasItems::CanvasItems;

    QString text(QAccessible::Text what) const override
    {
        if (what != QAccessible::Description || !canvas()->data() || canvas()->data()->empty())
            return AccessibleItems::text(what);
        const auto shown = static_cast<qulonglong>(canvas()->visibleRows().size());
        const auto all = static_cast<qulonglong>(canvas()->data()->rows.size());
        return TimelineCanvas::tr("%1 of %2 spans can be read here; zoom in for more").arg(shown).arg(all);
    }
    std::vector<std::uint32_t> visibleItems() const override { return canvas()->visibleRows(); }
    bool hasItem(Row row) const override { return row != noRow && canvas()->data() && canvas()->data()->place(row); }
    QRect itemRect(Row row) const override { return canvas()->itemRect(row); }
    std::uint32_t selectedItem() const override { return canvas()->selection(); }
    QString nameOf(Row row) const override { return canvas()->summaryOf(row); }
    QString detailsOf(Row row) const override { return canvas()->detailsOf(row, canvas()->data()->bounds.start); }
    void choose(Row row) const override { canvas()->selectByUser(row); }
};

} // namespace

void installTimelineAccessible()
{
    AccessibleItems::installFor<TimelineCanvas, TimelineAccessible>();
}

} // namespace arcscope
