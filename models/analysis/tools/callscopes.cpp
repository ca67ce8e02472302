#include "callscopes.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr std::uint32_t none = TreeCall::none;

/// Calls with one key are one scope.
using ScopeKey = std::tuple<CallScope::Of, bool, std::uint32_t, std::uint64_t>;

ScopeKey keyOf(const TraceSpans& spans, const PairedCall& each)
{
    const TreeCall& call = each.call;
    if (call.asker != noRow)
        return {CallScope::Of::Message, true, each.place, 0};
    if (each.batch != none)
        return {CallScope::Of::Batch, true, 0, each.batch};
    const CallText& told = call.asked.row != noRow ? call.asked : call.result;
    if (call.kind == CallKind::Tool && (call.span == noRow || call.asked.row != noRow))
        return {CallScope::Of::Message, false, spans.placeOf(told.row),
                std::uint64_t(told.place.of) << 32U | told.place.message};
    // Between what one owner started together no model call of its own begins.
    const std::uint32_t own = spans.placeOf(call.span);
    const bool agent = call.kind == CallKind::Agent;
    const std::uint32_t owner = agent ? each.place : spans.parent[own];
    const SpanKind kind = agent ? spans.kind(owner) : SpanKind::Other;
    const bool talks = kind == SpanKind::Agent || kind == SpanKind::ToolCall;
    const std::uint32_t conversation = !agent ? spans.conversation[own] : talks ? owner : spans.conversation[owner];
    return {agent ? CallScope::Of::Agents : CallScope::Of::Span, true, owner,
            spans.modelCallsBefore(conversation, spans.begins(own))};
}

/// The call inside of which each span lies (a call's own span lies in it), by place.
std::vector<std::uint32_t> enclosingCalls(const TraceSpans& spans, const CallTree& tree)
{
    std::vector<std::uint32_t> within(spans.rows.size(), none);
    for (std::uint32_t i = 0; i < tree.calls.size(); ++i) {
        if (const std::uint32_t place = spans.placeOf(tree.calls[i].span); place != TraceSpans::none)
            within[place] = i;
    }
    for (std::uint32_t place = 0; place < within.size(); ++place) {
        if (within[place] == none && spans.parent[place] != TraceSpans::none)
            within[place] = within[spans.parent[place]];
    }
    return within;
}

void join(const TraceSpans& spans, const CallTree& tree, CallScope& scope)
{
    const std::uint32_t owner = spans.placeOf(scope.owner);
    bool ownFound = false;
    std::int64_t earliest = 0;
    for (const std::uint32_t index : scope.calls) {
        const TreeCall& call = tree.calls[index];
        if (call.ran && call.start != noTime && (scope.range.start == noTime || call.start < scope.range.start))
            scope.range.start = call.start;
        if (call.ran && call.end != noTime && (scope.range.end == noTime || call.end > scope.range.end))
            scope.range.end = call.end;
        for (const CallReceipt& receipt : call.receipts) {
            const std::uint32_t by = spans.placeOf(receipt.row);
            // The owner's own conversation joins; others are told of it.
            const bool own = owner != TraceSpans::none && spans.conversation[by] == spans.conversation[owner];
            if (scope.joinedBy != noRow && (ownFound > own || (ownFound == own && earliest <= spans.begins(by))))
                continue;
            ownFound = own;
            earliest = spans.begins(by);
            scope.joinedBy = receipt.row;
            scope.joined = receipt.time;
        }
    }
}

/// Spans may be told to lie in each other in a circle of calls: where one would close, the scope is an outermost one.
void cutCircles(CallTree& tree)
{
    std::vector<std::uint8_t> state(tree.scopes.size(), 0); // 1: on the way, 2: leads outwards
    for (std::uint32_t first = 0; first < tree.scopes.size(); ++first) {
        std::vector<std::uint32_t> way;
        std::uint32_t at = first;
        while (at != none && state[at] == 0) {
            state[at] = 1;
            way.push_back(at);
            const std::uint32_t call = tree.scopes[at].call;
            const std::uint32_t next = call == none ? none : tree.calls[call].scope;
            if (next != none && state[next] == 1)
                tree.scopes[at].call = none;
            at = tree.scopes[at].call == none ? none : next;
        }
        for (const std::uint32_t scope : way)
            state[scope] = 2;
    }
}

} // namespace

void findScopes(const TraceSpans& spans, const std::vector<PairedCall>& calls, CallTree& tree)
{
    const std::vector<std::uint32_t> within = enclosingCalls(spans, tree);
    std::map<ScopeKey, std::uint32_t> known;
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
        const ScopeKey key = keyOf(spans, calls[i]);
        const auto [entry, isNew] = known.try_emplace(key, static_cast<std::uint32_t>(tree.scopes.size()));
        if (isNew) {
            CallScope& scope = tree.scopes.emplace_back();
            scope.of = std::get<0>(key);
            const TreeCall& call = calls[i].call;
            const std::uint32_t own = spans.placeOf(call.span);
            std::uint32_t at = std::get<2>(key);
            if (scope.of == CallScope::Of::Batch)
                at = spans.parent[own];
            if (std::get<1>(key) && at != TraceSpans::none)
                scope.owner = spans.rows[at];
            if (at != TraceSpans::none)
                scope.call = within[at];
        }
        tree.scopes[entry->second].calls.push_back(i);
        tree.calls[i].scope = entry->second;
    }
    for (CallScope& scope : tree.scopes)
        join(spans, tree, scope);
    cutCircles(tree);
}

void inferReceipts(const TraceSpans& spans, const CallMentions& mentions, std::vector<PairedCall>& calls)
{
    for (PairedCall& each : calls) {
        TreeCall& call = each.call;
        if (!call.receipts.empty() || call.end == noTime || call.span == noRow || !spans.timed)
            continue;
        const bool agent = call.kind == CallKind::Agent;
        const std::uint32_t by =
            agent ? TraceSpans::none : spans.modelCallFrom(spans.conversation[each.place], call.end, each.place);
        if (by == TraceSpans::none || mentions.hasInput[by])
            continue;
        CallReceipt& receipt = call.receipts.emplace_back();
        receipt.row = spans.rows[by];
        receipt.time = spans.start(by);
        receipt.failed =
            call.result.row != noRow && (call.outcome == CallOutcome::Failed || call.outcome == CallOutcome::TimedOut);
        receipt.inferred = true;
    }
}

void findRetries(const TraceSpans& spans, const CallMentions& mentions, const std::vector<PairedCall>& calls,
                 CallTree& tree)
{
    struct Earlier {
        std::uint32_t last = none; ///< attempt
        std::uint32_t good = none; ///< the last that did not fail
    };
    using Key = std::tuple<std::string_view, std::uint64_t, std::uint32_t, std::uint32_t>;
    std::map<Key, Earlier> earlier; // by tool and arguments, conversation and thread
    for (std::uint32_t i = 0; i < tree.calls.size(); ++i) {
        TreeCall& call = tree.calls[i];
        const bool asked = call.pairing == CallPairing::Paired || call.pairing == CallPairing::NoResult;
        if (call.kind != CallKind::Tool || call.argumentsKey == 0 || (!asked && call.span == noRow))
            continue;
        const std::uint32_t conversation = spans.conversation[calls[i].place];
        const std::uint32_t asker = spans.placeOf(call.asker);
        const std::uint32_t thread = asker == TraceSpans::none ? 0 : mentions.thread[asker];
        Earlier& before = earlier[{call.tool, call.argumentsKey, conversation, thread}];
        if (before.last != none) {
            const TreeCall& last = tree.calls[before.last];
            const bool failed = last.outcome == CallOutcome::Failed || last.outcome == CallOutcome::TimedOut;
            const bool together = last.scope == call.scope && call.asker != noRow && last.id != call.id;
            const bool after = last.end == noTime || call.start == noTime || last.end <= call.start;
            if (failed && after && !together) {
                call.retryOf = before.last;
                call.attempt = last.attempt + 1;
            }
        }
        call.repeats = before.good;
        before.last = i;
        const bool good = call.outcome == CallOutcome::Ok || call.outcome == CallOutcome::Unknown;
        before.good = good ? i : before.good;
    }
}

} // namespace arcscope
