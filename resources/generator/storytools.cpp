#include "stories.h"

#include "sampleids.h"

namespace arcscope::samples
{

namespace
{

/// Five calls at once; the warehouse in Bergen answers after 28 seconds and holds all.
void straggler(Week& week)
{
    Conversation::Setup setup{
        .label = "straggler", .customer = {"u-7015", "fernhill-trade", "trade"}, .start = at(Tuesday, 9, 31)};
    setup.task = "task-stock-7015";
    setup.intent = "stock";
    Conversation conversation(week, setup);
    Turn turn = conversation.turn("How many Brackenfell 70 can you deliver this month, from all warehouses together?");
    const auto stock = [](const char* house, int count, Time length) {
        return ToolUse{.name = "warehouse_stock",
                       .arguments = {{"sku", "BRA-70"}, {"warehouse", house}},
                       .result = {{"warehouse", house}, {"sku", "BRA-70"}, {"free", count}},
                       .length = length};
    };
    std::vector<ToolUse> calls = {stock("leeds", 44, 380 * ms), stock("cardiff", 12, 415 * ms),
                                  stock("bergen", 31, 28'240 * ms), stock("lund", 0, 356 * ms),
                                  stock("kiel", 18, 502 * ms)};
    calls[2].fact = "straggler_join";
    turn.use(calls);
    turn.say("All warehouses together have 105 Brackenfell 70 free: 44 in Leeds, 12 in Cardiff, 31 in Bergen and 18 in "
             "Kiel; Lund "
             "has none. Leeds and Kiel could ship this week.");
    turn.evaluate({"task_outcome", "resolved", 1.0, ""});
}

/// The same call nine times within seconds, each with the same error; then harbor gives up.
void retryStorm(Week& week)
{
    Conversation::Setup setup{
        .label = "storm", .customer = {"u-4020", "fernhill-uk", "basic"}, .start = at(Tuesday, 14, 55)};
    setup.task = "task-parcel-4020";
    setup.intent = "order status";
    Conversation conversation(week, setup);
    Turn turn = conversation.turn("Where is my parcel? FH-21034");
    for (int attempt = 1; attempt <= 9; ++attempt) {
        ModelCall again;
        again.tools = {{.name = "track_parcel",
                        .arguments = {{"order_id", "FH-21034"}},
                        .result = {},
                        .length = between("storm " + std::to_string(attempt), 240, 420) * ms,
                        .error = "503 carrier interface is down for maintenance until 16:00",
                        .fact = "retry_storm"}};
        if (attempt >= 3) {
            again.otherBucket = "degenerate_loop";
            again.why = "a hand-over to a tool, and already the same call as before";
        }
        turn.ask(again);
    }
    ModelCall last;
    last.text = "One moment, let me look that up for you.";
    last.tools = {{.name = "track_parcel",
                   .arguments = {{"order_id", "FH-21034"}},
                   .result = {},
                   .length = 310 * ms,
                   .error = "503 carrier interface is down for maintenance until 16:00",
                   .fact = "retry_storm"}};
    last.bucket = "degenerate_loop";
    last.why = "the tenth identical track_parcel call; every answer was the same error";
    turn.ask(last);
    turn.fail("step limit of 10 reached");
    turn.evaluate({"task_outcome", "failed", 0.0, "the step limit ended the run"});
}

/// Shipping could not be quoted; the answer keeps silent about it.
void swallowed(Week& week)
{
    Conversation::Setup setup{
        .label = "swallowed", .customer = {"u-6120", "fernhill-nordic", "trail-pass"}, .start = at(Wednesday, 11, 12)};
    setup.task = "task-offer-6120";
    setup.intent = "quote";
    setup.model = &gptMini;
    Conversation conversation(week, setup);
    {
        Turn turn = conversation.turn("What would a Heron 4 and two Quill chairs cost me with delivery to Tromsø?");
        turn.use({{.name = "price_of",
                   .arguments = {{"sku", "HER-4"}},
                   .result = {{"sku", "HER-4"}, {"price", "4,290 NOK"}},
                   .length = 180 * ms},
                  {.name = "price_of",
                   .arguments = {{"sku", "QUILL"}, {"quantity", 2}},
                   .result = {{"sku", "QUILL"}, {"price", "1,180 NOK"}},
                   .length = 205 * ms},
                  {.name = "quote_shipping",
                   .arguments = {{"to", "Tromsø"}, {"weight_kg", 14.6}},
                   .result = {},
                   .length = 5'000 * ms,
                   .error = "timeout after 5000 ms",
                   .fact = "swallowed_failure"}});
        turn.say("The Heron 4 is 4,290 NOK and two Quill chairs are 1,180 NOK, so your total is 5,470 NOK.");
    }
    Turn turn = conversation.turn("Is that with delivery to Tromsø? That is what I asked.", 35 * seconds);
    turn.use({{.name = "quote_shipping",
               .arguments = {{"to", "Tromsø"}, {"weight_kg", 14.6}},
               .result = {{"price", "349 NOK"}, {"days", 4}},
               .length = 870 * ms}});
    turn.say("No, I left it out. Delivery to Tromsø is 349 NOK and takes four days, so the total is 5,819 NOK.");
    turn.evaluate({"task_outcome", "resolved", 1.0, "ordered"});
}

/// A span whose parent never arrived, and a call that ended after its result should have been read.
void orphans(Week& week)
{
    Conversation::Setup setup{
        .label = "orphans", .customer = {"u-2640", "fernhill-uk", "trail-pass"}, .start = at(Thursday, 9, 40)};
    setup.task = "task-swap-2640";
    setup.intent = "return";
    Conversation conversation(week, setup);
    Turn turn = conversation.turn("The Ashdown jacket in L is too wide, I would like an M instead. Order FH-21562.");
    turn.use({{.name = "look_up_order",
               .arguments = {{"order_id", "FH-21562"}},
               .result = {{"order_id", "FH-21562"}, {"item", "Ashdown jacket L"}},
               .length = 310 * ms},
              {.name = "check_stock",
               .arguments = {{"sku", "ASH-M"}},
               .result = {{"sku", "ASH-M"}, {"status", "available"}, {"count", 9}},
               .length = 350 * ms},
              {.name = "customer_history",
               .arguments = {{"user", "u-2640"}, {"months", 24}},
               .result = {{"orders", 7}, {"returns", 1}},
               .length = 9'700 * ms,
               .late = true,
               .fact = "orphan_child"}});
    OtlpSpan& lost = turn.child("reserve_item ASH-M", 240 * ms, spanIdOf("a span that was never exported"));
    lost.attributes.add("gen_ai.operation.name", "execute_tool");
    lost.attributes.add("gen_ai.tool.name", "reserve_item");
    lost.attributes.add("gen_ai.tool.call.arguments", R"({"sku":"ASH-M","order_id":"FH-21562"})");
    lost.attributes.add("gen_ai.tool.call.result", R"({"reserved_until":"2026-03-14"})");
    week.facts.add(
        "tools",
        {{"fact", "missing_parent"}, {"tool", "reserve_item"}, {"trace", lost.traceId}, {"span", lost.spanId}});
    turn.say("The Ashdown in M is available and reserved for you until Saturday. Send the L back with the label in "
             "your account; the M leaves as soon as the parcel is scanned.");
    turn.evaluate({"task_outcome", "resolved", 1.0, ""});
}

/// The stock check settles the matter, the other three go on for eleven seconds and are paid for.
void siblingsGoOn(Week& week)
{
    Conversation::Setup setup{
        .label = "siblings", .customer = {"u-5333", "fernhill-uk", "basic"}, .start = at(Thursday, 16, 8)};
    setup.task = "task-gift-5333";
    setup.intent = "order";
    Conversation conversation(week, setup);
    Turn turn = conversation.turn("Gift-wrap a Lowmere 24 for my sister and send it to her until Saturday, can you?");
    turn.use({{.name = "check_stock",
               .arguments = {{"sku", "LOW-24"}},
               .result = {},
               .length = 290 * ms,
               .error = "discontinued: no stock and no restock date",
               .fact = "decisive_failure"},
              {.name = "quote_shipping",
               .arguments = {{"weight_kg", 6.2}, {"by", "2026-03-14"}},
               .result = {{"price", "7.90 GBP"}},
               .length = 4'100 * ms,
               .fact = "sibling_not_cancelled"},
              {.name = "render_gift_card",
               .arguments = {{"text", "For a cold drink by the lake"}},
               .result = {{"image", "card-5333.png"}},
               .length = 11'300 * ms,
               .fact = "sibling_not_cancelled"},
              {.name = "quote_gift_wrap",
               .arguments = {{"size", "large"}},
               .result = {{"price", "4.50 GBP"}},
               .length = 2'750 * ms,
               .fact = "sibling_not_cancelled"}});
    turn.say("I am afraid the Lowmere 24 has been discontinued and will not come back. The Lowmere 30 is in stock; it "
             "would arrive "
             "on Saturday, wrapped.");
    turn.evaluate({"task_outcome", "unknown", 0.5, "no answer from the customer"});
}

/// Three look-ups one after the other that need nothing from each other, and one of them twice.
void oneAfterTheOther(Week& week)
{
    Conversation::Setup setup{
        .label = "serial", .customer = {"u-2718", "fernhill-uk", "trail-pass"}, .start = at(Friday, 12, 25)};
    setup.task = "task-bundle-2718";
    setup.intent = "advice";
    Conversation conversation(week, setup);
    Turn turn = conversation.turn(
        "Do the Skerry 20 dry bag, the Pinnock headlamp and the Emberlite fit into a Brackenfell 70 lid pocket?");
    const auto size = [](const char* sku, double litres) {
        return ToolUse{.name = "product_size",
                       .arguments = {{"sku", sku}},
                       .result = {{"sku", sku}, {"litres", litres}},
                       .length = 640 * ms,
                       .fact = "serial_independent"};
    };
    turn.use({size("SKE-20", 1.1)});
    turn.use({size("PIN-3", 0.3)});
    turn.use({size("EMB-1", 0.9)});
    ToolUse again = size("PIN-3", 0.3);
    again.fact = "duplicate_call";
    turn.use({again});
    turn.say("Yes: rolled up the Skerry takes 1.1 litres, the Pinnock 0.3 and the Emberlite 0.9, together 2.3 litres. "
             "The lid pocket "
             "holds 4.");
    turn.evaluate({"task_outcome", "resolved", 1.0, ""});
}

} // namespace

void tellOfTools(Week& week)
{
    straggler(week);
    retryStorm(week);
    swallowed(week);
    orphans(week);
    siblingsGoOn(week);
    oneAfterTheOther(week);
}

} // namespace arcscope::samples
