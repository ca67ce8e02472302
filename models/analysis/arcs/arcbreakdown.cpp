#include "arcbreakdown.h"

#include "arcblocks.h"
#include "utccalendar.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

/// The first ordinal of each group: later ones hold few users, and are counted together.
constexpr std::array<std::uint32_t, 10> ordinalSteps{1, 2, 3, 4, 5, 6, 11, 21, 51, 101};

/// The key of each row, in the order of rows; notRecordedKey where there is none.
constexpr std::int64_t notRecordedKey = std::numeric_limits<std::int64_t>::min();

std::int64_t timeKey(ArcGrouping::By by, Nanos start)
{
    if (start == noTime)
        return notRecordedKey;
    const std::int64_t day = dayOf(start);
    switch (by) {
    case ArcGrouping::By::Day:
        return day;
    case ArcGrouping::By::Week:
        return weekOf(day);
    default:
        return weekdayOf(day) * 24 + hourOfDay(start);
    }
}

std::vector<std::int64_t> keysOf(const ArcCorpus& arcs, std::span<const std::uint32_t> rows,
                                 const ArcGrouping& grouping)
{
    using By = ArcGrouping::By;
    std::vector<std::int64_t> keys(rows.size());
    if (grouping.by == By::SessionOrdinal) {
        const std::vector<std::uint32_t> ordinals = sessionOrdinals(arcs);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::uint32_t ordinal = ordinals[rows[i]];
            const auto step = std::upper_bound(ordinalSteps.begin(), ordinalSteps.end(), ordinal);
            keys[i] = ordinal == 0 ? notRecordedKey : *(step - 1);
        }
        return keys;
    }
    const ArcColumn column = grouping.by == By::Tag       ? tagColumn(grouping.tag)
                             : grouping.by == By::Outcome ? ArcColumn::Outcome
                                                          : ArcColumn::Start;
    forEachBlock(arcs.arcs, rows, std::array{column}, [&](const auto& block) {
        for (std::size_t i = 0; i < block.rows.size(); ++i) {
            const std::int64_t value = block.values[0][i];
            std::int64_t& key = keys[block.first + i];
            if (grouping.by == By::Tag)
                key = value == 0 ? notRecordedKey : value;
            else
                key = grouping.by == By::Outcome ? value : timeKey(grouping.by, value);
        }
    });
    return keys;
}

struct KeyCount {
    std::int64_t key;
    std::uint64_t arcs;
};

/// Each key that occurs, by key.
std::vector<KeyCount> countKeys(std::span<const std::int64_t> keys)
{
    std::int64_t low = std::numeric_limits<std::int64_t>::max();
    std::int64_t high = std::numeric_limits<std::int64_t>::min();
    for (const std::int64_t key : keys) {
        if (key == notRecordedKey)
            continue;
        low = std::min(low, key);
        high = std::max(high, key);
    }
    std::vector<KeyCount> counted;
    if (low > high)
        return counted;
    // Keys are ids of strings, days or small numbers: an array of counts is never larger than the string table.
    std::vector<std::uint32_t> counts(static_cast<std::size_t>(high - low) + 1);
    for (const std::int64_t key : keys) {
        if (key != notRecordedKey)
            ++counts[static_cast<std::size_t>(key - low)];
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            counted.push_back({low + static_cast<std::int64_t>(i), counts[i]});
    }
    return counted;
}

std::int64_t lastOrdinal(std::int64_t first)
{
    const auto next = std::upper_bound(ordinalSteps.begin(), ordinalSteps.end(), first);
    return next == ordinalSteps.end() ? std::numeric_limits<std::int64_t>::max() : *next - 1;
}

/// A breakdown without its figures, and which row is in which of its groups: the groups, then the others, then what is
/// not recorded.
struct Plan {
    ArcBreakdown breakdown;
    ArcGroups groups;
};

Plan planOf(const ArcCorpus& arcs, std::span<const std::uint32_t> rows, const ArcGrouping& grouping)
{
    using By = ArcGrouping::By;
    Plan plan;
    plan.breakdown.grouping = grouping;
    if (grouping.by == By::Whole) {
        plan.breakdown.groups.resize(1);
        return plan;
    }
    const std::vector<std::int64_t> keys = keysOf(arcs, rows, grouping);
    std::vector<KeyCount> counted = countKeys(keys);
    if (grouping.by == By::Tag) {
        const auto larger = [](const KeyCount& a, const KeyCount& b) {
            return a.arcs != b.arcs ? a.arcs > b.arcs : a.key < b.key;
        };
        const std::size_t kept = std::min(grouping.most, counted.size());
        std::partial_sort(counted.begin(), counted.begin() + static_cast<std::ptrdiff_t>(kept), counted.end(), larger);
        plan.breakdown.otherValues = static_cast<std::uint32_t>(counted.size() - kept);
        counted.resize(kept);
    }
    for (const KeyCount& key : counted)
        plan.breakdown.groups.push_back(
            {key.key, grouping.by == By::SessionOrdinal ? lastOrdinal(key.key) : key.key, {}});

    const auto others = static_cast<std::uint32_t>(counted.size());
    std::vector<std::uint32_t> groupOfKey;
    std::int64_t low = 0;
    if (!counted.empty()) {
        const auto byKey = [](const KeyCount& a, const KeyCount& b) { return a.key < b.key; };
        const auto [least, most] = std::minmax_element(counted.begin(), counted.end(), byKey);
        low = least->key;
        groupOfKey.assign(static_cast<std::size_t>(most->key - low) + 1, others);
        for (std::uint32_t i = 0; i < counted.size(); ++i)
            groupOfKey[static_cast<std::size_t>(counted[i].key - low)] = i;
    }
    plan.groups.count = others + std::size_t{2};
    plan.groups.groupOf.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto at = static_cast<std::uint64_t>(keys[i]) - static_cast<std::uint64_t>(low);
        plan.groups.groupOf[i] = keys[i] == notRecordedKey ? others + 1
                                 : at < groupOfKey.size()  ? groupOfKey[at]
                                                           : others;
    }
    return plan;
}

} // namespace

std::vector<ArcBreakdown> breakDown(const ArcCorpus& arcs, std::span<const std::uint32_t> rows,
                                    std::span<const ArcGrouping> groupings)
{
    std::vector<ArcBreakdown> breakdowns;
    std::vector<ArcGroups> ways;
    for (const ArcGrouping& grouping : groupings) {
        Plan plan = planOf(arcs, rows, grouping);
        breakdowns.push_back(std::move(plan.breakdown));
        ways.push_back(std::move(plan.groups));
    }
    std::vector<std::vector<ArcSummary>> summaries = summarise(arcs, rows, ways);
    for (std::size_t way = 0; way < ways.size(); ++way) {
        ArcBreakdown& breakdown = breakdowns[way];
        auto summary = summaries[way].begin();
        for (ArcGroup& group : breakdown.groups)
            group.summary = std::move(*summary++);
        if (summary == summaries[way].end())
            continue; // the whole has no others
        breakdown.others.summary = std::move(*summary++);
        breakdown.notRecorded = std::move(*summary);
    }
    return breakdowns;
}

ArcBreakdown breakDown(const ArcCorpus& arcs, std::span<const std::uint32_t> rows, const ArcGrouping& grouping)
{
    return std::move(breakDown(arcs, rows, std::span(&grouping, 1)).front());
}

std::vector<std::uint32_t> sessionOrdinals(const ArcCorpus& arcs)
{
    std::vector<std::uint32_t> ordinals(arcs.arcs.rows());
    const std::vector<std::uint32_t> rows = allArcs(arcs);
    std::vector<std::uint32_t> sessionsOfUser;
    struct Known {
        std::uint32_t user = 0;
        std::uint32_t ordinal = 0;
    };
    std::vector<Known> sessions;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> shared; // sessions of several users
    const auto roomFor = [](auto& list, std::uint32_t id) {
        if (id >= list.size())
            list.resize(id + std::size_t{1} + id / 2);
    };
    constexpr std::array columns{ArcColumn::Start, tagColumn(SpanText::User), tagColumn(SpanText::Session),
                                 ArcColumn::FirstSegment, ArcColumn::Segments};
    // Rows are by start, so the first arc of a session is where it began.
    forEachBlock(arcs.arcs, rows, columns, [&](const auto& block) {
        for (std::size_t i = 0; i < block.rows.size(); ++i) {
            const auto user = static_cast<std::uint32_t>(block.values[1][i]);
            auto session = static_cast<std::uint32_t>(block.values[2][i]);
            if (block.values[4][i] > 0) {
                const auto segment = static_cast<std::uint32_t>(block.values[3][i]);
                if (const std::int64_t first = arcs.segments.at(ArcSegmentColumn::Session, segment))
                    session = static_cast<std::uint32_t>(first);
            }
            if (block.values[0][i] == noTime || user == 0 || session == 0)
                continue;
            roomFor(sessionsOfUser, user);
            roomFor(sessions, session);
            Known& known = sessions[session];
            std::uint32_t* ordinal = &known.ordinal;
            if (known.user == 0)
                known.user = user;
            else if (known.user != user)
                ordinal = &shared[{session, user}];
            if (*ordinal == 0)
                *ordinal = ++sessionsOfUser[user];
            ordinals[block.rows[i]] = *ordinal;
        }
    });
    return ordinals;
}

} // namespace arcscope
