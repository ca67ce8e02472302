// What findings say of figures that speak for survivors alone.
#include "arcblocks.h"
#include "lenstext.h"
#include "survivorship.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr std::size_t mostFields = 5;
constexpr std::size_t mostShown = 3; ///< arcs a side

std::vector<std::int64_t> valuesOf(const ArcCorpus& arcs, std::span<const std::uint32_t> rows, ArcColumn column)
{
    std::vector<std::int64_t> values(rows.size());
    forEachBlock(arcs.arcs, rows, std::array{column}, [&](const auto& block) {
        for (std::size_t i = 0; i < block.rows.size(); ++i)
            values[block.first + i] = block.values[0][i];
    });
    return values;
}

class Teller
{
public:
    Teller(const Corpus& corpus, const ArcCorpus& arcs, const Survivorship& found)
        : m_corpus(corpus)
        , m_arcs(arcs)
        , m_found(found)
    {
    }

    Finding finding(const ArcFieldDifference& field) const
    {
        const std::string survivors = std::to_string(m_found.survivors());
        const std::string dropped = std::to_string(m_found.dropped.size());
        Finding finding;
        finding.rule = survivorshipRule;
        finding.level = FindingLevel::Check;
        finding.weight = FindingWeight::Note;
        finding.evidence = StreamEvidence::Inferred;
        finding.strength = std::min(1.0, std::abs(field.effect.value));
        finding.cause = std::string(survivorshipRule) + '/' + std::string(m_found.name);
        finding.what = "Figures of arcs that were " + std::string(m_found.name) + " speak for " + survivors + " of " +
                       std::to_string(m_found.among.size()) + " alone: the " + dropped + " others differ, in " +
                       std::string(field.field->name) + " most surely.";
        finding.facts = {
            {"figures", std::string(m_found.figure)},
            {"survivors", survivors + " of " + std::to_string(m_found.among.size()) + ' ' + std::string(m_found.all)},
            {"dropped out", dropped + ": " + insteadText()}};
        addDifferences(finding.facts);
        addLimits(finding.facts);
        addPlaces(field, finding.places);
        return finding;
    }

private:
    std::string insteadText() const
    {
        std::string text;
        for (const auto& [how, count] : m_found.instead)
            text += (text.empty() ? "" : ", ") + std::to_string(count) + ' ' + std::string(how);
        return text;
    }

    std::string medianText(const ArcFieldDifference& field, std::int64_t value) const
    {
        if (field.field->kind == ArcFieldKind::Money)
            return textOf(LensCell(LensMoney{value, std::string(m_corpus.strings[m_found.differences.currency])}));
        return textOf(static_cast<double>(value), unitOf(field.field->kind));
    }

    std::string sidesText(const ArcFieldDifference& field) const
    {
        if (field.ranked)
            return "median " + medianText(field, field.chosenMedian) + " of " + std::to_string(field.chosen) +
                   " that dropped out, " + medianText(field, field.restMedian) + " of " + std::to_string(field.rest) +
                   " others";
        const auto share = [](const Count& count) {
            return std::to_string(count.of) + " of " + std::to_string(count.all);
        };
        return quoted(valueText(field, m_corpus.strings), 80) + ": " + share(field.chosenWith) + " that dropped out, " +
               share(field.restWith) + " others";
    }

    void addDifferences(std::vector<FindingFact>& facts) const
    {
        const auto number = [](double value) { return textOf(value, LensUnit::None); };
        std::size_t shown = 0;
        for (const ArcFieldDifference& field : m_found.differences.fields) {
            if (field.evidence != ArcEvidence::Difference || shown++ == mostFields)
                break;
            facts.push_back({std::string(field.field->name),
                             sidesText(field) + "; " + (field.ranked ? "Cliff's delta " : "difference of shares ") +
                                 number(field.effect.value) + " (" + number(field.effect.interval.low) + " to " +
                                 number(field.effect.interval.high) + "), adjusted p " + number(field.adjusted)});
        }
        const auto differ =
            std::count_if(m_found.differences.fields.begin(), m_found.differences.fields.end(),
                          [](const ArcFieldDifference& field) { return field.evidence == ArcEvidence::Difference; });
        facts.push_back({"fields", std::to_string(differ) + " of " + std::to_string(m_found.differences.tried) +
                                       " that were tried differ; p is adjusted for as many"});
    }

    void addLimits(std::vector<FindingFact>& facts) const
    {
        if (!m_found.differences.decided.empty()) {
            std::string fields;
            for (const std::string_view field : m_found.differences.decided)
                fields += (fields.empty() ? "" : ", ") + std::string(field);
            facts.push_back({"not compared", fields + ": by them rules told how some arcs ended"});
        }
        if (m_found.unknown > 0)
            facts.push_back({"not known", "of " + std::to_string(m_found.unknown) + " more, in none of the two"});
        if (const std::uint64_t most = mostOfOneUser(); most > 1)
            facts.push_back({"one user", "has up to " + std::to_string(most) +
                                             " of these arcs: intervals are narrower than they should be"});
        facts.push_back({"means", "the figures are not those of all; why these dropped out is not told"});
    }

    std::uint64_t mostOfOneUser() const
    {
        std::unordered_map<std::int64_t, std::uint64_t> counts;
        std::uint64_t most = 0;
        for (const std::int64_t user : valuesOf(m_arcs, m_found.among, tagColumn(SpanText::User)))
            most = user == 0 ? most : std::max(most, ++counts[user]);
        return most;
    }

    /// What it shows first: where the arc begins.
    FindingPlace placeOf(std::uint32_t arc) const
    {
        const auto value = [&](ArcColumn column) { return m_arcs.arcs.at(column, arc); };
        FindingPlace place;
        if (value(ArcColumn::Events) > 0) {
            const auto event = static_cast<std::uint32_t>(value(ArcColumn::FirstEvent));
            const auto of = [&](ArcEventColumn column) { return m_arcs.events.at(column, event); };
            place.row = static_cast<Row>(of(ArcEventColumn::SpanRow));
            place.time = of(ArcEventColumn::Time);
            place.text = {static_cast<TextPlace::Of>(of(ArcEventColumn::TextOf)),
                          static_cast<std::uint32_t>(of(ArcEventColumn::TextMessage)),
                          static_cast<std::uint32_t>(of(ArcEventColumn::TextPart))};
        } else {
            const auto segment = static_cast<std::uint32_t>(value(ArcColumn::FirstSegment));
            const std::int64_t trace = m_arcs.segments.at(ArcSegmentColumn::Trace, segment);
            place.row = m_corpus.rowsOf(static_cast<std::uint32_t>(trace)).front();
            place.time = value(ArcColumn::Start);
        }
        place.quote = quoted(m_arcs.texts[StringId{static_cast<std::uint32_t>(value(ArcColumn::Goal))}]);
        return place;
    }

    /// Of each side those that are most like it: nearest to its median, or with the value that tells it from the other.
    void addPlaces(const ArcFieldDifference& field, std::vector<FindingPlace>& places) const
    {
        std::vector<std::uint32_t> rest;
        std::set_difference(m_found.among.begin(), m_found.among.end(), m_found.dropped.begin(), m_found.dropped.end(),
                            std::back_inserter(rest));
        const auto add = [&](const std::vector<std::uint32_t>& rows, bool droppedOut) {
            const std::vector<std::int64_t> values = valuesOf(m_arcs, rows, field.field->column);
            const bool with = (field.effect.value > 0) == droppedOut;
            const auto apart = [&](std::size_t i) -> std::int64_t {
                if (!field.ranked)
                    return (values[i] == field.value) != with;
                const std::int64_t median = droppedOut ? field.chosenMedian : field.restMedian;
                return values[i] < 0 ? std::numeric_limits<std::int64_t>::max() : std::abs(values[i] - median);
            };
            std::vector<std::size_t> order(rows.size());
            std::iota(order.begin(), order.end(), std::size_t{0});
            const std::size_t shown = std::min(mostShown, order.size());
            std::partial_sort(
                order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(),
                [&](std::size_t a, std::size_t b) { return std::pair(apart(a), a) < std::pair(apart(b), b); });
            for (std::size_t i = 0; i < shown; ++i)
                places.push_back(placeOf(rows[order[i]]));
        };
        add(m_found.dropped, true);
        add(rest, false);
    }

    const Corpus& m_corpus;
    const ArcCorpus& m_arcs;
    const Survivorship& m_found;
};

} // namespace

void findSurvivorship(const Corpus& corpus, const ArcCorpus& arcs, const DetectorSettings& settings,
                      std::vector<Finding>& into)
{
    for (const Survivorship& survivorship : survivorships(arcs, settings)) {
        if (const ArcFieldDifference* field = misleading(survivorship, settings))
            into.push_back(Teller(corpus, arcs, survivorship).finding(*field));
    }
}

} // namespace arcscope
