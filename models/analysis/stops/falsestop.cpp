// It says that something is done, and it is not; and what is left where no rule holds.
#include "stopchecks.h"

namespace arcscope
{

void checkFalseCompletion(const StoppedCall& call, StopHits& into)
{
    if (!call.around.falseClaim || !call.calls.empty())
        return;
    const FalseClaim& claim = *call.around.falseClaim;
    into.push_back({claim.failed ? StopRuleId::SuccessAfterError : StopRuleId::ActionWithoutCall, claim.place,
                    claim.from, claim.to, 0});
}

StopHit remaining(const StoppedCall& call)
{
    StopHit hit{StopRuleId::EndsWhole, {}, -1, -1, 0};
    if (!call.texts.empty())
        hit.place = call.texts.back().place;
    if (call.claim == StopClaim::Unknown) {
        hit.rule = StopRuleId::UnlistedWord;
        return hit;
    }
    const bool unfinished = call.claim == StopClaim::NotRecorded &&
                            call.corpus.spans.flagged(call.row, SpanFlag::Unfinished) &&
                            call.corpus.spans.status(call.row) == SpanStatus::Unset;
    if (!call.texts.empty() || call.other) {
        if (unfinished && call.texts.empty())
            hit.rule = StopRuleId::NoEvidence;
        return hit;
    }
    if (call.outputKnown && call.claim != StopClaim::NotRecorded)
        hit.flags = bit(StopFlag::NothingSaid);
    else
        hit.rule = StopRuleId::NoEvidence;
    return hit;
}

} // namespace arcscope
