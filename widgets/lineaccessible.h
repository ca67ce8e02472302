// A picture of lines for screen readers: a list of the lines in sight, each followed by its pieces.
#pragma once

#include "accessibleitems.h"
#include "linecanvas.h"

namespace arcscope
{

/// Items are places: see itemAt().
class LineAccessible : public AccessibleItems
{
public:
    explicit LineAccessible(LineCanvas* canvas);

    /// Makes the screen reader find this for every LineCanvas.
    static void install() { installFor<LineCanvas, LineAccessible>(); }
    static std::uint32_t itemAt(LinePlace place);
    static LinePlace placeOf(std::uint32_t item);

    std::vector<std::uint32_t> visibleItems() const override;
    bool hasItem(std::uint32_t item) const override;
    QRect itemRect(std::uint32_t item) const override;
    std::uint32_t selectedItem() const override;
    QString nameOf(std::uint32_t item) const override;
    QString detailsOf(std::uint32_t) const override { return {}; }
    void choose(std::uint32_t item) const override;
    std::shared_ptr<const void> subject() const override;

private:
    LineCanvas* canvas() const { return static_cast<LineCanvas*>(widget()); }
};

} // namespace arcscope
