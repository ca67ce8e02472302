// The rules of the stop taxonomy by number, in the order in which they are tried.
#pragma once

#include "stopsurvey.h"

#include <cstdint>

namespace arcscope
{

enum class StopRuleId : std::uint8_t {
    Cancelled,
    TimedOut,
    RunLimit,
    ProviderError,
    NoTerminalEvent,
    RepeatedText,
    RepeatedCall,
    RepetitionWord,
    DecliningWord,
    RefusalPart,
    RefusalInProse,
    RefusalPhrase,
    LengthWord,
    ContextWord,
    TokenLimit,
    WindowFull,
    ToolCall,
    PauseWord,
    MalformedCall,
    OpenCode,
    OpenJson,
    OpenStructure,
    MissingItems,
    PromisedAction,
    MidSentence,
    ActionWithoutCall,
    SuccessAfterError,
    MissingFields,
    OpenItems,
    EndsWhole,
    UnlistedWord,
    NoEvidence,
};
inline constexpr int stopRuleCount = 32;
static_assert(stopRuleCount <= 32, "SpanStop::also has a bit for each");

inline const StopRule& ruleOf(StopRuleId id)
{
    return stopRules()[static_cast<std::size_t>(id)];
}
constexpr std::uint32_t bitOf(StopRuleId id)
{
    return std::uint32_t(1) << static_cast<unsigned>(id);
}

} // namespace arcscope
