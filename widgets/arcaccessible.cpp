#include "accessibleitems.h"
#include "arcbars.h"
#include "arccanvas.h"
#include "canvasaccessible.h"

namespace arcscope
{
namespace
{

/// Items are outcomes.
class BarsAccessible : public CanvasItems<ArcBars>
{
public:
    using CanvasItems::CanvasItems;

    std::vector<std::uint32_t> visibleItems() const override
    {
        std::vector<std::uint32_t> items;
        for (const ArcOutcome outcome : shownOutcomes())
            items.push_back(static_cast<std::uint32_t>(outcome));
        return items;
    }
    bool hasItem(std::uint32_t item) const override { return item < arcOutcomeCount; }
    QRect itemRect(std::uint32_t item) const override { return canvas()->rectOf(static_cast<ArcOutcome>(item)); }
    std::uint32_t selectedItem() const override { return static_cast<std::uint32_t>(canvas()->current()); }
    QString nameOf(std::uint32_t item) const override { return canvas()->nameOf(static_cast<ArcOutcome>(item)); }
    QString detailsOf(std::uint32_t item) const override { return canvas()->detailsOf(static_cast<ArcOutcome>(item)); }
    void choose(std::uint32_t item) const override { canvas()->choose(static_cast<ArcOutcome>(item)); }
};

/// Items are steps of the arc.
class StepsAccessible : public CanvasItems<ArcCanvas>
{
public:
    using CanvasItems::CanvasItems;

    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Description ? canvas()->summary() : AccessibleItems::text(what);
    }
    std::vector<std::uint32_t> visibleItems() const override { return canvas()->visibleSteps(); }
    bool hasItem(std::uint32_t item) const override { return item < canvas()->stepCount(); }
    QRect itemRect(std::uint32_t item) const override { return canvas()->stepRect(item); }
    std::uint32_t selectedItem() const override { return canvas()->step(); }
    QString nameOf(std::uint32_t item) const override { return canvas()->stepName(item); }
    QString detailsOf(std::uint32_t item) const override { return canvas()->stepDetails(item); }
    void choose(std::uint32_t item) const override { canvas()->chooseByUser(item); }
    std::shared_ptr<const void> subject() const override { return canvas()->of(); }
};

} // namespace

void installArcAccessibles()
{
    AccessibleItems::installFor<ArcBars, BarsAccessible>();
    AccessibleItems::installFor<ArcCanvas, StepsAccessible>();
}

} // namespace arcscope
