// What finds the signals of turns: one function a kind, each asked turn by turn.
#pragma once

#include "detectorsettings.h"
#include "spokenturn.h"
#include "turnsignals.h"

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What stands before a turn.
struct TalkBefore {
    const Conversation& conversation;
    const Thread& thread;
    const DetectorSettings& settings;
    std::deque<SpokenTurn> users;     ///< the last three that a user typed, the newest last
    std::size_t lastUser = noTurn;    ///< the last turn of a user, whoever wrote it
    std::size_t lastOther = noTurn;   ///< the last turn of an assistant or a tool
    std::optional<SpokenTurn> answer; ///< what the assistant said last since then, as far as it is read
    bool acted = false;               ///< a tool gave something since then
    bool handedOver = false;          ///< a tool was asked to hand over since then

    const Turn& turn(std::size_t at) const { return conversation.at(thread, at); }
    /// An assistant or a tool came between this turn and now.
    bool isAnswered(std::size_t at) const { return lastOther != noTurn && lastOther > at; }
};

using SignalRules = std::span<const TurnSignalRule>;
using Signals = std::vector<TurnSignal>;

void findReAsk(const TalkBefore& before, const SpokenTurn& said, Signals& into);
void findRegenerate(const TalkBefore& before, const Turn& turn, std::size_t at, Signals& into);
void findCorrection(const TalkBefore& before, const SpokenTurn& said, Signals& into);
void findEscalationAsked(const TalkBefore& before, const SpokenTurn& said, Signals& into);
/// Of a tool call.
void findEscalationCall(const Turn& call, std::size_t at, Signals& into);
/// Confirmed, or else Closing.
void findConfirmation(const TalkBefore& before, const SpokenTurn& said, Signals& into);
void findFrustration(const TalkBefore& before, const SpokenTurn& said, Signals& into);
/// Nudge and OpenQuestion of what an assistant said.
void findQuestions(const SpokenTurn& said, bool waits, Signals& into);

SignalRules reAskRules();
SignalRules regenerateRules();
SignalRules correctionRules();
SignalRules escalationRules();
SignalRules confirmationRules();
SignalRules frustrationRules();
SignalRules questionRules();

extern const DetectorSetting reAskSimilarity;
extern const DetectorSetting frustrationScore;

// ---- What they share

/// A signal of a rule whose words stand in the turn.
TurnSignal& addSignal(TurnSignalKind kind, std::string_view rule, const SpokenTurn& said, std::string_view phrase,
                      Signals& into);

/// A question, or words that ask for something.
bool isRequest(const SpokenTurn& said);

/// The assistant asks for an answer: a question, or "please provide …", and more than whether there is anything else.
bool asksForAnswer(const SpokenTurn& answer);
/// Asks whether there is anything else, and nothing more.
bool asksForMore(std::string_view plain);

/// Says that it cannot, or that something went wrong.
bool tellsTrouble(const SpokenTurn& answer);

} // namespace arcscope
