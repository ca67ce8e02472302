#include "findingrank.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace arcscope
{
namespace
{

/// Seen for so long a reader has taken it in (detectors of what was shown count from 250 ms).
constexpr Nanos takenIn = 2 * second;
/// Of what was in sight for a time that is not recorded, or of which sight is no matter.
constexpr double exposureUnknown = 0.3;

/// What an entry loses to those of other rules when twice as many of its own rule stand before it.
constexpr double moreOfTheSame = 0.3;

/// How nearly right it is and how bad: a reader has more of a warning that is mostly right than of a note that is
/// surely so. Signals are for those who look for them.
int worth(const Finding& finding)
{
    const bool note = finding.weight == FindingWeight::Note;
    switch (finding.level) {
    case FindingLevel::Finding:
        return note ? 2 : 4;
    case FindingLevel::Check:
        return note ? 1 : 3;
    case FindingLevel::Signal:
        break;
    }
    return 0;
}

double seen(const Finding& finding)
{
    if (finding.exposure == noTime)
        return exposureUnknown;
    return std::min(1.0, static_cast<double>(finding.exposure) / static_cast<double>(takenIn));
}

} // namespace

std::vector<FindingEntry> ranked(const std::vector<Finding>& findings)
{
    // One without a cause is told from others by its number.
    std::map<std::tuple<std::string_view, FindingLevel, std::string_view, std::uint32_t>, std::vector<std::uint32_t>>
        causes;
    for (std::uint32_t i = 0; i < findings.size(); ++i) {
        const Finding& finding = findings[i];
        causes[{finding.rule, finding.level, finding.cause, finding.cause.empty() ? i + 1 : 0}].push_back(i);
    }
    std::map<std::pair<std::string_view, FindingLevel>, std::size_t> entriesOf; // what is not listed counts nowhere
    for (const auto& [key, members] : causes)
        ++entriesOf[{std::get<0>(key), std::get<1>(key)}];
    std::vector<FindingEntry> entries;
    for (auto& [key, members] : causes) {
        const auto typical = std::max_element(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
            const Finding& left = findings[a];
            const Finding& right = findings[b];
            return std::tuple(left.weight, left.strength, seen(left)) <
                   std::tuple(right.weight, right.strength, seen(right));
        });
        std::rotate(members.begin(), typical, typical + 1);
        const double rarity = 1 / (1 + std::log2(static_cast<double>(entriesOf[{std::get<0>(key), std::get<1>(key)}])));
        const Finding& example = findings[members.front()];
        entries.push_back({std::move(members), example.strength + seen(example) + rarity});
    }
    const auto sort = [&] {
        std::stable_sort(entries.begin(), entries.end(), [&](const FindingEntry& a, const FindingEntry& b) {
            const Finding& left = findings[a.findings.front()];
            const Finding& right = findings[b.findings.front()];
            return std::tuple(worth(left), left.weight, a.score, b.findings.front()) >
                   std::tuple(worth(right), right.weight, b.score, a.findings.front());
        });
    };
    sort();
    std::map<std::tuple<std::string_view, FindingLevel, FindingWeight>, int> before;
    for (FindingEntry& entry : entries) {
        const Finding& example = findings[entry.findings.front()];
        entry.score -= moreOfTheSame * std::log2(1 + before[{example.rule, example.level, example.weight}]++);
    }
    sort();
    return entries;
}

} // namespace arcscope
