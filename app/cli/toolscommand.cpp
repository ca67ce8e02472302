#include "calltree.h"
#include "command.h"
#include "detector.h"
#include "findingsearch.h"
#include "storedtrace.h"
#include "workspace.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <set>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec toolsOptions[] = {
    {"--trace", "ID", "only this trace"},
    {"--unpaired", "", "only calls without result and results without call, and why"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.tools/1"}};

/// A trace with its tree, while it is told of.
struct Told {
    const Corpus& corpus;
    const CallTree& tree;
    std::vector<std::uint32_t> nodeOf;             ///< by call
    std::vector<std::uint32_t> attempts;           ///< by call: how many its chain has
    std::vector<std::set<std::string_view>> rules; ///< by call: what was found about it
    std::string trace;

    std::string span(Row row) const { return row == noRow ? std::string() : corpus.idText(corpus.spans.spanId(row)); }
};

std::string_view wordOf(CallScope::Of of)
{
    constexpr std::array<std::string_view, 4> words{"message", "agents", "batch", "span"};
    return words[static_cast<std::size_t>(of)];
}

/// What the rules about tools find, by the call that a place of it lies in.
void findRules(TraceReading& reading, Told& told)
{
    std::vector<Finding> found;
    for (const Detector& detector : detectors()) {
        const bool ofTools = std::any_of(detector.rules.begin(), detector.rules.end(),
                                         [](const DetectorRule& rule) { return kindOf(rule.name) == "tool"; });
        if (ofTools && detector.run)
            detector.run(reading, found);
    }
    std::map<Row, std::uint32_t> bySpan;
    for (std::uint32_t i = 0; i < told.tree.calls.size(); ++i) {
        if (told.tree.calls[i].span != noRow)
            bySpan.emplace(told.tree.calls[i].span, i);
    }
    for (const Finding& finding : found) {
        const DetectorRule* const rule = ruleNamed(finding.rule);
        if (!rule || finding.level == FindingLevel::Signal)
            continue;
        for (const FindingPlace& place : finding.places) {
            if (const auto of = bySpan.find(place.row); of != bySpan.end())
                told.rules[of->second].insert(rule->name);
        }
    }
}

Json textOrNull(const std::string& text)
{
    return text.empty() ? Json() : Json(text);
}

Json timeOrNull(Nanos time)
{
    return time == noTime ? Json() : Json(time);
}

Json amountOrNull(std::int64_t amount)
{
    return amount < 0 ? Json() : Json(amount);
}

Json indexOrNull(std::uint32_t index)
{
    return index == TreeCall::none ? Json() : Json(index);
}

Json mcpJson(const McpFacts& mcp)
{
    return {{"outcome", name(mcp.outcome)},
            {"method", textOrNull(mcp.method)},
            {"session", textOrNull(mcp.session)},
            {"server", textOrNull(mcp.server)},
            {"request", textOrNull(mcp.request)},
            {"transport", textOrNull(mcp.transport)},
            {"progress", mcp.progress},
            {"cancelled_ns", timeOrNull(mcp.cancelledAt)},
            {"cancel_reason", textOrNull(mcp.cancelReason)}};
}

Json callJson(const Told& told, std::uint32_t index)
{
    const TreeCall& call = told.tree.calls[index];
    const CallNode& node = told.tree.nodes[told.nodeOf[index]];
    Json json{{"call", index},
              {"kind", call.kind == CallKind::Agent ? "agent" : "tool"},
              {"id", textOrNull(call.id)},
              {"name", call.tool},
              {"span", textOrNull(told.span(call.span))},
              {"asker", textOrNull(told.span(call.asker))},
              {"status", name(call.outcome)},
              {"pairing", name(call.pairing)},
              {"reason", textOrNull(std::string(reasonOf(call)))},
              {"asked_ns", timeOrNull(call.askedAt)},
              {"start_ns", timeOrNull(call.start)},
              {"end_ns", timeOrNull(call.end)},
              {"wait_ns", amountOrNull(node.wait)},
              {"run_ns", amountOrNull(node.run)},
              {"self_tokens", amountOrNull(node.selfTokens)},
              {"total_tokens", amountOrNull(node.totalTokens)},
              {"self_cost", amountOrNull(node.selfCost)},
              {"total_cost", amountOrNull(node.totalCost)},
              {"currency", textOrNull(std::string(told.corpus.strings[node.currency]))},
              {"attempt", call.attempt},
              {"attempts", told.attempts[index]},
              {"retry_of", indexOrNull(call.retryOf)},
              {"repeats", indexOrNull(call.repeats)},
              {"critical", node.critical},
              {"late", node.late},
              {"cancelled_ns", timeOrNull(call.cancelledAt)},
              {"ran_on", ranOn(call)},
              {"mcp", call.mcp ? mcpJson(*call.mcp) : Json()},
              {"received", Json::array()},
              {"findings", Json::array()}};
    for (const CallReceipt& receipt : call.receipts)
        json["received"].push_back({{"span", told.span(receipt.row)},
                                    {"time_ns", timeOrNull(receipt.time)},
                                    {"failed", receipt.failed},
                                    {"basis", receipt.inferred ? "inferred" : "observed"}});
    for (const std::string_view rule : told.rules[index])
        json["findings"].push_back(rule);
    return json;
}

/// Into the keys of the schema; a call in full stands in the list of its scope.
void addJson(const Told& told, bool unpairedOnly, Json& json)
{
    const CallTree& tree = told.tree;
    for (const std::uint32_t index : tree.unpaired()) {
        const TreeCall& call = tree.calls[index];
        const bool asked = call.pairing == CallPairing::NoResult;
        Json one = callJson(told, index);
        one["trace"] = told.trace;
        json[asked ? "unpaired_calls" : "unpaired_results"].push_back(std::move(one));
    }
    json["traces"].push_back({{"trace", told.trace},
                              {"calls", tree.calls.size()},
                              {"scopes", tree.scopes.size()},
                              {"unpaired", tree.unpaired().size()},
                              {"critical_ns", amountOrNull(tree.criticalTime)}});
    for (const CallNode& node : tree.nodes) {
        if (unpairedOnly || node.of != CallNode::Of::Owner)
            continue;
        const CallScope& scope = tree.scopes[node.index];
        Json one{{"trace", told.trace},
                 {"scope", node.index},
                 {"of", wordOf(scope.of)},
                 {"owner", textOrNull(told.span(scope.owner))},
                 {"within", indexOrNull(scope.call)},
                 {"start_ns", timeOrNull(scope.range.start)},
                 {"end_ns", timeOrNull(scope.range.end)},
                 {"joined_by", textOrNull(told.span(scope.joinedBy))},
                 {"joined_ns", timeOrNull(scope.joined)},
                 {"self_tokens", amountOrNull(node.selfTokens)},
                 {"total_tokens", amountOrNull(node.totalTokens)},
                 {"self_cost", amountOrNull(node.selfCost)},
                 {"total_cost", amountOrNull(node.totalCost)},
                 {"currency", textOrNull(std::string(told.corpus.strings[node.currency]))},
                 {"critical", node.critical},
                 {"calls", Json::array()}};
        for (const std::uint32_t call : scope.calls)
            one["calls"].push_back(callJson(told, call));
        json["scopes"].push_back(std::move(one));
    }
}

std::string selfAndTotal(std::int64_t self, std::int64_t total)
{
    const std::string both = std::to_string(total);
    return self == total || self < 0 ? both : both + " (" + std::to_string(self) + " its own)";
}

/// "0.0123 USD"
std::string costText(std::int64_t micros, std::string_view currency)
{
    std::string digits = std::to_string(micros % 1'000'000);
    digits.insert(0, 6 - digits.size(), '0');
    return std::to_string(micros / 1'000'000) + '.' + digits + ' ' + printable(currency);
}

void printFigures(const Told& told, const CallNode& node, std::ostream& out)
{
    if (node.of == CallNode::Of::Call && node.wait > 0)
        out << "  wait " << durationText(node.wait);
    if (node.run >= 0)
        out << "  run " << durationText(node.run);
    if (node.totalTokens >= 0)
        out << "  " << selfAndTotal(node.selfTokens, node.totalTokens) << " tokens";
    if (node.totalCost >= 0)
        out << "  " << costText(node.totalCost, told.corpus.strings[node.currency]);
}

void printCall(const Told& told, std::uint32_t index, const CallNode& node, std::ostream& out)
{
    const TreeCall& call = told.tree.calls[index];
    out << (call.tool.empty() ? "(tool not recorded)" : printable(call.tool))
        << (call.kind == CallKind::Agent ? " (agent)" : "") << "  " << name(call.outcome);
    printFigures(told, node, out);
    if (told.attempts[index] > 1)
        out << "  attempt " << call.attempt << " of " << told.attempts[index];
    if (call.pairing != CallPairing::Paired)
        out << "  [" << name(call.pairing) << ": " << reasonOf(call) << ']';
    for (const auto& [marked, mark] :
         {std::pair(node.late, "late"), std::pair(node.critical, "critical"), std::pair(ranOn(call), "ran on"),
          std::pair(call.repeats != TreeCall::none, "repeats")}) {
        if (marked)
            out << "  [" << mark << ']';
    }
    if (call.mcp && call.mcp->outcome != McpOutcome::Ok)
        out << "  [mcp: " << name(call.mcp->outcome) << ']';
    for (const std::string_view rule : told.rules[index])
        out << "  [" << rule << ']';
    out << '\n';
}

void printOwner(const Told& told, const CallNode& node, std::ostream& out)
{
    const CallScope& scope = told.tree.scopes[node.index];
    if (scope.owner == noRow)
        out << "(owner not recorded)";
    else
        out << printable(told.corpus.text(SpanText::Name, scope.owner)) << "  " << printable(told.span(scope.owner));
    printFigures(told, node, out);
    if (scope.joinedBy != noRow && scope.joined != noTime && scope.range.end != noTime)
        out << "  joined by " << printable(told.span(scope.joinedBy));
    out << '\n';
}

void printSummary(const Told& told, std::ostream& out)
{
    const auto count = [&](auto is) {
        return static_cast<std::uint64_t>(std::count_if(told.tree.calls.begin(), told.tree.calls.end(), is));
    };
    const auto agents = count([](const TreeCall& call) { return call.kind == CallKind::Agent; });
    out << printable(told.trace) << "  " << counted(told.tree.calls.size() - agents, "call") << " in "
        << counted(told.tree.scopes.size(), "scope");
    if (agents > 0)
        out << ", " << counted(agents, "agent");
    for (const CallOutcome outcome :
         {CallOutcome::Failed, CallOutcome::TimedOut, CallOutcome::Cancelled, CallOutcome::NotRun}) {
        if (const auto some = count([&](const TreeCall& call) { return call.outcome == outcome; }); some > 0)
            out << ", " << some << ' ' << name(outcome);
    }
    if (const auto retries = count([](const TreeCall& call) { return call.retryOf != TreeCall::none; }); retries > 0)
        out << ", " << (retries == 1 ? "1 retry" : std::to_string(retries) + " retries");
    for (const CallPairing pairing : {CallPairing::NoResult, CallPairing::NoCall, CallPairing::SecondResult}) {
        if (const auto some = count([&](const TreeCall& call) { return call.pairing == pairing; }); some > 0)
            out << ", " << some << " with " << name(pairing);
    }
    if (told.tree.criticalTime >= 0)
        out << ", critical path " << durationText(told.tree.criticalTime);
    out << '\n';
}

void print(const Told& told, bool unpairedOnly, std::ostream& out)
{
    printSummary(told, out);
    if (unpairedOnly) {
        for (const std::uint32_t index : told.tree.unpaired()) {
            const TreeCall& call = told.tree.calls[index];
            const Row row = call.span != noRow ? call.span : call.asked.row != noRow ? call.asked.row : call.result.row;
            out << "  " << name(call.pairing) << ": "
                << (call.tool.empty() ? "(tool not recorded)" : printable(call.tool)) << "  " << printable(call.id)
                << "  in " << printable(told.span(row)) << ": " << reasonOf(call) << '\n';
        }
        return;
    }
    for (const CallNode& node : told.tree.nodes) {
        // Deep trees stay readable: what lies deeper is not indented further.
        out << std::string(2 + 2 * std::min<std::uint32_t>(node.depth, 40), ' ');
        if (node.of == CallNode::Of::Owner)
            printOwner(told, node, out);
        else
            printCall(told, node.index, node, out);
    }
}

Told toldOf(const Corpus& corpus, const CallTree& tree, std::uint32_t trace)
{
    Told told{corpus, tree, {}, {}, {}, corpus.traceIdText(trace)};
    told.nodeOf.resize(tree.calls.size());
    told.attempts.assign(tree.calls.size(), 1);
    told.rules.resize(tree.calls.size());
    for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
        if (tree.nodes[i].of == CallNode::Of::Call)
            told.nodeOf[tree.nodes[i].index] = i;
    }
    // The last attempt of a chain knows how many there were; an attempt stands behind the one before it.
    for (std::size_t i = tree.calls.size(); i-- > 0;) {
        told.attempts[i] = std::max(told.attempts[i], tree.calls[i].attempt);
        if (const std::uint32_t before = tree.calls[i].retryOf; before != TreeCall::none)
            told.attempts[before] = std::max(told.attempts[before], told.attempts[i]);
    }
    return told;
}

int runTools(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("tools", "which files?", environment);
    auto session = openSession(options.operands, findingColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const Corpus& corpus = session->corpus;
    const bool unpairedOnly = options.has("--unpaired");
    Json json{{"schema", "arcscope.tools/1"},
              {"traces", Json::array()},
              {"scopes", Json::array()},
              {"unpaired_calls", Json::array()},
              {"unpaired_results", Json::array()}};
    bool found = false;
    bool calls = false;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows() && !control.stopped(); ++trace) {
        if (options.has("--trace") && corpus.traceIdText(trace) != options.get("--trace"))
            continue;
        found = true;
        StoredTrace reading(session->workspace, corpus, corpus.rowsOf(trace));
        const CallTree tree = callTree(reading);
        if (reading.unread())
            return failed(*reading.unread(), environment);
        if (tree.calls.empty() || (unpairedOnly && tree.unpaired().empty()))
            continue;
        calls = true;
        Told told = toldOf(corpus, tree, trace);
        findRules(reading, told);
        if (options.has("--json"))
            addJson(told, unpairedOnly, json);
        else
            print(told, unpairedOnly, environment.out);
    }
    if (control.stopped())
        return failed(Error{ErrorCode::Cancelled, "cancelled"}, environment);
    if (options.has("--trace") && !found)
        return wrongUsage("tools", "no trace has the id " + options.get("--trace"), environment);
    if (options.has("--json"))
        environment.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    else if (!calls)
        environment.out << (unpairedOnly ? "every call has its result\n" : "no tools were called\n");
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command toolsCommand()
{
    return {"tools", "PATH... [--trace ID] [--unpaired] [--json]",
            "who called which tools and agents, what they returned, and who used it", toolsOptions, runTools};
}

} // namespace arcscope
