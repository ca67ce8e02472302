// layers: core analysis Qt6::Core ALONE
// Counts how often rules about shapes of results, critique, verifiers and rescues are right on invented traces.
// Prints the counts, and fails where the program tells others.
// "--show" prints what is wrong or missed, a rule's name only that of this one.
#include "ruletrial.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

// ---- Shapes of results

struct Shape {
    std::vector<std::pair<std::string, std::string>> members; ///< with values, each as JSON
    std::string text() const
    {
        std::string json;
        for (const auto& [key, value] : members)
            json += (json.empty() ? "\"" : ", \"") + key + "\": " + value;
        return '{' + json + '}';
    }
};

/// Results of one tool, as they are for long, and then `change`d; noise of other tools between.
void results(Invention& in, const std::string& tool, long usual, long after, const std::function<Shape(long)>& shape,
             const std::function<void(Shape&, std::string&)>& change, bool failed = false)
{
    long now = 100;
    const long all = usual + after;
    for (long i = 0; i < all; ++i) {
        const std::string n = std::to_string(i);
        Shape made = shape(i);
        std::string text;
        if (i >= usual)
            change(made, text);
        SpanContent& content = in.span("t" + std::to_string(i / 20), "s" + n, "-", "tool", now, now + 40,
                                       "tool=" + tool + (failed && i >= usual ? " status=error" : ""));
        content.toolArguments = "{\"key\": \"k-" + n + "\"}";
        content.toolResult = text.empty() ? made.text() : text;
        content.toolFailed = failed && i >= usual;
        now += in.dice.from(60, 9'000);
    }
}

struct Changing {
    std::string tool;
    std::string amount; ///< name of a number
    std::string state;  ///< name of a text with few values
    std::string states[2];
    std::string third;
    bool nested = false; ///< all lies in an object, in a list
};

Changing changing(Invention& in)
{
    Changing made;
    made.tool = in.one({"get_", "list_", "find_", "check_"}) + in.thing();
    made.amount = in.one({"price", "count", "total", "weight", "stock"});
    made.state = in.one({"status", "phase", "mode"});
    const bool stock = in.dice.oneIn(2);
    made.states[0] = stock ? "in_stock" : "open";
    made.states[1] = stock ? "sold_out" : "closed";
    made.third = stock ? "available" : "pending";
    return made;
}

std::function<Shape(long)> shapeOf(Invention& in, const Changing& of)
{
    const std::string place = in.one({"city", "site", "town"});
    return [&in, of, place](long i) {
        Shape shape;
        shape.members = {{"key", "\"k-" + std::to_string(i) + '"'},
                         {of.amount, in.number(1, 900)},
                         {place, "\"hall " + in.number(1, 900) + '"'},
                         {of.state, '"' + of.states[i % 2] + '"'}};
        return shape;
    };
}

enum class Change { Added, Removed, Type, Null, Enum, Text };

void shapeChanges(Invention& in, Change kind)
{
    const Changing of = changing(in);
    const std::string added = in.fresh({"confidence", "currency", "source", "rank"});
    results(in, of.tool, in.dice.from(44, 58), in.dice.from(1, 8), shapeOf(in, of),
            [&](Shape& shape, std::string& text) {
                switch (kind) {
                case Change::Added:
                    shape.members.emplace_back(added, in.number(1, 9));
                    break;
                case Change::Removed:
                    shape.members.erase(shape.members.begin() + 1);
                    break;
                case Change::Type:
                    shape.members[1].second = in.one({"\"four\"", "[4]", "{\"value\": 4}", "true", "\"12\""});
                    break;
                case Change::Null:
                    shape.members[1].second = "null";
                    break;
                case Change::Enum:
                    shape.members[3].second = '"' + of.third + '"';
                    break;
                case Change::Text:
                    text = in.one({"<html>Bad gateway</html>", "The service is down for maintenance.",
                                   "Please log in first.", "<!DOCTYPE html><html><body>Welcome</body></html>"});
                    break;
                }
            });
}

/// The member was there now and then from the beginning, or the result is of an error, or the tool is too new.
void shapeStays(Invention& in, Change kind)
{
    const Changing of = changing(in);
    const auto plain = shapeOf(in, of);
    const int how = static_cast<int>(in.dice.from(0, 2));
    const auto change = [&](Shape&, std::string& text) {
        if (kind == Change::Text)
            text = how == 0 ? "{\"note\": \"nothing\"}" : "Error: no such thing";
    };
    if (kind == Change::Text)
        return results(in, of.tool, how == 0 ? 12 : 48, 4, plain, change, how == 1);
    const auto shape = [&, how](long i) {
        Shape made = plain(i);
        const bool now = in.dice.oneIn(4);
        if (kind == Change::Added && how == 0 && (now || i % 7 == 3))
            made.members.emplace_back("note", "\"n" + in.number(1, 900) + '"');
        if (kind == Change::Added && how > 0) { // the keys are data
            made.members.emplace_back("by_id", "{\"id-" + in.number(1'000, 9'999) + "\": 1, \"id-" +
                                                   in.number(1'000, 9'999) + "\": 2}");
        }
        if (kind == Change::Removed && (now || i % 7 == 3))
            made.members.erase(made.members.begin() + 1);
        if (kind == Change::Type && (now || i % 7 == 3))
            made.members[1].second = "\"none\"";
        if (kind == Change::Null && (now || i % 7 == 3))
            made.members[1].second = "null";
        if (kind == Change::Enum)
            made.members[3].second =
                how == 0 ? '"' +
                               in.one({"oslo", "lisbon", "bergen", "leeds", "kiel", "porto", "vienna", "ghent", "turin",
                                       "cork", "malmo", "bremen", "dublin", "zurich"}) +
                               '"'
                         : '"' + of.states[i % 2] + '"';
        return made;
    };
    results(in, of.tool, in.dice.from(44, 58), 4, shape, [](Shape&, std::string&) {});
}

template <Change kind>
void changes(Invention& in)
{
    shapeChanges(in, kind);
}
template <Change kind>
void stays(Invention& in)
{
    shapeStays(in, kind);
}

// ---- Critique, verifiers, rescues

std::string sentence(Invention& in)
{
    return "The " + in.item() + " is packed on " + in.one({"Monday", "Friday", "Sunday"}) + " and sent to " +
           in.city() + in.one({" by truck. ", " by train. ", " with the next ship. "});
}

enum class Critique { Price, NoChange, Regressed };

void criticised(Invention& in, Critique kind, bool fault)
{
    const bool json = kind == Critique::Regressed ? fault || in.dice.oneIn(2) : in.dice.oneIn(4);
    const std::string days = in.number(2, 9);
    const std::string city = in.city();
    std::string draft =
        sentence(in) + sentence(in) + "It takes " + days + " days. " + sentence(in) + "It starts in " + city + '.';
    if (json)
        draft = "{\"from\": \"" + city + "\", \"items\": [\"" + in.item() + "\", \"" + in.item() +
                "\"], \"days\": " + days + ", \"insured\": true, \"carrier\": \"" + in.person() + "\"}";
    const std::string critique = in.one({"The place is wrong.", "The second one has no amount.", "It could be shorter.",
                                         "Nobody knows what is meant by the last part.", "It reads well already."});
    std::string revision = draft;
    if (kind != Critique::NoChange || !fault)
        revision.replace(revision.find(city), city.size(), in.city());
    if (kind == Critique::NoChange && fault && in.dice.oneIn(4))
        revision += '\n';
    if (kind == Critique::Regressed && fault)
        revision = in.dice.oneIn(3)   ? revision.substr(0, revision.size() - 2)
                   : in.dice.oneIn(2) ? "Here it is: " + revision
                                      : "The parcel starts in " + city + " and takes " + days + " days.";
    long now = in.dice.from(10, 900);
    int count = 0;
    const bool root = in.dice.oneIn(2);
    const auto ask = [&](const std::string& input, const std::string& output) {
        const long from = now;
        now += in.dice.from(300, 3'000);
        SpanContent& content =
            in.span("t", "m" + std::to_string(++count), root ? "root" : "-", "model", from, now - 5,
                    "in=" + in.number(100, 900) + " out=" + in.number(20, 90) + " cost=" + in.number(2, 90));
        content.input = {said(Role::User, input)};
        content.output = {said(Role::Assistant, output)};
    };
    if (in.dice.oneIn(2))
        ask("Say what you can do.", "Parcels are what this is about.");
    ask("Describe the parcel.", draft);
    const std::string asked =
        in.one({"What is wrong with this text?\n", "Judge: ", "Please review the following draft.\n\n"});
    if (kind == Critique::Price && !fault) { // each hands on what it was given
        ask(in.one({"Translate into German:\n", "Sum up: "}) + draft,
            "Ein Paket nach " + in.city() + " und zur" + "\u00fcck.");
        ask("Write a title for: Ein Paket", "Ein Paket nach " + in.city());
    } else {
        ask(asked + draft, critique);
        ask("Text:\n" + draft + "\nCritique:\n" + critique + "\nWrite it anew.", revision);
    }
    if (root)
        in.span("t", "root", "-", "agent", 0, now + 5);
}

template <Critique kind, bool fault>
void critique(Invention& in)
{
    criticised(in, kind, fault);
}

void temperature(SpanContent& content, const std::string& value, bool inJson)
{
    if (inJson)
        content.attributes.push_back(
            {"llm.invocation_parameters", "{\"temperature\": " + value + ", \"top_p\": 1}", AttributeType::Json});
    else
        content.attributes.push_back({"gen_ai.request.temperature", value, AttributeType::Number});
}

void inherits(Invention& in, bool fault)
{
    const std::string warm = in.one({"0.7", "0.3", "1", "0.9"});
    const std::string role = in.one({"verifier", "extractor", "judge", "summarizer", "fact_checker"});
    const std::string planner = in.one({"planner", "writer", "lead", "assistant"});
    const int how = static_cast<int>(in.dice.from(0, 3));
    const std::string helper = !fault && how == 0 ? in.one({"illustrator", "poet", "brainstormer"}) : role;
    const long to = in.dice.from(900, 9'000);
    in.span("t", "run", "-", "agent", 0, to + 200, "agent=" + planner);
    SpanContent& think = in.span("t", "think", "run", "model", 1, 400, "agent=" + planner);
    temperature(think, !fault && how == 1 ? "0" : warm, in.dice.oneIn(3));
    think.output = {said(Role::Assistant, "The parcel goes to " + in.city() + '.')};
    in.span("t", "sub", "run", "agent", 450, to + 100, "agent=" + helper);
    SpanContent& check = in.span("t", "check", "sub", "model", 460, to, "agent=" + helper);
    check.output = {said(Role::Assistant, "Done.")};
    if (fault || how == 0)
        temperature(check, warm, in.dice.oneIn(3));
    else if (how != 3)
        temperature(check, how == 1 ? "0" : "0.1", in.dice.oneIn(3));
}

void judges(Invention& in, bool flips)
{
    const char* const words[][2] = {{"PASS", "FAIL"},
                                    {"{\"passed\": true}", "{\"passed\": false, \"why\": \"no source\"}"},
                                    {"APPROVED", "REJECTED"},
                                    {"{\"valid\": true}", "{\"valid\": false}"},
                                    {"Verdict: pass", "The sum is wrong. Verdict: fail"}};
    const auto& said2 = words[in.dice.from(0, 4)];
    const std::string claim = sentence(in);
    const std::string other = sentence(in);
    const bool named = in.dice.oneIn(2);
    long now = 10;
    int count = 0;
    const auto judge = [&](const std::string& text, const std::string& verdict) {
        const std::string n = std::to_string(++count);
        SpanContent& content = in.span("t" + n, "s" + n, "-", named ? "model" : "evaluator", now, now + 700,
                                       named ? "agent=answer_verifier" : "");
        now += in.dice.from(900, 90'000);
        content.input = {said(Role::System, "You verify answers. Say whether they are right."), said(Role::User, text)};
        content.output = {said(Role::Assistant, verdict)};
    };
    judge(claim, said2[0]);
    for (long i = in.dice.from(0, 3); i > 0; --i)
        judge(sentence(in), said2[in.dice.from(0, 1)]);
    if (flips)
        judge(claim, said2[1]);
    else if (in.dice.oneIn(2))
        judge(claim, said2[0]);
    else
        judge(other, said2[1]);
}

/// A model call with its answer; `facts` and attributes say what it took to get it.
void answered(Invention& in, const std::string& text, const std::string& facts, std::vector<Attribute> attributes)
{
    long now = in.dice.from(10, 900);
    if (in.dice.oneIn(2)) {
        in.span("t", "before", "run", "model", now, now + 500).output = {said(Role::Assistant, "I look it up.")};
        now += 600;
    }
    SpanContent& content = in.span("t", "last", "run", "model", now, now + 700, facts + " status=ok");
    content.input = {said(Role::User, "Where is " + in.code() + '?')};
    content.output = {said(Role::Assistant, text)};
    content.attributes = std::move(attributes);
    in.span("t", "run", "-", "agent", 0, now + 710, "status=ok");
}

Attribute flag(Invention& in)
{
    return {in.one({"app.fallback_used", "fallback_used", "app.default_used", "app.served_stale",
                    "output.json_repaired", "llm.fallback_triggered"}),
            "true", AttributeType::Bool};
}
Attribute resent(Invention& in)
{
    return {"http.request.resend_count", in.number(1, 4), AttributeType::Number};
}

void rescuedInTwoWays(Invention& in, bool fault)
{
    const std::string text = sentence(in);
    if (fault) {
        if (in.dice.oneIn(2))
            return answered(in, text, "", {flag(in), resent(in)});
        return answered(in, text, "requested=gpt-4o model=gpt-3.5-turbo", {resent(in)});
    }
    if (in.dice.oneIn(2))
        return answered(in, text, "", {resent(in)});
    answered(in, text, "requested=gpt-4o model=gpt-4o-2024-08-06", {resent(in)});
}

void rescuedInSilence(Invention& in, bool fault)
{
    if (fault) {
        if (in.dice.oneIn(3))
            return answered(
                in, sentence(in),
                in.one({"requested=gpt-4o model=gpt-3.5-turbo", "requested=claude-opus-4 model=claude-haiku-3",
                        "requested=gemini-1.5-pro model=llama-3-8b"}),
                {});
        return answered(in, sentence(in), "", {flag(in)});
    }
    switch (in.dice.from(0, 3)) {
    case 0:
        return answered(
            in,
            in.one({"Live data is unavailable, so this is of yesterday.", "I used a fallback for this answer.",
                    "This is a cached answer and may be out of date."}),
            "", {{"app.fallback_used", "true", AttributeType::Bool}});
    case 1:
        return answered(in, sentence(in), "", {{"app.fallback_used", "false", AttributeType::Bool}});
    case 2:
        return answered(in, sentence(in),
                        in.one({"requested=gpt-4o model=gpt-4o-2024-08-06",
                                "requested=claude-3-opus-latest model=claude-3-opus-20240229"}),
                        {});
    default:
        return answered(in, sentence(in), "", {resent(in)});
    }
}

template <void (*function)(Invention&, bool), bool fault>
void with(Invention& in)
{
    function(in, fault);
}

const RuleRecipe recipes[] = {
    {"shape.path_added", changes<Change::Added>, stays<Change::Added>},
    {"shape.path_removed", changes<Change::Removed>, stays<Change::Removed>},
    {"shape.type_changed", changes<Change::Type>, stays<Change::Type>},
    {"shape.null_new", changes<Change::Null>, stays<Change::Null>},
    {"shape.enum_new", changes<Change::Enum>, stays<Change::Enum>},
    {"shape.became_text", changes<Change::Text>, stays<Change::Text>},
    {"critique.price", critique<Critique::Price, true>, critique<Critique::Price, false>},
    {"critique.no_change",
     critique<Critique::NoChange, true>,
     critique<Critique::NoChange, false>,
     {"critique.price"},
     {"critique.price"}},
    {"critique.regressed",
     critique<Critique::Regressed, true>,
     critique<Critique::Regressed, false>,
     {"critique.price"},
     {"critique.price"}},
    {"sampling.inherited", with<inherits, true>, with<inherits, false>},
    {"verifier.flip", with<judges, true>, with<judges, false>},
    {"rescue.chain", with<rescuedInTwoWays, true>, with<rescuedInTwoWays, false>, {"rescue.hidden"}},
    {"rescue.hidden", with<rescuedInSilence, true>, with<rescuedInSilence, false>},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented results", 100, trialOptions(count, arguments));
    return summary();
}
