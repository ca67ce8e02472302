#include "callcounts.h"

#include "detector.h"
#include "wastedwork.h"

#include <algorithm>
#include <charconv>

namespace arcscope
{
namespace
{

constexpr std::string_view countsKey = "calls";

bool isTroubled(const TreeCall& call)
{
    return (call.outcome != CallOutcome::Ok && call.outcome != CallOutcome::Unknown) ||
           call.pairing != CallPairing::Paired || call.retryOf != TreeCall::none || call.repeats != TreeCall::none ||
           ranOn(call);
}

} // namespace

std::vector<bool> troubledCalls(const CallTree& tree)
{
    std::vector<bool> troubled;
    troubled.reserve(tree.calls.size());
    for (const TreeCall& call : tree.calls)
        troubled.push_back(isTroubled(call));
    for (const CallNode& node : tree.nodes) {
        if (node.of == CallNode::Of::Call && node.late)
            troubled[node.index] = true;
    }
    for (const WastedWork& wasted : wastedWork(tree))
        troubled[wasted.call] = true;
    return troubled;
}

CallCounts callCounts(const CallTree& tree)
{
    const std::vector<bool> troubled = troubledCalls(tree);
    return {std::ssize(tree.calls), std::count(troubled.begin(), troubled.end(), true)};
}

TraceFact factOf(const CallCounts& counts, Row row)
{
    TraceFact fact{std::string(countsKey), std::to_string(counts.calls) + ' ' + std::to_string(counts.problems), {}};
    fact.place.row = row;
    return fact;
}

std::optional<CallCounts> callCountsOf(const TraceFact& fact)
{
    if (fact.key != countsKey)
        return {};
    CallCounts counts;
    const char* const end = fact.value.data() + fact.value.size();
    const auto [behind, error] = std::from_chars(fact.value.data(), end, counts.calls);
    if (error != std::errc() || behind == end || std::from_chars(behind + 1, end, counts.problems).ec != std::errc())
        return {};
    return counts;
}

} // namespace arcscope
