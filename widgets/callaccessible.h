// The lanes of tool calls for screen readers: a list whose items are the rows that can be seen.
#pragma once

#include "accessibleitems.h"
#include "callcanvas.h"

namespace arcscope
{

/// Items are nodes of the tree that is shown.
class CallAccessible : public AccessibleItems
{
public:
    explicit CallAccessible(CallCanvas* canvas);

    /// Makes the screen reader find this for every CallCanvas.
    static void install() { installFor<CallCanvas, CallAccessible>(); }

    QString text(QAccessible::Text what) const override;

    std::vector<std::uint32_t> visibleItems() const override;
    bool hasItem(std::uint32_t node) const override;
    QRect itemRect(std::uint32_t node) const override;
    std::uint32_t selectedItem() const override;
    QString nameOf(std::uint32_t node) const override;
    QString detailsOf(std::uint32_t node) const override;
    void choose(std::uint32_t node) const override;
    std::shared_ptr<const void> subject() const override;

private:
    CallCanvas* canvas() const { return static_cast<CallCanvas*>(widget()); }
};

} // namespace arcscope
