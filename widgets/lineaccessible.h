// A picture of lines for screen readers: a list of the lines in sight, each followed by its pieces.
#pragma once

#include "accessibleitems.h"
#include "linecanvas.h"

namespace arcscope
{

/// Items are places: see itemAt().
class LineAccessible : public CanvasItems<LineCanvas>
{
public:
    using CanvasItems::CanvasItems;

    /// Makes the screen reader find this for every LineCanvas.
    static void install() { installFor<LineCanvas, LineAccessible>(); }
    static std::uint32_t itemAt(LinePlace place);
    static LinePlace placeOf(std::uint32_t item);

    std::vector<std::uint32_t> visibleItems() const override;
    bool hasItem(std::uint32_t item) const override;
    QRect itemRect(std::uint32_t item) const override;
    std::uint32_t selectedItem() const override;
    QString nameOf(std::uint32_t item) const override;
    void choose(std::uint32_t item) const override;
    std::shared_ptr<const void> subject() const override;
};

} // namespace arcscope
