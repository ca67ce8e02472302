#include "stopcall.h"

#include "proselines.h"

#include <utility>

namespace arcscope
{

namespace
{

/// Tools of the provider run within the call: their result stands in its output, or the answer goes on behind them.
bool ranWithin(const SpanContent& content, const StopText& call, const std::vector<StopText>& texts, StopClaim claim)
{
    for (const Message& message : content.output) {
        for (const Part& part : message.parts) {
            if (part.kind == PartKind::ToolResult && (part.id.empty() || part.id == call.id))
                return true;
        }
    }
    const auto at = [](const TextPlace& place) { return std::pair(place.message, place.part); };
    return claim == StopClaim::Complete && !texts.empty() && at(texts.back().place) > at(call.place);
}

} // namespace

StoppedCall::StoppedCall(TraceReading& trace, Row calledRow, const StopSurroundings& known)
    : corpus(trace.corpus())
    , row(calledRow)
    , around(known)
    , word(corpus.text(SpanText::StopReason, row))
    , claim(claimOf(word))
    , content(trace.content(row))
    , stream(corpus.spans.flagged(row, SpanFlag::Streamed) ? trace.stream(row) : nullptr)
{
    if (!content)
        return;
    outputKnown = !content->output.empty();
    for (std::uint32_t message = 0; message < content->output.size(); ++message) {
        const std::vector<Part>& parts = content->output[message].parts;
        for (std::uint32_t part = 0; part < parts.size(); ++part) {
            const Part& said = parts[part];
            const StopText text{{TextPlace::Of::Output, message, part}, said.text, said.name, said.id};
            const bool blank = prose::trimmed(said.text).empty();
            if (said.kind == PartKind::Text && !blank)
                texts.push_back(text);
            else if (said.kind == PartKind::ToolCall)
                calls.push_back(text);
            else if (said.kind == PartKind::Refusal)
                refusal = text;
            else if (said.kind == PartKind::Media || said.kind == PartKind::Other)
                other = true;
        }
    }
    std::erase_if(calls, [&](const StopText& call) { return ranWithin(*content, call, texts, claim); });
}

bool StoppedCall::endsCleanly() const
{
    switch (claim) {
    case StopClaim::Complete:
    case StopClaim::NotRecorded:
    case StopClaim::Unknown:
    case StopClaim::ToolCall:
    case StopClaim::Pause:
        return true;
    default:
        return false;
    }
}

} // namespace arcscope
