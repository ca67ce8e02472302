#include "streamtimeline.h"

#include "axis.h"

#include <algorithm>

namespace arcscope
{
namespace
{

Nanos medianGap(const std::vector<Nanos>& begins)
{
    constexpr std::size_t mostLookedAt = 4096;
    std::vector<Nanos> gaps;
    const std::size_t step = begins.size() / mostLookedAt + 1;
    for (std::size_t i = 1; i < begins.size(); i += step)
        gaps.push_back(begins[i] - begins[i - 1]);
    if (gaps.empty())
        return 0;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return *middle;
}

void finish(StreamLane& lane, Nanos over)
{
    lane.typicalGap = medianGap(lane.begins);
    lane.over = lane.begins.empty() ? over : std::max(over, lane.begins.back());
}

} // namespace

Nanos StreamTimeline::at(std::uint32_t event) const
{
    if (ordinal)
        return static_cast<Nanos>(event) * orderStep;
    const Nanos time = model->clock(event);
    return time == noTime ? bounds.start : time;
}

std::uint32_t StreamTimeline::eventAt(Nanos place) const
{
    if (!ordinal)
        return model->eventAt(place);
    const std::size_t count = model->events().size();
    if (place < 0 || count == 0)
        return noEvent;
    return static_cast<std::uint32_t>(std::min<std::size_t>(static_cast<std::size_t>(place / orderStep), count - 1));
}

std::shared_ptr<const StreamTimeline> streamTimeline(std::shared_ptr<const StreamModel> model, StreamMarks marks,
                                                     Nanos sent)
{
    auto made = std::make_shared<StreamTimeline>();
    StreamTimeline& timeline = *made;
    timeline.model = std::move(model);
    timeline.marks = std::move(marks);
    timeline.ordinal = !timeline.model->timed();
    const auto count = static_cast<std::uint32_t>(timeline.model->events().size());
    if (timeline.ordinal) {
        timeline.bounds = {0, static_cast<Nanos>(count) * orderStep};
        timeline.origin = 0;
    } else {
        std::uint32_t first = 0;
        while (timeline.model->clock(first) == noTime)
            ++first;
        timeline.bounds = {timeline.model->clock(first), timeline.model->clock(count - 1)};
        for (const auto* const phases : {&timeline.marks.phases, &timeline.marks.stated}) {
            for (const StreamPhase& phase : *phases) {
                timeline.bounds.start = std::min(timeline.bounds.start, phase.range.start);
                timeline.bounds.end = std::max(timeline.bounds.end, phase.range.end);
            }
        }
        timeline.origin = sent == noTime ? timeline.bounds.start : sent;
    }
    for (std::uint32_t i = 0; i < count && !timeline.ordinal; ++i) {
        const StreamEventKind kind = timeline.model->events()[i].kind;
        if (kind == StreamEventKind::Chunk || kind == StreamEventKind::Draft)
            timeline.arrivals.push_back(timeline.at(i));
    }
    const std::vector<TextBlock>& blocks = timeline.model->blocks();
    const std::vector<DraftBlock>& drafts = timeline.model->drafts();
    for (std::uint32_t block = 0; block < blocks.size(); ++block) {
        StreamLane above;
        above.block = block;
        above.drafts = true;
        for (std::uint32_t i = 0; i < drafts.size(); ++i) {
            if (drafts[i].block != block)
                continue;
            above.begins.push_back(timeline.at(drafts[i].event));
            above.items.push_back(i);
        }
        const Nanos over = timeline.at(blocks[block].lastEvent);
        if (!above.items.empty()) {
            finish(above, over);
            timeline.lanes.push_back(above);
        }
        const std::vector<TextPiece>& pieces = blocks[block].pieces;
        if (pieces.empty() && above.items.empty() && blocks[block].type != BlockType::ToolCall)
            continue; // it was begun and brought nothing
        StreamLane lane;
        lane.block = block;
        lane.begins.reserve(pieces.size());
        lane.items.reserve(pieces.size());
        for (std::uint32_t i = 0; i < pieces.size(); ++i) {
            lane.begins.push_back(timeline.at(pieces[i].shown));
            lane.items.push_back(i);
        }
        finish(lane, over + (timeline.ordinal ? orderStep : 0));
        if (timeline.ordinal)
            lane.typicalGap = std::max(lane.typicalGap, orderStep);
        timeline.lanes.push_back(std::move(lane));
    }
    return made;
}

} // namespace arcscope
