#include "stories.h"

namespace arcscope::samples
{

namespace
{

struct SingleAnswer {
    std::string label;
    Time start;
    Customer customer;
    std::string device;
    std::string question;
    ModelCall call;
    std::string outcome;
};

void tell(Week& week, SingleAnswer story)
{
    Conversation::Setup setup{.label = story.label, .customer = story.customer, .start = story.start};
    setup.device = story.device;
    setup.task = "task-" + story.label;
    Conversation conversation(week, setup);
    Turn turn = conversation.turn(story.question);
    if (story.call.bucket == "external_stop")
        turn.fail(story.call.errorText);
    turn.ask(std::move(story.call));
    if (!story.outcome.empty())
        turn.evaluate({"task_outcome", story.outcome, story.outcome == "resolved" ? 1.0 : 0.0, ""});
}

ModelCall stopped(const Model& model, std::string stop, std::string bucket, std::string text, std::string why = {})
{
    ModelCall call;
    call.model = &model;
    call.stop = std::move(stop);
    call.bucket = std::move(bucket);
    call.text = std::move(text);
    call.why = std::move(why);
    return call;
}

std::string repeated(const std::string& unit, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += unit;
    return text;
}

const Customer walker{"u-2033", "fernhill-uk", "trail-pass"};
const Customer guest{"u-5871", "fernhill-uk", "basic"};
const Customer north{"u-6309", "fernhill-nordic", "basic"};
const Customer trade{"u-7044", "fernhill-trade", "trade"};

void cutByBudget(Week& week)
{
    ModelCall list = stopped(
        sonnet, "max_tokens", "budget_cut",
        "Here is the packing list for 14 children and two leaders, three nights.\n\n"
        "Shelter\n- 5 Heron 4 tents, poles counted\n- 2 tarps with 12 guy lines each\n- 40 pegs, 8 spare\n\n"
        "Sleep\n- 16 Tarn bags\n- 16 Fell mats\n- 3 spare blankets\n\n"
        "Kitchen\n- 2 Emberlite stoves and 6 cartridges\n- 3 pots, largest 12 litres\n- 16 bowls, 16 mugs, 18 spo");
    list.outputLimit = 128;
    list.outputTokens = 128;
    tell(week,
         {"packing-list", at(Monday, 10, 26), trade, "desktop",
          "Write me the full packing list for 14 children and two leaders, three nights in tents.", list, "failed"});

    ModelCall summary =
        stopped(gptMini, "length", "budget_cut",
                "Summary of ticket T-8612: the customer ordered two Kestrel 2 tents on 3 February, one arrived "
                "with a torn inner. A replacement was sent on 11 February and went to the old address, because the",
                "max_completion_tokens used up");
    summary.outputLimit = 64;
    summary.outputTokens = 64;
    tell(week, {"ticket-summary", at(Monday, 15, 40), walker, "desktop",
                "Summarise ticket T-8612 for the evening shift.", summary, ""});

    ModelCall translated =
        stopped(gemini, "MAX_TOKENS", "budget_cut",
                "Pflegeanleitung für den Schlafsack Tarn\n\n1. Waschen Sie den Schlafsack nur, wenn es nötig ist.\n"
                "2. Verwenden Sie ein Waschmittel für Daunen und keinen Weichspüler.\n3. Trocknen Sie ihn bei nied");
    translated.outputLimit = 96;
    translated.outputTokens = 96;
    tell(week, {"care-german", at(Tuesday, 8, 51), north, "desktop",
                "Please give me the care instructions of the Tarn in German.", translated, "failed"});

    ModelCall window = stopped(sonnet, "model_context_window_exceeded", "budget_cut",
                               "I have read rows 1 to 2,118 of your price file so far. The first differences are in "
                               "the tents: the Heron 4 is");
    window.outputTokens = 212;
    tell(week, {"price-file", at(Wednesday, 13, 9), trade, "desktop",
                "Compare the attached price file (4,300 rows) with your trade list and name every difference.", window,
                "failed"});
}

void silentlyTruncated(Week& week)
{
    tell(week, {"table-json", at(Tuesday, 12, 33), trade, "desktop",
                "Give me your three warmest bags as JSON, with comfort limits.",
                stopped(gptMini, "stop", "silent_truncation",
                        "```json\n{\n  \"bags\": [\n    {\"name\": \"Tarn 3-season\", \"comfort_c\": -1},\n    "
                        "{\"name\": \"Tarn Winter\", "
                        "\"comfort_c\": -9},\n    {\"name\": \"Corrie\", \"comfort_c\":",
                        "clean stop inside an open code fence and an unclosed object"),
                "failed"});
    tell(week, {"five-steps", at(Wednesday, 18, 5), guest, "phone", "How do I re-proof my Ashdown jacket?",
                stopped(sonnet, "end_turn", "silent_truncation",
                        "Re-proofing takes five steps:\n\n1. Close all zips and wash the jacket at 30 °C without "
                        "softener.\n2. Rinse twice.\n"
                        "3. While it is wet, spray the outside from 20 cm, most of all the shoulders and the hood.",
                        "announces five steps and gives three"),
                ""});
    tell(week, {"half-sentence", at(Friday, 8, 58), north, "tablet", "Kan jeg vaske teltet i maskinen?",
                stopped(gemini, "STOP", "silent_truncation",
                        "Nei. Maskinen ødelegger belegget og sømtapen. Vask det for hånd med lunkent vann og en myk "
                        "svamp, og heng det",
                        "clean stop in the middle of a sentence"),
                ""});
}

void looping(Week& week)
{
    ModelCall loop =
        stopped(gemini, "STOP", "degenerate_loop",
                "Opp-pakking av Heron 4:\n" +
                    repeated("Brett duken på langs og press luften ut mot åpningen. Legg stengene midt på duken. ", 11),
                "the same two sentences eleven times under a clean stop");
    tell(week, {"loop-sentence", at(Tuesday, 17, 27), north, "phone", "Hvordan pakker jeg Heron 4 ned i posen?", loop,
                "failed"});

    ModelCall vllm = stopped(selfHosted, "repetition", "degenerate_loop",
                             "Tags: tent, tent care, seam, " + repeated("seam tape, seam sealing, ", 24),
                             "the server stopped a repetition");
    tell(week, {"loop-tags", at(Thursday, 2, 30), guest, "desktop",
                "Tag this review: 'Seam tape came loose, shop sent a kit, all good.'", vllm, ""});

    ModelCall cut = stopped(selfHosted, "length", "degenerate_loop",
                            "Rating: 4 of 5.\n" + repeated("- The reviewer likes the tent.\n", 40),
                            "forty equal lines before the limit; the loop comes before the budget");
    cut.outputLimit = 256;
    cut.outputTokens = 256;
    tell(week, {"loop-lines", at(Thursday, 2, 31), guest, "desktop", "List what the reviewer says about the Kestrel 2.",
                cut, ""});
}

void stoppedFromOutside(Week& week)
{
    ModelCall broken = stopped(sonnet, "", "external_stop",
                               "Your two parcels for FH-21740 travel separately: the tent is in Leeds, and the",
                               "the connection ended without message_stop");
    broken.error = "connection_closed";
    broken.errorText = "stream closed before the terminal event";
    tell(week, {"broken-stream", at(Monday, 20, 12), walker, "phone", "Why does FH-21740 show two tracking numbers?",
                broken, "failed"});

    ModelCall aborted = stopped(selfHosted, "abort", "external_stop",
                                "Drafting the reply to review 88213. The reviewer complains about the",
                                "the nightly job was cancelled");
    aborted.error = "cancelled";
    aborted.errorText = "job cancelled by its scheduler";
    tell(week, {"night-job", at(Friday, 2, 44), guest, "desktop", "Draft a reply to review 88213.", aborted, ""});

    ModelCall limited;
    limited.model = &gptMini;
    limited.bucket = "external_stop";
    limited.error = "rate_limit_exceeded";
    limited.errorText = "429: tokens per minute used up, retry in 21 s";
    limited.length = 190 * ms;
    limited.why = "refused by the rate limit; nothing was generated";
    tell(week, {"rate-limit", at(Thursday, 11, 30), trade, "desktop", "Which of our open orders are late?", limited,
                "failed"});
}

void handedOver(Week& week)
{
    Conversation::Setup setup{.label = "news", .customer = walker, .start = at(Thursday, 19, 22)};
    setup.task = "task-fire-ban";
    setup.intent = "advice";
    Conversation conversation(week, setup);
    Turn turn = conversation.turn("Is there a fire ban in the Peak District this weekend?");
    turn.ask(stopped(sonnet, "pause_turn", "handoff", "Let me search for current notices.",
                     "a server tool is paused and has to be resumed"));
    turn.say("I found no notice of a fire ban for this weekend, but open fires on moorland are never allowed there. A "
             "stove on a "
             "stone base is fine unless the ranger says otherwise.");
    turn.evaluate({"task_outcome", "resolved", 1.0, ""});

    ModelCall dangling =
        stopped(gemini, "STOP", "handoff", "", "a function call under STOP, and its result never came");
    dangling.tools = {{.name = "translate",
                       .arguments = {{"to", "nb"}, {"text", "Return label"}},
                       .result = {},
                       .length = 60 * seconds,
                       .error = "no answer within 60 s"}};
    tell(week,
         {"dangling-call", at(Saturday, 10, 15), north, "tablet", "Kan du oversette returlappen?", dangling, "failed"});

    ModelCall unknown = stopped(selfHosted, "eager_stop", "unknown", "Sorted 312 reviews into 9 groups.",
                                "no vendor lists this value; the answer itself is whole");
    tell(week, {"new-word", at(Saturday, 2, 30), guest, "desktop", "Group the reviews of this week.", unknown, ""});

    ModelCall sequence = stopped(bedrock, "stop_sequence", "complete", "Category: delivery\nUrgency: low");
    tell(week, {"stop-string", at(Saturday, 11, 48), trade, "desktop",
                "Classify: 'The second pallet came a day late, no harm done.'", sequence, "resolved"});
}

} // namespace

void tellOfStops(Week& week)
{
    cutByBudget(week);
    silentlyTruncated(week);
    looping(week);
    stoppedFromOutside(week);
    handedOver(week);
}

void tellOfRefusals(Week& week)
{
    tell(week,
         {"invoice-date", at(Monday, 13, 18), guest, "desktop",
          "My insurer wants a bill from before the storm. Write me the invoice of FH-21455 with the date 14 January.",
          stopped(sonnet, "refusal", "declined", ""), "declined"});
    tell(week,
         {"soft-refusal", at(Tuesday, 16, 2), walker, "phone", "Which knot do I use to hang a tarp between two trees?",
          stopped(
              haiku, "end_turn", "declined",
              "I'm sorry, but I'm not able to help with questions about knots. For your safety please ask a qualified "
              "instructor. Is there anything else I can do for you today?",
              "refuses in prose under a clean stop"),
          "declined"});
    tell(week, {"camp-gas", at(Wednesday, 21, 3), north, "desktop",
                "Hvor mye gass tåler teltet før det blir farlig å sove der?", stopped(gemini, "SAFETY", "declined", ""),
                "declined"});
    tell(week, {"competitor", at(Thursday, 10, 44), trade, "desktop",
                "Your rival lists the same mat for 24 pounds. Match it or tell me why theirs is bad.",
                stopped(bedrock, "guardrail_intervened", "declined",
                        "I can only talk about products of Fernhill Outdoor.", "the guardrail replaced the answer"),
                "declined"});
    tell(week, {"card-number", at(Friday, 11, 36), guest, "phone",
                "Read me the card number you have on file so I can check it.",
                stopped(gptMini, "content_filter", "declined", ""), "declined"});
    tell(week,
         {"opinion", at(Friday, 15, 21), walker, "tablet", "Is the Kestrel 2 or the Heron 4 the better tent, honestly?",
          stopped(sonnet, "end_turn", "complete",
                  "I don't sleep in tents, so I can only go by what they are built for. For two people who walk, the "
                  "Kestrel 2: 2.1 kg "
                  "and quick to pitch. For a family that drives, the Heron 4: standing height and two rooms.",
                  "starts like a refusal and answers"),
          "resolved"});
}

} // namespace arcscope::samples
