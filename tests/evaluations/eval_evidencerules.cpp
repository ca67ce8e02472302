// layers: core analysis Qt6::Core ALONE
// Counts how often rules about what answers make of results are right on invented look-ups. Prints the counts, and
// fails where the program tells others. "--show" prints what is wrong or missed, a rule's name only that of this one.
#include "ruletrial.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

/// Records that a look-up returns.
struct Records {
    struct Record {
        std::string id;
        std::string item;
        long price = 0;
        int day = 0;
        std::string month;
        int monthNumber = 0;
    };
    std::string name; ///< of a record: "order"
    std::vector<Record> all;
    std::string json;
};

Records records(Invention& in, long least, long most)
{
    constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
    Records made;
    made.name = in.one({"order", "booking", "invoice", "parcel", "reservation"});
    const bool wrapped = in.dice.oneIn(2);
    const bool asText = in.dice.oneIn(4);
    std::set<long> prices;
    std::set<int> days;
    for (long i = in.dice.from(least, most); i > 0; --i) {
        Records::Record one;
        one.id = std::string(1, static_cast<char>('A' + in.dice.from(0, 25))) + in.number(1'001, 9'999);
        one.item = in.thing();
        do
            one.price = in.dice.from(31, 987);
        while (!prices.insert(one.price).second);
        do
            one.day = static_cast<int>(in.dice.from(1, 28));
        while (!days.insert(one.day).second);
        one.monthNumber = static_cast<int>(in.dice.from(1, 12));
        one.month = months[one.monthNumber - 1];
        made.all.push_back(one);
        const std::string amount = std::to_string(one.price);
        const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
        made.json += (made.json.empty() ? "" : ", ") + std::string("{\"id\": \"") + one.id + "\", \"item\": \"" +
                     one.item + "\", \"price\": " + (asText ? '"' + amount + ".00\"" : amount) + ", \"date\": \"2024-" +
                     two(one.monthNumber) + '-' + two(one.day) + "\"}";
    }
    made.json = '[' + made.json + ']';
    if (wrapped)
        made.json = "{\"" + made.name + "s\": " + made.json + ", \"page\": 1}";
    return made;
}

void looksUp(InventedTalk& talk, Invention& in, const Records& found)
{
    talk.chat(1);
    talk.user("Please have a look at my " + found.name + "s.");
    talk.uses(in.one({"list_", "get_", "find_", "fetch_"}) + found.name + 's',
              "{\"customer\": " + in.number(10, 99) + "}", found.json);
}

std::string dateText(Invention& in, const Records::Record& one, int day)
{
    return in.dice.oneIn(2) ? one.month + ' ' + std::to_string(day) + ", 2024"
                            : std::to_string(day) + ' ' + one.month + " 2024";
}

void statesAValueFromNowhere(Invention& in)
{
    InventedTalk talk(in);
    const Records found = records(in, 1, 4);
    looksUp(talk, in, found);
    const Records::Record& one = found.all[in.dice.next() % found.all.size()];
    const std::string lead = in.one({"", "I have looked it up. ", "Thank you for waiting. "});
    switch (in.dice.from(0, 5)) {
    case 0:
        talk.says(lead + "The " + one.item + " of " + found.name + ' ' + one.id + " costs $" +
                  std::to_string(1'000 + one.price) + '.');
        break;
    case 1:
        talk.says(lead + "Your " + found.name + ' ' + one.id + " is of " + dateText(in, one, 29) + '.');
        break;
    case 2:
        talk.says(lead + "Your " + found.name + " has the number " + in.one({"Q", "X"}) + in.number(10'000, 99'999) +
                  '.');
        break;
    case 3:
        talk.says(lead + "You paid " + in.number(1'100, 4'900) + " dollars for the " + one.item + '.');
        break;
    case 4:
        talk.says(lead + "The total of all your " + found.name + "s is $" + in.number(20'000, 90'000) + ".50.");
        break;
    default: // one digit off
        talk.says(lead + "The " + one.item + " costs $" + std::to_string(one.price + 1) + '.');
        break;
    }
}

void statesWhatFollows(Invention& in)
{
    InventedTalk talk(in);
    const Records found = records(in, 2, 4);
    looksUp(talk, in, found);
    const Records::Record& one = found.all[0];
    const Records::Record& two = found.all[1];
    switch (in.dice.from(0, 6)) {
    case 0:
        talk.says("The " + one.item + " costs $" + std::to_string(one.price) + ".00.");
        break;
    case 1:
        talk.says("The " + one.item + " and the " + two.item + " are $" + std::to_string(one.price + two.price) +
                  " together.");
        break;
    case 2:
        talk.says("The difference is $" + std::to_string(std::abs(one.price - two.price)) + '.');
        break;
    case 3:
        talk.says("Three of the " + one.item + "s would be $" + std::to_string(3 * one.price) + '.');
        break;
    case 4:
        talk.says("It was on " + dateText(in, one, one.day) + '.');
        break;
    case 5:
        talk.says("It is here.");
        talk.user("I can pay at most $" + std::to_string(one.price + 2'000) + '.');
        talk.says("That is below your limit of $" + std::to_string(one.price + 2'000) + '.');
        break;
    default:
        talk.says("Half of the price of the " + one.item + " is $" + std::to_string(one.price / 2) +
                  (one.price % 2 == 0 ? "." : ".50."));
        break;
    }
}

void mixesRecordsUp(Invention& in)
{
    InventedTalk talk(in);
    const Records found = records(in, 2, 5);
    looksUp(talk, in, found);
    const std::size_t first = in.dice.next() % found.all.size();
    const Records::Record& one = found.all[first];
    const Records::Record& other = found.all[(first + 1) % found.all.size()];
    const std::string named = (in.dice.oneIn(2) ? "Your " : "The ") + found.name + ' ' + one.id;
    switch (in.dice.from(0, 3)) {
    case 0:
        talk.says(named + " costs $" + std::to_string(other.price) + '.');
        break;
    case 1:
        talk.says(named + " is of " + dateText(in, other, other.day) + '.');
        break;
    case 2:
        talk.says("Here they are:\n- " + one.id + ": $" + std::to_string(other.price) + "\n- " + other.id + ": $" +
                  std::to_string(other.price));
        break;
    default:
        talk.says("I see " + found.name + ' ' + one.id + ", which was $" + std::to_string(other.price) +
                  ", and a few more.");
        break;
    }
}

void keepsRecordsApart(Invention& in)
{
    InventedTalk talk(in);
    const Records found = records(in, 2, 5);
    looksUp(talk, in, found);
    const Records::Record& one = found.all[0];
    const Records::Record& other = found.all[1];
    switch (in.dice.from(0, 3)) {
    case 0:
        talk.says("Your " + found.name + ' ' + one.id + " costs $" + std::to_string(one.price) + " and is of " +
                  dateText(in, one, one.day) + '.');
        break;
    case 1:
        talk.says(one.id + " and " + other.id + " cost $" + std::to_string(one.price) + " and $" +
                  std::to_string(other.price) + ", in this order.");
        break;
    case 2:
        talk.says(one.id + (one.price < other.price ? " is cheaper" : " costs more") +
                  " than the other one, which costs $" + std::to_string(other.price) + '.');
        break;
    default:
        talk.user("Can " + one.id + " be moved to " + dateText(in, other, other.day) + '?');
        talk.says("Then " + one.id + " would be of " + dateText(in, other, other.day) + '.');
        break;
    }
}

struct Act {
    const char* tool;
    const char* done; ///< "I have … your order"
    const char* passive;
    const char* offer;
};

constexpr Act acts[] = {
    {"cancel_order", "cancelled your order", "Your order has been cancelled", "cancel your order"},
    {"send_email", "sent you an email", "An email has been sent to you", "send you an email"},
    {"book_flight", "booked the flight", "The flight has been booked", "book the flight"},
    {"issue_refund", "refunded your card", "Your card has been refunded", "refund your card"},
    {"update_address", "updated your address", "Your address has been updated", "update your address"},
    {"create_ticket", "created a ticket for you", "A ticket has been created", "create a ticket for you"},
    {"delete_account", "deleted your account", "Your account has been deleted", "delete your account"},
    {"reserve_table", "reserved the table", "The table has been reserved", "reserve the table"},
};

void saysItIsDone(Invention& in)
{
    InventedTalk talk(in);
    const Records found = records(in, 1, 3);
    looksUp(talk, in, found);
    talk.says("There they are.");
    const Act& act = acts[in.dice.from(0, 7)];
    talk.user(std::string("Please ") + act.offer + '.');
    talk.says(in.one({"Certainly. ", "", "Thank you for your patience. "}) +
              (in.dice.oneIn(3)   ? act.passive
               : in.dice.oneIn(2) ? std::string("I have ") + act.done
                                  : std::string("I've ") + act.done) +
              (in.dice.oneIn(3) ? " as you asked." : "."));
}

void saysWhatItCanDo(Invention& in)
{
    InventedTalk talk(in);
    const Records found = records(in, 1, 3);
    looksUp(talk, in, found);
    talk.says("There they are.");
    const Act& act = acts[in.dice.from(0, 7)];
    const std::string offer = act.offer;
    talk.user("Could you " + offer + '?');
    switch (in.dice.from(0, 5)) {
    case 0:
        talk.says("I can " + offer + ". Shall I?");
        break;
    case 1:
        talk.says(std::string("Once I have ") + act.done + ", you will get a message.");
        break;
    case 2:
        talk.says(std::string("I have not ") + act.done + " yet.");
        break;
    case 3:
        talk.uses(act.tool, "{\"id\": \"" + found.all[0].id + "\"}", "{\"status\": \"ok\"}");
        talk.says(std::string("I have ") + act.done + '.');
        break;
    case 4:
        talk.says("I have found what you need: ask me, and I will " + offer + '.');
        break;
    default:
        talk.says(std::string("Who told you that somebody ") + act.done + '?');
        break;
    }
    talk.user("Fine.");
    talk.says("Good.");
}

struct TestRun {
    const char* command;
    const char* failed;
    const char* passed;
};
constexpr TestRun testRuns[] = {
    {"python -m pytest -q", "FAILED tests/test_a.py::test_b - assert 1 == 2\\n=== 3 failed, 38 passed in 6.84s ===",
     "=== 41 passed in 6.84s ==="},
    {"npm test", "Tests:       2 failed, 12 passed, 14 total\\nTime:        1.5 s",
     "Tests:       14 passed, 14 total\\nTime:        1.5 s"},
    {"cargo test --workspace", "test result: FAILED. 7 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out",
     "test result: ok. 8 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out"},
    {"go test ./...", "--- FAIL: TestA (0.00s)\\nFAIL\\texample.org/a\\t0.003s\\nFAIL",
     "ok  \\texample.org/a\\t0.003s"},
    {"cd build && ctest -j2", "97% tests passed, 3 tests failed out of 100",
     "100% tests passed, 0 tests failed out of 100"},
    {"./gradlew test", "exit code 1\\nBUILD FAILED in 5s", "BUILD SUCCESSFUL in 5s"},
};

/// A shell with the name and the form of its calls that some coding agent has; the output as JSON has it.
void runsTests(Invention& in, InventedTalk& talk, const TestRun& run, bool fails)
{
    const std::string output = fails ? run.failed : run.passed;
    const std::string command = run.command;
    if (in.dice.oneIn(2))
        talk.uses(in.one({"Bash", "bash", "run_shell_command"}), "{\"command\": \"" + command + "\"}",
                  "{\"output\": \"" + output + "\"}", fails);
    else
        talk.uses(in.one({"shell", "exec_command"}), "{\"command\": [\"bash\", \"-lc\", \"" + command + "\"]}",
                  "{\"output\": \"" + output + "\", \"metadata\": {\"exit_code\": " + (fails ? "1" : "0") + "}}");
}

void edits(Invention& in, InventedTalk& talk)
{
    talk.uses(in.one({"Edit", "edit", "str_replace_editor"}), "{\"path\": \"a.py\"}", "The file was edited.");
}

void testsFailAndAreSaidToPass(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    talk.user("Please mend the depot.");
    runsTests(in, talk, testRuns[in.dice.from(0, 5)], true);
    if (in.dice.oneIn(2))
        edits(in, talk);
    talk.says(in.one({"All tests pass.", "I mended the depot. All the tests pass now.", "The test suite passes.",
                      "Done: the tests are green.", "Every test passes, so it can be released."}));
}

void testsAreReportedAsTheyRan(Invention& in)
{
    InventedTalk talk(in);
    talk.chat(1);
    talk.user("Please mend the depot.");
    const TestRun& run = testRuns[in.dice.from(0, 5)];
    runsTests(in, talk, run, true);
    edits(in, talk);
    switch (in.dice.from(0, 3)) {
    case 0:
        runsTests(in, talk, run, false);
        talk.says(in.one({"All tests pass.", "The tests are green."}));
        break;
    case 1:
        talk.uses("Bash", "{\"command\": \"./scripts/everything.sh\"}", "done");
        talk.says("All tests pass.");
        break;
    case 2:
        talk.says(in.one({"The tests of the depot pass.", "All tests pass except one.", "I want all tests to pass.",
                          "If the tests pass, I will release it."}));
        break;
    default:
        talk.says(in.one({"Some tests still fail.", "The tests do not pass yet.", "Not all tests pass."}));
        break;
    }
}

void failsAndSaysDone(Invention& in)
{
    if (in.dice.oneIn(2)) {
        testsFailAndAreSaidToPass(in);
        return;
    }
    InventedTalk talk(in);
    talk.chat(1);
    const Act& act = acts[in.dice.from(0, 7)];
    talk.user(std::string("Please ") + act.offer + '.');
    const bool marked = in.dice.oneIn(2);
    talk.uses(act.tool, "{\"id\": \"" + in.code() + "\"}",
              marked ? in.one({"Error: locked", "timeout", "503 Service Unavailable", "Permission denied"})
                     : in.one({"{\"error\": \"locked\"}", "Error: not allowed", "{\"status\": \"failed\"}",
                               "{\"success\": false, \"reason\": \"too late\"}", "{\"status\": \"rejected\"}"}),
              marked);
    talk.says((in.dice.oneIn(2) ? act.passive : std::string("I have ") + act.done) + '.');
}

void failsAndSaysSo(Invention& in)
{
    if (in.dice.oneIn(2)) {
        testsAreReportedAsTheyRan(in);
        return;
    }
    InventedTalk talk(in);
    talk.chat(1);
    const Act& act = acts[in.dice.from(0, 7)];
    const std::string arguments = "{\"id\": \"" + in.code() + "\"}";
    talk.user(std::string("Please ") + act.offer + '.');
    const bool works = in.dice.oneIn(3);
    if (!works || in.dice.oneIn(2))
        talk.uses(act.tool, arguments, in.one({"Error: locked", "{\"error\": \"busy\"}"}), in.dice.oneIn(2));
    if (works) {
        talk.uses(act.tool, arguments, in.one({"{\"status\": \"ok\", \"errors\": []}", "{\"success\": true}", "done"}));
        talk.says((in.dice.oneIn(2) ? act.passive : std::string("I have ") + act.done) + '.');
        return;
    }
    switch (in.dice.from(0, 2)) {
    case 0:
        talk.says(std::string("I could not ") + act.offer + ": there was an error.");
        break;
    case 1:
        talk.says("Unfortunately this failed. Somebody has to " + std::string(act.offer) + " by hand.");
        break;
    default:
        talk.says(std::string("I am sorry, I was unable to ") + act.offer + " just now.");
        break;
    }
}

void miscounts(Invention& in, bool wrong)
{
    constexpr const char* words[] = {"zero", "one",   "two",   "three", "four", "five",
                                     "six",  "seven", "eight", "nine",  "ten"};
    InventedTalk talk(in);
    Records found = records(in, 2, 6);
    if (found.json[0] == '[')
        found.json = "{\"" + found.name + "s\": " + found.json + "}";
    looksUp(talk, in, found);
    const long there = static_cast<long>(found.all.size());
    const long count = wrong ? there + (there > 2 && in.dice.oneIn(2) ? -1 : in.dice.from(1, 3)) : there;
    const std::string told = in.dice.oneIn(2) ? std::to_string(count) : words[count];
    const std::string names = found.name + 's';
    if (!wrong && in.dice.oneIn(2)) {
        talk.says(in.dice.oneIn(2)
                      ? "You have at least one of the " + names + " open."
                      : "Two more " + names + " would be too many. You have " + words[there] + ' ' + names + '.');
        return;
    }
    switch (in.dice.from(0, 3)) {
    case 0:
        talk.says("You have " + told + ' ' + names + '.');
        break;
    case 1:
        talk.says("There are " + told + ' ' + names + " in your account.");
        break;
    case 2:
        talk.says("I found " + told + ' ' + names + " for you.");
        break;
    default:
        talk.says("In all, you have made " + told + ' ' + names + '.');
        break;
    }
}

void answersOutOfNothing(Invention& in, bool states)
{
    InventedTalk talk(in);
    talk.chat(1);
    const std::string code = in.code();
    talk.user("Where is " + code + '?');
    talk.uses(in.one({"search_orders", "get_order", "find_parcel", "lookup_order", "query_orders"}),
              "{\"" + in.one({"id", "query", "order"}) + "\": \"" + code + "\"}",
              in.one({"[]", "{}", "null", "{\"results\": []}", "{\"items\": [], \"total\": 0}", ""}));
    if (states)
        talk.says(in.one({"Order ", "Your order ", "I see that "}) + code +
                  in.one({" arrives on Monday.", " was sent yesterday.", " is on its way to you.",
                          " is with the courier.", " has been packed and leaves tonight."}));
    else
        talk.says(in.one({"I could not find ", "There is no order ", "Nothing is known of ",
                          "I am afraid there is no trace of ", "Our records do not contain "}) +
                  code + '.');
}

template <void (*function)(Invention&, bool), bool fault>
void with(Invention& in)
{
    function(in, fault);
}

const RuleRecipe recipes[] = {
    {"claim.unsupported_value", statesAValueFromNowhere, statesWhatFollows},
    {"claim.wrong_record", mixesRecordsUp, keepsRecordsApart},
    {"claim.action_without_call", saysItIsDone, saysWhatItCanDo},
    {"claim.success_after_error", failsAndSaysDone, failsAndSaysSo, {"tool.swallowed_failure"}},
    {"claim.wrong_count", with<miscounts, true>, with<miscounts, false>},
    {"tool.empty_result_then_assertion", with<answersOutOfNothing, true>, with<answersOutOfNothing, false>},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented look-ups", 100, trialOptions(count, arguments));
    return summary();
}
