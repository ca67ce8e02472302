// A chart of a lens for screen readers: a list of its values.
#pragma once

#include "accessibleitems.h"
#include "lenschartview.h"

namespace arcscope
{

/// Items are pieces of the chart that can be seen.
class ChartAccessible : public AccessibleItems
{
public:
    explicit ChartAccessible(LensChartView* chart);

    /// Makes the screen reader find this for every LensChartView.
    static void install() { installFor<LensChartView, ChartAccessible>(); }

    std::vector<std::uint32_t> visibleItems() const override;
    bool hasItem(std::uint32_t piece) const override;
    QRect itemRect(std::uint32_t piece) const override;
    std::uint32_t selectedItem() const override;
    QString nameOf(std::uint32_t piece) const override;
    QString detailsOf(std::uint32_t) const override { return {}; }
    void choose(std::uint32_t piece) const override;

private:
    LensChartView* chart() const { return static_cast<LensChartView*>(widget()); }
};

} // namespace arcscope
