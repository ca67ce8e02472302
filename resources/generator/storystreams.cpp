#include "stories.h"
#include "streamrecorder.h"

namespace arcscope::samples
{

namespace
{

using Script = void (*)(StreamRecorder&);

/// The text that stays when the script has been played.
std::string finalText(Script script)
{
    OtlpSpan nowhere;
    StreamRecorder recorder(nowhere, "rehearsal", nullptr);
    script(recorder);
    return recorder.shown();
}

ModelCall streamed(Week& week, const std::string& label, Script script)
{
    ModelCall call;
    call.text = finalText(script);
    call.length = 1 * ms; // the script sets the end
    call.stream = [&week, label, script](OtlpSpan& span) {
        StreamRecorder recorder(span, label, &week.facts);
        script(recorder);
    };
    return call;
}

/// Drafts are shown before they are verified. One of them says the opposite of what the model then says.
void cartridges(StreamRecorder& out)
{
    out.text("Short answer first:");
    out.draft(" a cartridge may travel in your cabin bag", std::string_view(" a cartridge may").size(), 320 * ms);
    out.draft(" not fly at all,", std::string_view(" not fly at all,").size(), 140 * ms);
    out.text(" neither in the cabin nor in the hold.");
    out.draft(" The stove itself may go into the hold",
              std::string_view(" The stove itself may go into the hold").size(), 180 * ms);
    out.text(" when it is empty and");
    out.stall(2'430 * ms);
    out.draft(" clean, and weighs less than 1 kg.", std::string_view(" clean,").size(), 260 * ms);
    out.text(" and your airline agrees.");
    out.draft(" Buy a 230 g cartridge at the airport.", std::string_view(" Buy a 230 g cartridge").size(), 210 * ms);
    out.text(" where you land.");
    out.commit();
    out.text(" I am setting a reminder for you.");
    out.arguments(
        R"({"user":"u-2391","remind_on":"2026-03-21","text":"Buy a 230 g cartridge in Porto","channel":"email"})");
    out.finish("tool_use");
}

/// Says yes, stalls, and says no; a guardrail takes one more sentence back.
void warranty(StreamRecorder& out)
{
    out.text("Yes, your Kestrel 2 is covered: the warranty is 24 months and you bought the tent 14 months ago.");
    out.text(" You can send us the poles and we replace them free of charge.");
    out.ping();
    out.stall(3'120 * ms);
    out.text(" Actually, poles are not covered by the 24 months: for poles the warranty is 12 months, so it ended two "
             "months ago.");
    const std::size_t from = out.shown().size();
    const Time since = out.now();
    out.text(" Between us, claim that they broke in the first year.");
    out.retract(from, "guardrail", "declared", since);
    out.text(" A spare pole set is 34 pounds, and I can add it to your account.");
    out.finish("end_turn");
}

void draftsOnTheStove(Week& week)
{
    Conversation::Setup setup{
        .label = "cartridge", .customer = {"u-2391", "fernhill-uk", "trail-pass"}, .start = at(Thursday, 20, 6)};
    setup.device = "phone";
    setup.task = "task-flight-2391";
    setup.intent = "advice";
    Conversation conversation(week, setup);
    Turn turn = conversation.turn("Flying to Porto on the 21st. Can the Emberlite and a cartridge come along?");
    searchGuides(
        turn, "stove and cartridge on a plane",
        {{"guide-204",
          "Cartridges are never allowed in an aircraft, neither in the cabin nor in the hold. A clean, empty stove "
          "without a cartridge may travel in the hold when the airline agrees.",
          0.93},
         {"guide-017", "The Emberlite weighs 96 g without its bag.", 0.51}});
    ModelCall call = streamed(week, "cartridge stream", cartridges);
    call.tools = {{.name = "set_reminder",
                   .arguments = {{"user", "u-2391"},
                                 {"remind_on", "2026-03-21"},
                                 {"text", "Buy a 230 g cartridge in Porto"},
                                 {"channel", "email"}},
                   .result = {{"reminder", "R-3310"}},
                   .length = 240 * ms}};
    turn.ask(call);
    week.facts.add("streams", {{"trace", turn.traceId()},
                               {"span", turn.lastCall()},
                               {"why", "drafts, acceptance, retractions, a stall, a commit, tool arguments"}});
    turn.say("The reminder for 21 March is set. Have a good flight.");
    turn.evaluate({"task_outcome", "resolved", 1.0, ""});
}

void contradictionOnWarranty(Week& week)
{
    Conversation::Setup setup{
        .label = "warranty", .customer = {"u-2588", "fernhill-uk", "basic"}, .start = at(Friday, 13, 52)};
    setup.task = "task-poles-2588";
    setup.intent = "warranty";
    Conversation conversation(week, setup);
    {
        Turn turn = conversation.turn("One pole of my Kestrel 2 snapped. I bought it 14 months ago. Is that covered?");
        turn.ask(streamed(week, "warranty stream", warranty));
        week.facts.add("streams", {{"trace", turn.traceId()},
                                   {"span", turn.lastCall()},
                                   {"why", "contradicts itself after a stall; a guardrail retracts a sentence"}});
        week.facts.add("contradictions",
                       {{"kind", "within one response"},
                        {"trace", turn.traceId()},
                        {"span", turn.lastCall()},
                        {"quote", "Yes, your Kestrel 2 is covered: the warranty is 24 months"},
                        {"against", "for poles the warranty is 12 months, so it ended two months ago"},
                        {"cue", "Actually"}});
    }
    {
        Turn turn = conversation.turn("So is the pole covered or not? You said both.", 28 * seconds);
        turn.say("Not covered. The tent has 24 months, its poles have 12, and you bought it 14 months ago. I should "
                 "have looked before I "
                 "answered.");
    }
    Turn turn = conversation.turn("OK, then add the pole set.", 90 * seconds);
    turn.use({{.name = "add_to_basket",
               .arguments = {{"sku", "KES2-POLES"}, {"quantity", 1}},
               .result = {{"basket", "B-2588"}, {"total", "34.00 GBP"}},
               .length = 280 * ms}});
    turn.say("The pole set is in your basket, 34.00 GBP.");
    turn.userAction("accept").evaluate({"task_outcome", "resolved", 1.0, "ordered"});
}

} // namespace

void tellOfStreams(Week& week)
{
    draftsOnTheStove(week);
    contradictionOnWarranty(week);
}

} // namespace arcscope::samples
