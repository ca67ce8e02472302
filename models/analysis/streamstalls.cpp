#include "streamstalls.h"

#include <algorithm>

namespace arcscope
{
namespace
{

TimedMark markOf(const StreamEvent& event)
{
    switch (event.kind) {
    case StreamEventKind::Chunk:
    case StreamEventKind::Draft:
        if (event.text.empty())
            return {};
        return {event.time, event.block == BlockType::ToolCall ? StreamMark::ToolArguments : StreamMark::Content};
    case StreamEventKind::BlockStart:
        if (event.block == BlockType::ToolCall)
            return {event.time, StreamMark::ToolCall};
        return {};
    case StreamEventKind::End:
        return {event.time, StreamMark::Close};
    default:
        return {};
    }
}

} // namespace

std::vector<Stall> stallsOf(const StreamModel& model, const StreamSpanTimes& span)
{
    // A source that records no chunks does not know when something came.
    const bool chunks = std::ranges::any_of(model.events(), [](const StreamEvent& event) {
        return (event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft) && !event.text.empty();
    });
    if (!model.timed() || !chunks)
        return {};
    std::vector<TimedMark> marks;
    marks.reserve(model.events().size() + 1);
    marks.push_back({span.start, StreamMark::Open});
    for (const StreamEvent& event : model.events())
        marks.push_back(markOf(event));
    return findStalls(marks);
}

} // namespace arcscope
