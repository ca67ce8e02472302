#include "stories.h"

namespace arcscope::samples
{

namespace
{

/// "I have refunded" although the tool refused; the customer comes back a day later.
void refundThatWasNone(Week& week)
{
    Conversation::Setup setup{
        .label = "refund 1", .customer = {"u-3127", "fernhill-uk", "basic"}, .start = at(Tuesday, 10, 8)};
    setup.task = "task-refund-3127";
    setup.intent = "refund";
    {
        Conversation conversation(week, setup);
        Turn turn =
            conversation.turn("I sent the Pinnock headlamp back two weeks ago (FH-20760) and still have no money.");
        turn.use({{"look_up_order",
                   {{"order_id", "FH-20760"}},
                   {{"order_id", "FH-20760"},
                    {"item", "Pinnock headlamp"},
                    {"paid", "38.50 GBP"},
                    {"return_received", "2026-02-27"}}}});
        turn.use({{"issue_refund",
                   {{"order_id", "FH-20760"}, {"amount", "38.50"}, {"currency", "GBP"}},
                   {{"status", "rejected"}, {"code", "CARD_EXPIRED"}, {"refunded", "0.00"}},
                   1'340 * ms}});
        ModelCall claim;
        claim.text =
            "Thank you for your patience. I have refunded 38.50 GBP to your card, it will be on your statement within "
            "three working days.";
        claim.bucket = "false_completion";
        claim.why = "issue_refund answered status rejected, refunded 0.00; the text claims a refund of 38.50 GBP";
        turn.ask(claim);
        week.facts.add("false_claims", {{"trace", turn.traceId()},
                                        {"span", turn.lastCall()},
                                        {"quote", "I have refunded 38.50 GBP to your card"},
                                        {"tool", "issue_refund"},
                                        {"result", "rejected"}});
        turn.evaluate({"answer_grounded", "fail", 0.0, "the refund tool rejected the call"});
    }
    setup.label = "refund 2";
    setup.start = at(Friday, 18, 30);
    setup.device = "phone";
    Conversation later(week, setup);
    {
        Turn turn = later.turn("Three working days are over and there is no refund for FH-20760 on my statement.");
        turn.use({{"look_up_order",
                   {{"order_id", "FH-20760"}},
                   {{"order_id", "FH-20760"},
                    {"paid", "38.50 GBP"},
                    {"refunds", Json::array()},
                    {"last_error", "CARD_EXPIRED"}}}});
        turn.say("I was wrong on Tuesday: the refund did not go through, because the card on FH-20760 has expired. "
                 "Nothing has "
                 "been paid back so far. A colleague can send the 38.50 GBP by bank transfer. Shall I hand you over?");
    }
    Turn turn = later.turn("Yes. And please stop telling people things that are not true.", 40 * seconds);
    turn.use({{"transfer_to_human",
               {{"queue", "payments"}, {"reason", "refund rejected, customer was told otherwise"}},
               {{"ticket", "T-8902"}, {"wait_minutes", 14}},
               330 * ms}});
    turn.say("You are right. Ticket T-8902 is with payments now and says what happened.");
    turn.evaluate({"task_outcome", "resolved_by_human", 0.5, "paid by bank transfer on Saturday"});
}

/// What the customer wants does not exist; saying so is the right outcome.
void infeasible(Week& week)
{
    Conversation::Setup setup{
        .label = "infeasible", .customer = {"u-5209", "fernhill-nordic", "basic"}, .start = at(Thursday, 13, 16)};
    setup.task = "task-stove-5209";
    setup.intent = "advice";
    Conversation conversation(week, setup);
    Turn turn = conversation.turn("Which of your stoves may I take in cabin baggage with a cartridge?");
    searchGuides(turn, "gas stove cartridge cabin baggage",
                 {{"guide-204",
                   "Cartridges are never allowed in an aircraft, neither in the cabin nor in the hold. A clean, empty "
                   "stove without a cartridge may travel in the hold when the airline agrees.",
                   0.95}});
    turn.say("None of them. Cartridges may not fly at all, in the cabin or in the hold. An empty and clean Emberlite "
             "can go into "
             "the hold if your airline agrees; buy the cartridge where you land.");
    turn.evaluate({"task_outcome", "infeasible", 1.0, "rightly told that it cannot be done"});
}

/// A trade customer; the answer needs a person from the start.
void tradeQuote(Week& week)
{
    Conversation::Setup setup{
        .label = "quote 1", .customer = {"u-7001", "fernhill-trade", "trade"}, .start = at(Wednesday, 14, 2)};
    setup.task = "task-quote-7001";
    setup.intent = "quote";
    setup.model = &gptMini;
    {
        Conversation conversation(week, setup);
        {
            Turn turn = conversation.turn(
                "We run a scout centre and need 40 Tarn bags and 40 mats in May, on account, with delivery in "
                "two parts. What is your best price?");
            turn.use({{"check_stock",
                       {{"sku", "TARN-3S"}, {"quantity", 40}},
                       {{"sku", "TARN-3S"}, {"status", "in_stock"}, {"count", 212}}},
                      {"check_stock",
                       {{"sku", "MAT-FELL"}, {"quantity", 40}},
                       {{"sku", "MAT-FELL"}, {"status", "in_stock"}, {"count", 57}},
                       520 * ms},
                      {"price_list",
                       {{"plan", "trade"}},
                       {{"TARN-3S", "92.00"}, {"MAT-FELL", "31.50"}, {"currency", "GBP"}},
                       610 * ms}});
            ModelCall answer;
            answer.text = "At the trade list 40 Tarn bags are 3,680.00 GBP and 40 Fell mats 1,260.00 GBP, together "
                          "4,940.00 GBP before "
                          "VAT. A discount beyond the list and payment on account are decided by the trade desk; I can "
                          "pass this on "
                          "with both delivery dates.";
            answer.reasoning =
                "40 x 92.00 = 3680.00; 40 x 31.50 = 1260.00; sum 4940.00. Account terms are not mine to promise.";
            turn.ask(answer);
        }
        Turn turn = conversation.turn("Please do. First half by 4 May, second by 18 May.", 4 * minutes);
        turn.use({{"transfer_to_human",
                   {{"queue", "trade desk"}, {"reason", "quote for 40 bags and 40 mats, two deliveries"}},
                   {{"ticket", "T-8760"}, {"answers_by", "2026-03-12"}},
                   290 * ms}});
        turn.say("Passed on as T-8760: deliveries by 4 May and 18 May. The trade desk answers by tomorrow.");
    }
    setup.label = "quote 2";
    setup.start = at(Friday, 9, 20);
    setup.device = "tablet";
    Conversation later(week, setup);
    Turn turn = later.turn("The trade desk wrote: 4,690. We take it. Anything to sign?");
    turn.say("Only the order form that came with the quote. Once it is back, both deliveries are reserved for you.");
    turn.userAction("accept").evaluate({"task_outcome", "resolved_by_human", 1.0, "ordered at the trade desk's price"});
}

/// Another model answers than the one that was asked.
void fallback(Week& week)
{
    Conversation::Setup setup{
        .label = "fallback", .customer = {"u-2950", "fernhill-uk", "trail-pass"}, .start = at(Wednesday, 17, 44)};
    setup.task = "task-poles-2950";
    setup.intent = "advice";
    Conversation conversation(week, setup);
    Turn turn = conversation.turn("Aluminium or fibreglass poles for a windy site by the sea?");
    ModelCall first;
    first.error = "overloaded_error";
    first.errorText = "529: the service is overloaded";
    first.bucket = "external_stop";
    first.why = "the provider was overloaded; nothing was answered";
    first.length = 2'310 * ms;
    turn.ask(first);
    ModelCall second;
    second.text =
        "Aluminium. It bends and springs back where fibreglass splinters, and a bent segment can be replaced for a few "
        "pounds. Peg the guy lines on the windward side first.";
    second.answeredBy = "claude-haiku-4-5-20251001";
    turn.ask(second);
    week.facts.add("fallbacks", {{"trace", turn.traceId()},
                                 {"span", turn.lastCall()},
                                 {"asked", "claude-sonnet-4-5"},
                                 {"answered", "claude-haiku-4-5-20251001"}});
    turn.evaluate({"task_outcome", "resolved", 1.0, "the customer bought a pole set"});
}

} // namespace

void tellOfEndings(Week& week)
{
    refundThatWasNone(week);
    infeasible(week);
    tradeQuote(week);
    fallback(week);
}

} // namespace arcscope::samples
