#include "streamphases.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Whether users read the text of such a block as it comes; the output of a tool is one of these.
bool isRead(BlockType type)
{
    return type != BlockType::Reasoning && type != BlockType::ToolCall;
}

void setFirst(Nanos& into, Nanos time)
{
    if (into == noTime)
        into = time;
}

} // namespace

Nanos StreamMoments::sinceSent(Nanos moment) const
{
    return sent == noTime || moment == noTime ? noTime : moment - sent;
}

StreamMoments momentsOf(const StreamModel& model, const StreamSpanTimes& span)
{
    StreamMoments found;
    found.sent = span.start;
    for (const StreamEvent& event : model.events()) {
        if (event.time != noTime)
            setFirst(found.firstEvent, event.time);
        if (event.kind == StreamEventKind::End) {
            found.hasTerminal = true;
            found.terminal = event.time;
        }
        const bool content = event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft;
        if (!content || event.time == noTime || event.text.empty())
            continue;
        setFirst(found.firstContent, event.time);
        if (isRead(event.block))
            setFirst(found.firstVisible, event.time);
        else if (event.block == BlockType::ToolCall)
            setFirst(found.firstArgument, event.time);
        found.lastContent = std::max(found.lastContent, event.time);
    }
    found.over = span.end;
    found.endRecorded = span.end != noTime;
    if (found.over == noTime && model.timed())
        found.over = model.clock(static_cast<std::uint32_t>(model.events().size() - 1));
    return found;
}

std::vector<StreamPhase> phasesOf(const StreamMoments& moments, const StreamSpanTimes& span)
{
    std::vector<StreamPhase> phases;
    Nanos from = moments.sent;
    const auto until = [&](StreamPhaseKind kind, Nanos to, PhaseSource source) {
        if (to == noTime)
            return;
        if (from != noTime && to > from)
            phases.push_back({kind, {from, to}, source});
        from = std::max(from, to);
    };
    if (moments.firstContent == noTime) {
        until(StreamPhaseKind::Waiting, span.firstToken, PhaseSource::Declared);
        // Without a first token nothing tells waiting from answering.
        if (span.firstToken != noTime)
            until(StreamPhaseKind::Answering, moments.over, PhaseSource::Bounded);
        return phases;
    }
    const Nanos visible = moments.firstVisible != noTime ? moments.firstVisible : moments.firstArgument;
    until(StreamPhaseKind::Waiting, moments.firstEvent, PhaseSource::Measured);
    until(StreamPhaseKind::Opening, moments.firstContent, PhaseSource::Measured);
    until(StreamPhaseKind::Reasoning, visible != noTime ? visible : moments.lastContent, PhaseSource::Measured);
    until(StreamPhaseKind::Answering, moments.lastContent, PhaseSource::Measured);
    until(StreamPhaseKind::Closing, moments.terminal != noTime ? moments.terminal : moments.over,
          moments.terminal != noTime ? PhaseSource::Measured : PhaseSource::Bounded);
    return phases;
}

} // namespace arcscope
