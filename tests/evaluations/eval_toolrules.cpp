// layers: core analysis Qt6::Core ALONE
// Counts how often rules about trees of calls are right on invented ones. Prints the counts, and fails where
// the program tells others. "--show" prints what is wrong or missed, a rule's name only that of this one.
#include "ruletrial.h"
#include "treemutations.h"

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

// ---- Trees of calls

/// Other names for tools, members and things than those of the generator.
class Disguise
{
public:
    explicit Disguise(Invention& in)
    {
        const std::string noun = in.one({"order", "booking", "file", "ticket", "invoice", "room", "sensor"});
        m_words = {
            {"get_item", in.one({"get_", "read_", "fetch_", "lookup_"}) + noun},
            {"search_items", in.one({"search_", "find_", "query_"}) + noun + 's'},
            {"list_places", in.one({"list_", "get_all_"}) + in.one({"sites", "halls", "shops"})},
            {"read_note", in.one({"read_", "get_", "load_"}) + in.one({"note", "memo", "log"})},
            {"fetch_page", in.one({"fetch_page", "get_url", "read_document"})},
            {"delegate", in.one({"delegate", "ask_agent", "run_subagent"})},
            {"send_email", in.one({"send_email", "create_ticket", "post_message", "charge_card", "submit_order"})},
            {"reserve_seat", in.one({"reserve_seat", "book_seat", "update_order", "send_invoice"})},
            {"amount", in.one({"price", "count", "total", "weight"})},
            {"place", in.one({"site", "location", "where"})},
            {"state", in.one({"status", "phase", "mode"})},
            {"hall", in.one({"aisle", "level", "bay"})},
            {"item", noun}};
    }

    void apply(PlannedTree& tree) const
    {
        for (PlannedRun& run : tree.runs) {
            for (PlannedStep& step : run.steps) {
                if (step.text.starts_with("Next I look"))
                    step.text = "I look at the next ones.";
                else if (step.text.starts_with("The items lie"))
                    step.text = "All of them are in their places.";
                for (Attribute& attribute : step.attributes)
                    change(attribute.value);
                for (PlannedCall& call : step.calls) {
                    for (std::string* text : {&call.tool, &call.arguments, &call.written, &call.result, &call.told})
                        change(*text);
                }
            }
        }
    }

private:
    void change(std::string& text) const
    {
        for (const auto& [from, to] : m_words) {
            for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
                text.replace(at, from.size(), to);
        }
    }

    std::vector<std::pair<std::string, std::string>> m_words;
};

/// A correct tree that is changed in one place.
void changed(Invention& in, const Mutation& change, const std::set<TreeForm>& forms)
{
    const std::vector<TreeForm> all(forms.begin(), forms.end());
    for (int tries = 0; tries < 100; ++tries) {
        TreeGenerator generator(in.dice.next() % 1'000'000);
        PlannedTree tree = generator.tree(all[in.dice.next() % all.size()]);
        if (!change(tree, generator))
            continue;
        Disguise(in).apply(tree);
        in.lines += linesOf(tree);
        addContents(tree, in);
        return;
    }
    std::printf("no tree has a place for it\n");
}

const std::set<TreeForm> withSpans{TreeForm::Both, TreeForm::Spans};
const std::set<TreeForm> withMessages{TreeForm::Both, TreeForm::Messages};
const std::set<TreeForm> withBoth{TreeForm::Both};

template <int index>
void damaged(Invention& in)
{
    const TreeMutation& what = treeMutations()[index];
    changed(in, what.mutate, what.forms);
}

template <bool (*change)(PlannedTree&, TreeGenerator&), const std::set<TreeForm>& forms>
void nearly(Invention& in)
{
    changed(in, change, forms);
}

bool holdTheJoinABit(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, hasSibling), generator.dice());
    if (!call)
        return false;
    PlannedStep& step = *stepOf(tree, *call);
    if (std::ranges::any_of(step.calls, [](const PlannedCall& each) { return each.run >= 0; }))
        return false;
    const bool all = generator.dice().oneIn(2); // all of them are slow
    const long by = all ? generator.dice().from(4'000, 8'000) : generator.dice().from(100, 800);
    const long last = std::ranges::max(step.calls, {}, &PlannedCall::end).end;
    tree.shift(last + 1, by + 1'000);
    for (PlannedCall& each : step.calls)
        each.end += all ? by - generator.dice().from(0, 500) : 0;
    if (!all)
        call->end += by;
    return true;
}

bool endAsItIsRead(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedRun& run = tree.runs.front();
    PlannedStep& step = run.steps.front();
    if (step.calls.empty() || step.calls.front().run >= 0 || run.steps.size() < 2)
        return false;
    step.calls.front().end = run.steps[1].start + generator.dice().from(0, 3);
    return true;
}

/// What was asked is given up: nothing of this step is handed on.
bool loseAllResults(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    for (PlannedCall& each : stepOf(tree, *call)->calls)
        each.joined = false;
    return true;
}

bool failAndGoOn(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, hasSibling), generator.dice());
    if (!call)
        return false;
    call->failed = call->toldFailed = true;
    call->result = call->told = generator.dice().oneIn(2) ? "Error: no connection" : "{\"error\":\"no connection\"}";
    return true;
}

bool failAndSaySo(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->tool = "reserve_seat";
    call->failed = true;
    call->result = "{}";
    call->told = "{}";
    if (generator.dice().oneIn(2)) {
        call->toldFailed = true;
        call->result = call->told = "Error: sold out";
    } else {
        tree.runs.front().steps.back().text = "I could not do all of it: one call failed with an error.";
    }
    return true;
}

bool nameIdsOtherwise(PlannedTree& tree, TreeGenerator& generator)
{
    for (PlannedCall* const call : callsOf(tree, [](const auto&, const auto&) { return true; }))
        call->id = call->toldId = "toolu_" + std::to_string(generator.dice().from(1'000'000, 9'999'999)) + call->id;
    return true;
}

bool askForAnother(PlannedTree& tree, TreeGenerator& generator)
{
    if (!repeatACall(tree, generator, generator.dice().oneIn(2) ? "get_item" : "search_items"))
        return false;
    for (PlannedCall* const call : callsOf(tree, isLeaf)) {
        if (call->span.ends_with("again"))
            call->arguments = "{\"key\":\"item-other\"}";
    }
    return true;
}

bool sendAnother(PlannedTree& tree, TreeGenerator& generator)
{
    if (!repeatACall(tree, generator, "send_email"))
        return false;
    const bool failedFirst = generator.dice().oneIn(2);
    for (PlannedCall* const call : callsOf(tree, isLeaf)) {
        if (call->span.ends_with("again") && !failedFirst)
            call->arguments = "{\"key\":\"item-other\"}";
        if (!call->span.ends_with("again") && call->tool == "send_email" && failedFirst) {
            call->failed = call->toldFailed = true;
            call->result = call->told = "Error: busy";
            call->end = call->start + 3; // before the second attempt begins
            for (PlannedCall* const again : callsOf(tree, isLeaf)) {
                if (again->span == call->span + "again")
                    again->start = call->end + 2;
            }
        }
    }
    return true;
}

bool tryTwice(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedRun& run = tree.runs.front();
    if (run.steps[0].calls.size() != 1 || run.steps[0].calls[0].run >= 0)
        return false;
    const PlannedStep first = run.steps[0];
    tree.shift(first.start, 1'000);
    PlannedStep step = first;
    step.span += "try";
    PlannedCall& call = step.calls[0];
    call.span += "try";
    call.id = call.toldId = call.id + "try";
    call.failed = call.toldFailed = true;
    call.result = call.told = generator.dice().oneIn(2) ? "Error 429: too many requests" : "{\"error\":\"busy\"}";
    run.steps.insert(run.steps.begin(), step);
    return true;
}

/// Each is asked for when the one before has given what it needs.
bool runInNeed(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedRun& run = tree.runs.front();
    if (run.steps.size() < 3)
        return false;
    std::string found = "item-first";
    for (PlannedStep& step : run.steps) {
        if (step.calls.empty())
            continue;
        if (std::ranges::any_of(step.calls, [](const PlannedCall& call) { return call.run >= 0; }))
            return false;
        step.calls.resize(1);
        PlannedCall& call = step.calls.front();
        call.arguments = "{\"key\":\"" + found + "\"}";
        found = "ref-" + std::to_string(generator.dice().from(100'000, 999'999));
        call.result.insert(1, "\"next\":\"" + found + "\",");
        call.told = call.result;
        tree.shift(call.end, generator.dice().from(1'500, 3'000));
    }
    return true;
}

bool beginALittleEarly(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call =
        one(callsOf(tree, [](const PlannedStep& step,
                             const PlannedCall& each) { return isLeaf(step, each) && step.parent == "root"; }),
            generator.dice());
    if (!call)
        return false;
    call->start = tree.start - generator.dice().from(1, 8);
    return true;
}

bool endOnCancel(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->cancelled = call->end - generator.dice().from(1, 30);
    return true;
}

/// As the definition has it, or one that leaves room for others.
bool nameAKnownArgument(PlannedTree& tree, TreeGenerator& generator)
{
    for (PlannedRun& run : tree.runs) {
        for (PlannedStep& step : run.steps) {
            if (step.calls.empty())
                continue;
            const bool open = generator.dice().oneIn(2);
            PlannedCall& call = step.calls.front();
            if (open)
                call.arguments.insert(1, "\"limit\":" + std::to_string(generator.dice().from(1, 9)) + ",");
            step.attributes.push_back(
                {"gen_ai.tool.definitions",
                 "[{\"type\":\"function\",\"name\":\"" + call.tool +
                     R"(","parameters":{"type":"object","properties":{"key":{"type":"string"},"page":{}})" +
                     (open ? ",\"additionalProperties\":true" : "") + "}}]",
                 AttributeType::Json});
            return true;
        }
    }
    return false;
}

// ---- Fans and schedules

void fansOut(Invention& in, bool far)
{
    const std::string name = in.one({"plan", "search", "collect", "review"});
    const bool deep = far && in.dice.oneIn(3);
    const long usual = far || in.dice.oneIn(2) ? in.dice.from(2, 5) : in.dice.from(25, 45);
    const long steps = in.dice.from(12, 24);
    const long odd = in.dice.from(steps / 2, steps - 1);
    long now = 100;
    for (long i = 0; i < steps; ++i) {
        const std::string trace = "t" + std::to_string(i);
        const std::string step = "s" + std::to_string(i);
        const long count = far && i == odd && !deep ? in.dice.from(40, 70) : std::max(1L, usual + in.dice.from(-1, 1));
        std::string calls;
        const auto call = [&](const std::string& id, const std::string& parent, const char* kind, long from, long to) {
            SpanContent& content =
                in.span(trace, id, parent, kind, from, to, kind[0] == 't' ? "tool=get_" + name : "name=helper");
            if (kind[0] == 't')
                content.toolArguments = "{\"key\":\"" + id + "\"}";
        };
        long end = now + 10;
        for (long k = 0; k < count; ++k)
            call(step + "c" + std::to_string(k), step, "tool", now + 5 + k, end = now + 60 + k);
        if (deep && i == odd) {
            for (long k = 0; k < 7; ++k) {
                const std::string helper = step + "h" + std::to_string(k);
                call(helper, step, "agent", now + 5, now + 90);
                for (long n = in.dice.from(8, 12); n > 0; --n)
                    call(helper + "c" + std::to_string(n), helper, "tool", now + 6 + n, now + 50 + n);
            }
            end = now + 95;
        }
        in.lines += trace + ' ' + step + " - agent " + std::to_string(now) + '-' + std::to_string(end + 5) +
                    " name=" + name + '\n';
        now = end + in.dice.from(1'000, 90'000);
    }
}

void scheduled(Invention& in, bool overlaps)
{
    const std::string name = in.one({"nightly", "import", "sync", "report"});
    const long apart = in.dice.from(60, 3'600) * 1'000;
    const long runs = in.dice.from(3, 7);
    const long odd = in.dice.from(0, runs - 2);
    const bool two = !overlaps && in.dice.oneIn(2);
    for (long i = 0; i < runs; ++i) {
        const std::string n = std::to_string(i);
        const long from = 1'000 + i * apart;
        const long length =
            overlaps && i == odd ? apart + in.dice.from(1, 50) * apart / 100 : apart * in.dice.from(20, 95) / 100;
        const std::string facts = "name=" + name + " trigger=cron:" + name;
        in.span("t" + n, "run" + n, "-", "agent", from, from + length, facts);
        in.span("t" + n, "m" + n, "run" + n, "model", from + 5, from + length - 5);
        if (two) {
            in.span("u" + n, "other" + n, "-", "agent", from + 50, from + length + 50,
                    "name=cleanup trigger=cron:cleanup");
            in.span("u" + n, "om" + n, "other" + n, "model", from + 60, from + length);
        }
    }
}

template <void (*function)(Invention&, bool), bool fault>
void with(Invention& in)
{
    function(in, fault);
}

// In the order of treeMutations().
const RuleRecipe recipes[] = {
    {"tool.straggler_join", damaged<0>, nearly<holdTheJoinABit, withSpans>},
    {"tool.orphan_child", damaged<1>, nearly<endAsItIsRead, withBoth>, {"tool.straggler_join"}},
    {"tool.unjoined_result", damaged<2>, nearly<loseAllResults, withBoth>},
    {"tool.sibling_not_cancelled",
     damaged<3>,
     nearly<failAndGoOn, withSpans>,
     {"tool.swallowed_failure"},
     {"tool.swallowed_failure"}},
    {"tool.swallowed_failure", damaged<4>, nearly<failAndSaySo, withBoth>},
    {"tool.id_mismatch", damaged<5>, nearly<nameIdsOtherwise, withMessages>, {"tool.unjoined_result"}},
    {"tool.duplicate_call", damaged<6>, nearly<askForAnother, anyForm>},
    {"tool.duplicate_effect", damaged<7>, nearly<sendAnother, anyForm>},
    {"tool.retry_storm", damaged<8>, nearly<tryTwice, anyForm>, {"stop.repeated_call"}},
    {"tool.serial_independent", damaged<9>, nearly<runInNeed, withBoth>},
    {"tool.outside_parent", damaged<10>, nearly<beginALittleEarly, withSpans>, {"tool.straggler_join"}},
    {"tool.cancel_not_honoured", damaged<11>, nearly<endOnCancel, withSpans>, {"tool.straggler_join"}},
    {"tool.args_unknown_to_definition", damaged<12>, nearly<nameAKnownArgument, withMessages>},
    {"tool.fanout_amplification", with<fansOut, true>, with<fansOut, false>},
    {"run.overlap", with<scheduled, true>, with<scheduled, false>},
};

} // namespace

int main(int count, char** arguments)
{
    tryRules(recipes, "invented trees of calls", 100, trialOptions(count, arguments));
    return summary();
}
