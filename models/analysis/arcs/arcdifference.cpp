#include "arcdifference.h"

#include "arcblocks.h"
#include "chisquare.h"
#include "drawnsample.h"
#include "superiority.h"
#include "utccalendar.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// Tags that name one thing each, by which arcs are made, or that repeat what others say: a difference in them says
/// nothing.
bool names(const ArcField& field)
{
    return field.column == tagColumn(SpanText::Name) || field.column == tagColumn(SpanText::ToolCallId) ||
           field.column == tagColumn(SpanText::Task) || field.column == tagColumn(SpanText::Session) ||
           field.column == tagColumn(SpanText::Resource);
}

/// What tells what became of an arc, in one way or the other.
bool tellsOutcome(ArcColumn column)
{
    return column == ArcColumn::Outcome || column == ArcColumn::OutcomeSource || column == ArcColumn::Resolution ||
           column == ArcColumn::Resolved;
}

bool ranked(ArcFieldKind kind)
{
    return kind == ArcFieldKind::Count || kind == ArcFieldKind::Duration || kind == ArcFieldKind::Money ||
           kind == ArcFieldKind::Time;
}

/// The values of a field, of both sides.
struct Sides {
    std::vector<std::int64_t> chosen;
    std::vector<std::int64_t> rest;
};

std::int64_t valueOf(const ArcField& field, std::int64_t value)
{
    if (value == noTime)
        return value;
    switch (field.kind) {
    case ArcFieldKind::Weekday:
        return weekdayOf(dayOf(value));
    case ArcFieldKind::Hour:
        return hourOfDay(value);
    default:
        return value;
    }
}

class Comparer
{
public:
    Comparer(const ArcCorpus& arcs, std::span<const std::uint32_t> among, std::span<const std::uint32_t> chosen)
        : m_arcs(arcs)
        , m_among(among)
        , m_chosen(among.size())
    {
        auto next = chosen.begin();
        for (std::size_t i = 0; i < among.size(); ++i) {
            while (next != chosen.end() && *next < among[i])
                ++next;
            m_chosen[i] = next != chosen.end() && *next == among[i];
        }
        countCurrencies();
    }

    std::uint64_t chosen() const
    {
        return static_cast<std::uint64_t>(std::count(m_chosen.begin(), m_chosen.end(), true));
    }

    /// Nothing where all arcs have one value, or none is recorded: that was not tried.
    std::optional<ArcFieldDifference> compare(const ArcField& field) const
    {
        const Sides sides = valuesOf(field);
        return ranked(field.kind) ? bySize(field, sides) : byValue(field, sides);
    }

private:
    void countCurrencies()
    {
        std::unordered_map<std::int64_t, std::size_t> counts;
        forEachBlock(m_arcs.arcs, m_among, std::array{tagColumn(SpanText::Currency), ArcColumn::Cost},
                     [&](const auto& block) {
                         for (std::size_t i = 0; i < block.rows.size(); ++i) {
                             if (block.values[1][i] >= 0)
                                 ++counts[block.values[0][i]];
                         }
                     });
        std::size_t most = 0;
        for (const auto& [currency, count] : counts) {
            if (count > most || (count == most && currency < m_currency)) {
                m_currency = currency;
                most = count;
            }
        }
    }

    Sides valuesOf(const ArcField& field) const
    {
        Sides sides;
        const std::int64_t missing = field.column == ArcColumn::Start ? noTime : -1;
        const bool money = field.kind == ArcFieldKind::Money;
        const bool tag = field.kind == ArcFieldKind::Tag;
        forEachBlock(m_arcs.arcs, m_among, std::array{field.column, tagColumn(SpanText::Currency)},
                     [&](const auto& block) {
                         for (std::size_t i = 0; i < block.rows.size(); ++i) {
                             const std::int64_t value = block.values[0][i];
                             if ((!tag && value == missing) || (money && block.values[1][i] != m_currency))
                                 continue;
                             (m_chosen[block.first + i] ? sides.chosen : sides.rest).push_back(valueOf(field, value));
                         }
                     });
        return sides;
    }

    static bool allTheSame(const Sides& sides)
    {
        const std::int64_t one =
            sides.chosen.empty() ? (sides.rest.empty() ? 0 : sides.rest.front()) : sides.chosen.front();
        const auto same = [&](std::int64_t value) { return value == one; };
        return std::all_of(sides.chosen.begin(), sides.chosen.end(), same) &&
               std::all_of(sides.rest.begin(), sides.rest.end(), same);
    }

    static ArcFieldDifference begun(const ArcField& field, const Sides& sides)
    {
        ArcFieldDifference difference;
        difference.field = &field;
        difference.ranked = ranked(field.kind);
        difference.chosen = sides.chosen.size();
        difference.rest = sides.rest.size();
        return difference;
    }

    static bool tooFew(const Sides& sides)
    {
        return sides.chosen.size() < leastCompared || sides.rest.size() < leastCompared;
    }

    std::optional<ArcFieldDifference> bySize(const ArcField& field, Sides sides) const
    {
        if (allTheSame(sides))
            return std::nullopt;
        ArcFieldDifference difference = begun(field, sides);
        difference.chosenMedian = quantileOf(sides.chosen, 0.5).value;
        difference.restMedian = quantileOf(sides.rest, 0.5).value;
        if (tooFew(sides))
            return difference;
        const std::vector<double> rest = drawnSample(std::span<const std::int64_t>(sides.rest));
        const std::vector<double> chosen = drawnSample(std::span<const std::int64_t>(sides.chosen));
        const Superiority found = superiorityOf(rest, chosen);
        difference.effect = found.delta;
        difference.p = found.p;
        difference.evidence = ArcEvidence::None;
        return difference;
    }

    std::optional<ArcFieldDifference> byValue(const ArcField& field, const Sides& sides) const
    {
        if (allTheSame(sides))
            return std::nullopt;
        ArcFieldDifference difference = begun(field, sides);
        std::unordered_map<std::int64_t, CategoryCounts> counted;
        for (const std::int64_t value : sides.chosen)
            ++counted[value].first;
        for (const std::int64_t value : sides.rest)
            ++counted[value].second;
        if (tooFew(sides))
            return difference;
        std::vector<std::pair<std::int64_t, CategoryCounts>> values(counted.begin(), counted.end());
        std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<CategoryCounts> categories;
        for (const auto& [value, counts] : values)
            categories.push_back(counts);
        const SpreadTest spread = spreadTest(categories);
        difference.distance = spread.distance;
        const Count first{categories[0].first, difference.chosen};
        const Count firstOfRest{categories[0].second, difference.rest};
        // Fisher's test has no least count.
        if (categories.size() == 2)
            difference.p = differenceChance(first, firstOfRest);
        else if (spread.told())
            difference.p = spread.p;
        else
            return difference;
        difference.evidence = ArcEvidence::None;
        pickValue(difference, values);
        return difference;
    }

    /// The value whose share differs most surely. The interval allows for as many values as were tried.
    static void pickValue(ArcFieldDifference& difference,
                          const std::vector<std::pair<std::int64_t, CategoryCounts>>& values)
    {
        const double total = static_cast<double>(difference.chosen + difference.rest);
        const double smaller = static_cast<double>(std::min(difference.chosen, difference.rest)) / total;
        const auto countsEnough = [&](const CategoryCounts& counts) {
            return values.size() == 2 || static_cast<double>(counts.first + counts.second) * smaller >= leastExpected;
        };
        for (const auto& [value, counts] : values)
            difference.values += countsEnough(counts);
        const double confidence = 1 - 0.05 / std::max(1U, difference.values);
        std::pair<double, double> best{-1, -1};
        for (const auto& [value, counts] : values) {
            if (!countsEnough(counts))
                continue;
            const Count with{counts.first, difference.chosen};
            const Count restWith{counts.second, difference.rest};
            ArcFieldDifference one = difference;
            one.effect = rateDifference(restWith, with, confidence);
            const std::pair<double, double> strength{one.least(), std::abs(one.effect.value)};
            if (strength <= best)
                continue;
            best = strength;
            difference.effect = one.effect;
            difference.value = value;
            difference.chosenWith = with;
            difference.restWith = restWith;
        }
    }

    const ArcCorpus& m_arcs;
    std::span<const std::uint32_t> m_among;
    std::vector<bool> m_chosen; ///< of `among`
    std::int64_t m_currency = 0;
};

} // namespace

double ArcFieldDifference::least() const
{
    if (effect.interval.contains(0))
        return 0;
    return std::min(std::abs(effect.interval.low), std::abs(effect.interval.high));
}

ArcDifferences whatDiffers(const ArcCorpus& arcs, std::span<const std::uint32_t> among,
                           std::span<const std::uint32_t> chosen, std::span<const ArcColumn> leftOut)
{
    const Comparer comparer(arcs, among, chosen);
    ArcDifferences differences;
    differences.chosen = comparer.chosen();
    differences.rest = among.size() - differences.chosen;
    const bool byOutcome = std::any_of(leftOut.begin(), leftOut.end(), tellsOutcome);
    for (const ArcField& field : arcFields()) {
        const bool left = std::find(leftOut.begin(), leftOut.end(), field.column) != leftOut.end();
        if (left || names(field) || field.kind == ArcFieldKind::Day || (byOutcome && tellsOutcome(field.column)))
            continue;
        if (std::optional<ArcFieldDifference> difference = comparer.compare(field))
            differences.fields.push_back(std::move(*difference));
    }
    std::vector<double> p;
    for (const ArcFieldDifference& field : differences.fields) {
        if (field.evidence != ArcEvidence::TooFew)
            p.push_back(field.p);
    }
    differences.tried = p.size();
    const std::vector<double> adjusted = adjustedForMany(p);
    std::size_t next = 0;
    for (ArcFieldDifference& field : differences.fields) {
        if (field.evidence == ArcEvidence::TooFew)
            continue;
        field.adjusted = adjusted[next++];
        if (field.adjusted <= 0.05)
            field.evidence = ArcEvidence::Difference;
        else if (field.p <= 0.05 && field.least() > 0)
            field.evidence = ArcEvidence::Weak;
    }
    const auto strength = [](const ArcFieldDifference& field) {
        const bool told = field.evidence != ArcEvidence::TooFew;
        return std::tuple(told, field.evidence == ArcEvidence::Difference, field.least(), std::abs(field.effect.value));
    };
    std::stable_sort(differences.fields.begin(), differences.fields.end(),
                     [&](const auto& a, const auto& b) { return strength(a) > strength(b); });
    return differences;
}

} // namespace arcscope
