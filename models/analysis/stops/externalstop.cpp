// Cancelled, timed out, a limit of the run, an error of the provider, a stream that breaks off.
#include "proselines.h"
#include "stopchecks.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

template <std::size_t N>
bool hasAny(std::string_view text, const std::array<std::string_view, N>& words)
{
    const std::string lower = prose::lower(text.substr(0, 400));
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

/// The vendor's word says that the model came to an end of its own.
bool isOrderlyEnd(StopClaim claim)
{
    return claim != StopClaim::NotRecorded && claim != StopClaim::Unknown && claim != StopClaim::Error &&
           claim != StopClaim::Cancelled && claim != StopClaim::Timeout && claim != StopClaim::RunLimit;
}

bool hasStreamed(const StoppedCall& call, StreamEventKind kind)
{
    const auto& events = call.stream->model->events();
    return std::any_of(events.begin(), events.end(), [&](const StreamEvent& event) { return event.kind == kind; });
}

} // namespace

bool saysTimeout(std::string_view error)
{
    constexpr auto words = std::to_array<std::string_view>(
        {"timeout", "timed out", "time out", "timed_out", "deadline exceeded", "deadline_exceeded"});
    return hasAny(error, words);
}

bool saysRunLimit(std::string_view error)
{
    constexpr auto words = std::to_array<std::string_view>(
        {"maxturns", "max_turns", "max turns", "maximum number of turns", "max_iterations", "max iterations",
         "recursion limit", "recursion_limit", "usage limit", "usage_limit", "usagelimit", "budget",
         "insufficient_quota", "quota exceeded", "quota_exceeded", "exceeded your current quota"});
    return hasAny(error, words);
}

void checkExternalStop(const StoppedCall& call, StopHits& into)
{
    const SpanTable& spans = call.corpus.spans;
    const SpanStatus status = spans.status(call.row);
    const std::string_view message = call.content ? std::string_view(call.content->statusMessage) : std::string_view();
    const TextPlace said{message.empty() ? TextPlace::Of::None : TextPlace::Of::StatusMessage, 0, 0};
    const auto add = [&](StopRuleId rule, TextPlace place = {}) { into.push_back({rule, place, -1, -1, 0}); };
    if (call.claim == StopClaim::Cancelled || status == SpanStatus::Cancelled)
        add(StopRuleId::Cancelled, said);
    const std::string_view type = call.corpus.text(SpanText::ErrorType, call.row);
    const bool failed = status == SpanStatus::Error && !isOrderlyEnd(call.claim);
    const bool broken = call.stream && hasStreamed(call, StreamEventKind::Error);
    if (call.claim == StopClaim::Timeout || ((failed || broken) && (saysTimeout(type) || saysTimeout(message))))
        add(StopRuleId::TimedOut, said);
    if (call.claim == StopClaim::RunLimit || ((failed || broken) && (saysRunLimit(type) || saysRunLimit(message))))
        add(StopRuleId::RunLimit, said);
    if (call.claim == StopClaim::Error || failed || broken)
        add(StopRuleId::ProviderError, said);
    if (call.stream && !isOrderlyEnd(call.claim)) {
        const auto& found = call.stream->findings;
        if (std::any_of(found.begin(), found.end(),
                        [](const StreamFinding& finding) { return finding.rule == StreamRule::NoTerminal; }))
            add(StopRuleId::NoTerminalEvent, call.texts.empty() ? TextPlace{} : call.texts.back().place);
    }
}

} // namespace arcscope
