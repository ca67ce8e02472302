#include "chartaccessible.h"

namespace arcscope
{
namespace
{

/// Values that a screen reader is told of.
constexpr std::size_t mostPieces = 200;

} // namespace

ChartAccessible::ChartAccessible(LensChartView* chart)
    : AccessibleItems(chart)
{
}

std::vector<std::uint32_t> ChartAccessible::visibleItems() const
{
    std::vector<std::uint32_t> pieces;
    for (std::size_t i = 0; i < chart()->pieces().size() && pieces.size() < mostPieces; ++i) {
        if (!chart()->pieces()[i].rect.isEmpty())
            pieces.push_back(static_cast<std::uint32_t>(i));
    }
    return pieces;
}

bool ChartAccessible::hasItem(std::uint32_t piece) const
{
    return piece < chart()->pieces().size();
}

QRect ChartAccessible::itemRect(std::uint32_t piece) const
{
    return chart()->rectOf(static_cast<int>(piece)) & chart()->viewport()->rect();
}

std::uint32_t ChartAccessible::selectedItem() const
{
    return static_cast<std::uint32_t>(chart()->selected()); // none: more than there are
}

QString ChartAccessible::nameOf(std::uint32_t piece) const
{
    return pieceText(chart()->source(), chart()->pieces()[piece]);
}

void ChartAccessible::choose(std::uint32_t piece) const
{
    chart()->select(static_cast<int>(piece));
}

} // namespace arcscope
