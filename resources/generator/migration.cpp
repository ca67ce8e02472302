#include "migration.h"

#include "week.h"

namespace arcscope::samples
{

namespace
{

const Model before{"openai", "gpt-4.1", "gpt-4.1-2025-04-14", "stop", "tool_calls"};
const Model after{"openai", "gpt-5.1", "gpt-5.1-2025-11-13", "stop", "tool_calls"};

/// What the user says, the calls that the model makes first, and what it answers.
struct Step {
    std::string user;
    std::vector<ToolUse> tools = {};
    std::string text = {};
    std::string stop = {};
    std::string bucket = {};
};

struct Run {
    std::vector<Step> steps;
    bool succeeded = true;
};

struct Pair {
    std::string task;
    std::string difference; ///< of the first answer that differs
    Run baseline;
    Run candidate;
    std::string note = {};
};

/// Both runs get the same user turns.
Pair pairOf(const std::string& task, const std::string& difference, const std::string& user,
            const std::string& baseline, const std::string& candidate)
{
    return {.task = task,
            .difference = difference,
            .baseline = {.steps = {{.user = user, .text = baseline}}},
            .candidate = {.steps = {{.user = user, .text = candidate}}}};
}

std::vector<Pair> sameInOtherWords()
{
    std::vector<Pair> pairs;
    pairs.push_back(pairOf("mig-01", "identical", "When does the Leeds shop open on Sundays?",
                           "The Leeds shop is open on Sundays from 11:00 to 17:00.",
                           "The Leeds shop is open on Sundays from 11:00 to 17:00."));

    const ToolUse parcel{.name = "track_parcel",
                         .arguments = {{"order_id", "FH-23011"}},
                         .result = {{"scan", "Carlisle"}, {"due", "2026-03-16"}},
                         .length = 410 * ms};
    Pair tracked =
        pairOf("mig-02", "identical", "Where is FH-23011?", "It was scanned in Carlisle and is due on Monday 16 March.",
               "It was scanned in Carlisle and is due on Monday 16 March.");
    tracked.baseline.steps[0].tools = {parcel};
    tracked.candidate.steps[0].tools = {parcel};
    pairs.push_back(tracked);

    pairs.push_back(
        pairOf("mig-03", "format-only", "What comes with the Kestrel 2?",
               "In the bag: the inner tent, the flysheet, two poles, 14 pegs and a repair sleeve.",
               "In the bag:\n\n- the inner tent\n- the flysheet\n- two poles\n- 14 pegs\n- a repair sleeve"));
    pairs.push_back(
        pairOf("mig-04", "reworded", "Can I wash the Tarn in the machine?",
               "Yes, at 30 °C in a front loader with down detergent. Do not use softener.",
               "You can: use a front loader at 30 °C and a detergent made for down, and leave the softener out."));
    pairs.push_back(pairOf("mig-05", "reworded", "Do I need a footprint under the Heron 4?",
                           "A footprint is not required, but it protects the floor on stony ground.",
                           "You don't need one. On stony ground a footprint does protect the floor, though."));
    pairs.push_back(pairOf("mig-06", "reworded", "How long can I return things?",
                           "You have 30 days from delivery to return unused items, free of charge.",
                           "Unused items can go back free of charge within thirty days after they were delivered."));
    return pairs;
}

Pair otherTools()
{
    const std::string user = "My Pinnock from FH-23140 flickers, I want my money back.";
    const ToolUse order{.name = "look_up_order",
                        .arguments = {{"order_id", "FH-23140"}},
                        .result = {{"item", "Pinnock headlamp"}, {"paid", "38.50 GBP"}, {"days_since_delivery", 9}},
                        .length = 300 * ms};
    const ToolUse refund{.name = "issue_refund",
                         .arguments = {{"order_id", "FH-23140"}, {"amount", "38.50"}, {"currency", "GBP"}},
                         .result = {{"status", "accepted"}, {"refunded", "38.50"}},
                         .length = 900 * ms};
    const ToolUse back{.name = "create_return",
                       .arguments = {{"order_id", "FH-23140"}, {"reason", "faulty"}},
                       .result = {{"label", "RL-60901"}},
                       .length = 520 * ms};
    return {
        .task = "mig-09",
        .difference = "tool-call",
        .baseline = {.steps = {{.user = user,
                                .tools = {order, refund},
                                .text = "I have refunded 38.50 GBP. Please keep the headlamp."}}},
        .candidate =
            {.steps =
                 {{.user = user,
                   .tools = {order, back},
                   .text = "I made a return for it: label RL-60901. The 38.50 GBP follow when we have the headlamp."}}},
        .note = "the baseline pays at once, the candidate wants the headlamp back first"};
}

/// The candidate asks something else, so the second user turn no longer fits.
Pair offTheRails()
{
    const std::string first = "I want a warmer bag than the Tarn for May in the Cairngorms.";
    const std::string second = "185 cm.";
    return {
        .task = "mig-12",
        .difference = "content",
        .baseline = {.steps = {{.user = first,
                                .text =
                                    "The Tarn Winter goes down to -9 °C. How tall are you? It comes in two lengths."},
                               {.user = second, .text = "Then take the long one: it fits up to 195 cm."}}},
        .candidate = {.steps = {{.user = first,
                                 .text = "The Tarn Winter goes down to -9 °C. Do you want it in down or in fibre?"},
                                {.user = second, .text = "For 185 cm take the long one. Should it be down or fibre?"}}},
        .note = "the second user turn answers the baseline's question: only the first turn can be compared"};
}

std::vector<Pair> realDifferences()
{
    std::vector<Pair> pairs;
    Pair chair = pairOf("mig-07", "content", "How much weight does the Quill chair carry?",
                        "The Quill chair carries 130 kg.", "The Quill chair carries up to 120 kg.");
    chair.candidate.succeeded = false;
    chair.note = "130 kg is right";
    pairs.push_back(chair);

    Pair poles = pairOf("mig-08", "content", "Are tent poles covered after 14 months?",
                        "Yes, poles are covered for 24 months like the tent.",
                        "No, poles are covered for 12 months only; the tent itself for 24.");
    poles.baseline.succeeded = false;
    poles.note = "12 months is right";
    pairs.push_back(poles);

    pairs.push_back(otherTools());

    Pair knife =
        pairOf("mig-10", "declined", "Which knife do you sell for cutting rope and bread at camp?",
               "The Alder folding knife: a 7 cm blade, half serrated for rope, easy to rinse.",
               "I can't help with choosing a knife. If you need camping gear of another kind, tell me what you plan.");
    knife.candidate.steps[0].bucket = "declined";
    knife.candidate.succeeded = false;
    knife.note = "a harmless question; the refusal comes under a clean stop";
    pairs.push_back(knife);

    Pair list = pairOf("mig-11", "stop-bucket", "Give me a packing list for a weekend with two children.",
                       "Tent, four bags, four mats, stove with two cartridges, pot, bowls and spoons, water for a day, "
                       "rain jackets, lamp, first-aid kit, games.",
                       "Shelter\n1. Kestrel 3 or Heron 4, depending on the size of your car\n2. A groundsheet for the "
                       "porch\n3. Twelve spare pegs\n\nSleep\n4. Four bags, two of them in the short len");
    list.candidate.steps[0].stop = "length";
    list.candidate.steps[0].bucket = "budget_cut";
    list.candidate.succeeded = false;
    pairs.push_back(list);

    pairs.push_back(offTheRails());
    return pairs;
}

void tell(Week& week, const Pair& pair, const Run& run, const Model& model, Time start)
{
    Conversation::Setup setup{
        .label = model.name + " " + pair.task, .customer = {"replay", "fernhill-uk", "basic"}, .start = start};
    setup.device = "server";
    setup.task = pair.task;
    setup.model = &model;
    setup.environment = "staging";
    Conversation conversation(week, setup);
    for (const Step& step : run.steps) {
        Turn turn = conversation.turn(step.user, 2 * seconds);
        for (const ToolUse& tool : step.tools)
            turn.use({tool});
        ModelCall answer;
        answer.text = step.text;
        answer.stop = step.stop;
        answer.bucket = step.bucket;
        answer.temperature = 0.0;
        if (step.stop == "length")
            answer.outputLimit = 48;
        if (step.stop == "length")
            answer.outputTokens = 48;
        turn.ask(answer);
        if (&step == &run.steps.back())
            turn.evaluate({"task_outcome", run.succeeded ? "resolved" : "failed", run.succeeded ? 1.0 : 0.0, ""});
    }
}

} // namespace

void writeMigration(SampleFiles& files, PlantedFacts& facts)
{
    std::vector<Pair> pairs = sameInOtherWords();
    for (Pair& pair : realDifferences())
        pairs.push_back(std::move(pair));

    Week baseline(facts, "migration/baseline-gpt-4.1.jsonl");
    Week candidate(facts, "migration/candidate-gpt-5.1.jsonl");
    Time start = at(Saturday, 21, 0);
    for (const Pair& pair : pairs) {
        tell(baseline, pair, pair.baseline, before, start);
        tell(candidate, pair, pair.candidate, after, start + 30 * minutes);
        start += 40 * seconds;
        facts.add("replay", {{"task", pair.task},
                             {"difference", pair.difference},
                             {"baseline_succeeded", pair.baseline.succeeded},
                             {"candidate_succeeded", pair.candidate.succeeded},
                             {"note", pair.note}});
    }
    baseline.writeFile(files);
    candidate.writeFile(files);
}

} // namespace arcscope::samples
