#include "stories.h"

#include "sampleids.h"

#include <array>

namespace arcscope::samples
{

namespace
{

struct Item {
    const char* name;
    const char* sku;
    const char* fact;
};
constexpr std::array<Item, 10> items = {{
    {"Kestrel 2", "KES-2", "pitches inner and outer in one go and packs to 2.1 kg"},
    {"Heron 4", "HER-4", "has standing height in the middle and two separate rooms"},
    {"Brackenfell 70", "BRA-70", "adjusts from 43 to 56 cm of back length without tools"},
    {"Emberlite", "EMB-1", "boils half a litre in three and a half minutes out of the wind"},
    {"Tarn 3-season bag", "TARN-3S", "is comfortable down to -1 °C and has a two-way zip"},
    {"Lowmere 30", "LOW-30", "keeps ice for two days in the shade"},
    {"Pinnock headlamp", "PIN-3", "runs 9 hours on medium and charges by USB-C"},
    {"Skerry 20", "SKE-20", "floats when rolled three times and takes 20 litres"},
    {"Quill chair", "QUILL", "carries 130 kg and folds to the size of a loaf"},
    {"Ashdown jacket", "ASH-M", "is waterproof to 15,000 mm and has pit zips"},
}};

constexpr std::array<const char*, 4> plans = {"basic", "trail-pass", "basic", "trail-pass"};
constexpr std::array<const char*, 4> tenants = {"fernhill-uk", "fernhill-uk", "fernhill-nordic", "fernhill-uk"};
constexpr std::array<const char*, 5> devices = {"phone", "desktop", "phone", "tablet", "phone"};

constexpr std::array<const char*, 7> whereIsIt = {
    "Hello, has {order} left yet?",
    "Tracking for {order} has not moved since yesterday. Is it lost?",
    "When will my {item} be here? Order {order}.",
    "I ordered the {item} as {order} and need it before Friday. Will that work?",
    "status {order}",
    "Can you see where the van with {order} is right now?",
    "The courier says he tried to deliver {order}, but I was home all day.",
};
constexpr std::array<const char*, 7> hereItIs = {
    "{order} left our warehouse and is with Dalepost; the last scan was at {place}. It should be with you on {day}.",
    "Good news: the {item} of {order} is out for delivery in {place} today.",
    "The parcel is at {place}. Dalepost plans it for {day}, between nine and one.",
    "It has been packed and waits for pick-up in {place}. Delivery is planned for {day}.",
    "Scanned this morning at {place}; expected on {day}. You get a message an hour before.",
    "I see the last scan at {place}, two hours ago. The driver's route ends near you on {day}.",
    "The courier noted 'no access' at {place}. The driver comes again on {day}, free of charge.",
};
constexpr std::array<const char*, 4> stillNotHere = {
    "{order} still is not here. Yesterday you told me it would be.",
    "I asked yesterday about {order}: where is it now?",
    "Nobody came. {order}, again.",
    "Second day at home for the {item}, second day without it. {order}",
};
constexpr std::array<const char*, 4> sorryForThat = {
    "I am sorry. Dalepost has it on the van but did not deliver it; one attempt is on record.",
    "It is on the van after one attempt. I am sorry that it did not reach you yesterday.",
    "The record says one attempt and then 'not delivered'. That is annoying, I know.",
    "It was carried past you: one attempt, not delivered, still on the van.",
};
constexpr std::array<const char*, 6> places = {"Leeds north", "Carlisle", "the Bristol hub",
                                               "Perth",       "Lund",     "Norwich"};
constexpr std::array<const char*, 5> dayNames = {"Wednesday", "Thursday", "Friday", "Saturday", "Monday"};

constexpr std::array<const char*, 6> sendBack = {
    "How do I return the {item} from {order}? It is unused.",
    "Return please: {order}, wrong colour.",
    "The {item} is lovely but my partner bought one too. Can {order} go back?",
    "I'd like to exchange the {item} ({order}) for a different size.",
    "Do I pay the postage when I send {order} back?",
    "{order} arrived with a dent in the box, the {item} looks fine. Return or keep?",
};
constexpr std::array<const char*, 6> howToReturn = {
    "Your label is in your account under {order}; drop the parcel at any Dalepost counter within 14 days.",
    "No problem. I made a return for {order}; the label is in your inbox. The money follows two days after the scan.",
    "Yes, it can go back: {order} is within its 30 days. I have sent you the label.",
    "I set up the exchange for {order}. The new one leaves when the old parcel is scanned, so you are never without.",
    "Returns within 30 days are free. The label for {order} is ready in your account.",
    "Either is fine. If you keep the {item}, I can add 5 pounds of credit for the dented box of {order}.",
};

constexpr std::array<const char*, 6> isItGood = {
    "Is the {item} any good for a first trip in spring?",
    "I am torn on the {item}. What speaks for it?",
    "Would the {item} survive a week of Scottish rain and two children?",
    "What is the one thing people do not know about the {item}?",
    "Can I use the {item} in winter too?",
    "My old one broke after a year. Why should the {item} last longer?",
};
constexpr std::array<const char*, 6> itIsGood = {
    "For a first trip it is a safe choice: the {item} {fact}.",
    "What speaks for it: it {fact}. What speaks against it: it is not our lightest.",
    "It should. The {item} {fact}, and every part of it can be bought as a spare.",
    "Most people miss that it {fact}.",
    "Down to light frost, yes. The {item} {fact}; for real winter I would look one level up.",
    "Its weak point used to be the stitching, which changed last year. It also {fact}.",
};

constexpr std::array<const char*, 5> inStock = {
    "Is the {item} back in stock?",
    "Do you have three {item} for a group?",
    "Please tell me when the {item} is available again.",
    "Is {item} at the Leeds shop or online only?",
    "I need the {item} today. Any shop near Cardiff?",
};
constexpr std::array<const char*, 5> stockAnswer = {
    "Yes, {count} pieces of the {item} are in the warehouse.",
    "There are {count} of the {item} left, so three for your group are no problem.",
    "It is here again: {count} pieces since this morning.",
    "Online we have {count}; the Leeds shop shows it but does not keep it.",
    "Cardiff has the {item} on display only. Online there are {count}, with delivery tomorrow.",
};

constexpr std::array<const char*, 8> repairs = {
    "The zip of my {item} has come off its track. Can you repair it? {order}",
    "One buckle of the {item} snapped in the cold, order {order}.",
    "There is a hole the size of a coin in my {item}. Repair or new? {order}",
    "The switch of the {item} from {order} only works when I press very hard.",
    "My {item} ({order}) smells of mould although I dried it. What now?",
    "A seam on the {item} opened after three trips. {order}",
    "The {item} from {order} squeaks and wobbles.",
    "A mouse ate through my {item}. I know it is not warranty, but can you mend it? {order}",
};
/// In the order of the questions above; each comes with a shipment.
constexpr std::array<const char*, 8> repairAnswers = {
    "That is work for the workshop: a repair label for {order} is in your inbox, and it takes about nine days.",
    "A new buckle is on its way to you, free of charge for {order}. It clips in without tools.",
    "A patch from inside will hold. The repair kit for the {item} is in the post, with a short guide.",
    "A switch like that is a fault, so it is replaced: a new {item} leaves tomorrow under {order}.",
    "Soak it in lukewarm water with the cleaner that is on its way to you, then dry it for two days in the shade.",
    "A seam must not open after three trips. The repair label for {order} is in your inbox; we sew it for free.",
    "That is one loose screw. A set of new ones with the right key goes out to you today.",
    "Yes, we mend mouse holes too. The patch set for your {item} is in the post, and it costs nothing.",
};
constexpr std::array<const char*, 8> repairParts = {
    "repair label", "buckle", "patch kit", "replacement", "cleaner", "repair label", "screw set", "patch kit",
};
constexpr std::array<const char*, 4> repairHandoffs = {
    "Repairs are looked at by our workshop team. I am handing you over.",
    "I would rather have a person look at this. Please wait for a colleague.",
    "For damage like this I pass you on to the workshop.",
    "Let me connect you with someone from the workshop.",
};

constexpr std::array<const char*, 7> thanks = {
    "Thanks, that helps.",    "great!", "Ok thank you, bye", "Brilliant, cheers.", "Takk!", "Super, all clear then.",
    "That was quick, thanks",
};
constexpr std::array<const char*, 7> farewells = {
    "You are welcome.", "Happy to help. Enjoy the trip.",        "Any time.",    "Have a good day.",
    "Bare hyggelig!",   "Good. I am here if anything comes up.", "My pleasure.",
};

class Story
{
public:
    Story(Week& week, const std::string& kind, int number, Time start)
        : m_week(week)
        , m_label(kind + " " + std::to_string(number))
        , m_item(items[pick("item", items.size())])
        , m_order("FH-" + std::to_string(22'000 + between(m_label + " order", 0, 7'999)))
        , m_setup{.label = m_label, .customer = {}, .start = start}
    {
        const std::size_t who = pick("who", plans.size());
        m_setup.customer = {"u-" + std::to_string(between(m_label + " user", 8'000, 8'999)), tenants[who], plans[who]};
        m_setup.device = devices[pick("device", devices.size())];
        m_setup.task = "task-" + kind + "-" + std::to_string(number);
        m_setup.intent = kind;
        m_setup.model = pick("model", 3) == 0 ? &sonnet : &haiku;
    }

    std::size_t pick(const char* what, std::size_t count) const
    {
        return static_cast<std::size_t>(between(m_label + what, 0, static_cast<std::int64_t>(count) - 1));
    }

    template <std::size_t count>
    std::string line(const std::array<const char*, count>& lines, int number) const
    {
        return filled(lines[static_cast<std::size_t>(number) % count]);
    }

    std::string filled(std::string text) const
    {
        replace(text, "{order}", m_order);
        replace(text, "{item}", m_item.name);
        replace(text, "{fact}", m_item.fact);
        replace(text, "{place}", places[pick("place", places.size())]);
        replace(text, "{day}", dayNames[pick("day", dayNames.size())]);
        replace(text, "{count}", std::to_string(count()));
        return text;
    }

    std::int64_t count() const { return between(m_label + " count", 3, 90); }
    const std::string& order() const { return m_order; }
    const Item& item() const { return m_item; }
    Time start() const { return m_setup.start; }
    Conversation conversation() const { return Conversation(m_week, m_setup); }

    Conversation nextSession(Time after) const
    {
        Conversation::Setup setup = m_setup;
        setup.label += " next";
        setup.start += after;
        setup.device = m_setup.device == "phone" ? "desktop" : "phone";
        return Conversation(m_week, setup);
    }

    /// Two of three say thanks; half of those are labelled, so that some outcomes stay unknown.
    void close(Conversation& conversation, int number) const
    {
        if (number % 3 == 2)
            return;
        Turn turn = conversation.turn(thanks[static_cast<std::size_t>(number) % thanks.size()],
                                      between(m_label + " pause", 15, 300) * seconds);
        turn.say(farewells[static_cast<std::size_t>(number) % farewells.size()]);
        if (number % 2 == 0)
            turn.evaluate({"task_outcome", "resolved", 1.0, ""});
    }

private:
    static void replace(std::string& text, std::string_view what, std::string_view with)
    {
        const std::size_t place = text.find(what);
        if (place != std::string::npos)
            text.replace(place, what.size(), with);
    }

    Week& m_week;
    std::string m_label;
    Item m_item;
    std::string m_order;
    Conversation::Setup m_setup;
};

/// Shop hours, spread over the week with most in the evening.
Time startOf(const std::string& kind, int number)
{
    const std::string label = kind + std::to_string(number);
    const int hour = static_cast<int>(between(label + "hour", 7, 12) + (number % 2 == 0 ? 8 : 0));
    return at(static_cast<Day>(number % 7), hour, static_cast<int>(between(label + "minute", 0, 59)),
              static_cast<int>(between(label + "second", 0, 59)));
}

/// The next evening, on another device: the parcel did not come. Half of these end with a person.
void parcelIsLate(const Story& story, int number)
{
    Conversation later = story.nextSession(between(story.order() + " later", 26, 34) * hours);
    {
        Turn turn = later.turn(story.line(stillNotHere, number / 4));
        turn.use({{.name = "track_parcel",
                   .arguments = {{"order_id", story.order()}},
                   .result = {{"order_id", story.order()},
                              {"carrier", "Dalepost"},
                              {"scan", "van, not delivered"},
                              {"attempts", 1}},
                   .length = 480 * ms}});
        turn.say(story.line(sorryForThat, number / 4));
    }
    if (number % 8 == 1) {
        Turn turn = later.turn("I want to talk to someone.", 25 * seconds);
        turn.use({{.name = "transfer_to_human",
                   .arguments = {{"queue", "deliveries"}, {"order_id", story.order()}},
                   .result = {{"ticket", "T-" + std::to_string(8'970 + number)}, {"wait_minutes", 9}},
                   .length = 310 * ms}});
        turn.say("A colleague from deliveries has your ticket now.");
        turn.evaluate({"task_outcome", "resolved_by_human", 0.5, "delivered by courier"});
        return;
    }
    Turn turn = later.turn("Ok, I will wait one more day.", 50 * seconds);
    turn.say("Thank you for your patience.");
    turn.evaluate({"task_outcome", "resolved", 1.0, "delivered the day after"});
}

void parcel(Week& week, int number)
{
    Story story(week, "parcel", number, startOf("parcel", number));
    Conversation conversation = story.conversation();
    {
        Turn turn = conversation.turn(story.line(whereIsIt, number));
        turn.use({{.name = "track_parcel",
                   .arguments = {{"order_id", story.order()}},
                   .result = {{"order_id", story.order()},
                              {"carrier", "Dalepost"},
                              {"scan", story.filled("{place}")},
                              {"due", story.filled("{day}")}},
                   .length = between(story.order(), 220, 900) * ms}});
        turn.say(story.line(hereItIs, number));
    }
    if (number % 4 == 1 && number < 12) // the last ones would reach into the next week
        parcelIsLate(story, number);
    else
        story.close(conversation, number);
}

void sentBack(Week& week, int number)
{
    Story story(week, "return", number, startOf("return", number));
    Conversation conversation = story.conversation();
    {
        Turn turn = conversation.turn(story.line(sendBack, number));
        turn.use({{"look_up_order",
                   {{"order_id", story.order()}},
                   {{"order_id", story.order()}, {"item", story.item().name}, {"returnable", true}}},
                  {"create_return",
                   {{"order_id", story.order()}},
                   {{"label", "RL-" + std::to_string(60'000 + number)}, {"depot", "LDS-1"}},
                   560 * ms}});
        turn.say(story.line(howToReturn, number));
    }
    story.close(conversation, number);
}

void advice(Week& week, int number)
{
    Story story(week, "advice", number, startOf("advice", number));
    Conversation conversation = story.conversation();
    {
        Turn turn = conversation.turn(story.line(isItGood, number));
        if (number % 3 == 0)
            searchGuides(turn, story.filled("{item} what is it good for"),
                         {{"item-" + std::string(story.item().sku), story.filled("The {item} {fact}."), 0.88}});
        turn.say(story.line(itIsGood, number));
    }
    story.close(conversation, number);
}

/// From Thursday on the tool says "available" where it said "in_stock", and adds a field.
void stock(Week& week, int number)
{
    Story story(week, "stock", number, startOf("stock", number));
    Conversation conversation = story.conversation();
    {
        Turn turn = conversation.turn(story.line(inStock, number));
        Json result = {{"sku", story.item().sku}, {"status", "in_stock"}, {"count", story.count()}};
        if (story.start() >= at(Thursday, 0, 0))
            result = {
                {"sku", story.item().sku}, {"status", "available"}, {"count", story.count()}, {"confidence", nullptr}};
        turn.use(
            {{.name = "check_stock", .arguments = {{"sku", story.item().sku}}, .result = result, .length = 270 * ms}});
        turn.say(story.line(stockAnswer, number));
    }
    story.close(conversation, number);
}

/// Prompt 41 tries; prompt 42 hands half of the repairs over without trying.
void repair(Week& week, int number)
{
    Story story(week, "repair", number, startOf("repair", number));
    Conversation conversation = story.conversation();
    const bool after = story.start() >= at(Wednesday, 12, 0);
    {
        Turn turn = conversation.turn(story.line(repairs, number));
        if (after && number % 2 == 0) {
            turn.use({{.name = "transfer_to_human",
                       .arguments = {{"queue", "workshop"}},
                       .result = {{"ticket", "T-" + std::to_string(8'930 + number)}, {"wait_minutes", 31}},
                       .length = 300 * ms}});
            turn.say(story.line(repairHandoffs, number / 2));
            turn.evaluate({"task_outcome", "deferred", 0.5, "handed over without an attempt"});
            return;
        }
        turn.use({{.name = "look_up_order",
                   .arguments = {{"order_id", story.order()}},
                   .result = {{"order_id", story.order()}, {"item", story.item().name}}}});
        turn.use({{.name = "create_shipment",
                   .arguments = {{"order_id", story.order()},
                                 {"kind", repairParts[static_cast<std::size_t>(number) % repairParts.size()]}},
                   .result = {{"shipment", "SH-" + std::to_string(78'000 + number)}, {"price", 0}},
                   .length = 690 * ms}});
        turn.say(story.line(repairAnswers, number));
        if (!after && number % 4 == 0)
            turn.evaluate({"task_outcome", "failed", 0.0, "the repair did not hold"});
        else
            turn.evaluate({"task_outcome", "resolved", 1.0, ""});
    }
}

} // namespace

void tellOfRoutine(Week& week)
{
    for (int number = 0; number < 14; ++number) {
        parcel(week, number);
        if (number < 12)
            sentBack(week, number);
        advice(week, number);
        if (number < 10)
            stock(week, number);
        repair(week, number);
    }
    week.facts.add("shape_drift", {{"tool", "check_stock"},
                                   {"from", "2026-03-12T00:00:00Z"},
                                   {"changes", {"status: in_stock -> available", "confidence: new, null"}}});
    week.facts.add("prompt_change", {{"prompt", "harbor-support"},
                                     {"at", "2026-03-11T12:00:00Z"},
                                     {"from", "41"},
                                     {"to", "42"},
                                     {"effect", "half of the repair tasks are handed over without an attempt"}});
}

} // namespace arcscope::samples
