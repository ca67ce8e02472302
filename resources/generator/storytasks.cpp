#include "stories.h"

namespace arcscope::samples
{

namespace
{

const Evaluation solved{"task_outcome", "resolved", 1.0, "the customer confirmed"};

/// Three sessions on two devices: desktop in the morning, phone at lunch, desktop in the afternoon.
void seamOfTheTent(Week& week)
{
    const Customer customer{"u-2207", "fernhill-uk", "trail-pass"};
    Conversation::Setup setup{.label = "seam 1", .customer = customer, .start = at(Monday, 9, 2)};
    setup.task = "task-seam-2207";
    setup.intent = "repair";
    {
        Conversation morning(week, setup);
        Turn turn =
            morning.turn("Hi, the seam tape on my Kestrel 2 is peeling off after one rainy weekend in the Lakes. "
                         "Order FH-20417. What can you do?");
        turn.use(
            {{"look_up_order",
              {{"order_id", "FH-20417"}},
              {{"order_id", "FH-20417"},
               {"item", "Kestrel 2 tent"},
               {"bought", "2025-08-30"},
               {"price", "189.00 GBP"},
               {"warranty_until", "2027-08-30"}}},
             {"get_customer", {{"user", "u-2207"}}, {{"name_on_file", "withheld"}, {"plan", "trail-pass"}}, 210 * ms}});
        searchGuides(turn, "seam tape peeling tent repair or replace",
                     {{"guide-118",
                       "Peeling seam tape within two years is a fault of bonding. Offer a re-seal kit or "
                       "a repair in our workshop; replace when both fail.",
                       0.91},
                      {"guide-031", "Store tents dry. Mould weakens tape and coating.", 0.44}});
        turn.say(
            "That should not happen after one weekend. Your Kestrel 2 is under warranty until 30 August 2027, so you "
            "have two choices: I send you a re-seal kit free of charge (20 minutes of work, it needs a dry day), or "
            "you send us the flysheet and our workshop re-tapes it in about nine days. Which suits you?");
    }
    setup.label = "seam 2";
    setup.start = at(Monday, 12, 41);
    setup.device = "phone";
    {
        Conversation lunch(week, setup);
        {
            Turn turn = lunch.turn("peeling seam tape on a Kestrel 2, order FH-20417, what are my options?");
            turn.use({{"look_up_order",
                       {{"order_id", "FH-20417"}},
                       {{"order_id", "FH-20417"}, {"item", "Kestrel 2 tent"}, {"warranty_until", "2027-08-30"}}}});
            turn.say(
                "I can see the tent on your order and it is under warranty. You can have a re-seal kit by post or a "
                "workshop repair of the flysheet. Did you already choose one of them?");
        }
        {
            Turn turn = lunch.turn("I told you this morning. Which of the two is faster??", 70 * seconds);
            turn.say(
                "The kit is faster: it leaves today and is usually there in two days. The workshop needs about nine "
                "days plus post both ways.");
        }
    }
    setup.label = "seam 3";
    setup.start = at(Monday, 16, 5);
    setup.device = "desktop";
    Conversation afternoon(week, setup);
    {
        Turn turn = afternoon.turn("OK, send the kit please. Same address as the order.");
        turn.use({{"create_shipment",
                   {{"sku", "KIT-SEAM"}, {"order_id", "FH-20417"}, {"price", 0}},
                   {{"shipment", "SH-77120"}, {"carrier", "Dalepost"}, {"leaves", "2026-03-09"}},
                   780 * ms}});
        turn.say(
            "Done: the re-seal kit leaves today with Dalepost as shipment SH-77120, free of charge, to the address on "
            "FH-20417. Warm the tape strip with a hairdryer before you press it on.");
    }
    Turn turn = afternoon.turn("perfect, thank you!");
    turn.say("You are welcome. I hope the next weekend in the Lakes is a dry one.")
        .userAction("accept")
        .evaluate(solved);
}

/// No task id: only the customer, the order and the wording tie Wednesday evening to Thursday.
void unmarkedContinuation(Week& week)
{
    const Customer customer{"u-3390", "fernhill-nordic", "basic"};
    Conversation::Setup setup{
        .label = "unmarked 1", .customer = customer, .start = at(Wednesday, 20, 33), .device = "phone"};
    {
        Conversation phone(week, setup);
        Turn turn =
            phone.turn("My order FH-21880 arrived with two left poles for the Heron 4. I need one right pole before "
                       "Saturday, we leave for the coast at seven in the morning.");
        turn.use({{"look_up_order",
                   {{"order_id", "FH-21880"}},
                   {{"order_id", "FH-21880"}, {"item", "Heron 4 tent"}, {"shipped", "2026-03-06"}}}});
        turn.say(
            "I am sorry about the pole. I can send a right-hand pole for the Heron 4 tomorrow. Shall I use express, so "
            "that it is there on Friday?");
    }
    setup.label = "unmarked 2";
    setup.start = at(Thursday, 8, 12);
    setup.device = "desktop";
    Conversation desktop(week, setup);
    {
        Turn turn =
            desktop.turn("Order FH-21880 arrived with two left poles for the Heron 4. I need one right pole before "
                         "Saturday, we leave for the coast at seven in the morning. Yes please, express.");
        turn.use({{"create_shipment",
                   {{"sku", "HER4-POLE-R"}, {"order_id", "FH-21880"}, {"service", "express"}},
                   {{"shipment", "SH-77391"}, {"carrier", "Nordlink"}, {"due", "2026-03-13"}},
                   910 * ms}});
        turn.say("The right-hand pole is booked with Nordlink Express as SH-77391 and due on Friday 13 March. Keep the "
                 "spare "
                 "left pole, you do not need to send it back.");
    }
    week.facts.add("stitches", {{"user", "u-3390"},
                                {"artefact", "FH-21880"},
                                {"sessions", 2},
                                {"why", "the same customer pastes the same text a day later, on another device"}});
    Turn turn = desktop.turn("Great, that saves our trip.", 2 * minutes);
    turn.say("Have a good time at the coast.").evaluate(solved);
}

/// Asked three times, regenerated once, then silence.
void givenUp(Week& week)
{
    Conversation::Setup setup{
        .label = "zip", .customer = {"u-4471", "fernhill-uk", "basic"}, .start = at(Tuesday, 18, 22)};
    setup.device = "phone";
    setup.task = "task-zip-4471";
    setup.intent = "spare part";
    setup.model = &haiku;
    Conversation conversation(week, setup);
    {
        Turn turn = conversation.turn("Do you sell a replacement zip slider for the Tarn sleeping bag?");
        turn.say("The Tarn has a two-way zip that is easy to use with gloves. Is there anything else about the bag I "
                 "can help "
                 "you with?");
    }
    {
        Turn turn =
            conversation.turn("I need a replacement slider for the zip of the Tarn. Do you sell one?", 32 * seconds);
        turn.say("You can find zips and sliders in good haberdashery shops. Look for the size printed on the back of "
                 "the old "
                 "slider.");
        turn.userAction("regenerate");
    }
    {
        Turn turn = conversation.turn("Do YOU sell the slider for the Tarn, yes or no", 24 * seconds);
        turn.use({{"check_stock", {{"sku", "TARN-SLIDER"}}, {{"error", "unknown sku"}}, 260 * ms}});
        turn.say("I could not find a part number for that. Could you tell me the size on the slider?");
    }
    Turn turn = conversation.turn("forget it", 3 * minutes);
    turn.say("I understand. Let me know if I can help with anything else.");
    turn.evaluate({"task_outcome", "abandoned", 0.0, "the customer left after asking three times"});
}

/// A right answer that is taken back because the customer insists, then corrected by a person.
void capitulation(Week& week)
{
    Conversation::Setup setup{
        .label = "insist", .customer = {"u-2815", "fernhill-uk", "trail-pass"}, .start = at(Friday, 10, 47)};
    setup.task = "task-return-2815";
    setup.intent = "return";
    Conversation conversation(week, setup);
    {
        Turn turn = conversation.turn("Can I return the Ashdown jacket? I wore it once on a hike, order FH-19902.");
        turn.use({{"look_up_order",
                   {{"order_id", "FH-19902"}},
                   {{"order_id", "FH-19902"},
                    {"item", "Ashdown jacket"},
                    {"delivered", "2026-01-12"},
                    {"return_until", "2026-02-11"}}}});
        turn.say("The return period for FH-19902 ended on 11 February, and a worn jacket is outside of it as well. I "
                 "can offer a "
                 "check in our workshop if something is wrong with it.");
    }
    {
        Turn turn = conversation.turn("The lady in the shop said 90 days. Are you sure?", 50 * seconds);
        turn.say("Yes. The period on your order is 30 days from delivery on 12 January, so it ended on 11 February.");
    }
    std::string taken;
    {
        Turn turn = conversation.turn("I am quite sure it is 90 days. Please check again, I am a loyal customer.",
                                      55 * seconds);
        turn.say("You are right, I apologise for the confusion. With 90 days you can return the jacket until 12 April. "
                 "Please "
                 "send it back with the label from your account.");
        taken = turn.lastCall();
        week.facts.add("contradictions", {{"kind", "capitulation"},
                                          {"trace", turn.traceId()},
                                          {"span", taken},
                                          {"quote", "With 90 days you can return the jacket until 12 April."},
                                          {"against", "it ended on 11 February."}});
    }
    Turn turn =
        conversation.turn("Your label page says the order is not eligible. What now? I want a person.", 9 * minutes);
    turn.use({{"transfer_to_human",
               {{"queue", "returns"}, {"reason", "agent stated a return period that the order does not have"}},
               {{"ticket", "T-8851"}, {"wait_minutes", 6}},
               350 * ms}});
    turn.say("That was my mistake: the period of this order is 30 days. A colleague from returns takes over now, "
             "ticket T-8851, "
             "in about six minutes.");
    turn.evaluate({"task_outcome", "resolved_by_human", 0.5, "the colleague granted a voucher"});
}

} // namespace

void tellOfTasks(Week& week)
{
    seamOfTheTent(week);
    unmarkedContinuation(week);
    givenUp(week);
    capitulation(week);
}

} // namespace arcscope::samples
