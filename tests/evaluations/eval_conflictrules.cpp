// layers: core analysis Qt6::Core ALONE
// Counts how often rules about things that cannot both hold, and about what of others reaches a prompt, an answer or a
// document, are right on invented traces. Prints the counts, and fails where the program tells others. "--show" prints
// what is wrong or missed, a rule's name only that of this one.
#include "ruletrial.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

// ---- Statements

struct Opposed {
    std::string first;
    std::string other;    ///< cannot hold beside it
    std::string reworded; ///< says the same
    std::string aside;    ///< of something else
    std::string value;    ///< of the other one
};

Opposed opposed(Invention& in)
{
    const std::string item = in.item();
    const std::string second = in.item();
    const std::string city = in.city();
    const std::string far = in.city();
    const long few = in.dice.from(2, 40);
    const std::string some = std::to_string(few);
    const std::string more = std::to_string(few + in.dice.from(3, 50));
    switch (in.dice.from(0, 9)) {
    case 0:
        return {"The refund for the " + item + " is $" + some + ".",
                "The refund for the " + item + " is $" + more + ".",
                "For the " + item + " there is a refund of " + some + " dollars.",
                "The refund for the " + second + " is $" + more + ".", "$" + more};
    case 1:
        return {"The cluster in " + city + " has " + some + " worker nodes.",
                "The cluster in " + city + " has " + more + " worker nodes.",
                "There are " + some + " worker nodes in the cluster in " + city + ".",
                "The cluster in " + far + " has " + more + " worker nodes.", more};
    case 2:
        return {"The export job supports compressed archives.", "The export job does not support compressed archives.",
                "Compressed archives are supported by the export job.",
                "The import job does not support compressed archives.", "no"};
    case 3: {
        const std::string day = in.day();
        const std::string later = in.day();
        return {"The " + item + " is delivered on " + day + ".", "The " + item + " is delivered on " + later + ".",
                "On " + day + " the " + item + " is delivered.", "The " + second + " is delivered on " + later + ".",
                later};
    }
    case 4: {
        const long year = in.dice.from(1850, 1950);
        return {"The bridge in " + city + " was built in " + std::to_string(year) + ".",
                "The bridge in " + city + " was built in " + std::to_string(year + 9) + ".",
                "In " + std::to_string(year) + " the bridge in " + city + " was built.",
                "The bridge in " + far + " was built in " + std::to_string(year + 9) + ".", std::to_string(year + 9)};
    }
    case 5:
        return {"The office in " + city + " is open on weekends.", "The office in " + city + " is closed on weekends.",
                "On weekends, the office in " + city + " is open.", "The office in " + far + " is closed on weekends.",
                "closed"};
    case 6:
        return {"The " + item + " weighs " + some + " kilograms.", "The " + item + " weighs " + more + " kilograms.",
                "The weight of the " + item + " is " + some + " kg.",
                "The " + second + " weighs " + more + " kilograms.", more};
    case 7:
        return {"The migration was finished before the release.", "The migration was not finished before the release.",
                "Before the release, the migration was finished.", "The audit was not finished before the release.",
                "no"};
    case 8: {
        const std::string person = in.person();
        const std::string other = in.person();
        return {person + " leads the team in " + city + ".", other + " leads the team in " + city + ".",
                "The team in " + city + " is led by " + person + ".", other + " leads the team in " + far + ".", other};
    }
    default:
        return {"Most of the tests of the " + item + " passed.", "None of the tests of the " + item + " passed.",
                "The greater part of the tests of the " + item + " passed.",
                "None of the tests of the " + second + " passed.", "none"};
    }
}

std::string filler(Invention& in)
{
    return in.one({"The documents were read in full.", "It was checked by two people.", "This was easy to find out.",
                   "The team is glad to help.", "The report is short."});
}

/// Agents of a program, one behind the other; the next one is given nothing but its task.
class Pipeline
{
public:
    explicit Pipeline(Invention& in)
        : m_in(in)
        , m_root(in.dice.oneIn(2))
        , m_now(in.dice.from(10, 900))
    {
    }
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;
    ~Pipeline()
    {
        if (m_root)
            m_in.span("t", "root", "-", "agent", 0, m_now + 5, "agent=lead");
    }

    SpanContent& call(const std::string& output, std::vector<Message> given = {})
    {
        const char* const agents[] = {"reader", "writer", "analyst", "clerk", "reporter", "scout", "editor"};
        const long from = m_now;
        m_now += m_in.dice.from(300, 4'000);
        SpanContent& content = m_in.span("t", "call" + std::to_string(++m_count), m_root ? "root" : "-", "model", from,
                                         m_now - 1, "agent=" + m_in.fresh(agents));
        content.input = std::move(given);
        content.output = {said(Role::Assistant, output)};
        return content;
    }
    /// Calls about other things.
    void between(int most)
    {
        for (long i = m_in.dice.from(0, most); i > 0; --i)
            call("The " + m_in.item() + " stands in " + m_in.city() + ". " + filler(m_in));
    }

private:
    Invention& m_in;
    bool m_root;
    long m_now;
    int m_count = 0;
};

void statesTheOpposite(Invention& in)
{
    Pipeline agents(in);
    const Opposed two = opposed(in);
    agents.between(1);
    agents.call(in.dice.oneIn(2) ? two.first : filler(in) + ' ' + two.first);
    agents.between(2);
    agents.call((in.dice.oneIn(2) ? filler(in) + ' ' : "") + two.other + (in.dice.oneIn(2) ? ' ' + filler(in) : ""));
}

void statesWhatHolds(Invention& in)
{
    Pipeline agents(in);
    const Opposed two = opposed(in);
    agents.between(1);
    agents.call(two.first);
    switch (in.dice.from(0, 4)) {
    case 0:
        agents.call(two.other, {asked("look_up", "c7", "{}"), returned("c7", "{\"note\": \"" + two.other + "\"}")});
        break;
    case 1:
        agents.call(two.other, {said(Role::User, "By now it is so: " + two.other)});
        break;
    case 2:
        agents.call(two.reworded);
        break;
    case 3:
        agents.call(two.aside);
        break;
    default:
        agents.call("If nothing had been done, one could say: " + two.other);
        break;
    }
}

void contradictsItself(Invention& in)
{
    Pipeline agents(in);
    agents.between(1);
    const Opposed two = opposed(in);
    std::string text = two.first;
    for (long i = in.dice.from(0, 3); i > 0; --i)
        text += ' ' + filler(in);
    agents.call(text + (in.dice.oneIn(3) ? "\n\n" : " ") + two.other);
}

void tellsTwoThings(Invention& in)
{
    Pipeline agents(in);
    agents.between(1);
    const Opposed two = opposed(in);
    switch (in.dice.from(0, 4)) {
    case 0:
        agents.call(two.first + ' ' + filler(in) + ' ' + two.aside);
        break;
    case 1:
        agents.call(two.first + ' ' + filler(in) + ' ' + two.reworded);
        break;
    case 2:
        agents.call("Last year it was like this: " + two.first + "\nSince then it has changed: " + two.other);
        break;
    case 3:
        agents.call("Some say: “" + two.first + "” Others say: “" + two.other + "”");
        break;
    default:
        agents.call(two.first + " It would be wrong to say: " + two.other);
        break;
    }
}

// ---- Documents

struct Field {
    std::string key;
    std::string value;
    std::string other;
    std::string same; ///< the value in another notation
};

Field field(Invention& in)
{
    const long amount = in.dice.from(1'100, 9'800);
    const std::string digits = std::to_string(amount);
    const std::string grouped = digits.substr(0, 1) + ',' + digits.substr(1);
    switch (in.dice.from(0, 5)) {
    case 0:
        return {"plan", "Pro", "Enterprise", "pro"};
    case 1:
        return {"city", in.city(), in.city(), ""};
    case 2:
        return {"amount", digits, std::to_string(amount + in.dice.from(10, 400)), grouped};
    case 3:
        return {"due_date", "2025-0" + in.number(1, 9) + "-14", "2025-0" + in.number(1, 9) + "-27", ""};
    case 4:
        return {"customer", in.person(), in.person(), ""};
    default:
        return {"model", in.thing(), in.thing(), ""};
    }
}

std::string document(Invention& in, const std::string& key, const std::string& value)
{
    const std::string other = in.one({"\"intent\":\"billing\"", "\"language\":\"en\"", "\"urgent\":false"});
    const std::string own = "\"" + key + "\":\"" + value + '"';
    const std::string text = in.dice.oneIn(2) ? '{' + own + '}' : '{' + other + ", " + own + '}';
    return in.dice.oneIn(4) ? "```json\n" + text + "\n```" : text;
}

void writesAnotherValue(Invention& in)
{
    Pipeline agents(in);
    const Field one = field(in);
    agents.call(document(in, one.key, one.value));
    agents.between(1);
    agents.call(document(in, one.key, one.other));
}

void writesTheSameValue(Invention& in)
{
    Pipeline agents(in);
    const Field one = field(in);
    agents.call(document(in, one.key, one.value));
    switch (in.dice.from(0, 3)) {
    case 0:
        agents.call(document(in, one.key, one.same.empty() ? one.value : one.same));
        break;
    case 1:
        agents.call(document(in, one.key, one.other),
                    {asked("look_up", "c7", "{}"), returned("c7", "{\"found\": \"" + one.other + "\"}")});
        break;
    case 2:
        agents.call(document(in, in.one({"next_step", "action", "tone"}), one.other));
        break;
    default:
        agents.call(document(in, "old_" + one.key, one.other));
        break;
    }
}

struct Choice {
    const char* noun;
    const char* key;
    const char* names[3];
};

constexpr Choice choices[] = {
    {"plan", "plan", {"Starter", "Pro", "Enterprise"}},       {"tier", "tier", {"Bronze", "Silver", "Gold"}},
    {"region", "region", {"Frankfurt", "Dublin", "Ashburn"}}, {"queue", "queue", {"Billing", "Hardware", "Returns"}},
    {"edition", "edition", {"Home", "Studio", "Campus"}},
};

void namesAnotherChoice(Invention& in, bool same)
{
    Pipeline agents(in);
    const Choice& choice = choices[in.dice.from(0, 4)];
    const std::string noun = choice.noun;
    const std::string names[] = {choice.names[0], choice.names[1], choice.names[2]};
    const long taken = in.dice.from(0, 2);
    const std::string& mine = names[taken];
    const std::string& other = names[(taken + in.dice.from(1, 2)) % 3];
    const std::string list = in.one({"The ", "Known ", "All "}) + noun + "s are " + names[0] + ", " + names[1] +
                             " and " + names[2] + ". Be kind.";
    agents.call(document(in, choice.key, mine));
    const std::string name = same ? mine : other;
    std::string text;
    switch (in.dice.from(0, 3)) {
    case 0:
        text = "You are on the " + name + ' ' + noun + ", which includes help by phone.";
        break;
    case 1:
        text = "Thank you for asking, your " + noun + " is " + name + " and there is nothing more to pay.";
        break;
    case 2:
        text = "As a customer of the " + name + ' ' + noun + " you are served first by our people.";
        break;
    default:
        text = "Your account belongs to the " + name + ' ' + noun + ", so the limit is higher for you.";
        break;
    }
    if (same && in.dice.oneIn(2))
        text += " The " + other + ' ' + noun + " would give you more seats.";
    agents.call(text, {said(Role::System, list)});
}

void answersOtherwise(Invention& in, bool conflicts)
{
    const Opposed two = opposed(in);
    const std::string question = "What can you tell me about " + in.code() + '?';
    const std::string lead = filler(in);
    const long gap = in.dice.from(10, 9'000);
    const bool task = in.dice.oneIn(3);
    const auto ends = [&](const std::string& trace, long from, const std::string& asked, const std::string& text) {
        SpanContent& content =
            in.span(trace, trace + "m", "-", "model", from, from + 500, task && asked == question ? "task=q7" : "");
        content.input = {said(Role::User, asked)};
        content.output = {said(Role::Assistant, in.dice.oneIn(2) ? text : lead + ' ' + text)};
    };
    ends("t1", 0, question, two.first);
    if (in.dice.oneIn(2))
        ends("t0", 5, "And what about " + in.code() + '?', two.aside);
    if (conflicts)
        ends("t2", 600 + gap, question, two.other);
    else if (in.dice.oneIn(2))
        ends("t2", 600 + gap, question, in.dice.oneIn(2) ? two.reworded : two.aside);
    else
        ends("t2", 600 + gap, "What can you tell me about " + in.code() + '?', two.other);
}

// ---- Several users

struct Order {
    std::string one;
    std::string opposite;
    std::string aside;
};

Order orders(Invention& in)
{
    const std::string name = in.one({"retry limit", "page size", "timeout", "number of workers", "cache size"});
    const std::string other = in.one({"font size of the report", "number of copies", "width of the margin"});
    const long value = in.dice.from(2, 40);
    const std::string low = std::to_string(value);
    const std::string high = std::to_string(value + in.dice.from(2, 40));
    const std::string verb = in.one({"Set the ", "Please set the ", "Change the ", "Could you set the "});
    switch (in.dice.from(0, 3)) {
    case 0: {
        const std::string what = in.one({"nightly backup", "newsletter", "dark mode", "email alerts", "spell checker"});
        return {"Enable the " + what + '.',
                in.one({"Disable the ", "Please disable the ", "Turn off the "}) + what + '.',
                "Disable the preview of pictures."};
    }
    case 1: {
        const std::string item = in.item();
        return {"Put the " + item + " into the report.", "Leave the " + item + " out of the report.",
                "Leave the footnotes out of the report."};
    }
    default:
        return {verb + name + " to " + low + '.', verb + name + " to " + high + '.',
                verb + other + " to " + high + '.'};
    }
}

void usersDisagree(Invention& in, bool disagree)
{
    InventedTalk talk(in);
    const std::string first = in.person();
    const std::string second = in.person();
    const Order order = orders(in);
    talk.user("Hello, we are two today.", first);
    talk.says("Welcome, both of you.");
    talk.user(order.one, first);
    if (in.dice.oneIn(2))
        talk.says("That is done, and noted in the settings.");
    if (disagree) {
        talk.user(order.opposite, second);
    } else {
        switch (in.dice.from(0, 3)) {
        case 0:
            talk.user(order.opposite, first); // may change his own mind
            break;
        case 1:
            talk.user(order.one, second);
            break;
        case 2:
            talk.user(order.aside, second);
            break;
        default:
            talk.user("Thank you, that is what I want, too.", second);
            break;
        }
    }
    talk.says("That is noted, all of it is in the settings now.");
}

void oneOfTwoIsForgotten(Invention& in, bool forgotten)
{
    InventedTalk talk(in);
    const std::string city = in.city();
    const std::string item = in.item();
    const std::string month = in.month();
    const auto drawn = static_cast<std::size_t>(in.dice.from(0, 3));
    const std::string asks[] = {"Book the hotel in " + city + '.', "Translate the letter, please.",
                                "Order a " + item + " for the kitchen.",
                                "Send the invoices of " + month + " to the bank."};
    const std::string done[] = {"The hotel in " + city + " is booked.", "Here is the translated letter.",
                                "A " + item + " for the kitchen has been ordered.",
                                "The invoices of " + month + " are with the bank."};
    const std::size_t other = (drawn + static_cast<std::size_t>(in.dice.from(1, 3))) % 4;
    const std::string first = in.person();
    talk.user(asks[drawn], first);
    if (!forgotten && in.dice.oneIn(3))
        talk.says(done[drawn]);
    talk.user(asks[other], in.person());
    if (forgotten) {
        talk.says(done[other] + (in.dice.oneIn(2) ? " Let me know if it is right." : ""));
    } else if (in.dice.oneIn(2)) {
        talk.says(done[drawn] + ' ' + done[other]);
    } else {
        talk.says(done[other]);
        talk.says("And now for the first one. " + done[drawn]);
    }
}

const RuleRecipe recipes[] = {
    {"conflict.statement", statesTheOpposite, statesWhatHolds, {"talk.claim_flip"}},
    {"conflict.within_answer", contradictsItself, tellsTwoThings},
    {"conflict.value", writesAnotherValue, writesTheSameValue},
    {"conflict.entity", [](Invention& in) { namesAnotherChoice(in, false); },
     [](Invention& in) { namesAnotherChoice(in, true); }},
    {"conflict.runs", [](Invention& in) { answersOtherwise(in, true); },
     [](Invention& in) { answersOtherwise(in, false); }},
    {"workspace.instruction_conflict", [](Invention& in) { usersDisagree(in, true); },
     [](Invention& in) { usersDisagree(in, false); }},
    {"workspace.unanswered", [](Invention& in) { oneOfTwoIsForgotten(in, true); },
     [](Invention& in) { oneOfTwoIsForgotten(in, false); }},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented statements", 100, trialOptions(count, arguments));
    return summary();
}
