#include "accessibleitems.h"
#include "callcanvas.h"
#include "callwords.h"
#include "canvasaccessible.h"

namespace arcscope
{
namespace
{

/// Items are nodes of the tree that is shown.
class CallAccessible : public CanvasItems<CallCanvas>
{
public:
    using CanvasItems::CanvasItems;

    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Description && canvas()->subject() ? treeSummary(*canvas()->subject())
                                                                       : AccessibleItems::text(what);
    }
    std::vector<std::uint32_t> visibleItems() const override { return canvas()->visibleNodes(); }
    bool hasItem(std::uint32_t node) const override
    {
        return canvas()->subject() && node < canvas()->subject()->tree.nodes.size();
    }
    QRect itemRect(std::uint32_t node) const override { return canvas()->itemRect(node); }
    std::uint32_t selectedItem() const override { return canvas()->selection(); }
    QString nameOf(std::uint32_t node) const override { return callSummary(*canvas()->subject(), node); }
    QString detailsOf(std::uint32_t node) const override { return canvas()->detailsOf(node); }
    void choose(std::uint32_t node) const override { canvas()->chooseByUser(node); }
    std::shared_ptr<const void> subject() const override { return canvas()->subject(); }
};

} // namespace

void installCallAccessible()
{
    AccessibleItems::installFor<CallCanvas, CallAccessible>();
}

} // namespace arcscope
