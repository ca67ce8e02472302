#include "accessibleitems.h"
#include "canvasaccessible.h"
#include "lenschartview.h"

namespace arcscope
{
namespace
{

/// Values that a screen reader is told of.
constexpr std::size_t mostPieces = 200;

/// Items are pieces of the chart that can be seen.
class ChartAccessible : public CanvasItems<LensChartView>
{
public:
    using CanvasItems::CanvasItems;

    std::vector<std::uint32_t> visibleItems() const override
    {
        std::vector<std::uint32_t> pieces;
        for (std::size_t i = 0; i < canvas()->pieces().size() && pieces.size() < mostPieces; ++i) {
            if (!canvas()->pieces()[i].rect.isEmpty())
                pieces.push_back(static_cast<std::uint32_t>(i));
        }
        return pieces;
    }
    bool hasItem(std::uint32_t piece) const override { return piece < canvas()->pieces().size(); }
    QRect itemRect(std::uint32_t piece) const override
    {
        return canvas()->rectOf(static_cast<int>(piece)) & canvas()->viewport()->rect();
    }
    /// None: more than there are.
    std::uint32_t selectedItem() const override { return static_cast<std::uint32_t>(canvas()->selected()); }
    QString nameOf(std::uint32_t piece) const override
    {
        return pieceText(canvas()->source(), canvas()->pieces()[piece]);
    }
    void choose(std::uint32_t piece) const override { canvas()->select(static_cast<int>(piece)); }
};

} // namespace

void installChartAccessible()
{
    AccessibleItems::installFor<LensChartView, ChartAccessible>();
}

} // namespace arcscope
