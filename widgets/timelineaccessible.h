// The timeline for screen readers: a list whose items are the spans that can be seen.
#pragma once

#include "accessibleitems.h"
#include "timelinecanvas.h"

namespace arcscope
{

/// Items are rows of spans.
class TimelineAccessible : public AccessibleItems
{
public:
    explicit TimelineAccessible(TimelineCanvas* canvas);

    /// Makes the screen reader find this for every TimelineCanvas.
    static void install() { installFor<TimelineCanvas, TimelineAccessible>(); }

    QString text(QAccessible::Text what) const override;

    std::vector<std::uint32_t> visibleItems() const override;
    bool hasItem(Row row) const override;
    QRect itemRect(Row row) const override;
    std::uint32_t selectedItem() const override;
    QString nameOf(Row row) const override;
    QString detailsOf(Row row) const override;
    void choose(Row row) const override;

private:
    TimelineCanvas* canvas() const { return static_cast<TimelineCanvas*>(widget()); }
};

} // namespace arcscope
