#include "arcaccessible.h"

#include "accessibleitems.h"
#include "arcbars.h"
#include "arccanvas.h"

namespace arcscope
{
namespace
{

/// Items are outcomes.
class BarsAccessible : public AccessibleItems
{
public:
    explicit BarsAccessible(ArcBars* bars)
        : AccessibleItems(bars)
    {
    }

    std::vector<std::uint32_t> visibleItems() const override
    {
        std::vector<std::uint32_t> items;
        for (const ArcOutcome outcome : shownOutcomes())
            items.push_back(static_cast<std::uint32_t>(outcome));
        return items;
    }
    bool hasItem(std::uint32_t item) const override { return item < arcOutcomeCount; }
    QRect itemRect(std::uint32_t item) const override { return bars()->rectOf(static_cast<ArcOutcome>(item)); }
    std::uint32_t selectedItem() const override { return static_cast<std::uint32_t>(bars()->current()); }
    QString nameOf(std::uint32_t item) const override { return bars()->nameOf(static_cast<ArcOutcome>(item)); }
    QString detailsOf(std::uint32_t item) const override { return bars()->detailsOf(static_cast<ArcOutcome>(item)); }
    void choose(std::uint32_t item) const override { bars()->choose(static_cast<ArcOutcome>(item)); }

private:
    ArcBars* bars() const { return static_cast<ArcBars*>(widget()); }
};

/// Items are steps of the arc.
class CanvasAccessible : public AccessibleItems
{
public:
    explicit CanvasAccessible(ArcCanvas* canvas)
        : AccessibleItems(canvas)
    {
    }

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

private:
    ArcCanvas* canvas() const { return static_cast<ArcCanvas*>(widget()); }
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    if (auto* const bars = qobject_cast<ArcBars*>(object))
        return new BarsAccessible(bars);
    if (auto* const canvas = qobject_cast<ArcCanvas*>(object))
        return new CanvasAccessible(canvas);
    return nullptr;
}

} // namespace

void installArcAccessibles()
{
    static const bool installed = (QAccessible::installFactory(make), true);
    static_cast<void>(installed);
}

} // namespace arcscope
