// The vendors' words for why an answer ended, and what each claims.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace arcscope
{

/// What a vendor's word claims; the word itself is kept beside it.
enum class StopClaim : std::uint8_t {
    NotRecorded,
    Complete,
    StopSequence, ///< a string that the request named came
    Length,       ///< the limit of output tokens
    ContextWindow,
    ToolCall, ///< the caller is to run tools
    Pause,    ///< the same turn goes on in another call
    Refusal,
    ContentFilter,
    Guardrail,
    Recitation, ///< it would have repeated a source word by word
    Malformed,  ///< the model wrote a call or an answer that cannot be read
    Compaction,
    Cancelled,
    Timeout,
    Error,
    RunLimit, ///< a run of an agent was out of turns, money, tokens, time or quota
    Unknown,  ///< a word that says nothing ("OTHER"), or one that nobody here knows
};
inline constexpr int stopClaimCount = 18;

std::string_view name(StopClaim claim); ///< "not recorded", "complete", "stop sequence", …

/// What a word claims. Spellings differ in case, "_" and "-" only: "MAX_TOKENS", "max_tokens", "maxTokens"; the name
/// of the type may stand before it ("FinishReason.STOP"). Of a word
/// in which a source wrote several ("stop,tool_calls", ["stop"]) the last known one counts.
StopClaim claimOf(std::string_view word);
/// False for words that no vendor's documentation or code has: they are shown and counted as they are.
bool isKnownStopWord(std::string_view word);

/// The words of one vendor, for tables and help.
struct StopVocabulary {
    std::string_view vendor;
    std::span<const std::string_view> words;
};
std::span<const StopVocabulary> stopVocabularies();

} // namespace arcscope
