// The picture of a stream for screen readers: a list of the events in sight.
#pragma once

#include "accessibleitems.h"
#include "streamcanvas.h"

namespace arcscope
{

/// Items are events of the stream.
class StreamAccessible : public AccessibleItems
{
public:
    explicit StreamAccessible(StreamCanvas* canvas);

    /// Makes the screen reader find this for every StreamCanvas.
    static void install() { installFor<StreamCanvas, StreamAccessible>(); }

    std::vector<std::uint32_t> visibleItems() const override;
    bool hasItem(std::uint32_t event) const override;
    QRect itemRect(std::uint32_t event) const override;
    std::uint32_t selectedItem() const override;
    QString nameOf(std::uint32_t event) const override;
    QString detailsOf(std::uint32_t event) const override;
    void choose(std::uint32_t event) const override;
    std::shared_ptr<const void> subject() const override;

private:
    StreamCanvas* canvas() const { return static_cast<StreamCanvas*>(widget()); }
};

} // namespace arcscope
