// layers: core analysis Qt6::Core ALONE
// Counts how often rules about why calls and runs stopped are right on invented answers: cut, refused, looping, with
// less than they announce. Prints the counts, and fails where the program tells others. "--show" prints what is wrong
// or missed, a rule's name only that of this one.
#include "inventedanswers.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

void cutInStructure(Invention& in)
{
    answer(in, structure(in, false), complete(in));
}
void wholeStructure(Invention& in)
{
    const bool whole = !in.dice.oneIn(3);
    answer(in, structure(in, whole), whole ? complete(in) : cut(in));
}

void cutInSentence(Invention& in)
{
    answer(in, cutInside(in, prose(in)), complete(in));
}
void endsWell(Invention& in)
{
    switch (in.dice.from(0, 6)) {
    case 0:
        return answer(in, cutInside(in, prose(in)), cut(in));
    case 1:
        return answer(in, prose(in) + "\n\n- " + in.thing() + "\n- two poles\n- " + in.item(), complete(in));
    case 2:
        return answer(in, in.one({"billing", "Yes", "Not found", "positive", "42", "refund_request"}), complete(in));
    case 3:
        return answer(in, prose(in) + "\n\nBest regards\n" + in.person(), complete(in));
    case 4:
        return answer(in, "# " + in.item() + "\n\n" + prose(in) + "\n\n**Price:** " + in.number(5, 90) + " EUR",
                      complete(in));
    case 5:
        return answer(in, prose(in) + "\n\nSee https://example.com/" + in.thing(), complete(in));
    default:
        return answer(in, prose(in), complete(in));
    }
}

std::string announced(Invention& in, long count, long given, const std::string& before = {})
{
    constexpr const char* words[] = {"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    const std::string noun = in.one({"steps", "points", "reasons", "options", "tips", "rules"});
    const std::string number = in.dice.oneIn(2) ? std::to_string(count) : words[count];
    std::string text =
        in.one({"Here are ", "There are ", "These are the ", "I see "}) + before + number + ' ' + noun + ":\n\n";
    const int mark = static_cast<int>(in.dice.from(0, 3));
    for (long i = 1; i <= given; ++i)
        text += (mark == 0   ? std::to_string(i) + ". "
                 : mark == 1 ? "- "
                 : mark == 2 ? "**" + std::to_string(i) + ".** "
                             : "### " + std::to_string(i) + ". ") +
                sentence(in) + (mark == 3 ? "\n\n" : "\n");
    return text;
}

void fewerItems(Invention& in)
{
    const long count = in.dice.from(3, 9);
    answer(in, announced(in, count, in.dice.from(1, count - 1)) + (in.dice.oneIn(3) ? "\n" + sentence(in) : ""),
           complete(in));
}
void asManyItems(Invention& in)
{
    const long count = in.dice.from(2, 7);
    switch (in.dice.from(0, 3)) {
    case 0:
        return answer(in, announced(in, count, std::max(1L, count - 1), "at least "), complete(in));
    case 1:
        return answer(in, announced(in, count + 1, count), cut(in));
    case 2:
        return answer(in,
                      "Of the " + std::to_string(count + 3) + " options I show the best ones:\n\n" +
                          announced(in, count, count),
                      complete(in));
    default:
        return answer(in, announced(in, count, count), complete(in));
    }
}

void promises(Invention& in)
{
    InventedTalk talk(in);
    talk.recordWords(true);
    talk.chat(1);
    talk.user("Please find out what is wrong with my " + in.item() + '.');
    talk.uses("get_order", "{\"id\": " + in.number(10, 99) + "}", "{\"state\": \"sent\", \"when\": \"today\"}");
    talk.says(
        (in.dice.oneIn(2) ? sentence(in) + ' ' : "") +
            in.one({"Let me check the logs.", "I will now look for another one.", "Next, I'll run the tests again.",
                    "Let me search the archive:", "Now I am going to update the file.", "I'll look that up right away.",
                    "First, let me read the manual.", "Give me a moment while I fetch the invoice.",
                    "Now to the second file."}),
        "stop=" + complete(in));
}
void promisesNothing(Invention& in)
{
    InventedTalk talk(in);
    talk.recordWords(true);
    talk.chat(1);
    talk.user("Please find out what is wrong with my " + in.item() + '.');
    if (in.dice.oneIn(3)) {
        talk.uses("get_order", "{\"id\": " + in.number(10, 99) + "}", "{\"state\": \"sent\"}", false,
                  "Let me check the order.");
        talk.says(sentence(in), "stop=" + complete(in));
        return;
    }
    talk.says(
        sentence(in) + ' ' +
            in.one({"Let me know if it works.", "I will be here if you need me.", "Let me explain why: it is too old.",
                    "Would you like me to check the logs?", "I'll keep it in mind.", "We will look at it on Monday.",
                    "Next, you take out the battery.", "Let us hope that it lasts."}),
        "stop=" + complete(in));
}

std::string looping(Invention& in)
{
    std::string unit = sentence(in);
    if (in.dice.oneIn(2))
        unit += ' ' + sentence(in);
    const std::string between = in.dice.oneIn(2) ? "\n" : " ";
    std::string text = prose(in, 1, 3) + ' ';
    for (long i = in.dice.from(5, 14); i > 0; --i)
        text += unit + between;
    return text + (in.dice.oneIn(2) ? unit.substr(0, unit.size() / 2) : "");
}

void loops(Invention& in)
{
    answer(in, looping(in), in.dice.oneIn(2) ? complete(in) : cut(in));
}
void repeatsOnPurpose(Invention& in)
{
    switch (in.dice.from(0, 3)) {
    case 0: {
        const std::string chorus = "Row, row, row your " + in.thing() + "\nGently down the stream\n\n";
        std::string song;
        for (int i = 0; i < 4; ++i)
            song += sentence(in) + "\n" + sentence(in) + "\n" + chorus;
        return answer(in, song, complete(in), "Sing a song.");
    }
    case 1: {
        std::string rows = "| name | count | place |\n|---|---|---|\n";
        for (int i = 0; i < 9; ++i)
            rows += "| part " + std::to_string(i + 1) + " | " + in.number(1, 90) + " | in stock |\n";
        return answer(in, rows, complete(in), "List the parts.");
    }
    case 2: {
        std::string list = "Here is the plan:\n\n";
        for (const char* day : {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"})
            list += std::string("- ") + day + ": " + in.number(20, 90) + " minutes of " + in.thing() + " practice\n";
        return answer(in, list, complete(in), "Make a plan.");
    }
    default:
        return answer(in, looping(in), "repetition");
    }
}

/// Calls of one tool, the last of them asked for and not answered.
void calls(Invention& in, bool again)
{
    InventedTalk talk(in);
    talk.recordWords(true);
    talk.chat(1);
    const std::string tool = in.one({"track_parcel", "read_file", "search_orders", "get_page", "list_rooms"});
    const std::string arguments = "{\"id\": \"" + in.code() + "\"}";
    const std::string nothing = in.one({"{\"error\": \"503\"}", "Error: no such file", "{\"hits\": []}", "timeout"});
    talk.user("Where is it?");
    const long times = in.dice.from(3, 7);
    const int how = static_cast<int>(in.dice.from(0, 2));
    for (long i = 0; i <= times; ++i) {
        if (again)
            talk.uses(tool, arguments, nothing, nothing[0] == 'E');
        else if (how == 0) // until it says something else
            talk.uses("get_status", arguments, "{\"progress\": " + std::to_string(10 * i + 5) + "}");
        else if (how == 1) // each of another one
            talk.uses(tool, "{\"id\": \"" + in.code() + "\"}", nothing);
        else if (i < 2)
            talk.uses(tool, arguments, nothing);
    }
    talk.says("It cannot be found at the moment.");
}

void refuses(Invention& in)
{
    const std::string act =
        in.one({"give you the address of another customer", "write a text that makes fun of a colleague",
                "explain how to open a car that is not yours", "log in to your bank for you", "help you hurt somebody",
                "copy the whole book for you", "make up a review of a tent that you have not bought",
                "share what other customers wrote"});
    std::string text =
        in.one({"I'm sorry, but I can't ", "I cannot ", "I won't ", "I'm not able to ", "Unfortunately, I can’t ",
                "Sorry, but I am unable to ", "I must decline to ", "As an AI, I cannot "}) +
        act + '.';
    if (in.dice.oneIn(2))
        text += in.one(
            {" That would be against the law.", " It is private.", " It could harm people.", " It is not ethical."});
    if (in.dice.oneIn(2))
        text += in.one(
            {" If you have another question, I am glad to help.", " Is there something else that I can do for you?"});
    answer(in, text, complete(in), "Could you " + act + '?');
}
void onlyCannot(Invention& in)
{
    switch (in.dice.from(0, 5)) {
    case 0:
        return answer(in, "I'm sorry, but I can't help with that.", in.one({"refusal", "content_filter", "SAFETY"}));
    case 1:
        return answer(in, "I am sorry about the delay. " + prose(in, 1, 3), complete(in));
    case 2:
        return answer(in, "You cannot return the " + in.item() + " once it is used. " + sentence(in), complete(in));
    case 3:
        return answer(in, "I could not find the first file, so I took the second one. " + sentence(in), complete(in));
    case 4:
        return answer(in, "The program can't read a file that is locked. " + sentence(in), complete(in));
    default:
        return answer(in, "I can't recommend the " + in.item() + " enough. " + sentence(in), complete(in));
    }
}

void document(Invention& in, bool missing)
{
    const std::string names[] = {"name", "price", "stock", "colour"};
    const long count = in.dice.from(2, 4);
    std::string required;
    std::string properties;
    std::string members;
    const long gone = in.dice.from(0, count - 1);
    const int how = static_cast<int>(in.dice.from(0, 2));
    for (long i = 0; i < count; ++i) {
        const std::string& name = names[i];
        required += (required.empty() ? "\"" : ", \"") + name + '"';
        properties +=
            (properties.empty() ? "\"" : ", \"") + name + "\": {\"type\": [\"string\", \"number\", \"null\"]}";
        if (i == gone && (missing || how == 2))
            continue;
        members += (members.empty() ? "\"" : ", \"") + name +
                   "\": " + (i == gone && how == 0 ? "null" : '"' + in.thing() + '"');
    }
    if (!missing && how == 1)
        members += ", \"note\": \"" + in.thing() + '"';
    const std::string schema =
        R"({"type": "json_schema", "json_schema": {"name": "it", "schema": {"type": "object", "properties": {)" +
        properties + "}, \"required\": [" + required + "]}}}";
    std::string text = '{' + members + '}';
    if (in.dice.oneIn(3))
        text = "```json\n" + text + "\n```";
    SpanContent& content =
        in.span("t", "alone", "-", "model", 100, 2'000, "stop=" + (!missing && how == 2 ? cut(in) : complete(in)));
    content.input = {said(Role::User, "Give me the " + in.thing() + " as JSON.")};
    content.output = {said(Role::Assistant, text)};
    content.attributes = {{in.one({"llm.request.response_format", "gen_ai.request.response_format", "response_format"}),
                           schema, AttributeType::Json}};
}

void listOfTasks(Invention& in, bool open)
{
    InventedTalk talk(in);
    talk.recordWords(true);
    const std::string tool = in.one({"TodoWrite", "update_plan", "write_todos"});
    const char* const member = tool == "update_plan" ? "plan" : "todos";
    const long count = in.dice.from(3, 6);
    const long left = in.dice.from(1, 2);
    std::vector<std::string> names;
    for (long i = 0; i < count; ++i)
        names.push_back("look after the " + in.thing());
    const auto list = [&](long done, const char* next, const char* rest) {
        std::string text;
        for (long i = 0; i < count; ++i)
            text += (text.empty() ? "" : ", ") + std::string("{\"") + (tool == "update_plan" ? "step" : "content") +
                    "\": \"" + names[static_cast<std::size_t>(i)] + "\", \"status\": \"" +
                    (i < done    ? "completed"
                     : i == done ? next
                                 : rest) +
                    "\"}";
        return std::string("{\"") + member + "\": [" + text + "]}";
    };
    talk.user("Do all of it, please.");
    talk.uses(tool, list(0, "in_progress", "pending"), "ok");
    talk.uses("run_command", "{\"command\": \"make " + in.thing() + "\"}", "ok");
    const int how = static_cast<int>(in.dice.from(0, 2));
    if (open)
        talk.uses(tool, list(count - left, "pending", "pending"), "ok");
    else
        talk.uses(tool,
                  how == 0   ? list(count, "", "")
                  : how == 1 ? list(count - 1, "in_progress", "pending")
                             : list(count - left, "pending", "pending"),
                  "ok");
    const std::string claim =
        in.one({"All tasks are complete.", "Everything is done.", "All done!", "I have completed all the steps.",
                "Every item on the list is finished.", "All of the tasks have been completed successfully."});
    if (!open && how == 2)
        talk.says(in.one({"Most of the tasks are complete, the rest is left for tomorrow.",
                          "Not all tasks are complete.", "Once you have run it, all tasks are complete."}));
    else
        talk.says((in.dice.oneIn(2) ? sentence(in) + ' ' : "") + claim);
}

void noCall(Invention& in)
{
    answer(in,
           in.one({"I will look that up.", "Let me see.", "One moment, please.", ""}) +
               (in.dice.oneIn(2) ? ' ' + sentence(in) : ""),
           asksForCall(in));
}
void withCall(Invention& in)
{
    InventedTalk talk(in);
    talk.recordWords(true);
    talk.chat(1);
    talk.user("Where is my " + in.item() + '?');
    talk.uses("find_item", "{\"id\": " + in.number(10, 99) + "}", "{\"hall\": 4}", false,
              in.dice.oneIn(2) ? "I will look that up." : "");
    talk.says("It is in the fourth hall.");
}

void run(Invention& in, bool cutShort)
{
    const long steps = in.dice.from(1, 4);
    long now = 100;
    const std::string word = in.one({"success", "completed", "end_turn"});
    std::vector<std::string> ids;
    for (long i = 0; i < steps; ++i) {
        const bool last = i + 1 == steps;
        const std::string id = "m" + std::to_string(i);
        const bool told = last && cutShort && in.dice.oneIn(2);
        SpanContent& content =
            in.span("t", id, "run", "model", now, now + 900, "stop=" + (told ? cut(in) : complete(in)));
        now += 1'000;
        content.input = {said(Role::User, "Write part " + std::to_string(i + 1) + '.')};
        content.output = {said(Role::Assistant, last && cutShort ? cutInside(in, prose(in)) : prose(in))};
    }
    in.span("t", "run", "-", "agent", 50, now, "stop=" + word);
}

void leftUnanswered(Invention& in)
{
    InventedTalk talk(in);
    talk.recordWords(true);
    talk.chat(1);
    const std::string id = "last";
    SpanContent& content =
        in.span("t", id, talk.parent(), "model", talk.now() + 5, talk.now() + 900, "stop=" + asksForCall(in));
    talk.wait(1'000);
    content.input = {said(Role::User, "Where is my " + in.item() + '?')};
    content.output = {asked(in.one({"find_item", "bash", "search"}), "c9", "{\"q\": \"" + in.thing() + "\"}")};
}

template <void (*function)(Invention&, bool), bool fault>
void with(Invention& in)
{
    function(in, fault);
}

// What is said of the last answer of a run is said of the answer, too.
const std::set<std::string_view> ofItsAnswer{"stop.cut_in_sentence", "stop.cut_in_structure"};

const RuleRecipe recipes[] = {
    {"stop.cut_in_structure", cutInStructure, wholeStructure, {"stop.cut_in_sentence"}},
    {"stop.cut_in_sentence", cutInSentence, endsWell},
    {"stop.fewer_items", fewerItems, asManyItems},
    {"stop.promise", promises, promisesNothing},
    {"stop.loop", loops, repeatsOnPurpose, {"stop.cut_in_sentence"}},
    {"stop.repeated_call",
     with<calls, true>,
     with<calls, false>,
     {"tool.retry_storm", "tool.duplicate_call"},
     {"tool.duplicate_call"}},
    {"stop.refusal", refuses, onlyCannot},
    {"stop.missing_fields", with<document, true>, with<document, false>},
    {"stop.open_items", with<listOfTasks, true>, with<listOfTasks, false>},
    {"stop.no_call", noCall, withCall},
    {"stop.run", with<run, true>, with<run, false>, ofItsAnswer},
    {"stop.unanswered", leftUnanswered, withCall},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented answers", 100, trialOptions(count, arguments));
    return summary();
}
