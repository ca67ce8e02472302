#include "replaysearch.h"

#include <algorithm>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr std::uint32_t none = ~std::uint32_t(0);

} // namespace

Result<void> pairBy(ReplayRequest& request, const std::string& key)
{
    using By = PairingRules::By;
    request.rules.by = key.empty()      ? By::Anything
                       : key == "task"  ? By::Task
                       : key == "input" ? By::Input
                       : key == "file"  ? By::File
                                        : By::Expression;
    request.expression = request.rules.by == By::Expression ? key : std::string();
    if (request.rules.by != By::Expression)
        return {};
    const auto read = RunKey::read(key);
    return read ? Result<void>() : Result<void>(read.error());
}

void holdMatches(ReplayRequest& request, std::span<const ReplayMatch> matches)
{
    if (matches.empty())
        return;
    std::unordered_map<std::string, std::uint32_t> sideOf;
    for (const ReplayMatch& match : matches) {
        sideOf.emplace(match.base, none);
        sideOf.emplace(match.candidate, none);
    }
    for (std::uint32_t side = 0; side < request.sources.size(); ++side) {
        const ReplaySource& source = request.sources[side];
        const auto take = [&](std::uint32_t trace) {
            const auto known = sideOf.find(source.corpus->traceIdText(trace));
            if (known != sideOf.end())
                known->second = std::min(known->second, side);
        };
        if (source.traces) {
            std::ranges::for_each(*source.traces, take);
        } else {
            for (std::uint32_t trace = 0; trace < source.corpus->traces.rows(); ++trace)
                take(trace);
        }
    }
    for (const ReplayMatch& match : matches) {
        const bool turned = sideOf.at(match.candidate) == 0;
        const std::string& base = turned ? match.candidate : match.base;
        const std::string& candidate = turned ? match.base : match.candidate;
        const std::uint32_t side = sideOf.at(candidate);
        if (sideOf.at(base) != 0 || side == 0 || side == none)
            continue;
        if (!match.isOfSteps()) {
            request.rules.manual.push_back({base, side, candidate});
            continue;
        }
        auto anchors = std::ranges::find_if(request.anchors, [&](const ReplayAnchors& each) {
            return each.side == side && each.base == base && each.candidate == candidate;
        });
        if (anchors == request.anchors.end())
            anchors = request.anchors.insert(anchors, {base, side, candidate, {}});
        anchors->anchors.push_back(turned ? StepAnchor{match.candidateStep, match.baseStep}
                                          : StepAnchor{match.baseStep, match.candidateStep});
    }
}

} // namespace arcscope
