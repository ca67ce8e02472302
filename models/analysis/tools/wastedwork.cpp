#include "wastedwork.h"

#include <algorithm>

namespace arcscope
{
namespace
{

bool failed(const TreeCall& call)
{
    return call.outcome == CallOutcome::Failed || call.outcome == CallOutcome::TimedOut;
}

/// By call: it, or a later attempt of it, went well.
std::vector<bool> madeGood(const CallTree& tree)
{
    std::vector<bool> good(tree.calls.size());
    for (auto call = static_cast<std::uint32_t>(tree.calls.size()); call-- > 0;) {
        good[call] = good[call] || tree.calls[call].outcome == CallOutcome::Ok;
        if (good[call] && tree.calls[call].retryOf < call)
            good[tree.calls[call].retryOf] = true;
    }
    return good;
}

} // namespace

std::vector<WastedWork> wastedWork(const CallTree& tree)
{
    const std::vector<bool> good = madeGood(tree);
    std::vector<WastedWork> wasted;
    for (const CallScope& scope : tree.scopes) {
        std::uint32_t first = TreeCall::none;
        bool given = false;
        for (const std::uint32_t index : scope.calls) {
            const TreeCall& call = tree.calls[index];
            given = given || !call.receipts.empty();
            if (failed(call) && !good[index] && call.end != noTime &&
                (first == TreeCall::none || call.end < tree.calls[first].end))
                first = index;
        }
        if (first == TreeCall::none)
            continue;
        const Nanos since = tree.calls[first].end;
        for (const std::uint32_t index : scope.calls) {
            const TreeCall& call = tree.calls[index];
            if (index == first || call.start == noTime || call.end == noTime || call.end <= since || failed(call) ||
                !call.receipts.empty())
                continue;
            if (call.outcome == CallOutcome::Cancelled || given)
                wasted.push_back({index, first, {std::max(call.start, since), call.end}});
        }
    }
    std::sort(wasted.begin(), wasted.end(), [](const WastedWork& a, const WastedWork& b) { return a.call < b.call; });
    return wasted;
}

} // namespace arcscope
