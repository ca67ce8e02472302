#include "streamfigures.h"

#include <algorithm>

namespace arcscope
{
namespace
{

void addCount(std::int64_t& sum, std::int64_t count)
{
    sum = std::max<std::int64_t>(sum, 0) + count;
}

void addDraft(const DraftBlock& draft, StreamFigures& figures)
{
    ++figures.drafts;
    if (draft.settled == noEvent)
        return;
    ++figures.settledDrafts;
    figures.draftBytes += draft.end - draft.begin;
    figures.acceptedBytes += draft.acceptedBytes;
    if (draft.tokens >= 0 && draft.acceptedTokens >= 0) {
        addCount(figures.draftTokens, draft.tokens);
        addCount(figures.acceptedTokens, draft.acceptedTokens);
    }
}

} // namespace

std::optional<double> StreamFigures::acceptance() const
{
    if (draftTokens > 0)
        return static_cast<double>(acceptedTokens) / static_cast<double>(draftTokens);
    if (draftBytes > 0)
        return static_cast<double>(acceptedBytes) / static_cast<double>(draftBytes);
    return {};
}

std::optional<double> StreamFigures::meanAcceptedTokens() const
{
    if (acceptedTokens < 0 || settledDrafts == 0)
        return {};
    return static_cast<double>(acceptedTokens) / static_cast<double>(settledDrafts);
}

std::optional<double> StreamFigures::withdrawnPerThousand() const
{
    if (shownBytes == 0)
        return {};
    return 1000.0 * static_cast<double>(withdrawnBytes) / static_cast<double>(shownBytes);
}

StreamFigures figuresOf(const StreamModel& model)
{
    StreamFigures figures;
    for (const StreamEvent& event : model.events()) {
        const bool content = event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft;
        figures.chunks += content && !event.text.empty();
    }
    for (const TextBlock& block : model.blocks())
        figures.shownBytes += block.text.size();
    double exposed = 0;
    bool timed = true;
    for (const Retraction& gone : model.retractions()) {
        ++figures.retractions;
        figures.withdrawnBytes += gone.bytes;
        figures.longestExposure = std::max(figures.longestExposure, gone.exposure);
    }
    for (const TextBlock& block : model.blocks()) {
        for (const TextPiece& piece : block.pieces) {
            if (piece.withdrawn == noEvent)
                continue;
            const Nanos shown = model.clock(piece.shown);
            const Nanos gone = model.clock(piece.withdrawn);
            timed = timed && shown != noTime && gone != noTime;
            if (timed)
                exposed += static_cast<double>(piece.end - piece.begin) * static_cast<double>(gone - shown) / second;
        }
    }
    if (timed && figures.retractions > 0)
        figures.byteSeconds = exposed;
    for (const DraftBlock& draft : model.drafts())
        addDraft(draft, figures);
    return figures;
}

} // namespace arcscope
