#include "arclisting.h"

#include "placemap.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_set>

namespace arcscope
{
namespace
{

bool holds(const FoundArcs& of, std::uint32_t arc, ArcTrouble trouble)
{
    switch (trouble) {
    case ArcTrouble::ReAsked:
        return of.at(ArcColumn::ReAsks, arc) > 0 || of.at(ArcColumn::Regenerates, arc) > 0 ||
               of.at(ArcColumn::Edits, arc) > 0;
    case ArcTrouble::HandedOver:
        return of.at(ArcColumn::Escalations, arc) > 0 || of.outcome(arc) == ArcOutcome::Deferred;
    case ArcTrouble::Frustrated:
        return of.at(ArcColumn::FrustrationSignals, arc) > 0;
    case ArcTrouble::Stitches:
        return of.at(ArcColumn::Stitches, arc) > 0;
    case ArcTrouble::SeveralSessions:
        return of.at(ArcColumn::Sessions, arc) > 1 || of.at(ArcColumn::Devices, arc) > 1;
    case ArcTrouble::NotReviewed:
        break;
    }
    return of.source(arc) != ArcSource::Human;
}

/// By trace of the arcs: whether a row of it matches.
std::vector<bool> matchingTraces(const ArcListingInput& input)
{
    const Corpus& then = *input.of->corpus;
    const Corpus& now = *input.now;
    std::vector<bool> matching(now.traces.rows());
    for (const Row row : *input.matches) {
        if (row < now.spans.rows())
            matching[static_cast<std::size_t>(now.spans.at(SpanColumn::Trace, row))] = true;
    }
    if (input.same)
        return matching;
    std::vector<std::uint32_t> traces(then.traces.rows());
    std::iota(traces.begin(), traces.end(), 0U);
    const PlaceMap places(then, now, {}, traces);
    std::vector<bool> earlier(traces.size());
    for (const std::uint32_t trace : traces) {
        const auto place = places.trace(trace);
        earlier[trace] = place && matching[*place];
    }
    return earlier;
}

class Sorter
{
public:
    Sorter(const FoundArcs& of, const ArcListing& listing)
        : m_of(of)
        , m_listing(listing)
    {
    }

    void sort(std::vector<std::uint32_t>& arcs, const ArcOrder& order) const
    {
        if (order.column == ArcListColumn::Task || order.column == ArcListColumn::Goal) {
            const bool task = order.column == ArcListColumn::Task;
            stableSort(arcs, order.descending,
                       [&](std::uint32_t arc) { return task ? m_of.task(arc) : m_of.text(ArcColumn::Goal, arc); });
            return;
        }
        std::vector<std::int64_t> keys(m_of.count());
        for (const std::uint32_t arc : arcs)
            keys[arc] = key(order.column, arc);
        // What is not recorded comes last, whatever the direction.
        const auto recorded =
            std::stable_partition(arcs.begin(), arcs.end(), [&](std::uint32_t arc) { return keys[arc] != noTime; });
        std::vector<std::uint32_t> with(arcs.begin(), recorded);
        stableSort(with, order.descending, [&](std::uint32_t arc) { return keys[arc]; });
        std::copy(with.begin(), with.end(), arcs.begin());
    }

private:
    template <typename Key>
    static void stableSort(std::vector<std::uint32_t>& arcs, bool descending, Key keyOf)
    {
        std::stable_sort(arcs.begin(), arcs.end(), [&](std::uint32_t a, std::uint32_t b) {
            return descending ? keyOf(b) < keyOf(a) : keyOf(a) < keyOf(b);
        });
    }

    std::int64_t key(ArcListColumn column, std::uint32_t arc) const
    {
        const auto recorded = [](std::int64_t value) { return value < 0 ? noTime : value; };
        switch (column) {
        case ArcListColumn::Outcome:
            return m_of.at(ArcColumn::Outcome, arc) * arcSourceCount + m_of.at(ArcColumn::OutcomeSource, arc);
        case ArcListColumn::Turns:
            return recorded(m_of.at(ArcColumn::Turns, arc));
        case ArcListColumn::Tools:
            return recorded(m_of.at(ArcColumn::ToolCalls, arc));
        case ArcListColumn::Cost:
            return recorded(m_of.at(ArcColumn::Cost, arc));
        case ArcListColumn::Findings:
            return m_listing.findings.empty() ? 0 : m_listing.findings[arc];
        case ArcListColumn::Start:
            return m_of.at(ArcColumn::Start, arc);
        case ArcListColumn::Ribbon:
        case ArcListColumn::Duration:
            return recorded(m_of.at(ArcColumn::Duration, arc));
        case ArcListColumn::Sessions:
            return recorded(m_of.at(ArcColumn::Sessions, arc));
        default:
            return m_of.at(ArcColumn::Stitches, arc);
        }
    }

    const FoundArcs& m_of;
    const ArcListing& m_listing;
};

/// Findings of the traces of each arc.
std::vector<std::uint32_t> findingsByArc(const FoundArcs& of, const std::vector<std::uint32_t>& byTrace)
{
    std::vector<std::uint32_t> counts(byTrace.empty() ? 0 : of.count());
    for (std::uint32_t row = 0; !byTrace.empty() && row < of.arcs.segments.rows(); ++row) {
        const auto trace = static_cast<std::size_t>(of.arcs.segments.at(ArcSegmentColumn::Trace, row));
        if (trace < byTrace.size())
            counts[static_cast<std::size_t>(of.arcs.segments.at(ArcSegmentColumn::Arc, row))] += byTrace[trace];
    }
    return counts;
}

void group(ArcListing& made, std::vector<std::uint32_t> arcs)
{
    const FoundArcs& of = *made.of;
    const ArcListGrouping& by = made.order.grouping;
    const auto line = [&](std::uint32_t arc) {
        made.places[arc] = static_cast<std::int32_t>(made.lines.size());
        made.lines.push_back({arc, false});
        made.shown.push_back(arc);
    };
    if (by.by == ArcListGrouping::By::Nothing) {
        for (const std::uint32_t arc : arcs)
            line(arc);
        return;
    }
    const auto column = by.by == ArcListGrouping::By::Outcome ? ArcColumn::Outcome : tagColumn(by.tag);
    std::map<std::int64_t, std::vector<std::uint32_t>> members;
    for (const std::uint32_t arc : arcs)
        members[of.at(column, arc)].push_back(arc);
    std::vector<std::int64_t> values;
    for (const auto& [value, arcsOf] : members)
        values.push_back(value);
    // Outcomes in their order; values by how many they are, what is not recorded last.
    if (by.by == ArcListGrouping::By::Tag)
        std::stable_sort(values.begin(), values.end(), [&](std::int64_t a, std::int64_t b) {
            return (a == 0) != (b == 0) ? b == 0 : members[a].size() > members[b].size();
        });
    for (const std::int64_t value : values) {
        ArcListGroup& each = made.groups.emplace_back();
        if (by.by == ArcListGrouping::By::Outcome)
            each.outcome = static_cast<ArcOutcome>(value);
        else
            each.name = std::string(of.corpus->strings[StringId{static_cast<std::uint32_t>(value)}]);
        each.arcs = static_cast<std::uint32_t>(members[value].size());
        made.lines.push_back({static_cast<std::uint32_t>(made.groups.size() - 1), true});
        for (const std::uint32_t arc : members[value]) {
            each.outcomes[static_cast<std::size_t>(of.outcome(arc))].add(of, arc);
            line(arc);
        }
    }
}

/// The chosen arcs as they are numbered in `of`: a later state of what is open has them by the same keys. Where none of
/// them is there any more, another file is open: all are shown.
void followArcs(ArcChoice& choice, const ArcsPtr& of)
{
    if (!choice.among || choice.amongOf == of)
        return;
    std::unordered_set<std::string> keys;
    for (const std::uint32_t arc : *choice.among)
        keys.insert(arcKey(choice.amongOf->arcs, arc));
    std::vector<std::uint32_t> now;
    for (std::uint32_t arc = 0; arc < of->count(); ++arc) {
        if (keys.count(arcKey(of->arcs, arc)) != 0)
            now.push_back(arc);
    }
    choice.among = now.empty() ? nullptr : std::make_shared<const std::vector<std::uint32_t>>(std::move(now));
    choice.amongOf = choice.among ? of : nullptr;
}

} // namespace

bool ArcChoice::any() const
{
    return outcome || among || std::find(troubles.begin(), troubles.end(), true) != troubles.end();
}

void ArcSums::add(const FoundArcs& of, std::uint32_t arc)
{
    ++arcs;
    const std::array<std::int64_t, arcMeasureCount> values{1, of.at(ArcColumn::Turns, arc),
                                                           of.at(ArcColumn::Active, arc), of.at(ArcColumn::Tokens, arc),
                                                           of.at(ArcColumn::Cost, arc)};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] < 0)
            continue;
        sums[i] += values[i];
        ++recorded[i];
    }
}

std::uint64_t arcsIn(const ArcOutcomes& outcomes)
{
    std::uint64_t count = 0;
    for (const ArcSums& each : outcomes)
        count += each.arcs;
    return count;
}

std::int64_t sumOf(const ArcOutcomes& outcomes, ArcMeasure measure)
{
    std::int64_t sum = 0;
    for (const ArcSums& each : outcomes)
        sum += each.sums[static_cast<std::size_t>(measure)];
    return sum;
}

ListingPtr arcListing(ArcListingInput input)
{
    auto made = std::make_shared<ArcListing>();
    made->of = input.of;
    made->order = input.order;
    made->choice = input.choice;
    made->filtered = input.matches != nullptr;
    if (!input.of->corpus)
        return made;
    const FoundArcs& of = *input.of;
    made->places.assign(of.count(), -1);
    made->findings = findingsByArc(of, input.findings);
    std::vector<bool> passing(of.count(), !made->filtered);
    if (made->filtered) {
        const std::vector<bool> traces = matchingTraces(input);
        for (std::uint32_t row = 0; row < of.arcs.segments.rows(); ++row) {
            const auto trace = static_cast<std::size_t>(of.arcs.segments.at(ArcSegmentColumn::Trace, row));
            if (trace < traces.size() && traces[trace])
                passing[static_cast<std::size_t>(of.arcs.segments.at(ArcSegmentColumn::Arc, row))] = true;
        }
    }
    followArcs(made->choice, input.of);
    const auto* const among = made->choice.among.get();
    std::vector<std::uint32_t> arcs;
    std::int64_t currency = -1;
    made->costed = true;
    for (std::uint32_t arc = 0; arc < of.count(); ++arc) {
        const auto outcome = static_cast<std::size_t>(of.outcome(arc));
        made->all[outcome].add(of, arc);
        if (of.at(ArcColumn::Cost, arc) >= 0) {
            const std::int64_t its = of.at(tagColumn(SpanText::Currency), arc);
            made->costed = made->costed && (currency < 0 || currency == its);
            currency = its;
        }
        for (std::size_t i = 0; i < made->recorded.size(); ++i)
            made->recorded[i] = made->recorded[i] || of.at(tagColumn(static_cast<SpanText>(i)), arc) != 0;
        bool in = passing[arc] && (!among || std::binary_search(among->begin(), among->end(), arc));
        for (std::size_t i = 0; in && i < input.choice.troubles.size(); ++i)
            in = !input.choice.troubles[i] || holds(of, arc, static_cast<ArcTrouble>(i));
        if (!in)
            continue;
        made->left[outcome].add(of, arc);
        if (!input.choice.outcome || *input.choice.outcome == of.outcome(arc))
            arcs.push_back(arc);
    }
    made->costed = made->costed && currency >= 0;
    Sorter(of, *made).sort(arcs, input.order);
    group(*made, std::move(arcs));
    return made;
}

} // namespace arcscope
