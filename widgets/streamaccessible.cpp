#include "accessibleitems.h"
#include "canvasaccessible.h"
#include "displaytext.h"
#include "streamcanvas.h"
#include "streamwords.h"

namespace arcscope
{
namespace
{

/// Items are events of the stream.
class StreamAccessible : public CanvasItems<StreamCanvas>
{
public:
    using CanvasItems::CanvasItems;

    std::vector<std::uint32_t> visibleItems() const override { return canvas()->visibleEvents(); }
    bool hasItem(std::uint32_t event) const override
    {
        const auto& timeline = canvas()->timeline();
        return timeline && event < timeline->model->events().size();
    }
    QRect itemRect(std::uint32_t event) const override { return canvas()->eventRect(event); }
    std::uint32_t selectedItem() const override { return canvas()->event(); }
    QString nameOf(std::uint32_t event) const override
    {
        const StreamTimeline& timeline = *canvas()->timeline();
        return placeText(timeline, timeline.at(event), event);
    }

    /// What lies over its place: the phase, and what the rules say of that stretch.
    QString detailsOf(std::uint32_t event) const override
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
    void choose(std::uint32_t event) const override { canvas()->chooseByUser(event); }
    std::shared_ptr<const void> subject() const override { return canvas()->timeline(); }
};

} // namespace

void installStreamAccessible()
{
    AccessibleItems::installFor<StreamCanvas, StreamAccessible>();
}

} // namespace arcscope
