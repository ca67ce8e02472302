// layers: core analysis Qt6::Core ALONE
// Counts how often rules about memories, documents and what several users share are right on invented traces. Prints
// the counts, and fails where the program tells others. "--show" prints what is wrong or missed, a rule's name only
// that of this one.
#include "ruletrial.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

// ---- Values that are read and written

struct Access {
    std::string who;
    std::string tool;
    std::string arguments;
    std::string result;
};

/// One call behind the other, in one trace or each in its own, with accesses to other things between.
void record(Invention& in, const std::vector<Access>& all)
{
    const bool apart = in.dice.oneIn(3);
    long now = in.dice.from(5, 90);
    int count = 0;
    const auto add = [&](const Access& access) {
        const std::string id = "s" + std::to_string(++count);
        const long from = now;
        now += in.dice.from(5, 400);
        SpanContent& content =
            in.span(apart ? "t" + std::to_string(count) : "t", id, "-", "tool", from, now,
                    "session=s tenant=acme user=" + (access.who.empty() ? "ann" : access.who) + " tool=" + access.tool);
        content.toolArguments = access.arguments;
        content.toolResult = access.result;
        now += in.dice.from(2, 3'000);
    };
    for (const Access& access : all) {
        if (in.dice.oneIn(3))
            add({"", "get_weather", "{\"city\": \"" + in.city() + "\"}",
                 "{\"sky\": \"grey\", \"wind\": " + in.number(1, 9) + "}"});
        add(access);
    }
}

void readsFromMemory(Invention& in, bool stale)
{
    const std::string key = in.one({"city", "plan", "language", "colour", "address"});
    const std::string first = in.city();
    const std::string second = in.city();
    std::vector<Access> all;
    const auto json = [](const std::string& name, const std::string& value) {
        return '"' + name + "\": \"" + value + '"';
    };
    std::string get;
    std::string asks;
    switch (in.dice.from(0, 2)) {
    case 0: {
        const std::string kind = in.one({"memory", "cache", "kv", "note"});
        get = kind + "_get";
        asks = '{' + json("key", key) + '}';
        for (const std::string& value : {first, second})
            all.push_back({"", kind + "_set", '{' + json("key", key) + ", " + json("value", value) + '}', "ok"});
        all.push_back({"", get, asks, stale ? first : second});
        break;
    }
    case 1: {
        const std::string user = in.number(10, 99);
        get = "get_user";
        asks = '{' + json("user_id", user) + '}';
        const auto result = [&](const std::string& value) {
            return '{' + json(key, value) + ", " + json("zip", "100") + '}';
        };
        all.push_back({"", get, asks, result(first)});
        all.push_back(
            {"", "update_user", '{' + json("user_id", user) + ", " + json(key, second) + '}', "{\"ok\": true}"});
        all.push_back({"", get, asks, result(stale ? first : second)});
        break;
    }
    default: {
        const std::string page = in.number(10, 99);
        const long version = in.dice.from(3, 30);
        all.push_back({"", "update_page", '{' + json("page_id", page) + ", " + json("title", first) + '}',
                       "{\"version\": " + std::to_string(version) + "}"});
        all.push_back({"", "get_page", '{' + json("page_id", page) + '}',
                       "{\"version\": " + std::to_string(stale ? version - in.dice.from(1, 2) : version) + ", " +
                           json("text", "y") + '}'});
        break;
    }
    }
    if (!stale && in.dice.oneIn(3)) // put back to what it was
        all = {{"", "memory_set", '{' + json("key", key) + ", " + json("value", first) + '}', "ok"},
               {"", "memory_set", '{' + json("key", key) + ", " + json("value", second) + '}', "ok"},
               {"", "memory_set", '{' + json("key", key) + ", " + json("value", first) + '}', "ok"},
               {"", "memory_get", '{' + json("key", key) + '}', first}};
    else if (!stale && in.dice.oneIn(3)) // of another key
        all = {{"", "memory_set", '{' + json("key", key) + ", " + json("value", first) + '}', "ok"},
               {"", "memory_set", '{' + json("key", key) + ", " + json("value", second) + '}', "ok"},
               {"", "memory_get", '{' + json("key", "old_" + key) + '}', first}};
    record(in, all);
}

void twoEdit(Invention& in, bool lost)
{
    const std::string kind = in.one({"page", "ticket", "document", "record"});
    const std::string id = '"' + kind + "_id\": \"" + in.number(10, 99) + '"';
    const std::string field = in.one({"title", "status", "owner", "summary"});
    const std::string other = in.one({"labels", "body_text", "due"});
    const std::string first = in.person();
    const std::string second = in.person();
    const std::string a = in.thing();
    const std::string b = in.thing();
    const std::string c = in.thing();
    const std::string write = in.one({"update_", "edit_", "set_"}) + kind;
    const auto reads = [&](const std::string& who, const std::string& value) {
        return Access{who, "get_" + kind, '{' + id + '}', "{\"" + field + "\": \"" + value + "\"}"};
    };
    const auto writes = [&](const std::string& who, const std::string& name, const std::string& value,
                            const std::string& version = {}) {
        return Access{who, write,
                      '{' + id + ", \"" + name + "\": \"" + value + '"' +
                          (version.empty() ? "" : ", \"version\": \"" + version + '"') + '}',
                      "{\"ok\": true}"};
    };
    if (lost && in.dice.oneIn(3))
        return record(in, {writes(second, field, b, "3"), writes(first, field, c, "3")});
    if (lost && in.dice.oneIn(2))
        return record(in, {reads(first, a), reads(second, a), writes(second, field, b), writes(first, field, c)});
    if (lost)
        return record(in, {reads(first, a), writes(second, field, b), writes(first, field, c)});
    switch (in.dice.from(0, 3)) {
    case 0:
        return record(in, {reads(first, a), writes(second, field, b), reads(first, b), writes(first, field, c)});
    case 1:
        return record(in, {reads(first, a), writes(second, field, b), writes(first, other, c)});
    case 2:
        return record(in, {writes(second, field, b, "3"), writes(first, field, c, "4")});
    default:
        return record(in, {reads(first, a), writes(first, field, b), writes(first, field, c)});
    }
}

void runsAs(Invention& in, bool other)
{
    const std::string asked = in.person();
    const std::string ran = other ? in.person() : asked;
    const long at = in.dice.from(10, 900);
    const bool nested = in.dice.oneIn(2);
    in.span("t", "ask", "-", "agent", at, at + 2'000, "user=" + asked);
    in.span("t", "call", "ask", "model", at + 1, at + 500, in.dice.oneIn(2) ? "user=" + asked : "");
    if (nested)
        in.span("t", "sub", "ask", "agent", at + 510, at + 1'500, "agent=helper");
    const std::string facts = other || in.dice.oneIn(2) ? "user=" + ran : "";
    in.span("t", "run", nested ? "sub" : "ask", "tool", at + 520, at + 900,
            facts + " tool=" + in.one({"get_order", "search", "read_file", "list_users"}))
        .toolArguments = "{\"q\": \"" + in.thing() + "\"}";
}

// ---- Documents that are retrieved

struct Piece {
    std::string document;
    std::string version;
    std::string text;
};

void retrieve(Invention& in, const std::vector<Piece>& pieces, long at)
{
    const int form = static_cast<int>(in.dice.from(0, 2));
    SpanContent& content = in.span("t", "find", "-", "retrieval", at, at + 90);
    std::string list;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        if (form == 0) {
            const std::string key = "retrieval.documents." + std::to_string(i) + ".document.";
            content.attributes.push_back({key + "id", piece.document + '#' + std::to_string(i), AttributeType::Text});
            content.attributes.push_back({key + "content", piece.text, AttributeType::Text});
            if (!piece.version.empty())
                content.attributes.push_back(
                    {key + "metadata", "{\"version\":\"" + piece.version + "\"}", AttributeType::Json});
            continue;
        }
        list += (list.empty() ? "" : ",") + std::string("{\"page_content\": \"") + piece.text +
                "\", \"metadata\": {\"source\": \"" + piece.document + '"' +
                (piece.version.empty() ? "" : ", \"version\": \"" + piece.version + '"') + "}}";
    }
    if (form == 1)
        content.output = {said(Role::Assistant, "{\"documents\":[" + list + "]}")};
    if (form == 2)
        content.attributes.push_back({"gen_ai.retrieval.documents", '[' + list + ']', AttributeType::Json});
}

std::string fact(const std::string& thing, long days, int how)
{
    const std::string n = std::to_string(days);
    return how == 0   ? "The refund period for " + thing + "s is " + n + " days."
           : how == 1 ? "A " + thing + " weighs " + n + " kilograms."
                      : "The warranty of the " + thing + " lasts " + n + " months.";
}

void chunksDiffer(Invention& in, bool conflict)
{
    const std::string thing = in.thing();
    const int how = static_cast<int>(in.dice.from(0, 2));
    const long value = in.dice.from(2, 30);
    std::vector<Piece> pieces{{"a.md", "", "Our shop is in the old town. " + fact(thing, value, how)}};
    for (long i = in.dice.from(0, 2); i > 0; --i)
        pieces.push_back({in.thing() + ".md", "", "The " + in.thing() + " is made in " + in.city() + '.'});
    if (conflict)
        pieces.push_back({"b.md", "", fact(thing, value + in.dice.from(2, 20), how)});
    else if (in.dice.oneIn(2))
        pieces.push_back({"b.md", "", fact(in.thing(), value + 9, how)});
    else
        pieces.push_back({"b.md", "", fact(thing, value, how) + " This is the rule everywhere."});
    retrieve(in, pieces, in.dice.from(1, 500));
}

void versionsDiffer(Invention& in, bool skewed)
{
    const std::string document = in.thing() + in.one({".md", ".pdf", "-guide", ".html"});
    const long version = in.dice.from(2, 40);
    const auto piece = [&](const std::string& name, long number) {
        return Piece{name, std::to_string(number), "The " + in.thing() + " is made in " + in.city() + '.'};
    };
    std::vector<Piece> pieces{piece(document, version)};
    for (long i = in.dice.from(0, 2); i > 0; --i)
        pieces.push_back(piece(in.thing() + ".md", version + i));
    pieces.push_back(piece(document, skewed ? version + in.dice.from(1, 3) : version));
    if (!skewed && in.dice.oneIn(3))
        pieces.back().version.clear();
    retrieve(in, pieces, in.dice.from(1, 500));
}

void citesOldText(Invention& in, bool stale)
{
    const std::string document = in.thing() + in.one({".md", "-guide.md", ".pdf"});
    const std::string other = in.thing() + ".md";
    retrieve(in, {{document, "3", fact(in.thing(), 14, 0)}}, 10);
    const std::string answer = in.one({"See ", "It is written in ", "As said in ", "The source is "}) + document + '.';
    const int how = static_cast<int>(in.dice.from(0, 2));
    const std::string tool = in.one({"delete_page", "update_document", "delete_file", "remove_document", "edit_page"});
    const bool late = !stale && how == 0;
    SpanContent& call = in.span("t", "call", "-", "tool", late ? 9'000 : 200, late ? 9'100 : 300,
                                "tool=" + (!stale && how == 1 ? "get_page" : tool));
    call.toolArguments =
        "{\"" + in.one({"page", "document", "path"}) + "\": \"" + (!stale && how == 2 ? other : document) + "\"}";
    call.toolResult = "ok";
    in.span("t", "say", "-", "model", 400, 900).output = {said(Role::Assistant, answer)};
}

// ---- What is of others

void promptsLeak(Invention& in, bool leaks, bool echoes)
{
    const std::string code = in.code();
    const std::string line =
        "my " + in.item() + " came late and I would like to have all of my money back at once, says " + in.person();
    const bool asLine = in.dice.oneIn(4);
    const std::string what = asLine ? line : code;
    const std::string example = in.one({"Example: ", "For example:\n", "A customer once wrote: "}) +
                                (asLine ? "\n" + line : "where is " + code + "?");
    struct Call {
        std::string tenant;
        std::string system;
        std::string user;
        std::string answer;
    };
    const std::string own = in.person();
    const std::string other = in.person();
    std::vector<Call> calls;
    if (!leaks && in.dice.oneIn(2)) // the prompt had it first
        calls.push_back({own, example, "Good morning.", "Good morning!"});
    const std::string owner = !leaks && calls.empty() ? own : other;
    calls.push_back({owner, "Be kind.", asLine ? line : "Where is " + code + '?', "It is on its way."});
    for (long i = in.dice.from(0, 2); i > 0; --i)
        calls.push_back(
            {in.one({own.c_str(), other.c_str()}), "Be kind.", "Do you sell " + in.thing() + "s?", "We do."});
    calls.push_back({own, example, "Good morning.",
                     echoes ? "Good morning! As with " + (asLine ? "this:\n" + line : code) + ", it takes a week."
                            : "Good morning!"});
    const char* const key = in.dice.oneIn(2) ? "tenant=" : "user=";
    long now = 10;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const std::string n = std::to_string(i);
        SpanContent& content = in.span("t" + n, "s" + n, "-", "model", now, now + 500, key + calls[i].tenant);
        content.input = {said(Role::System, calls[i].system), said(Role::User, calls[i].user)};
        content.output = {said(Role::Assistant, calls[i].answer)};
        now += in.dice.from(600, 90'000);
    }
}

/// The prompt names it, the answer does not, or it is of the tenant's own.
void answersKeepIt(Invention& in)
{
    promptsLeak(in, !in.dice.oneIn(2), false);
}

template <void (*function)(Invention&, bool), bool fault>
void with(Invention& in)
{
    function(in, fault);
}

const RuleRecipe recipes[] = {
    {"memory.stale_read", with<readsFromMemory, true>, with<readsFromMemory, false>},
    {"workspace.lost_update", with<twoEdit, true>, with<twoEdit, false>},
    {"workspace.principal_mismatch", with<runsAs, true>, with<runsAs, false>},
    {"chunks.conflict", with<chunksDiffer, true>, with<chunksDiffer, false>},
    {"chunks.version_skew", with<versionsDiffer, true>, with<versionsDiffer, false>},
    {"chunks.stale_citation", with<citesOldText, true>, with<citesOldText, false>},
    {"prompt.foreign_identifier",
     [](Invention& in) { promptsLeak(in, true, in.dice.oneIn(2)); },
     [](Invention& in) { promptsLeak(in, false, false); },
     {"output.echo"}},
    {"output.echo",
     [](Invention& in) { promptsLeak(in, true, true); },
     answersKeepIt,
     {"prompt.foreign_identifier"},
     {"prompt.foreign_identifier"}},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented documents", 100, trialOptions(count, arguments));
    return summary();
}
