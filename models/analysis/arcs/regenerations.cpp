// A user has the same answered again: his text came twice, or a call with the same input was made later.
#include "signalfinders.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr std::ptrdiff_t leastSpaces = 3;     ///< "yes", "continue", "try it again" are said again with reason
constexpr std::size_t leastText = 24;         ///< bytes, of a text with fewer
constexpr std::size_t mostLookedBack = 2'000; ///< turns of the conversation
constexpr Nanos leastWait = 2 * second;       ///< between an answer and the next call: programs ask sooner

/// Text of the user that goes to a model, and is no courtesy.
bool isAsked(const Turn& turn)
{
    return turn.isUsers() && (turn.text.size() >= leastText || std::ranges::count(turn.text, ' ') >= leastSpaces) &&
           !isCourtesy(turn.text);
}

/// The same text as one of the last three turns, and an answer between.
bool findSameText(const TalkBefore& before, const Turn& turn, std::size_t at, Signals& into)
{
    for (auto earlier = before.users.rbegin(); earlier != before.users.rend(); ++earlier) {
        if (earlier->turn->words != turn.words || !before.isAnswered(earlier->at))
            continue;
        TurnSignal& signal = into.emplace_back();
        signal.kind = TurnSignalKind::Regenerate;
        signal.turn = at;
        signal.earlier = earlier->at;
        signal.strength = 1;
        signal.rule = "regenerate.same_text";
        signal.words = {{0, turn.text.size()}};
        signal.earlierWords = {{0, earlier->turn->text.size()}};
        signal.why = "the same text was sent before, and answered";
        return true;
    }
    return false;
}

/// The last turn of an input that stands in another thread, too, where it had been answered.
void findSameInput(const TalkBefore& before, const Turn& turn, std::size_t at, Signals& into)
{
    const bool answeredHere = at + 1 < before.thread.size() && before.turn(at + 1).role == Role::Assistant;
    if (!turn.repeats || !answeredHere || turn.time == noTime)
        return;
    bool answered = false; // programs send the same single request again and again
    for (std::size_t i = 0; i < at; ++i) {
        if (!before.turn(i).repeats && before.turn(i).role != Role::System)
            return;
        answered = answered || before.turn(i).isAssistants();
    }
    if (!answered)
        return;
    const std::size_t own = before.thread[at];
    for (std::size_t i = own, looked = 0; i-- > 0 && looked < mostLookedBack; ++looked) {
        const Turn& earlier = before.conversation.turns[i];
        if (earlier.words != turn.words || earlier.thread == turn.thread || !earlier.isUsers())
            continue;
        const Thread& other = before.conversation.threads[earlier.thread];
        const auto place = std::ranges::lower_bound(other, static_cast<std::uint32_t>(i));
        const auto answer = place == other.end() ? place : place + 1;
        if (answer == other.end() || static_cast<std::size_t>(place - other.begin()) != at)
            continue;
        const Turn& given = before.conversation.turns[*answer];
        const bool later = given.role == Role::Assistant && given.time != noTime && turn.time - given.time >= leastWait;
        if (!later)
            continue;
        TurnSignal& signal = into.emplace_back();
        signal.kind = TurnSignalKind::Regenerate;
        signal.turn = at;
        signal.strength = 1;
        signal.rule = "regenerate.same_input";
        signal.words = {{0, turn.text.size()}};
        signal.why = "a call with the same input had been answered before";
        return;
    }
}

constexpr auto rules = std::to_array<TurnSignalRule>({
    {"regenerate.same_text", TurnSignalKind::Regenerate,
     "A user sends the text of one of his last three turns again, behind an answer. In any language.",
     "User: Write a poem about rain.\nAssistant: Rain falls.\nUser: Write a poem about rain.",
     "User: Go on.\nAssistant: Rain falls.\nUser: Go on with the poem."},
    {"regenerate.same_input",
     TurnSignalKind::Regenerate,
     "A model call that goes on with a conversation has the input of an earlier one, which had been answered at least "
     "two seconds before: sooner, a program asks. In any language.",
     {},
     {}},
});

} // namespace

SignalRules regenerateRules()
{
    return rules;
}

void findRegenerate(const TalkBefore& before, const Turn& turn, std::size_t at, Signals& into)
{
    if (isAsked(turn) && !findSameText(before, turn, at, into))
        findSameInput(before, turn, at, into);
}

} // namespace arcscope
