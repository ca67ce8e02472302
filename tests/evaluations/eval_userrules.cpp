// layers: core analysis Qt6::Core ALONE
// Counts how often rules about how users fare are right on invented talks. Prints the counts, and fails where the
// program tells others. "--show" prints what is wrong or missed, a rule's name only that of this one.
#include "ruletrial.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

/// An answer to something else.
std::string besides(Invention& in)
{
    return in.one({"We are open from nine to six.", "You can find our catalogue on the web page.",
                   "Our shop is in the old town, near the station.", "There is a newsletter that tells what is new.",
                   "We have been in business for a long time."});
}

// ---- How users fare

void asksAgain(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    const std::string item = in.item();
    const std::string city = in.city();
    std::string first;
    std::string again;
    switch (in.dice.from(0, 7)) {
    case 0:
        first = "Where is the refund for my " + item + "?";
        again = "Where's my refund for that " + item + "?";
        break;
    case 1:
        first = "How do I return the " + item + "?";
        again = "Can you tell me how to return the " + item + "?";
        break;
    case 2:
        first = "When will the " + item + " be delivered to " + city + "?";
        again = "So when is the delivery of the " + item + " to " + city + "?";
        break;
    case 3:
        first = "What does the " + item + " cost?";
        again = "How much is the " + item + "?";
        break;
    case 4:
        first = "Why was my card charged twice for the " + item + "?";
        again = "I asked why you charged my card twice for the " + item + ".";
        break;
    case 5:
        first = "Please send me the invoice of the " + item + ".";
        again = "I still need the invoice of the " + item + ", please.";
        break;
    case 6:
        first = "Is the " + item + " in stock in " + city + "?";
        again = "Do you have the " + item + " in stock in " + city + "?";
        break;
    default:
        first = "I want to know who repairs a " + item + ".";
        again = "That's not what I asked. Who repairs a " + item + "?";
        break;
    }
    talk.user(first);
    talk.says(besides(in));
    talk.user(again);
    talk.says(besides(in));
    talk.chat(1);
}

void asksOfAnother(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    const std::string thing = in.thing();
    const std::string first = in.kind() + ' ' + thing;
    const std::string other = in.kind() + ' ' + thing;
    const char* const questions[] = {"Where is the refund for my ", "How do I return the ", "What does the ",
                                     "Is there a warranty for the ", "Who repairs the "};
    const std::string question = in.one(questions);
    talk.user(question + first + (question == "What does the " ? " cost?" : "?"));
    talk.says("It depends on where you bought it.");
    switch (in.dice.from(0, 3)) {
    case 0:
        talk.user(question + other + (question == "What does the " ? " cost?" : "?"));
        break;
    case 1:
        talk.user("And how long does that take for the " + first + "?");
        break;
    case 2:
        talk.user("I bought the " + first + " in " + in.city() + ".");
        break;
    default:
        talk.user("Thank you. Where can I buy a second " + thing + "?");
        break;
    }
    talk.says(besides(in));
    talk.chat(1);
}

void corrects(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    const std::string day = in.day();
    const std::string other = in.day();
    const std::string city = in.city();
    const std::string far = in.city();
    const std::string item = in.item();
    switch (in.dice.from(0, 7)) {
    case 0:
        talk.user("Book a table for " + day + ".");
        talk.says("The table is booked for " + other + ".");
        talk.user("No, I said " + day + ", not " + other + ".");
        break;
    case 1:
        talk.user("How old is the town hall of " + city + "?");
        talk.says("It was built in " + in.number(1600, 1750) + ".");
        talk.user("That's wrong, it was built in " + in.number(1760, 1950) + ".");
        break;
    case 2:
        talk.user("Send the " + item + " to " + city + ".");
        talk.says("It goes to " + far + ".");
        talk.user("I meant " + city + ".");
        break;
    case 3:
        talk.user("Write a note for " + in.person() + " about the " + item + ".");
        talk.says("Dear customer, the " + item + " is ready.");
        talk.user(in.one({"This is not correct.", "That is not right.", "You got that wrong.", "Wrong again."}));
        break;
    case 4:
        talk.user("I need " + in.number(2, 4) + " of the " + item + ".");
        talk.says("They are in your cart.");
        talk.user("Actually, make it " + in.number(5, 9) + ".");
        break;
    case 5:
        talk.user("Which bus goes to " + city + "?");
        talk.says("Bus " + in.number(10, 40) + " goes to " + far + ".");
        talk.user("It should be " + city + ", please, instead of " + far + ".");
        break;
    case 6:
        talk.user("Put the meeting on " + day + ".");
        talk.says("The meeting is on " + other + ".");
        talk.user(day + "! You put it on " + other + ".");
        break;
    default:
        talk.user("Show me the " + item + ".");
        talk.says("Here is a picture of it.");
        talk.user("This is a different one, I was talking about the " + item + ".");
        break;
    }
    talk.says(in.one({"Thank you, that is noted.", "I see.", "Understood."}));
    talk.chat(1);
}

void goesOn(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    const std::string day = in.day();
    const std::string item = in.item();
    talk.user("Is the " + item + " ready on " + day + "?");
    talk.says("It is ready on " + day + ".");
    switch (in.dice.from(0, 6)) {
    case 0:
        talk.user("No, thank you, that is all.");
        break;
    case 1:
        talk.user(day + " is fine, no problem.");
        break;
    case 2:
        talk.user("Is it wrong to keep a " + item + " outside?");
        break;
    case 3:
        talk.user("The " + in.item() + " that came last week had the wrong size. Can I return it?");
        break;
    case 4:
        talk.user("Actually, I have another question: do you sell bulbs?");
        break;
    case 5:
        talk.user("Nice, " + day + ", not a day too late.");
        break;
    default:
        talk.user("Then I would like a " + in.item() + " instead of flowers for my friend.");
        break;
    }
    talk.says("Of course.");
}

void sameAgain(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    const char* const requests[] = {"Write a poem about a ", "Describe in two sentences a ",
                                    "Make a list of what can be done with a ",
                                    "Invent a name for a shop that sells a "};
    std::string request = in.one(requests) + in.item() + '.';
    talk.user(request);
    talk.says("There once was one, and nobody knew whose it was.");
    if (in.dice.oneIn(3))
        talk.chat(1);
    if (in.dice.oneIn(4))
        request = ' ' + request + ' ';
    if (in.dice.oneIn(4))
        request.pop_back();
    if (in.dice.oneIn(6))
        request[0] = static_cast<char>(request[0] - 'A' + 'a');
    talk.user(request);
    talk.says("In a house by the sea it stood for years.");
    talk.chat(1);
}

void nearlySame(Invention& in)
{
    InventedTalk talk(in);
    const std::string thing = in.thing();
    switch (in.dice.from(0, 3)) {
    case 0:
        talk.user("Write a poem about a " + in.kind() + ' ' + thing + '.');
        talk.says("It stood in a room by the sea.");
        talk.user("Try it with a " + in.kind() + " one.");
        break;
    case 1:
        talk.user("Tell me a story about a " + thing + '.');
        talk.says("Once there was one that nobody wanted.");
        talk.user("Go on.");
        talk.says("Then a child found it in the cellar.");
        talk.user(in.one({"Go on.", "And then?", "Next."}));
        break;
    case 2:
        talk.user("Write a poem about a " + in.kind() + ' ' + thing + '.');
        talk.says("It stood in a room by the sea.");
        talk.user("Write a poem about a " + in.kind() + ' ' + thing + '.');
        break;
    default:
        talk.user("Is a " + thing + " heavy?");
        talk.says("A small one can be carried by one person. Would you like to see one?");
        talk.user("Yes.");
        talk.says("Here is the list. Shall it be sorted by weight?");
        talk.user("Yes.");
        break;
    }
    talk.says("So it went on, day after day.");
}

void wantsAPerson(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    talk.user("My " + in.item() + " has a crack.");
    talk.says("That can be repaired in a week.");
    if (in.dice.oneIn(4)) {
        talk.user("That is too long, I am at my wits' end.");
        talk.uses(in.one({"transfer_to_human_agents", "escalate_to_human", "handoff_to_operator",
                          "transfer_to_human_agent", "request_human_support"}),
                  "{\"summary\":\"a crack\"}", "transferred");
        talk.says("Somebody will be with you in a moment.");
        return;
    }
    talk.user(in.one({"Let me talk to a human.", "I want to speak to a manager, please.",
                      "Can I get a real person on the phone?", "Please transfer me to an agent.",
                      "Connect me with someone from support.", "I'd rather discuss this with a human being.",
                      "Is there anybody at your shop I can call?", "Put me through to your supervisor.",
                      "Enough of this bot, give me a representative.", "I would like to be called back by a colleague.",
                      "agent please", "Could somebody from your staff look at this instead of you?"}));
    talk.says(in.one({"Somebody will call you.", "I see.", "That is possible from nine to six."}));
}

void speaksOfPersons(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    talk.user("My " + in.item() + " has a crack.");
    talk.says("That can be repaired in a week.");
    switch (in.dice.from(0, 6)) {
    case 0:
        talk.user("Who is the manager of the shop in " + in.city() + "?");
        break;
    case 1:
        talk.user("My manager wants the invoice by " + in.day() + ".");
        break;
    case 2:
        talk.user("I talked to an agent yesterday, and " + in.person() + " said that it takes two days.");
        break;
    case 3:
        talk.user("Can you write a letter to the human resources department of my firm?");
        break;
    case 4:
        talk.user("Transfer " + in.number(20, 90) + " dollars to my agent in " + in.city() + ".");
        break;
    case 5:
        talk.user("Is your support for people who travel the same?");
        break;
    default:
        talk.user("What does the warranty say?");
        talk.uses(in.one({"transfer_to_billing_agent", "handoff_to_warranty_bot", "get_manager_name"}),
                  "{\"topic\":\"warranty\"}", "{\"ok\":true}");
        break;
    }
    talk.says("That is noted.");
}

void leavesAQuestion(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    const std::string item = in.item();
    talk.user("I want to return my " + item + ".");
    if (in.dice.oneIn(3)) {
        talk.says("Gladly. What is your order number?");
        talk.user("It is " + in.code() + ".");
    }
    const std::string lead = in.one({"", "Gladly. ", "That is possible within thirty days. "});
    talk.says(lead + in.one({"Which of the two do you mean?", "Could you give me your postal code?",
                             "On which day did you buy it?", "What is wrong with it?",
                             "To go on, I need the date of your purchase.", "Please tell me your address.",
                             "Are you still there?", "Who shall collect it, the courier or a friend of yours?",
                             "Please confirm with yes or no that it was never used."}));
}

void leavesNothingOpen(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    const std::string item = in.item();
    talk.user("How long may I return my " + item + "?");
    switch (in.dice.from(0, 4)) {
    case 0:
        talk.says("Thirty days. Would you like me to send the form again?");
        break;
    case 1:
        talk.says("Thirty days. Is there anything else I can help you with?");
        break;
    case 2:
        talk.says("Why thirty days? Because the maker allows no more.");
        break;
    case 3:
        talk.says("On which day did you buy it?");
        talk.user("On " + in.day() + ".");
        talk.says("Then you have time enough.");
        break;
    default:
        talk.says("Thirty days. Let me know if you have more questions.");
        talk.user("Thanks!");
        talk.says("You are welcome! Anything else?");
        break;
    }
}

void comesBackLate(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    talk.user("Please keep the " + in.item() + " for me.");
    talk.says("It is kept for you until " + in.day() + ".");
    if (in.dice.oneIn(3))
        talk.chat(1);
    talk.wait(in.dice.oneIn(2) ? in.dice.from(31, 90) * 60'000 : in.dice.from(2, 60) * 3'600'000);
    talk.user(in.one({"Which desk do I ask for?", "I am back.", "Is it far from the station?"}));
    talk.says("Ask at the desk by the door.");
    talk.chat(1);
}

void waitsForTheAnswer(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    talk.user("Please keep the " + in.item() + " for me.");
    if (in.dice.oneIn(2))
        talk.slow(in.dice.from(31, 90) * 60'000); // the answer comes late, not the user
    talk.says("It is kept for you.");
    talk.wait(in.dice.from(0, 28) * 60'000);
    talk.user("Which desk do I ask for?");
    if (in.dice.oneIn(3)) {
        talk.slow(in.dice.from(40, 60) * 60'000);
        talk.uses("find_desk", "{\"hall\":" + in.number(1, 9) + "}", "{\"desk\":\"by the door\"}");
    }
    talk.says("Ask at the desk by the door.");
}

void isFrustrated(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    const std::string item = in.item();
    talk.user("My " + item + " has not come.");
    talk.says("It is on its way.");
    switch (in.dice.from(0, 9)) {
    case 0:
        talk.user("This is the third time I explain this!!");
        break;
    case 1:
        talk.user("This is ridiculous.");
        break;
    case 2:
        talk.user("I am really annoyed by now.");
        break;
    case 3:
        talk.user("How hard can it be to find a " + item + "?");
        break;
    case 4:
        talk.user("You are useless.");
        break;
    case 5:
        talk.user("WHY DOES NOTHING EVER WORK HERE");
        break;
    case 6:
        talk.user("I have been waiting for " + in.number(3, 9) + " weeks and nobody cares.");
        break;
    case 7:
        talk.user("That is so frustrating, I keep telling you that the " + item + " never left " + in.city() + "!");
        break;
    case 8:
        talk.user("Forget it, I am done with you people. The " + item + " can stay where it is.");
        break;
    default:
        talk.user("Seriously? I am sick of this, what a waste of my time!");
        break;
    }
    talk.says(in.one({"I see.", "That is noted."}));
}

void isCalm(Invention& in)
{
    InventedTalk talk(in);
    talk.chat();
    const std::string item = in.item();
    talk.user("My " + item + " has come.");
    talk.says("That is good to hear.");
    switch (in.dice.from(0, 7)) {
    case 0:
        talk.user("The third line of the manual is wrong.");
        break;
    case 1:
        talk.user("No worries, I'm not frustrated.");
        break;
    case 2:
        talk.user("Which film about a " + item + " do critics call ridiculous?");
        break;
    case 3:
        talk.user("My daughter was upset when the " + in.item() + " broke. Can it be repaired?");
        break;
    case 4:
        talk.user("Great!!! Thank you so much!!");
        break;
    case 5:
        talk.user("How do I write to an angry customer about a late " + item + "?");
        break;
    case 6:
        talk.user("Is the old cable useless now, or does the " + item + " need it?");
        break;
    default:
        talk.user("I waited two weeks for the " + item + ", which is fine.");
        break;
    }
    talk.says("That is noted.");
}

const RuleRecipe recipes[] = {
    {"arc.re_ask", asksAgain, asksOfAnother, {"arc.corrected"}},
    {"arc.corrected", corrects, goesOn},
    {"arc.regenerated", sameAgain, nearlySame, {"arc.re_ask"}},
    {"arc.escalated", wantsAPerson, speaksOfPersons, {"arc.frustration"}},
    {"arc.abandoned", leavesAQuestion, leavesNothingOpen},
    {"arc.idle_gap", comesBackLate, waitsForTheAnswer},
    {"arc.frustration", isFrustrated, isCalm},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented talks of users", 100, trialOptions(count, arguments));
    return summary();
}
