#include "streamstalls.h"

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
    if (!model.timed())
        return {};
    std::vector<TimedMark> marks;
    marks.reserve(model.events().size() + 1);
    marks.push_back({span.start, StreamMark::Open});
    for (const StreamEvent& event : model.events())
        marks.push_back(markOf(event));
    return findStalls(marks);
}

} // namespace arcscope
