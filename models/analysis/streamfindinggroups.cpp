#include "streamfindinggroups.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace arcscope
{

std::vector<std::vector<std::uint32_t>> groupsOf(const std::vector<StreamFinding>& findings)
{
    std::map<std::tuple<StreamRule, FindingWeight, StreamEvidence>, std::vector<std::uint32_t>> alike;
    for (std::uint32_t i = 0; i < findings.size(); ++i)
        alike[{findings[i].rule, findings[i].weight, findings[i].evidence}].push_back(i);
    std::vector<std::vector<std::uint32_t>> groups;
    for (auto& [key, members] : alike) {
        if (members.size() > foldedFindings) {
            groups.push_back(std::move(members));
            continue;
        }
        for (const std::uint32_t member : members)
            groups.push_back({member});
    }
    std::sort(groups.begin(), groups.end(), [&](const auto& a, const auto& b) {
        const FindingWeight left = findings[a.front()].weight;
        const FindingWeight right = findings[b.front()].weight;
        return left != right ? left > right : a.front() < b.front();
    });
    return groups;
}

} // namespace arcscope
