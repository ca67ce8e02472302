#include "calltree.h"

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
    findRetries(spans, calls, tree);
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

std::string_view name(CallOutcome outcome)
{
    constexpr std::array<std::string_view, 6> names{"not recorded", "ok",        "failed",
                                                    "timed out",    "cancelled", "not run"};
    return names[static_cast<std::size_t>(outcome)];
}

std::string_view name(CallPairing pairing)
{
    constexpr std::array<std::string_view, 4> names{"paired", "no result", "no call", "second result"};
    return names[static_cast<std::size_t>(pairing)];
}

} // namespace arcscope
