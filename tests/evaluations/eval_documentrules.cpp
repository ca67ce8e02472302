// layers: core analysis Qt6::Core ALONE
// Counts how often rules about text that a stream takes back, and about documents in it, are right on invented ones.
// Prints the counts, and fails where the program tells others.
// "--show" prints what is wrong or missed, a rule's name only that of this one.
#include "inventedstream.h"
#include "ruletrial.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

// ---- Text that is taken back

/// Of one statement: as it was, with another meaning, in other words.
struct Saying {
    std::string text;
    std::string other;
    std::string reworded;
};

Saying saying(Invention& in)
{
    const std::string item = in.item();
    const std::string n = in.number(11, 49);
    switch (in.dice.from(0, 5)) {
    case 0:
        return {"All " + n + " tests of the " + item + " pass.",
                "All " + in.number(50, 90) + " tests of the " + item + " pass.",
                "Every one of the " + n + " tests of the " + item + " passes."};
    case 1:
        return {"You may return the " + item + ".", "You may not return the " + item + ".",
                "You can bring back the " + item + "."};
    case 2:
        return {"It was " + in.person() + " who sold the " + item + ".",
                "It was " + in.person() + " who sold the " + item + ".", ""};
    case 3:
        return {"See https://example.com/" + in.thing() + " for the " + item + ".",
                "See https://example.org/" + in.thing() + " for the " + item + ".", ""};
    case 4:
        return {"Call get_user for the " + item + ".", "Call delete_user for the " + item + ".",
                "Use get_user for the " + item + "."};
    default:
        return {"The " + item + " costs " + n + " dollars.",
                "The " + item + " costs " + in.number(50, 99) + " dollars.",
                "The price of the " + item + " is " + n + " dollars."};
    }
}

void takenBack(Invention& in, bool seen)
{
    Recorder stream(in);
    stream.says(prose(in, 0, 3));
    const Saying one = saying(in);
    if (seen) {
        stream.says(one.text);
        stream.wait(in.dice.from(300, 5'000));
    } else {
        stream.atOnce(one.text);
        stream.wait(in.dice.from(5, 200));
    }
    stream.takeBack(in.dice.oneIn(3) && one.text.size() > 12 ? 12 : one.text.size());
    if (in.dice.oneIn(2))
        stream.says(in.one({"I cannot tell you that.", "Nothing is known of it.", "Let us speak of something else."}));
    stream.ends();
}

void replaced(Invention& in, bool otherwise)
{
    Recorder stream(in);
    stream.says(prose(in, 0, 3));
    Saying one = saying(in);
    while (!otherwise && one.reworded.empty())
        one = saying(in);
    stream.says(one.text);
    stream.wait(in.dice.from(100, 3'000));
    std::size_t from = 0; // often only what differs is taken back
    const std::string& now = otherwise ? one.other : one.reworded;
    if (in.dice.oneIn(2)) {
        while (from < std::min(one.text.size(), now.size()) && one.text[from] == now[from])
            ++from;
    }
    stream.takeBack(one.text.size() - from);
    stream.says(now.substr(from));
    stream.says(' ' + sentence(in));
    stream.ends();
}

std::string arguments(Invention& in)
{
    const std::string key = in.one({"city", "order", "name", "path"});
    std::string text = "{\"" + key + "\": \"" + in.city() + "\"";
    for (long i = in.dice.from(0, 3); i > 0; --i)
        text += ", \"" + in.fresh({"amount", "count", "page", "limit", "size", "offset"}) + "\": " + in.number(1, 900);
    return text + (in.dice.oneIn(3) ? ", \"tags\": [\"" + in.thing() + "\", \"" + in.thing() + "\"]}" : "}");
}

std::string tool(Invention& in)
{
    return in.one({"pay", "send_letter", "book_room", "get_order", "search"});
}

void argumentsTakenBack(Invention& in, bool whole)
{
    Recorder stream(in);
    if (in.dice.oneIn(2)) {
        stream.open(BlockType::Text);
        stream.says(sentence(in));
        stream.close();
    }
    const std::string text = arguments(in);
    if (whole && in.dice.oneIn(4)) {
        stream.open(BlockType::Audio);
        stream.says(sentence(in));
        stream.wait(in.dice.from(300, 2'000));
        stream.takeBack(10);
        stream.says("something else. ");
        stream.ends();
        return;
    }
    stream.open(BlockType::ToolCall, tool(in), "call_" + in.number(1, 99));
    const std::string said = whole ? text : text.substr(0, 2 + in.dice.next() % (text.size() - 3));
    stream.says(said);
    stream.wait(in.dice.from(5, 900));
    stream.takeBack(whole && in.dice.oneIn(2) ? said.size() / 2 : said.size());
    if (!whole)
        stream.says(text);
    else if (in.dice.oneIn(2))
        stream.says(text.substr(text.size() - text.size() / 2));
    stream.ends(in.one({"tool_use", "tool_calls"}));
}

// ---- Documents

/// Arguments of a tool, or an answer in JSON, as they are given.
void documentOf(Invention& in, const std::string& text, bool end = true, bool answer = false)
{
    Recorder stream(in);
    if (!answer) {
        if (in.dice.oneIn(2)) {
            stream.open(BlockType::Text);
            stream.says(sentence(in));
            stream.close();
        }
        stream.open(BlockType::ToolCall, tool(in), "call_" + in.number(1, 99));
    }
    stream.says(text);
    stream.ends(answer ? "stop" : end ? in.one({"tool_use", "tool_calls"}) : in.one({"max_tokens", "length"}));
}

std::string replacedIn(std::string text, const std::string& what, const std::string& with)
{
    const std::size_t at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

void invalid(Invention& in)
{
    const std::string text = arguments(in);
    switch (in.dice.from(0, 5)) {
    case 0:
        return documentOf(in, replacedIn(text, ": \"", ": "));
    case 1:
        return documentOf(in, replacedIn(text, "{\"", "{'"));
    case 2:
        return documentOf(in, text.substr(0, text.size() - 1) + ",}");
    case 3:
        return documentOf(in, replacedIn(text, ":", ";"));
    case 4:
        return documentOf(in, text.substr(0, text.size() - 1) + ", \"urgent\": True}");
    default:
        return documentOf(in, text + "}");
    }
}
void valid(Invention& in)
{
    switch (in.dice.from(0, 3)) {
    case 0:
        return documentOf(in, "{\"text\": \"a \\\"quoted\\\" word: {not a brace\", \"n\": -1.5e3}");
    case 1:
        return documentOf(in, "  " + arguments(in) + "\n");
    case 2:
        return documentOf(in, "{}");
    default:
        return documentOf(in, arguments(in));
    }
}

void truncated(Invention& in)
{
    const std::string text = arguments(in);
    documentOf(in, text.substr(0, 1 + in.dice.next() % (text.size() - 1)), !in.dice.oneIn(2));
}

void twice(Invention& in)
{
    const std::string key = in.one({"n", "city", "amount"});
    const std::string value = in.number(1, 90);
    const std::string other = in.dice.oneIn(3) ? value : in.number(1, 90);
    const std::string pair = '"' + key + "\": ";
    switch (in.dice.from(0, 2)) {
    case 0:
        return documentOf(in, '{' + pair + value + ", " + pair + other + '}');
    case 1:
        return documentOf(in, "{\"to\": {" + pair + value + ", \"a\": 1, " + pair + other + "}}");
    default:
        return documentOf(in, '{' + pair + value + ", \"list\": [1, 2], \"x\": \"y\", " + pair + other + '}');
    }
}
void onceInEach(Invention& in)
{
    const std::string pair = "\"n\": ";
    if (in.dice.oneIn(2))
        return documentOf(in, "{\"a\": {" + pair + in.number(1, 9) + "}, \"b\": {" + pair + in.number(1, 9) + "}}");
    documentOf(in, "{\"list\": [{" + pair + in.number(1, 9) + "}, {" + pair + in.number(1, 9) + "}], \"N\": 1, " +
                       pair + "2}");
}

void bySchema(Invention& in, bool breaks)
{
    const std::string name = tool(in);
    const bool open = !in.dice.oneIn(3);
    const std::string schema =
        R"({"type": "object", "required": ["city", "count"], "properties": {"city": {"type": "string"}, )"
        R"("count": {"type": "integer", "minimum": 1}, "unit": {"enum": ["day", "week"]}})" +
        std::string(open ? "}" : ", \"additionalProperties\": false}");
    const std::string city = "\"city\": \"" + in.city() + '"';
    const std::string count = "\"count\": " + in.number(1, 90);
    std::string text;
    if (breaks) {
        const std::string wrong[] = {'{' + city + ", \"count\": \"" + in.number(1, 9) + "\"}",
                                     '{' + count + '}',
                                     '{' + city + ", \"count\": 0}",
                                     '{' + city + ", " + count + ", \"unit\": \"month\"}",
                                     '{' + city + ", \"count\": " + in.number(1, 9) + ".5}",
                                     "{\"city\": null, " + count + '}'};
        text = wrong[in.dice.from(0, 5)];
    } else {
        const std::string right[] = {
            '{' + city + ", " + count + '}', '{' + count + ", " + city + ", \"unit\": \"day\"}",
            '{' + city + ", \"count\": 2.0}", '{' + city + ", " + count + (open ? ", \"more\": [1]}" : "}")};
        text = right[in.dice.from(0, 3)];
    }
    Recorder stream(in);
    const bool answer = in.dice.oneIn(4);
    if (answer) {
        stream.attributes = {{"llm.request.response_format",
                              R"({"type": "json_schema", "json_schema": {"name": "it", "schema": )" + schema + "}}",
                              AttributeType::Json}};
    } else {
        const std::string tools[] = {R"([{"type": "function", "function": {"name": ")" + name + R"(", "parameters": )" +
                                         schema + "}}]",
                                     R"([{"name": ")" + name + R"(", "input_schema": )" + schema + "}]"};
        stream.attributes = {{in.one({"gen_ai.request.tools", "llm.request.tools", "gen_ai.tool.definitions"}),
                              tools[in.dice.from(0, 1)], AttributeType::Json}};
        stream.open(BlockType::ToolCall, name, "call_1");
    }
    stream.says(text);
    stream.ends(answer ? "stop" : "tool_use");
}

void used(Invention& in, bool early)
{
    std::string id = "call_" + in.number(1, 99);
    long begins = 0;
    {
        Recorder stream(in);
        stream.open(BlockType::ToolCall, tool(in), id);
        const std::string text = arguments(in);
        stream.says(text.substr(0, text.size() / 2));
        const long half = stream.now();
        stream.wait(in.dice.from(0, 400));
        stream.says(text.substr(text.size() / 2));
        const long whole = stream.now();
        stream.ends("tool_use", false);
        begins = early ? half + (whole - half) * in.dice.from(0, 90) / 100 : whole + in.dice.from(0, 300);
        if (early && whole - begins < 5)
            begins = whole - 5;
    }
    in.span("t", id, "-", "tool", begins, begins + in.dice.from(900, 3'000), "tool=pay");
}

void decides(Invention& in, bool late)
{
    const std::string key = in.one({"approved", "decision", "verdict", "answer", "label", "score"});
    const std::string why = in.one({"reason", "explanation", "reasoning", "rationale"});
    const std::string value = key == "score"      ? in.number(1, 9)
                              : key == "approved" ? in.one({"true", "false"})
                                                  : in.one({"\"yes\"", "\"no\""});
    const bool brief = !late && in.dice.oneIn(2);
    const std::string text = brief ? "Short." : prose(in, 5, 9);
    const std::string explains = '"' + why + "\": \"" + text + '"';
    const std::string decision = '"' + key + "\": " + value;
    documentOf(in, late || brief ? '{' + explains + ", " + decision + '}' : '{' + decision + ", " + explains + '}',
               true, true);
}

template <void (*function)(Invention&, bool), bool fault>
void with(Invention& in)
{
    function(in, fault);
}

const std::set<std::string_view> withdrawal{"retract.after_render", "retract.semantic", "retract.irreversible_surface",
                                            "stream.stall"};

const RuleRecipe recipes[] = {
    {"retract.after_render", with<takenBack, true>, with<takenBack, false>, withdrawal, {"retract.semantic"}},
    {"retract.semantic",
     with<replaced, true>,
     with<replaced, false>,
     withdrawal,
     {"retract.after_render", "stream.stall"}},
    {"retract.irreversible_surface",
     with<argumentsTakenBack, true>,
     with<argumentsTakenBack, false>,
     {"retract.after_render", "retract.semantic", "json.truncated", "json.invalid", "stream.stall"},
     {"retract.after_render", "retract.semantic"}},
    {"json.invalid", invalid, valid},
    {"json.truncated", truncated, valid, {"stop.cut_in_structure"}},
    {"json.duplicate_key", twice, onceInEach},
    {"json.schema", with<bySchema, true>, with<bySchema, false>, {"stop.missing_fields"}},
    {"json.premature_use", with<used, true>, with<used, false>},
    {"json.late_key_field", with<decides, true>, with<decides, false>},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented streams of documents", 100, trialOptions(count, arguments));
    return summary();
}
