#include "lineaccessible.h"

namespace arcscope
{
namespace
{

/// Of an item, for the piece; the rest is the line.
constexpr unsigned pieceBits = 12;

} // namespace

std::uint32_t LineAccessible::itemAt(LinePlace place)
{
    return static_cast<std::uint32_t>(place.line) << pieceBits | static_cast<std::uint32_t>(place.piece + 1);
}

LinePlace LineAccessible::placeOf(std::uint32_t item)
{
    return {static_cast<int>(item >> pieceBits), static_cast<int>(item & ((1u << pieceBits) - 1)) - 1};
}

std::vector<std::uint32_t> LineAccessible::visibleItems() const
{
    std::vector<std::uint32_t> items;
    for (const LinePlace place : canvas()->visiblePlaces())
        items.push_back(itemAt(place));
    return items;
}

bool LineAccessible::hasItem(std::uint32_t item) const
{
    return !canvas()->rectOf(placeOf(item)).isEmpty();
}

QRect LineAccessible::itemRect(std::uint32_t item) const
{
    return canvas()->rectOf(placeOf(item)) & canvas()->viewport()->rect();
}

std::uint32_t LineAccessible::selectedItem() const
{
    return itemAt(canvas()->place());
}

QString LineAccessible::nameOf(std::uint32_t item) const
{
    return canvas()->textOf(placeOf(item));
}

void LineAccessible::choose(std::uint32_t item) const
{
    canvas()->chooseByUser(placeOf(item));
}

std::shared_ptr<const void> LineAccessible::subject() const
{
    return canvas()->subject();
}

} // namespace arcscope
