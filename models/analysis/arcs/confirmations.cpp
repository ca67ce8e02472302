// A user thanks or says that it works, or says goodbye without a word on the result.
#include "signalfinders.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr std::size_t mostWords = 40;

constexpr std::string_view worksCues =
    "that worked|it worked|it works|this works|that fixed it|this fixed it|that did it|it's working|it is working|"
    "works now|works great|works perfectly|working now|that solved it|problem solved|solved my|that's what i needed|"
    "exactly what i needed|exactly what i wanted|that's what i was looking for|what i was looking for|lgtm|"
    "looks good|looks great|that's perfect|this is perfect|that was helpful|very helpful|that answers|"
    "that helps|this helps|that helped|all set|well done|good job|great job|nice work|great work|awesome|nicely done";
constexpr std::string_view thanksCues = "thank you|thanks|thx|ty|thank u|much appreciated|appreciate it|"
                                        "appreciate your help|appreciate the help|appreciate that|cheers";
constexpr std::string_view goodbyes =
    "bye|goodbye|good bye|see you|that's all|that is all|that'll be all|that will be all|no nothing else|"
    "nothing else for now|nothing else thank you|nothing else thanks|"
    "no thanks|no thank you|i'm done|we're done|i am done|have a great day|have a good day|"
    "have a nice day|have a good one|take care|good night|talk later|never mind|nevermind|forget it|"
    "###stop###|i'll try later|i'll call back";
/// Thanks for what is still to come, or for nothing.
constexpr std::string_view noThanks = "in advance|for nothing|no thanks|no thank you|for your patience|"
                                      "for waiting|for reaching out|thanks to|anyway";
/// He goes to do something before it is done.
constexpr std::string_view notYet =
    "get back to you|get back once|be in touch|reach out|contact you|contact customer|i'll contact|i'll check|"
    "i will check|i'll look for|i'll look into|i'll find|i'll get|i'll try|will do|i'll do that|i'll gather|"
    "so far|i'll consider|"
    "i'll wait for your|i'll call|i'll make sure";
constexpr std::string_view buts =
    "but|however|although|except|unfortunately|still|not|don't|doesn't|didn't|isn't|can't|cannot|won't|wrong|instead|"
    "wasn't|aren't|haven't|never|hope|hopefully|if|once";

bool isShort(const SpokenTurn& said)
{
    return said.words > 0 && said.words <= mostWords;
}

/// Answers thanks: those that follow are for nothing new.
bool isThanked(const SpokenTurn& answer)
{
    return !phraseIn(answer.plain, "you're welcome|you are welcome|my pleasure|no problem").empty();
}

constexpr auto rules = std::to_array<TurnSignalRule>({
    {"confirmed.works", TurnSignalKind::Confirmed, "A user says that it works, or is what he wanted.",
     "User: Fix the lamp.\nAssistant: I replaced the bulb.\nUser: It works now, great.",
     "User: Fix the lamp.\nAssistant: I replaced the bulb.\nUser: It works now, but it flickers."},
    {"confirmed.thanks", TurnSignalKind::Confirmed,
     "A user thanks and asks for nothing, behind an answer that neither asks him nor says that it cannot.",
     "User: Fix the lamp.\nAssistant: I replaced the bulb.\nUser: Thank you very much!",
     "User: Fix the lamp.\nAssistant: Unfortunately I cannot do that.\nUser: Thank you anyway."},
    {"closing.goodbye", TurnSignalKind::Closing, "A user says goodbye, and nothing of the result.",
     "User: Fix the lamp.\nAssistant: Unfortunately I cannot do that.\nUser: Okay, goodbye.",
     "User: Fix the lamp.\nAssistant: I replaced the bulb.\nUser: How do I say goodbye in Greek?"},
});

} // namespace

SignalRules confirmationRules()
{
    return rules;
}

void findConfirmation(const TalkBefore& before, const SpokenTurn& said, Signals& into)
{
    const bool ends = hasPhrase(said.plain, "###stop###");
    if ((!said.english && !ends) || !isShort(said) || before.lastOther == noTurn)
        return;
    const bool asks = said.text().substr(0, mostSpokenBytes).find('?') != std::string_view::npos;
    const bool doubts = !phraseIn(said.plain, buts).empty();
    const bool wanted = isRequest(said);
    const auto add = [&](TurnSignalKind kind, std::string_view rule, std::string_view cue, std::string_view why) {
        TurnSignal& signal = addSignal(kind, rule, said, cue, into);
        signal.earlier = before.answer ? before.answer->at : before.lastOther;
        signal.why = why;
    };
    if (!asks && !doubts && !wanted) {
        const std::string_view works = phraseIn(said.plain, worksCues);
        const bool proposed = before.answer && asksForAnswer(*before.answer);
        if (!works.empty() && !proposed)
            return add(TurnSignalKind::Confirmed, "confirmed.works", works, "says that it is as wanted");
        const std::string_view thanks = phraseIn(said.plain, thanksCues);
        const bool failed = before.answer && tellsTrouble(*before.answer);
        const bool thanked = before.answer && isThanked(*before.answer);
        if (!thanks.empty() && phraseIn(said.plain, noThanks).empty() && phraseIn(said.plain, notYet).empty() &&
            !proposed && !failed && !thanked && !before.handedOver && (before.answer || before.acted))
            return add(TurnSignalKind::Confirmed, "confirmed.thanks", thanks,
                       before.acted ? "thanks behind an action and asks for nothing"
                                    : "thanks behind an answer and asks for nothing");
    }
    const std::string_view goodbye = phraseIn(said.plain, goodbyes);
    if (!goodbye.empty() && !asks && !wanted)
        return add(TurnSignalKind::Closing, "closing.goodbye", goodbye, "says goodbye");
    const std::string_view thanks = phraseIn(said.plain, thanksCues);
    const bool left = !phraseIn(said.plain, notYet).empty() || before.handedOver ||
                      (before.answer && (tellsTrouble(*before.answer) || isThanked(*before.answer)));
    if (!thanks.empty() && left && isCourtesy(said.text()) && !wanted && phraseIn(said.plain, "in advance").empty())
        add(TurnSignalKind::Closing, "closing.goodbye", thanks,
            "thanks, and the answer was not what was asked for, or had been thanked for");
}

} // namespace arcscope
