// The assistant waits: its turn ends with a question, or it asks whether the user is still there.
#include "signalfinders.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr std::string_view nudges =
    "are you still there|are you there|still there|are you still with me|still with me|are you still with us|"
    "just checking in|i'm checking in|haven't heard from you|have not heard from you|haven't heard back|"
    "have not heard back|don't hear from you|don't hear back|do not hear from you|do not hear back|"
    "haven't received a response from you|have not received a response from you|"
    "haven't received a reply from you|no response from you|due to inactivity|because of inactivity|"
    "would you like to continue this chat|are you still available|did i lose you";
constexpr std::string_view more =
    "anything else|something else|any other questions|any other question|any more questions|any further questions|"
    "else i can|else can i|further assistance|any other way|else you need|else you'd like|else you would like|"
    "other concerns|how can i help|how may i help|how can i assist|how may i assist|what can i help|"
    "what can i do for you|anything i can help|anything i can do|anything specific";

/// The last sentence, or the one before a last one that only asks to answer.
const SpokenSentence* lastQuestion(const SpokenTurn& said)
{
    constexpr std::ptrdiff_t shortSentence = 14; // words
    for (std::size_t back = 0; back < 2 && back < said.sentences.size(); ++back) {
        const SpokenSentence& sentence = said.sentences[said.sentences.size() - 1 - back];
        const bool please = phraseIn(sentence.plain, "please provide|please share|please tell|please specify|"
                                                     "please enter|please give|please confirm|please let me know") !=
                            std::string_view();
        if (sentence.range.of(said.text()).ends_with('?') || please)
            return &sentence;
        const auto words = std::count(sentence.plain.begin(), sentence.plain.end(), ' ') - 1;
        const bool polite = !phraseIn(sentence.plain, "please|let me know|thank you|thanks|happy to|i'll|i will|"
                                                      "once|take your time|no rush")
                                 .empty();
        if (words > 1 && !(polite && words <= shortSentence))
            break; // it answers its own question
    }
    return nullptr;
}

constexpr auto rules = std::to_array<TurnSignalRule>({
    {"nudge.still_there", TurnSignalKind::Nudge,
     "The assistant asks whether the user is still there, or says that the conversation ends without him.",
     "User: Fix the lamp.\nAssistant: Which one?\nAssistant: Are you still there?",
     "User: Fix the lamp.\nAssistant: Which one?\nAssistant: Is the bulb still in it?"},
    {"open_question.last", TurnSignalKind::OpenQuestion,
     "The assistant's turn ends with a question to the user that needs an answer: more than whether there is anything "
     "else.",
     "User: Fix the lamp.\nAssistant: Happily. Which of the two lamps?",
     "User: Fix the lamp.\nAssistant: I replaced the bulb. Is there anything else I can help you with?"},
});

} // namespace

SignalRules questionRules()
{
    return rules;
}

bool asksForMore(std::string_view plain)
{
    return !phraseIn(plain, more).empty();
}

bool asksForAnswer(const SpokenTurn& answer)
{
    const SpokenSentence* const question = lastQuestion(answer);
    return question && !asksForMore(question->plain);
}

void findQuestions(const SpokenTurn& said, bool waits, Signals& into)
{
    if (!said.english)
        return;
    if (const std::string_view cue = phraseIn(said.plain, nudges); !cue.empty())
        addSignal(TurnSignalKind::Nudge, "nudge.still_there", said, cue, into).why =
            "asks whether the user is still there";
    const SpokenSentence* const question = lastQuestion(said);
    if (!waits || !question || asksForMore(question->plain))
        return;
    TurnSignal& signal = into.emplace_back();
    signal.kind = TurnSignalKind::OpenQuestion;
    signal.turn = said.at;
    signal.strength = 1;
    signal.rule = "open_question.last";
    signal.words = {question->range};
    signal.why = "the turn ends with it";
}

} // namespace arcscope
