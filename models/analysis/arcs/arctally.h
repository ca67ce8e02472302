// Counting arcs into an ArcSummary, one after the other.
#pragma once

#include "arcblocks.h"
#include "arcsummary.h"

#include <limits>
#include <utility>

namespace arcscope
{

/// The columns that a tally reads.
inline constexpr auto tallyColumns = std::to_array<ArcColumn>({ArcColumn::Start,
                                                               ArcColumn::Outcome,
                                                               ArcColumn::OutcomeSource,
                                                               ArcColumn::Resolution,
                                                               ArcColumn::Resolved,
                                                               ArcColumn::Segments,
                                                               ArcColumn::FirstSegment,
                                                               ArcColumn::Sessions,
                                                               ArcColumn::Devices,
                                                               ArcColumn::Turns,
                                                               ArcColumn::Responses,
                                                               ArcColumn::ModelCalls,
                                                               ArcColumn::ToolCalls,
                                                               ArcColumn::ReAsks,
                                                               ArcColumn::Regenerates,
                                                               ArcColumn::Edits,
                                                               ArcColumn::Escalations,
                                                               ArcColumn::Accepts,
                                                               ArcColumn::FrustrationSignals,
                                                               ArcColumn::Rescues,
                                                               ArcColumn::Tokens,
                                                               ArcColumn::Cost,
                                                               ArcColumn::Stitches,
                                                               tagColumn(SpanText::User),
                                                               tagColumn(SpanText::Currency),
                                                               tagColumn(SpanText::PriceTable)});

/// The place of each column among them.
inline constexpr auto tallyPlaces = [] {
    std::array<std::uint8_t, static_cast<std::size_t>(arcColumnCount)> places{};
    for (std::size_t i = 0; i < tallyColumns.size(); ++i)
        places[static_cast<std::size_t>(tallyColumns[i])] = static_cast<std::uint8_t>(i);
    return places;
}();

/// What may happen in an arc, a bit each.
enum class ArcFlag : std::uint8_t {
    ReAsked,
    Regenerated,
    Edited,
    Escalated,
    Accepted,
    Frustrated,
    Rescued,
    Continued,
    SeveralSessions,
    SeveralDevices,
    SessionsRecorded,
    DevicesRecorded,
    Count,
};
inline constexpr std::size_t arcFlagCount = static_cast<std::size_t>(ArcFlag::Count);

/// A block of arcs, and what is found out about all of its arcs at once, which is faster than arc by arc.
struct TallyBlock {
    explicit TallyBlock(const ArcBlock<tallyColumns.size()>& block);

    const ArcBlock<tallyColumns.size()>& block;
    std::array<std::uint16_t, arcBlockRows> flags{};   ///< bits of ArcFlag
    std::array<std::uint16_t, arcBlockRows> endings{}; ///< endingOf() its outcome, source and resolution
    std::array<std::uint8_t, arcBlockRows> gaps{};     ///< 1: one of the counts of flags is not recorded

    const std::array<std::int64_t, arcBlockRows>& operator[](ArcColumn column) const
    {
        return block.values[tallyPlaces[static_cast<std::size_t>(column)]];
    }
};

/// Outcome, source and resolution as one number.
inline constexpr std::size_t endingCount = std::size_t{arcOutcomeCount} * arcSourceCount * arcResolutionCount;

/// What a tally notes by StringId to count different users and sessions; shared by tallies that end one after the
/// other.
class SeenIds
{
public:
    static constexpr std::int32_t noDay = std::numeric_limits<std::int32_t>::min();
    struct Note {
        std::uint32_t round = 0;
        std::uint32_t times = 0;
        std::int32_t day = noDay; ///< of the first time that has one
        bool returned = false;    ///< on another day
    };

    /// Forgets all.
    void clear() { ++m_round; }
    /// The first time since then that it is asked for. Apart from of(): four bytes an id, for the many ids of sessions.
    bool isNew(std::uint32_t id)
    {
        if (id >= m_seen.size())
            m_seen.resize(id + std::size_t{1} + id / 2);
        return std::exchange(m_seen[id], m_round) != m_round;
    }
    Note& of(std::uint32_t id)
    {
        if (id >= m_notes.size())
            m_notes.resize(id + std::size_t{1} + id / 2);
        if (m_notes[id].round != m_round)
            m_notes[id] = {m_round};
        return m_notes[id];
    }

private:
    std::vector<Note> m_notes;         ///< by id
    std::vector<std::uint32_t> m_seen; ///< the round, by id
    std::uint32_t m_round = 1;
};

class ArcTally
{
public:
    /// Makes room, so that nothing grows in steps.
    void expect(std::size_t arcs);
    /// Row `i` of the block.
    void add(const TallyBlock& block, std::size_t i);
    /// A session that the arc added last was in.
    void addSession(std::uint32_t session) { m_sessions.push_back(session); }
    /// Ends the counting.
    ArcSummary finish(SeenIds& seen);

private:
    struct Visit {
        std::uint32_t user;
        std::int32_t day;
    };
    void addCost(std::int64_t cost, StringId currency, bool computed, bool resolved);
    void addGaps(const TallyBlock& block, std::size_t i);
    void finishEndings();
    void finishFlags();
    void finishUsers(ArcEngagement& engagement, SeenIds& seen);

    ArcSummary m_summary;
    std::array<std::uint32_t, endingCount> m_endings{};
    std::vector<std::uint32_t> m_flags;               ///< arcs by their flags
    std::array<std::uint64_t, arcFlagCount> m_gaps{}; ///< arcs in which it is not recorded
    std::vector<std::int64_t> m_days;
    std::vector<Visit> m_visits;
    std::vector<std::uint32_t> m_sessions;
};

} // namespace arcscope
