#include "incident.h"
#include "stories.h"

namespace arcscope::samples
{

namespace
{

const Customer shopper{"u-4127", "fernhill-uk", "trail-pass"};
const Customer engineer{"staff-07", "fernhill-uk", "staff"};

Conversation::Setup session(const std::string& label, const Customer& who, Time start, const std::string& device)
{
    Conversation::Setup setup{.label = label, .customer = who, .start = start, .device = device};
    setup.task = "task-label-4127";
    setup.intent = "incident";
    return setup;
}

void customerReports(Week& week)
{
    Conversation conversation(week, session("incident report", shopper, at(Wednesday, 13, 31), "desktop"));
    Turn turn = conversation.turn(
        "The return label for FH-21377 sends my parcel to Cardiff. Your site says returns go to Leeds since Monday.");
    turn.use({{"look_up_order",
               {{"order_id", "FH-21377"}},
               {{"order_id", "FH-21377"}, {"return_label", {{"depot", "CDF-2"}, {"created", "2026-03-11T13:12:08Z"}}}}},
              {"depot_of", {{"flow", "returns"}, {"region", "north"}}, {{"depot", "LDS-1"}, {"since", "2026-03-09"}}}});
    turn.use({{"open_ticket",
               {{"title", "Return labels carry the old depot"}, {"orders", {"FH-21377"}}},
               {{"ticket", 4127}, {"queue", "labels"}},
               290 * ms}});
    turn.say("You are right: the label names depot CDF-2 in Cardiff, but returns go to LDS-1 in Leeds since Monday. "
             "Please do not use it. "
             "I have opened ticket 4127 and will write to you when a correct label is there.");
}

void engineerAsks(Week& week)
{
    Conversation conversation(week, session("incident fix", engineer, at(Wednesday, 14, 10), "desktop"));
    {
        Turn turn = conversation.turn(
            "Ticket 4127: labels-api still prints CDF-2 for northern returns. Find it, fix it on branch "
            "fix/4127-depot and run the tests.");
        turn.use({{"run_coding_agent",
                   {{"repository", "labels-api"}, {"branch", "fix/4127-depot"}, {"session", "incident-4127"}},
                   {{"changed", {"labels/depot.py", "labels/cache.py"}}, {"report", "All 41 tests pass."}},
                   14 * minutes + 22 * seconds}});
        turn.use({{"run_tests",
                   {{"repository", "labels-api"}, {"ref", "fix/4127-depot"}},
                   {{"exit_code", 1}, {"collected", 41}, {"passed", 38}, {"failed", 3}, {"stdout", testOutput}},
                   9'410 * ms}});
        ModelCall claim;
        claim.text = falseClaim;
        claim.bucket = "false_completion";
        claim.why = "run_tests returned exit_code 1 with 3 of 41 failed; the text says all 41 pass";
        turn.ask(claim);
        week.facts.add("incident", {{"what", "the false claim"},
                                    {"trace", turn.traceId()},
                                    {"span", turn.lastCall()},
                                    {"quote", "All 41 tests pass."},
                                    {"tool", "run_tests"},
                                    {"result", "exit_code 1, 38 passed, 3 failed"}});
        week.facts.add("false_claims", {{"trace", turn.traceId()},
                                        {"span", turn.lastCall()},
                                        {"quote", "All 41 tests pass."},
                                        {"tool", "run_tests"},
                                        {"result", "exit_code 1"}});
    }
    Turn turn = conversation.turn("Good. Ship it.", 3 * minutes);
    turn.use({{"deploy",
               {{"service", "labels-api"}, {"ref", "fix/4127-depot"}},
               {{"state", "live"}, {"build", 918}},
               96 * seconds}});
    turn.say("labels-api build 918 is live. I am telling the customer of ticket 4127.");
    turn.evaluate({"answer_grounded", "fail", 0.0, "checked on Thursday: the test run it relied on had failed"});
}

void customerIsTold(Week& week)
{
    Conversation conversation(week, session("incident told", shopper, at(Wednesday, 15, 2), "desktop"));
    Turn turn = conversation.turn("[ticket 4127 was updated]");
    turn.use({{"create_return", {{"order_id", "FH-21377"}}, {{"label", "RL-60413"}, {"depot", "CDF-2"}}, 640 * ms}});
    ModelCall told;
    told.text = "The fault is fixed and tested: all 41 tests pass. Your new return label RL-60413 goes to Leeds. Sorry "
                "for the detour.";
    told.bucket = "false_completion";
    told.why = "create_return answered depot CDF-2, which is Cardiff; the tests had not passed";
    turn.ask(told);
    week.facts.add("false_claims", {{"trace", turn.traceId()},
                                    {"span", turn.lastCall()},
                                    {"quote", "Your new return label RL-60413 goes to Leeds."},
                                    {"tool", "create_return"},
                                    {"result", "depot CDF-2"}});
    week.facts.add("incident", {{"what", "the claim reaches the customer"},
                                {"trace", turn.traceId()},
                                {"span", turn.lastCall()},
                                {"quote", "Your new return label RL-60413 goes to Leeds."},
                                {"tool", "create_return"},
                                {"result", "depot CDF-2"}});
}

void customerReturns(Week& week)
{
    Conversation conversation(week, session("incident again", shopper, at(Thursday, 8, 41), "phone"));
    {
        Turn turn =
            conversation.turn("RL-60413 also says Cardiff. The post office refused to take it. Do you test anything?");
        turn.use(
            {{"label_details", {{"label", "RL-60413"}}, {{"label", "RL-60413"}, {"depot", "CDF-2"}, {"build", 918}}},
             {"test_runs",
              {{"repository", "labels-api"}, {"ref", "fix/4127-depot"}},
              Json::array({{{"run", 5521}, {"exit_code", 1}, {"passed", 38}, {"failed", 3}}}),
              510 * ms}});
        turn.say("You are right, and so is the post office. RL-60413 carries CDF-2. The test run behind yesterday's "
                 "message ended with exit "
                 "code 1: 38 passed, 3 failed. It should never have been called a pass. Shall a colleague take over?",
                 "The earlier turn said all tests pass. The record says otherwise. Tell it plainly and hand over.");
        week.facts.add("incident", {{"what", "the claim is taken back"},
                                    {"trace", turn.traceId()},
                                    {"span", turn.lastCall()},
                                    {"quote", "38 passed, 3 failed"}});
    }
    Turn turn = conversation.turn("Yes, a person please.", 20 * seconds);
    turn.use({{"transfer_to_human",
               {{"queue", "labels"}, {"reason", "wrong depot twice, wrong statement about tests"}},
               {{"ticket", 4127}, {"wait_minutes", 3}},
               300 * ms}});
    turn.say("A colleague from labels has ticket 4127 now and sends you a courier.");
    turn.evaluate({"task_outcome", "resolved_by_human", 0.5, "courier on Thursday; build 918 was rolled back"});
}

} // namespace

void tellOfIncident(Week& week)
{
    customerReports(week);
    engineerAsks(week);
    customerIsTold(week);
    customerReturns(week);
}

} // namespace arcscope::samples
