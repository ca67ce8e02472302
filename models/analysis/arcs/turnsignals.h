// What the turns of a conversation say about how the work goes: asked again, corrected, handed over, confirmed, left.
#pragma once

#include "conversation.h"
#include "turnacts.h"

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class TurnSignalKind : std::uint8_t {
    ReAsk,       ///< a user asks what he asked before in other words
    Correction,  ///< a user says that a value, or the answer, is wrong
    Regenerate,  ///< the same request is answered again
    Escalation,  ///< a user asks for a person, or a tool hands over to one
    Confirmed,   ///< a user thanks or confirms behind the last action
    Closing,     ///< a user says goodbye, without a word on the result
    Frustration, ///< words that tell of it: a signal, never a verdict
    Nudge,       ///< the assistant asks whether the user is still there
    OpenQuestion ///< the assistant's turn ends with a question to the user
};
inline constexpr int turnSignalKindCount = 9;

inline constexpr std::size_t noTurn = std::numeric_limits<std::size_t>::max();

struct TurnSignal {
    TurnSignalKind kind = TurnSignalKind::ReAsk;
    std::size_t turn = 0;         ///< position in the thread
    std::size_t earlier = noTurn; ///< that it refers to: what is asked again, what is corrected
    double strength = 0;          ///< 0 to 1
    std::string_view rule;        ///< "re_ask.similar", "escalation.tool": of turnSignalRules()
    std::vector<TextRange> words; ///< of the turn, that fired
    std::vector<TextRange> earlierWords;
    std::string why; ///< the gates that it passed, and the measure: for a person
};

struct TurnSignalRule {
    std::string_view name;
    TurnSignalKind kind = TurnSignalKind::ReAsk;
    std::string_view about; ///< when it fires, in one sentence
    /// An example: a line for each turn, behind "User: ", "Assistant: ", or "Calls: " and the name of a tool. It fires
    /// in the last turn.
    std::string_view fires;
    std::string_view quiet; ///< much like it, and must be left alone
};
std::span<const TurnSignalRule> turnSignalRules();

/// Thresholds, each with name and bounds.
std::span<const DetectorSetting> turnSignalSettings();

/// In the order of turns, of one turn in the order of kinds; at most one of a rule in a turn. English: a turn in other
/// words gives nothing but what does not depend on words (the same text again, a tool). Long turns, which nobody types,
/// are read at their beginning, and give neither questions asked again nor frustration. O(text), each turn of a user
/// held against his last three. Turns of several traces may stand in one conversation.
std::vector<TurnSignal> turnSignals(const Conversation& conversation, const Thread& thread,
                                    const DetectorSettings& settings);

std::string_view name(TurnSignalKind kind); ///< "re_ask", "correction", …

} // namespace arcscope
