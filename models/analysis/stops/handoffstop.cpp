// It asks for tools, or pauses: others are to go on.
#include "jsonprefix.h"
#include "proselines.h"
#include "stopchecks.h"

namespace arcscope
{
namespace
{

/// Arguments that begin like a document and are none; those of free-form tools begin otherwise.
bool isMalformed(std::string_view arguments)
{
    const std::string_view bare = prose::trimmed(arguments);
    if (bare.empty() || (bare.front() != '{' && bare.front() != '['))
        return false;
    JsonPrefix prefix;
    prefix.feed(bare);
    return prefix.finish() != JsonState::Complete;
}

} // namespace

void checkHandoff(const StoppedCall& call, StopHits& into)
{
    const std::uint16_t unanswered = call.around.answered ? std::uint16_t(0) : bit(StopFlag::Unanswered);
    if (!call.calls.empty()) {
        StopHit hit{StopRuleId::ToolCall, call.calls.front().place, 0, std::ssize(call.calls.front().text), unanswered};
        for (const StopText& asked : call.calls) {
            if (isMalformed(asked.text))
                hit = {hit.rule, asked.place, 0, std::ssize(asked.text),
                       static_cast<std::uint16_t>(hit.flags | bit(StopFlag::MalformedCall))};
        }
        into.push_back(hit);
    } else if (call.claim == StopClaim::ToolCall) {
        // Sources that write down texts only have no calls; that a tool ran shows that one was asked for.
        const std::int64_t asked = call.corpus.spans.at(SpanColumn::CallsAsked, call.row);
        if (asked > 0 || !call.outputKnown || call.around.toolRan)
            into.push_back({StopRuleId::ToolCall, {}, -1, -1, unanswered});
    } else if (call.claim == StopClaim::NotRecorded && call.texts.empty() && call.around.toolRan) {
        into.push_back({StopRuleId::ToolCall, {}, -1, -1, unanswered});
    }
    if (call.claim == StopClaim::Pause || call.claim == StopClaim::Compaction)
        into.push_back({StopRuleId::PauseWord, {}, -1, -1, unanswered});
    if (call.claim == StopClaim::Malformed && call.word.find("epetition") == std::string_view::npos)
        into.push_back({StopRuleId::MalformedCall,
                        {},
                        -1,
                        -1,
                        static_cast<std::uint16_t>(unanswered | bit(StopFlag::MalformedCall))});
}

} // namespace arcscope
