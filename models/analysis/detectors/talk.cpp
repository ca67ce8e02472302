// What goes wrong between an assistant and a user: statements reversed, giving in to doubt, questions asked again.
#include "talkrules.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"talk.claim_flip", FindingLevel::Check,
     "A statement of the assistant is reversed in a later turn, with or without a word about it.",
     "“The refund is $40.” and a turn later “I apologize for the mistake: the refund is $55.”",
     "“The refund is $40.”, then a tool gives 55, then “The refund is $55.”"},
    {"talk.capitulation", FindingLevel::Check,
     "The assistant reverses what it said after the user doubted it and brought nothing new; only words of giving in "
     "are a signal.",
     "“The store is closed on Sunday.” “Are you sure?” “You are right, the store is open on Sunday.”",
     "“The store is closed on Sunday.” “The sign says open until 5.” “You are right, it is open.”"},
    {"talk.repeated_question", FindingLevel::Check, "The assistant asks for something that the user has told it.",
     "“What is your user ID?” “mia_li_3668” “Could you please provide your user ID?”",
     "“What is your user ID?” “mia_li_3668” “I could not find that. What is your user ID?”"},
    {"talk.self_correction", FindingLevel::Signal,
     "The assistant says that it was wrong, and what it takes back is not found.",
     "“I apologize for the mistake in my last message.”", "“I apologize for the inconvenience.”"},
});

bool samePlace(const Finding& a, const Finding& b)
{
    return a.places.front().row == b.places.front().row && a.places.front().text == b.places.front().text &&
           a.places.front().from == b.places.front().from;
}

void run(TraceReading& trace, std::vector<Finding>& into)
{
    const Conversation conversation = conversationOf(trace);
    std::vector<Finding> reversals;
    findCapitulations(conversation, reversals);
    const std::size_t capitulations = reversals.size();
    findFlips(conversation, reversals);
    for (std::size_t i = 0; i < reversals.size(); ++i) {
        const bool told = i >= capitulations &&
                          std::any_of(reversals.begin(), reversals.begin() + static_cast<std::ptrdiff_t>(capitulations),
                                      [&](const Finding& other) { return samePlace(other, reversals[i]); });
        if (!told)
            into.push_back(reversals[i]);
    }
    findRepeatedQuestions(conversation, into);
}

} // namespace

Detector talk()
{
    return {"talk", 4, rules, run, nullptr, nullptr, {}, nullptr, true};
}

} // namespace arcscope
