#include "replaypairing.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace arcscope
{
namespace
{

struct RunPlace {
    std::uint32_t side = 0;
    std::size_t run = 0;

    auto operator<=>(const RunPlace&) const = default;
};

/// Runs that share a key, and how that is shown.
struct Group {
    std::string shown;
    ReplayKey by = ReplayKey::Task;
    ReplayGap gap = ReplayGap::None;
    std::vector<RunPlace> runs; ///< by side, then in its order
};

class Pairer
{
public:
    Pairer(std::vector<std::vector<PairableRun>> sides, const PairingRules& rules)
        : m_sides(std::move(sides))
        , m_rules(rules)
    {
        for (const auto& side : m_sides)
            m_taken.emplace_back(side.size(), false);
    }

    ReplayPairing pair()
    {
        takeManual();
        switch (m_rules.by) {
        case PairingRules::By::Task:
            take(ReplayKey::Task, false);
            break;
        case PairingRules::By::Input:
            take(ReplayKey::Input, false);
            break;
        case PairingRules::By::File:
            take(ReplayKey::File, false);
            break;
        case PairingRules::By::Expression:
            take(ReplayKey::Expression, false);
            break;
        case PairingRules::By::Anything:
            take(ReplayKey::Task, true);
            take(ReplayKey::Input, true);
            take(ReplayKey::File, true);
            take(ReplayKey::Task, false);
            take(ReplayKey::Input, false);
            take(ReplayKey::File, false);
            break;
        }
        takeRest();
        return made();
    }

private:
    PairableRun& at(const RunPlace& place) { return m_sides[place.side][place.run]; }

    /// A key of that kind and how it is shown; nothing where it is not recorded.
    std::optional<std::pair<std::string, std::string>> keyOf(const PairableRun& run, ReplayKey by, bool matched) const
    {
        const auto recorded = [](const std::string& key, const std::string& shown) {
            return key.empty() ? std::nullopt : std::optional(std::pair(key, shown));
        };
        switch (by) {
        case ReplayKey::Task:
            return recorded(run.task, run.task);
        case ReplayKey::Input:
            return run.input == 0 ? std::nullopt : recorded(std::to_string(run.input), run.request);
        case ReplayKey::File:
            // Where places in files are all there is, and only then.
            if (run.file.empty() || (matched && (!run.task.empty() || run.input != 0)))
                return std::nullopt;
            return recorded(run.file + '\n' + std::to_string(run.inFile),
                            run.file + " #" + std::to_string(run.inFile + 1));
        case ReplayKey::Expression:
            return recorded(run.value, run.value);
        case ReplayKey::Manual:
            break;
        }
        return std::nullopt;
    }

    /// Runs that pairs hold together, over any number of pairs, are of one task.
    void takeManual()
    {
        std::map<RunPlace, std::size_t> groupOf;
        std::vector<std::vector<RunPlace>> groups;
        for (const ManualPair& pair : m_rules.manual) {
            const auto base = find(0, pair.base);
            const auto candidate = find(pair.side, pair.candidate);
            if (!base || !candidate || pair.side == 0)
                continue;
            std::array<std::size_t, 2> of{};
            for (std::size_t i = 0; i < 2; ++i) {
                const RunPlace place = i == 0 ? *base : *candidate;
                const auto [known, isNew] = groupOf.try_emplace(place, groups.size());
                if (isNew)
                    groups.push_back({place});
                of[i] = known->second;
            }
            if (of[0] == of[1])
                continue;
            for (const RunPlace& place : groups[of[1]]) {
                groupOf[place] = of[0];
                groups[of[0]].push_back(place);
            }
            groups[of[1]].clear();
        }
        for (std::vector<RunPlace>& runs : groups) {
            if (runs.empty())
                continue;
            std::ranges::sort(runs);
            for (const RunPlace& place : runs)
                m_taken[place.side][place.run] = true;
            m_groups.push_back({shownOf(at(runs.front())), ReplayKey::Manual, ReplayGap::None, std::move(runs)});
        }
    }

    static std::string shownOf(const PairableRun& run)
    {
        return !run.task.empty() ? run.task : !run.request.empty() ? run.request : run.trace;
    }

    std::optional<RunPlace> find(std::uint32_t side, const std::string& trace) const
    {
        if (side >= m_sides.size())
            return std::nullopt;
        for (std::size_t i = 0; i < m_sides[side].size(); ++i) {
            if (m_sides[side][i].trace == trace)
                return RunPlace{side, i};
        }
        return std::nullopt;
    }

    /// A run whose base is paired with that of another candidate, by hand or by what only those two record, joins
    /// them: the same run of the base is held against every candidate.
    void join(ReplayKey by, bool matched)
    {
        std::map<std::string, std::size_t> groupOf; // by the keys of its runs of the base
        std::vector<std::vector<bool>> has;         // by group and side, before any joins
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            has.emplace_back(m_sides.size(), false);
            for (const RunPlace& place : m_groups[i].runs) {
                has[i][place.side] = true;
                if (const auto key = place.side == 0 ? keyOf(at(place), by, matched) : std::nullopt)
                    groupOf.try_emplace(key->first, i);
            }
        }
        for (std::uint32_t side = 1; side < m_sides.size(); ++side) {
            for (std::size_t i = 0; i < m_sides[side].size(); ++i) {
                const auto key = m_taken[side][i] ? std::nullopt : keyOf(m_sides[side][i], by, matched);
                const auto found = key ? groupOf.find(key->first) : groupOf.end();
                if (found == groupOf.end() || has[found->second][side])
                    continue;
                m_groups[found->second].runs.push_back({side, i});
                m_taken[side][i] = true;
            }
        }
    }

    /// Groups of what is left. `matched`: only those that have a base run and one of a candidate.
    void take(ReplayKey by, bool matched)
    {
        if (matched || m_rules.by != PairingRules::By::Anything) // at last even a place in a file would do
            join(by, matched);
        std::map<std::string, Group> groups;
        for (std::uint32_t side = 0; side < m_sides.size(); ++side) {
            for (std::size_t i = 0; i < m_sides[side].size(); ++i) {
                const auto key = m_taken[side][i] ? std::nullopt : keyOf(m_sides[side][i], by, matched);
                if (!key)
                    continue;
                Group& group = groups[key->first];
                if (group.runs.empty())
                    group.shown = key->second;
                group.by = by;
                group.runs.push_back({side, i});
            }
        }
        for (auto& [key, group] : groups) {
            group.gap = gapOf(group);
            if (matched && group.gap != ReplayGap::None)
                continue;
            for (const RunPlace& place : group.runs)
                m_taken[place.side][place.run] = true;
            m_groups.push_back(std::move(group));
        }
    }

    ReplayGap gapOf(const Group& group) const
    {
        if (group.runs.front().side != 0)
            return ReplayGap::NoBase;
        return m_sides.size() > 1 && group.runs.back().side == 0 ? ReplayGap::NoCandidate : ReplayGap::None;
    }

    /// What has no such key.
    void takeRest()
    {
        for (std::uint32_t side = 0; side < m_sides.size(); ++side) {
            for (std::size_t i = 0; i < m_sides[side].size(); ++i) {
                if (m_taken[side][i])
                    continue;
                m_groups.push_back({shownOf(m_sides[side][i]), ReplayKey::Task, ReplayGap::NoKey, {{side, i}}});
            }
        }
    }

    ReplayPairing made()
    {
        for (Group& group : m_groups)
            std::ranges::sort(group.runs);
        std::ranges::stable_sort(m_groups, {}, [](const Group& group) { return group.runs.front(); });
        ReplayPairing out;
        out.sides = static_cast<std::uint32_t>(m_sides.size());
        for (const Group& group : m_groups) {
            const auto number = static_cast<std::uint32_t>(out.tasks.size());
            ReplayTask& task = out.tasks.emplace_back();
            task.key = group.shown;
            task.by = group.by;
            task.gap = group.gap;
            task.runs.resize(m_sides.size());
            for (const RunPlace& place : group.runs) {
                std::vector<std::uint32_t>& runs = task.runs[place.side];
                ReplayRun& run = out.runs.emplace_back(std::move(at(place).run));
                run.side = place.side;
                run.task = number;
                runs.push_back(static_cast<std::uint32_t>(out.runs.size() - 1));
                run.trial = static_cast<std::uint32_t>(runs.size());
                out.reruns = out.reruns || runs.size() > 1;
            }
        }
        return out;
    }

    std::vector<std::vector<PairableRun>> m_sides;
    const PairingRules& m_rules;
    std::vector<std::vector<bool>> m_taken;
    std::vector<Group> m_groups;
};

} // namespace

ReplayPairing pairRuns(std::vector<std::vector<PairableRun>> sides, const PairingRules& rules)
{
    return Pairer(std::move(sides), rules).pair();
}

} // namespace arcscope
