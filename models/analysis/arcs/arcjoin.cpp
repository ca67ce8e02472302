#include "arcjoin.h"

#include "account.h"
#include "arcgroups.h"
#include "arclabels.h"
#include "arcphases.h"
#include "arctablewriter.h"
#include "arctags.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace arcscope
{
namespace
{

/// Groups that decisions made one.
struct Merged {
    std::vector<std::uint32_t> groups; ///< the first names it
    std::vector<std::uint32_t> pieces; ///< in time
};

class Joiner
{
public:
    Joiner(const Corpus& corpus, std::vector<ArcPiece> pieces, const ArcDecisions& decisions,
           const DetectorSettings& settings, const Control& control, const ArcPrices& prices)
        : m_corpus(corpus)
        , m_decisions(decisions)
        , m_control(control)
        , m_prices(prices)
        , m_thresholds(arcThresholds(settings))
        , m_pieces(placed(corpus, std::move(pieces)))
        , m_groups(grouped(corpus, m_pieces))
        , m_tags(corpus)
    {
    }

    Result<ArcCorpus> join()
    {
        std::vector<GroupStitch> stitches = proposals(m_corpus, m_pieces, m_groups, m_thresholds, m_control);
        merge(stitches);
        std::vector<std::uint32_t> proposed(m_merged.size(), 0);
        std::erase_if(stitches, [&](const GroupStitch& stitch) {
            return m_mergedOf[stitch.earlier] == m_mergedOf[stitch.later];
        });
        for (const GroupStitch& stitch : stitches) {
            ++proposed[m_mergedOf[stitch.earlier]];
            ++proposed[m_mergedOf[stitch.later]];
        }
        ArcCorpus out;
        for (std::uint32_t arc = 0; arc < m_merged.size(); ++arc) {
            if (arc % 1'024 == 0 && m_control.stopped())
                return Error{ErrorCode::Cancelled, "cancelled"};
            add(m_merged[arc], proposed[arc]);
        }
        for (const GroupStitch& stitch : stitches)
            out.stitches.push_back({m_mergedOf[stitch.earlier], m_mergedOf[stitch.later], stitch.score, stitch.reason,
                                    stitch.earlierRow, stitch.laterRow});
        out.arcs = m_arcs.take();
        out.segments = m_segments.take();
        out.events = m_events.take();
        if (auto texts = m_texts.takeNew())
            out.texts.append(std::move(texts));
        return out;
    }

private:
    std::size_t rootOf(std::size_t group)
    {
        while (m_parent[group] != group)
            group = m_parent[group] = m_parent[m_parent[group]];
        return group;
    }

    /// Applies decisions: accepted stitches merge, rejected ones are no proposals.
    void merge(std::vector<GroupStitch>& stitches)
    {
        m_parent.resize(m_groups.size());
        std::iota(m_parent.begin(), m_parent.end(), std::size_t(0));
        if (!m_decisions.stitches.empty()) {
            std::unordered_map<std::string, std::uint32_t> groupOf;
            for (std::uint32_t group = 0; group < m_groups.size(); ++group)
                groupOf.emplace(keyOf(m_groups[group]), group);
            std::set<std::pair<std::uint32_t, std::uint32_t>> rejected;
            for (const StitchDecision& decision : m_decisions.stitches) {
                const auto earlier = groupOf.find(decision.earlier);
                const auto later = groupOf.find(decision.later);
                if (earlier == groupOf.end() || later == groupOf.end())
                    continue;
                const std::uint32_t a = std::min(earlier->second, later->second);
                const std::uint32_t b = std::max(earlier->second, later->second);
                const std::size_t x = rootOf(a);
                const std::size_t y = rootOf(b);
                if (!decision.accepted)
                    rejected.emplace(a, b);
                else
                    m_parent[std::max(x, y)] = std::min(x, y);
            }
            std::erase_if(stitches, [&](const GroupStitch& stitch) {
                return rejected.count({stitch.earlier, stitch.later}) > 0;
            });
        }
        m_mergedOf.resize(m_groups.size());
        for (std::uint32_t group = 0; group < m_groups.size(); ++group) {
            const std::size_t root = rootOf(group);
            if (root == group) {
                m_mergedOf[group] = static_cast<std::uint32_t>(m_merged.size());
                m_merged.emplace_back();
            }
            m_mergedOf[group] = m_mergedOf[root];
            Merged& merged = m_merged[m_mergedOf[root]];
            merged.groups.push_back(group);
            merged.pieces.insert(merged.pieces.end(), m_groups[group].pieces.begin(), m_groups[group].pieces.end());
        }
        for (Merged& merged : m_merged)
            std::sort(merged.pieces.begin(), merged.pieces.end());
        for (const ArcReview& review : m_decisions.reviews)
            m_reviews.emplace(review.arc, &review);
    }

    const ArcReview* reviewOf(const Merged& merged) const
    {
        if (m_reviews.empty())
            return nullptr;
        const ArcReview* found = nullptr;
        for (const std::uint32_t group : merged.groups) {
            const auto known = m_reviews.find(keyOf(m_groups[group]));
            if (known == m_reviews.end() || !known->second->outcome)
                continue;
            if (!found || known->second->changed > found->changed)
                found = known->second;
        }
        return found;
    }

    using ArcValues = TableWriter<ArcColumn, arcColumnCount>::Values;
    static void put(ArcValues& row, ArcColumn column, std::int64_t value)
    {
        row[static_cast<std::size_t>(column)] = value;
    }
    StringId text(std::string_view text) { return text.empty() ? StringId() : m_texts.intern(text); }

    void add(const Merged& merged, std::uint32_t proposed)
    {
        const std::uint32_t arc = m_arcs.rows();
        const BaseArc& group = m_groups[merged.groups.front()];
        ArcValues row{};
        put(row, ArcColumn::Unit, static_cast<std::int64_t>(group.unit));
        put(row, ArcColumn::Key, text(group.key).value);
        put(row, ArcColumn::FirstSegment, m_segments.rows());
        put(row, ArcColumn::Segments, static_cast<std::int64_t>(merged.pieces.size()));
        put(row, ArcColumn::FirstEvent, m_events.rows());
        put(row, ArcColumn::Stitches, proposed);
        addSegments(merged, arc, group);
        const std::vector<const ArcPieceEvent*> events = addEvents(merged, arc, row);
        addTimes(merged, events, row);
        addSums(merged, row);
        addTags(merged, row);
        addVerdict(merged, events, row);
        put(row, ArcColumn::Goal, text(goalOf(merged)).value);
        m_arcs.add(row);
    }

    void addSegments(const Merged& merged, std::uint32_t arc, const BaseArc& group)
    {
        for (const std::uint32_t index : merged.pieces) {
            const PlacedPiece& piece = m_pieces[index];
            ArcJoin join = ArcJoin::First;
            if (index != merged.pieces.front()) {
                const bool own = std::find(group.pieces.begin(), group.pieces.end(), index) != group.pieces.end();
                join = !own                             ? ArcJoin::Accepted
                       : group.unit == ArcUnit::Session ? ArcJoin::SameSession
                                                        : ArcJoin::SameTask;
            }
            const bool timed = piece.start != noTime && piece.end != noTime;
            m_segments.add({arc, piece.trace, piece.session.value, deviceOf(index).value, piece.start,
                            timed ? piece.end - piece.start : -1, static_cast<std::int64_t>(join)});
        }
    }

    StringId deviceOf(std::uint32_t index)
    {
        const auto [known, isNew] = m_devices.try_emplace(index);
        if (isNew) {
            m_tags.clear();
            m_tags.add(m_pieces[index]);
            known->second = m_tags.commonest(SpanText::Device);
        }
        return known->second;
    }

    /// What later calls repeat of an earlier stretch is told once.
    std::vector<const ArcPieceEvent*> addEvents(const Merged& merged, std::uint32_t arc, ArcValues& row)
    {
        std::vector<const ArcPieceEvent*> events;
        std::unordered_set<std::uint64_t> seen;
        std::array<std::int64_t, arcStepCount> steps{};
        std::int64_t turns = 0;
        std::uint32_t segment = m_segments.rows() - static_cast<std::uint32_t>(merged.pieces.size());
        for (const std::uint32_t index : merged.pieces) {
            const ArcPiece& piece = m_pieces[index].piece;
            for (const ArcPieceEvent& event : piece.events) {
                if (event.history && seen.count(event.words) > 0)
                    continue;
                events.push_back(&event);
                ++steps[static_cast<std::size_t>(event.step)];
                turns += event.turn ? 1 : 0;
                const ArcPlace& place = event.place;
                m_events.add({arc, segment, static_cast<std::int64_t>(event.step),
                              static_cast<std::int64_t>(event.source), text(event.rule).value, place.time, place.row,
                              static_cast<std::int64_t>(place.text.of), place.text.message, place.text.part, place.from,
                              place.to});
            }
            if (merged.pieces.size() > 1) {
                for (const ArcPieceEvent& event : piece.events)
                    seen.insert(event.words);
            }
            ++segment;
        }
        // Where no turn of a user is recorded, nobody can know what he did not do.
        const auto counted = [&](ArcStep step) {
            const std::int64_t found = steps[static_cast<std::size_t>(step)];
            return found > 0 || turns > 0 ? found : -1;
        };
        put(row, ArcColumn::Events, static_cast<std::int64_t>(events.size()));
        put(row, ArcColumn::Turns, turns > 0 ? turns : -1);
        put(row, ArcColumn::Responses, counted(ArcStep::Response));
        put(row, ArcColumn::ReAsks, counted(ArcStep::ReAsk));
        put(row, ArcColumn::Regenerates, counted(ArcStep::Regenerate));
        put(row, ArcColumn::Edits, counted(ArcStep::Edit));
        put(row, ArcColumn::Escalations, counted(ArcStep::Escalate));
        put(row, ArcColumn::Accepts, counted(ArcStep::Accept));
        return events;
    }

    void addTimes(const Merged& merged, const std::vector<const ArcPieceEvent*>& events, ArcValues& row)
    {
        const auto idle = static_cast<Nanos>(m_thresholds.idleMinutes * 60e9);
        Nanos start = noTime;
        Nanos end = noTime;
        Nanos active = 0;
        std::int64_t gaps = 0;
        for (const std::uint32_t index : merged.pieces) { // in time
            const PlacedPiece& piece = m_pieces[index];
            if (piece.start == noTime)
                continue;
            start = start == noTime ? piece.start : start;
            if (end != noTime && piece.start - end >= idle)
                ++gaps;
            const Nanos last = piece.end == noTime ? piece.start : piece.end;
            active += std::max<Nanos>(0, last - (end == noTime ? piece.start : std::max(end, piece.start)));
            end = end == noTime ? last : std::max(end, last);
        }
        // Within a stretch, between an answer and what follows.
        const ArcPieceEvent* before = nullptr;
        for (const ArcPieceEvent* event : events) {
            const bool follows = before && event->step != ArcStep::Response && before->step == ArcStep::Response &&
                                 traceOf(*event) == traceOf(*before);
            if (follows && event->place.time != noTime && before->place.time != noTime &&
                event->place.time - before->place.time >= idle)
                ++gaps;
            before = event;
        }
        put(row, ArcColumn::Start, start);
        put(row, ArcColumn::Duration, start == noTime ? -1 : end - start);
        put(row, ArcColumn::Active, start == noTime ? -1 : active);
        put(row, ArcColumn::IdleGaps, start == noTime ? -1 : gaps);
    }

    std::int64_t traceOf(const ArcPieceEvent& event) const
    {
        return m_corpus.spans.at(SpanColumn::Trace, event.place.row);
    }

    void addSums(const Merged& merged, ArcValues& row)
    {
        std::set<StringId> sessions;
        std::set<StringId> devices;
        std::set<std::int64_t> currencies;
        std::int64_t modelCalls = -1;
        std::int64_t toolCalls = -1;
        std::int64_t tokens = -1;
        std::int64_t cost = -1;
        std::int64_t frustration = 0;
        std::int64_t rescues = 0;
        bool computed = false;
        const auto sum = [](std::int64_t& all, std::int64_t part) {
            if (part >= 0)
                all = std::max<std::int64_t>(all, 0) + part;
        };
        for (const std::uint32_t index : merged.pieces) {
            const PlacedPiece& piece = m_pieces[index];
            if (piece.piece.labelsOnly)
                continue;
            sessions.insert(piece.session);
            devices.insert(deviceOf(index));
            const auto at = [&](TraceColumn column) { return m_corpus.traces.at(column, piece.trace); };
            sum(modelCalls, at(TraceColumn::ModelCalls));
            sum(toolCalls, at(TraceColumn::ToolCalls));
            sum(tokens, at(TraceColumn::Tokens));
            sum(cost, at(TraceColumn::Cost));
            if (at(TraceColumn::Cost) >= 0) {
                currencies.insert(at(TraceColumn::Currency));
            } else if (const std::int64_t priced = pricedCost(piece.trace); priced >= 0) {
                sum(cost, priced);
                currencies.insert(m_prices.currency.value);
                computed = true;
            }
            frustration += piece.piece.frustration;
            rescues += piece.piece.rescues;
        }
        const auto recorded = [](std::set<StringId>& ids) {
            ids.erase(StringId());
            return ids.empty() ? std::int64_t(-1) : static_cast<std::int64_t>(ids.size());
        };
        put(row, ArcColumn::Sessions, recorded(sessions));
        put(row, ArcColumn::Devices, recorded(devices));
        put(row, ArcColumn::ModelCalls, modelCalls);
        put(row, ArcColumn::ToolCalls, toolCalls);
        put(row, ArcColumn::Tokens, tokens);
        put(row, ArcColumn::Cost, currencies.size() > 1 ? -1 : cost);
        if (computed) {
            put(row, tagColumn(SpanText::Currency), m_prices.currency.value);
            put(row, tagColumn(SpanText::PriceTable), m_prices.version.value);
        }
        const bool talked = row[static_cast<std::size_t>(ArcColumn::Turns)] > 0;
        put(row, ArcColumn::FrustrationSignals, talked ? frustration : -1);
        put(row, ArcColumn::Rescues, modelCalls > 0 || toolCalls > 0 ? rescues : -1);
    }

    /// -1: none, or not of all of its calls.
    std::int64_t pricedCost(std::uint32_t trace) const
    {
        if (!m_prices.table)
            return -1;
        const Account found = account(m_corpus, m_corpus.rowsOf(trace), m_prices.table);
        return found.unpriced.empty() && found.statedCosts.empty() ? found.priced : -1;
    }

    void addTags(const Merged& merged, ArcValues& row)
    {
        m_tags.clear();
        for (const std::uint32_t index : merged.pieces)
            m_tags.add(m_pieces[index]);
        for (const SpanText tag : m_tags.recorded()) {
            std::int64_t& value = row[static_cast<std::size_t>(tagColumn(tag))];
            value = value != 0 ? value : m_tags.commonest(tag).value; // of costs that were computed
        }
    }

    void addVerdict(const Merged& merged, const std::vector<const ArcPieceEvent*>& events, ArcValues& row)
    {
        std::vector<const ArcLabel*> labels;
        const ArcEnd* end = nullptr;
        for (const std::uint32_t index : merged.pieces) {
            for (const ArcLabel& label : m_pieces[index].piece.labels)
                labels.push_back(&label);
            if (!m_pieces[index].piece.labelsOnly)
                end = &m_pieces[index].piece.end;
        }
        ArcVerdict verdict = verdictOfLabels(labels);
        // Of a ticket that somebody took over it is a person's work that it is solved.
        const bool ofTicket =
            labelScopeOf(std::string_view(verdict.rule).substr(verdict.rule.find(' ') + 1)) == LabelScope::Ticket;
        if (ofTicket && verdict.outcome == ArcOutcome::Succeeded &&
            row[static_cast<std::size_t>(ArcColumn::Escalations)] > 0) {
            verdict.outcome = ArcOutcome::Deferred;
            verdict.resolution = ArcResolution::ResolvedByHuman;
        }
        if (isNamedAuthor(verdict.author))
            verdict.rule += ", by " + verdict.author;
        if (verdict.source == ArcSource::None)
            verdict = verdictOfSteps(events, end ? *end : ArcEnd());
        Nanos resolved = noTime;
        if (verdict.resolution == ArcResolution::Resolved || verdict.resolution == ArcResolution::ResolvedByHuman)
            resolved = verdict.source == ArcSource::DataLabel ? lastAnswer(events) : verdict.time;
        if (const ArcReview* const review = reviewOf(merged)) {
            const ArcOutcome outcome = *review->outcome;
            if (outcome != verdict.outcome) {
                verdict.resolution = outcome == ArcOutcome::Succeeded  ? ArcResolution::Resolved
                                     : outcome == ArcOutcome::Declined ? ArcResolution::Declined
                                     : outcome == ArcOutcome::Failed   ? ArcResolution::Failed
                                                                       : ArcResolution::Unknown;
                resolved = outcome == ArcOutcome::Succeeded ? lastAnswer(events) : noTime;
            }
            verdict.outcome = outcome;
            verdict.source = ArcSource::Human;
            verdict.rule = "review";
        }
        const std::int64_t start = row[static_cast<std::size_t>(ArcColumn::Start)];
        put(row, ArcColumn::Outcome, static_cast<std::int64_t>(verdict.outcome));
        put(row, ArcColumn::OutcomeSource, static_cast<std::int64_t>(verdict.source));
        put(row, ArcColumn::OutcomeRule, text(verdict.rule).value);
        put(row, ArcColumn::OutcomeRow, verdict.row == noRow ? -1 : std::int64_t(verdict.row));
        put(row, ArcColumn::Resolution, static_cast<std::int64_t>(verdict.resolution));
        put(row, ArcColumn::ResolutionSource, static_cast<std::int64_t>(verdict.source));
        put(row, ArcColumn::Score, verdict.score);
        put(row, ArcColumn::Resolved,
            resolved == noTime || start == noTime || resolved < start ? -1 : resolved - start);
    }

    /// When a label was given says nothing of when the work was done.
    static Nanos lastAnswer(const std::vector<const ArcPieceEvent*>& events)
    {
        for (std::size_t i = events.size(); i-- > 0;) {
            if (events[i]->step == ArcStep::Response)
                return events[i]->place.time;
        }
        return noTime;
    }

    std::string goalOf(const Merged& merged) const
    {
        for (const std::uint32_t index : merged.pieces) {
            if (!m_pieces[index].piece.goal.empty())
                return m_pieces[index].piece.goal;
        }
        // Some benchmarks name a task by what is asked.
        const std::string_view task = m_corpus.strings[m_pieces[merged.pieces.front()].task];
        return std::count(task.begin(), task.end(), ' ') >= 2 ? quoted(task, maxArcGoal) : std::string();
    }

    const Corpus& m_corpus;
    const ArcDecisions& m_decisions;
    const Control& m_control;
    const ArcPrices& m_prices;
    const ArcThresholds m_thresholds;
    const std::vector<PlacedPiece> m_pieces;
    const std::vector<BaseArc> m_groups;
    ArcTags m_tags;
    std::vector<std::size_t> m_parent; ///< of groups that are one
    std::vector<Merged> m_merged;
    std::vector<std::uint32_t> m_mergedOf;
    std::unordered_map<std::string, const ArcReview*> m_reviews;
    std::unordered_map<std::uint32_t, StringId> m_devices;
    StringPool m_texts;
    TableWriter<ArcColumn, arcColumnCount> m_arcs;
    TableWriter<ArcSegmentColumn, static_cast<int>(ArcSegmentColumn::Count)> m_segments;
    TableWriter<ArcEventColumn, static_cast<int>(ArcEventColumn::Count)> m_events;
};

} // namespace

std::span<const SpanColumn> arcColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all{SpanColumn::Trace, SpanColumn::Kind, SpanColumn::Start, SpanColumn::Duration};
        for (int i = 0; i < spanTextCount; ++i)
            all.push_back(columnOf(static_cast<SpanText>(i)));
        return all;
    }();
    return columns;
}

Result<ArcCorpus> joinArcs(const Corpus& corpus, std::vector<ArcPiece> pieces, const ArcDecisions& decisions,
                           const DetectorSettings& settings, const Control& control, const ArcPrices& prices)
{
    return Joiner(corpus, std::move(pieces), decisions, settings, control, prices).join();
}

} // namespace arcscope
