#include "calltree.h"

#include "account.h"
#include "callnodes.h"
#include "callscopes.h"
#include "detector.h"

#include <algorithm>
#include <array>

namespace arcscope
{

CallTree callTree(TraceReading& trace)
{
    CallTree tree;
    const TraceSpans spans(trace);
    const CallMentions mentions(trace, spans);
    std::vector<PairedCall> calls = pairedCalls(trace.corpus(), spans, mentions);
    for (PairedCall& agent : startedAgents(trace.corpus(), spans))
        calls.push_back(std::move(agent));
    addMcpFacts(spans, mentions, calls);
    sortCalls(spans, calls);
    inferReceipts(spans, mentions, calls);
    tree.calls.reserve(calls.size());
    for (const PairedCall& each : calls) {
        TreeCall& call = tree.calls.emplace_back(each.call);
        std::stable_sort(call.receipts.begin(), call.receipts.end(),
                         [](const CallReceipt& a, const CallReceipt& b) { return a.time < b.time; });
        tree.timed = tree.timed || (call.start != noTime && call.end != noTime);
    }
    findScopes(spans, calls, tree);
    findRetries(spans, mentions, calls, tree);
    makeNodes(trace.corpus(), spans, tree);
    return tree;
}

std::vector<std::uint32_t> CallTree::unpaired() const
{
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
        if (calls[i].pairing != CallPairing::Paired)
            found.push_back(i);
    }
    std::stable_sort(found.begin(), found.end(),
                     [this](std::uint32_t a, std::uint32_t b) { return calls[a].pairing < calls[b].pairing; });
    return found;
}

std::span<const SpanColumn> callTreeColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        const auto counted = accountColumns();
        std::vector<SpanColumn> all(counted.begin(), counted.end());
        for (const SpanColumn column :
             {SpanColumn::Trace, SpanColumn::SpanForm, SpanColumn::SpanHigh, SpanColumn::SpanLow, SpanColumn::Start,
              SpanColumn::Duration, SpanColumn::Status, SpanColumn::ResponseHash, SpanColumn::ParentRow,
              columnOf(SpanText::Name), columnOf(SpanText::Agent), columnOf(SpanText::Tool),
              columnOf(SpanText::ToolCallId), columnOf(SpanText::ErrorType)})
            all.push_back(column);
        return all;
    }();
    return columns;
}

bool ranOn(const TreeCall& call)
{
    return call.cancelledAt != noTime && call.start != noTime && call.end != noTime && call.end > call.cancelledAt;
}

std::string_view reasonOf(const TreeCall& call)
{
    switch (call.pairing) {
    case CallPairing::Paired:
        return {};
    case CallPairing::NoCall:
        return "nothing that is recorded asks for it";
    case CallPairing::SecondResult:
        return "another result has come for this call";
    case CallPairing::NoResult:
        break;
    }
    if (call.cutOff)
        return "the answer that asks for it was cut off";
    if (call.outcome == CallOutcome::Cancelled)
        return "it was cancelled";
    if (call.last)
        return "the record ends here: no model call came after it";
    return call.outcome == CallOutcome::NotRun ? "no later model call was given a result" : "its span has no end";
}

std::string_view name(CallOutcome outcome)
{
    constexpr std::array<std::string_view, 6> names{"not recorded", "ok",        "failed",
                                                    "timed out",    "cancelled", "not seen to run"};
    return names[static_cast<std::size_t>(outcome)];
}

std::string_view name(CallPairing pairing)
{
    constexpr std::array<std::string_view, 4> names{"paired", "no result", "no call", "second result"};
    return names[static_cast<std::size_t>(pairing)];
}

} // namespace arcscope
