#include "streamaccessible.h"

#include "displaytext.h"
#include "streamwords.h"

namespace arcscope
{

StreamAccessible::StreamAccessible(StreamCanvas* canvas)
    : AccessibleItems(canvas)
{
}

std::vector<std::uint32_t> StreamAccessible::visibleItems() const
{
    return canvas()->visibleEvents();
}

bool StreamAccessible::hasItem(std::uint32_t event) const
{
    const auto& timeline = canvas()->timeline();
    return timeline && event < timeline->model->events().size();
}

QRect StreamAccessible::itemRect(std::uint32_t event) const
{
    return canvas()->eventRect(event);
}

std::uint32_t StreamAccessible::selectedItem() const
{
    return canvas()->event();
}

QString StreamAccessible::nameOf(std::uint32_t event) const
{
    const StreamTimeline& timeline = *canvas()->timeline();
    return placeText(timeline, timeline.at(event), event);
}

/// What lies over its place: the phase, and what the rules say of that stretch.
QString StreamAccessible::detailsOf(std::uint32_t event) const
{
    const StreamTimeline& timeline = *canvas()->timeline();
    const Nanos at = timeline.at(event);
    QStringList parts;
    for (const StreamPhase& phase : timeline.marks.phases) {
        if (phase.range.start <= at && at <= phase.range.end) {
            parts << phaseText(phase);
            break;
        }
    }
    for (const auto& stretch : timeline.marks.stretches) {
        if (stretch.range.start <= at && at <= stretch.range.end)
            parts << oneLine(stretch.what, 200);
    }
    return parts.join(QStringLiteral("; "));
}

void StreamAccessible::choose(std::uint32_t event) const
{
    canvas()->chooseByUser(event);
}

std::shared_ptr<const void> StreamAccessible::subject() const
{
    return canvas()->timeline();
}

} // namespace arcscope
