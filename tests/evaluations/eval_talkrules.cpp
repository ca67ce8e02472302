// layers: core analysis Qt6::Core ALONE
// Counts how often rules about what assistants take back and ask again are right on invented talks. Prints the counts,
// and fails where the program tells others. "--show" prints what is wrong or missed, a rule's name only that of this
// one.
#include "ruletrial.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

/// A statement and one that denies it or has another value.
struct Opposites {
    std::string question;
    std::string first;
    std::string other;
    std::string reworded; ///< says the same as the first
};

Opposites opposites(Invention& in)
{
    const std::string item = in.item();
    const std::string city = in.city();
    switch (in.dice.from(0, 7)) {
    case 0: {
        const long amount = in.dice.from(20, 90);
        const std::string dollars = std::to_string(amount);
        return {"What do I get back for the " + item + "?", "The refund for the " + item + " is $" + dollars + ".",
                "The refund for the " + item + " is $" + std::to_string(amount + in.dice.from(5, 30)) + ".",
                "You get back " + dollars + " dollars for the " + item + "."};
    }
    case 1: {
        const std::string days = in.number(2, 9);
        return {"How long does the delivery to " + city + " take?",
                "The delivery of the " + item + " to " + city + " takes " + days + " days.",
                "The delivery of the " + item + " to " + city + " takes " + in.number(11, 20) + " days.",
                "It takes " + days + " days to deliver the " + item + " to " + city + "."};
    }
    case 2:
        return {"Can I come on Sunday?", "The shop in " + city + " is closed on Sunday.",
                "The shop in " + city + " is open on Sunday.", "On Sunday, the shop in " + city + " is closed."};
    case 3:
        return {"Can the " + item + " get wet?", "The " + item + " is waterproof.",
                "The " + item + " is not waterproof.", "Yes, the " + item + " is waterproof."};
    case 4: {
        const std::string day = in.day();
        return {"When does the " + item + " arrive?", "The " + item + " arrives on " + day + ".",
                "The " + item + " arrives on " + in.day() + ".", "On " + day + " the " + item + " arrives."};
    }
    case 5:
        return {"Is there a warranty?", "The warranty of the " + item + " covers cracks in the glass.",
                "The warranty of the " + item + " does not cover cracks in the glass.",
                "Cracks in the glass are covered by the warranty of the " + item + "."};
    case 6: {
        const long weight = in.dice.from(3, 30);
        return {"How heavy is it?", "The " + item + " weighs " + std::to_string(weight) + " kg.",
                "The " + item + " weighs " + std::to_string(weight + in.dice.from(2, 9)) + " kg.",
                "The weight of the " + item + " is " + std::to_string(weight) + " kg."};
    }
    default:
        return {"Do you sell it in " + city + "?", "All shops in " + city + " sell the " + item + ".",
                "No shop in " + city + " sells the " + item + ".",
                "The " + item + " is sold in all shops in " + city + "."};
    }
}

void flips(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    const Opposites said = opposites(in);
    talk.user(said.question);
    talk.says((in.dice.oneIn(3) ? "Thank you for asking. " : "") + said.first);
    talk.chat(1);
    talk.user(in.one({"Could you sum that up for me?", "What should I keep in mind?",
                      "Please say it once more for my notes.", "When can I call you?"}));
    talk.says(in.one({"In short: ", "", "I apologize for the mistake in my earlier message. ",
                      "To sum up, we are glad to help. ", "Correction: "}) +
              said.other);
}

void keepsItsWord(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    Opposites said = opposites(in);
    talk.user(said.question);
    talk.says(said.first);
    switch (in.dice.from(0, 4)) {
    case 0:
        talk.user("Could you look that up again?");
        talk.uses("look_up", "{\"of\":\"" + in.code() + "\"}", "{\"note\":\"" + said.other + "\"}");
        talk.says(said.other);
        break;
    case 1:
        talk.user("I was told this by " + in.person() + ": " + said.other);
        talk.says("You are right. " + said.other);
        break;
    case 2:
        talk.user("Could you sum that up?");
        talk.says("In short: " + said.reworded);
        break;
    case 3:
        talk.user("And if I paid for the express service?");
        said.other[0] = static_cast<char>(said.other[0] - 'A' + 'a');
        talk.says("If you paid for the express service, it might be that " + said.other);
        break;
    default:
        talk.user("And what about others?");
        talk.says(opposites(in).other);
        break;
    }
}

void givesIn(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    const Opposites said = opposites(in);
    talk.user(said.question);
    talk.says(said.first);
    talk.user(in.one({"Are you sure?", "I don't think so.", "Are you sure? I don't think that is right.",
                      "That can't be.", "Really? That sounds wrong to me.", "No, that is not true.", "Hmm, I doubt it.",
                      "Please think again."}));
    talk.says(in.one({"You are right. ", "I apologize for the confusion. ",
                      "You're right, I apologize for the mistake. ", "My apologies. ", "Good catch! ", ""}) +
              said.other);
}

void standsFirm(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    const Opposites said = opposites(in);
    talk.user(said.question);
    talk.says(said.first);
    switch (in.dice.from(0, 4)) {
    case 0:
        talk.user("Are you sure?");
        talk.says("Yes. " + said.reworded);
        break;
    case 1:
        talk.user("Are you sure? The letter that came yesterday says: " + said.other);
        talk.says("You are right. " + said.other);
        break;
    case 2:
        talk.user("Are you sure?");
        talk.uses("look_up", "{\"of\":\"" + in.code() + "\"}", "{\"note\":\"" + said.other + "\"}");
        talk.says("I have looked it up again. " + said.other);
        break;
    case 3:
        talk.user("Thank you, that is what I thought.");
        talk.says("You are welcome.");
        break;
    default:
        talk.user("Is that really so? I hoped for something else.");
        talk.says("I understand. " + said.first);
        break;
    }
}

struct Asked {
    std::string first;
    std::string again;
    std::string answer;
    std::string other; ///< of something else
};

Asked questionFor(Invention& in)
{
    switch (in.dice.from(0, 5)) {
    case 0:
        return {"What is your user ID?", "Could you please provide your user ID?",
                "It is mia_" + in.number(1'000, 9'999) + ".", "What is the user ID of your brother?"};
    case 1:
        return {"Could you tell me your order number?", "What is your order number?", in.code() + ".",
                "What is the number of your last order but one?"};
    case 2:
        return {"What is your postal code?", "Please tell me your postal code.",
                "My postal code is " + in.number(10'000, 99'999) + ".", "What is your street?"};
    case 3:
        return {"Which city do you want to travel to?", "Which city would you like to travel to?",
                "To " + in.city() + ".", "Which city do you start from?"};
    case 4:
        return {"What is your email address?", "May I have your email address?",
                in.person() + "@example.com is my address.", "What is your phone number?"};
    default:
        return {"When were you born?", "What is your date of birth?",
                "On 5 " + in.month() + " 19" + in.number(60, 99) + ".", "When did you become a member?"};
    }
}

void asksWhatItKnows(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    const Asked asked = questionFor(in);
    talk.user("I want to change my booking.");
    talk.says("Gladly. " + asked.first);
    talk.user(asked.answer);
    talk.says("Thank you, that is noted.");
    talk.chat(1);
    talk.user("Can you change it now?");
    talk.says(in.one({"", "Of course. ", "I can do that for you. "}) + (in.dice.oneIn(3) ? asked.first : asked.again));
    talk.user("I said so before.");
    talk.says("Thank you.");
}

void asksWithReason(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    const Asked asked = questionFor(in);
    talk.user("I want to change my booking.");
    talk.says("Gladly. " + asked.first);
    switch (in.dice.from(0, 4)) {
    case 0:
        talk.user("I do not have it with me. Why do you need it?");
        talk.says("We need it to find your booking. " + asked.again);
        break;
    case 1:
        talk.user(asked.answer);
        talk.uses("find_booking", "{\"by\":\"what was said\"}", "Error: not found", true);
        talk.says(asked.again);
        break;
    case 2:
        talk.user(asked.answer);
        talk.says("There is nobody of that name here. " + asked.again);
        break;
    case 3:
        talk.user(asked.answer);
        talk.says(asked.other);
        break;
    default:
        talk.user(asked.answer);
        talk.says("Is there anything else that I should know?");
        break;
    }
    talk.user("Let us leave it.");
    talk.says("As you like.");
}

void correctsItself(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    talk.user("Tell me more about the " + in.item() + ".");
    talk.says("It is made in " + in.city() + ".");
    talk.user("And about the others?");
    talk.says(in.one({"I apologize for the mistake in my last message.", "I misread that. They are of another kind.",
                      "My previous answer was wrong.", "Correction: there are more of them than I thought.",
                      "I was mistaken about the colours.", "I made an error in the list above.",
                      "Sorry, I mixed up two of them just now.", "What I said before is not correct."}) +
              in.one({" Here is the list.", "", " The catalogue has them all."}));
}

void isPolite(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    talk.user("My " + in.item() + " broke on the way.");
    talk.says(in.one({"I apologize for the inconvenience.", "I'm sorry to hear that.", "Sorry for the delay.",
                      "I am sorry that there was an error in the delivery.", "We regret that the courier was careless.",
                      "My colleague made a mistake when she packed it, I am afraid.",
                      "Please correct me if the address is wrong."}) +
              " It will be replaced.");
}

// Who gives in or takes a statement back contradicts himself, and may say so.
const std::set<std::string_view> takesBack{"talk.claim_flip", "talk.capitulation", "talk.self_correction",
                                           "conflict.statement"};

// And who doubts him corrects him.
const std::set<std::string_view> doubted{"talk.claim_flip", "talk.self_correction", "conflict.statement",
                                         "arc.corrected"};

const RuleRecipe recipes[] = {
    {"talk.claim_flip", flips, keepsItsWord, takesBack},
    {"talk.capitulation", givesIn, standsFirm, doubted, {"arc.corrected"}},
    {"talk.repeated_question", asksWhatItKnows, asksWithReason, {"arc.frustration", "arc.corrected"}},
    {"talk.self_correction", correctsItself, isPolite},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented talks", 100, trialOptions(count, arguments));
    return summary();
}
