// Tool calls as rows with bars: which rows are seen, where bars, joins and retries lie, and what is under a point.
#pragma once

#include "foldedaxis.h"
#include "ticks.h"
#include "timelinelayout.h"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace arcscope
{

/// What is known of a row besides its times.
enum class LaneFlag : std::uint16_t {
    Owner = 1u << 0, ///< who started the calls below it; the others are calls
    Agent = 1u << 1,
    Failed = 1u << 2,
    Cancelled = 1u << 3,
    NotRun = 1u << 4,
    Unknown = 1u << 5, ///< how it went is not recorded
    Unpaired = 1u << 6,
    Late = 1u << 7,   ///< ended after its results were joined
    Retry = 1u << 8,  ///< an attempt before it failed
    Repeat = 1u << 9, ///< an earlier one is the same and did not fail
    Wasted = 1u << 10,
    Untold = 1u << 11,  ///< it failed, and what was handed on does not say so
    OpenEnd = 1u << 12, ///< no end is recorded
};

class LaneFlags
{
public:
    constexpr bool has(LaneFlag flag) const { return (m_bits & static_cast<std::uint16_t>(flag)) != 0; }
    constexpr void set(LaneFlag flag, bool on = true)
    {
        if (on)
            m_bits = static_cast<std::uint16_t>(m_bits | static_cast<std::uint16_t>(flag));
    }
    /// Worth a look: any flag but those that only say what it is.
    constexpr bool problem() const
    {
        constexpr auto plain =
            static_cast<std::uint16_t>(LaneFlag::Owner) | static_cast<std::uint16_t>(LaneFlag::Agent) |
            static_cast<std::uint16_t>(LaneFlag::Unknown) | static_cast<std::uint16_t>(LaneFlag::OpenEnd);
        return (m_bits & ~plain) != 0;
    }
    constexpr bool operator==(const LaneFlags&) const = default;

private:
    std::uint16_t m_bits = 0;
};

struct LaneRow {
    static constexpr std::uint32_t none = ~std::uint32_t(0);

    std::uint32_t parent = none;
    std::uint32_t depth = 0;
    std::uint32_t end = 0; ///< behind the last row below it
    LaneFlags flags;
    Nanos asked = noTime;            ///< of a call: when it was asked for
    TimeRange own;                   ///< of an owner: of its own span; not recorded: none
    TimeRange run;                   ///< of an owner: of its calls; not recorded: none
    Nanos given = noTime;            ///< of a call: when the first was given its result
    Nanos joined = noTime;           ///< of an owner: when its calls were joined
    Nanos attemptEnd = noTime;       ///< of a retry: when the attempt before it ended
    Nanos calledOff = noTime;        ///< of one that was cancelled: when
    TimeRange wasted;                ///< part of its run
    std::uint32_t firstCritical = 0; ///< slice of CallLanes::critical
    std::uint32_t criticals = 0;
};

/// All rows in pre-order, with times or, where none are recorded, in steps of orderStep.
struct CallLanes {
    std::vector<LaneRow> rows;
    std::vector<TimeRange> critical; ///< stretches of the critical path, row by row
    TimeRange bounds;                ///< of the whole trace
    TimeRange calls;                 ///< from the first to the last of all rows; not recorded: none has a time
    bool ordinal = false;
};

/// Fills LaneRow::end from parents, and CallLanes::calls.
void closeRows(CallLanes& lanes);
/// Puts the rows one after the other, a step each, owners around what is below them; forgets all times.
void placeByOrder(CallLanes& lanes);

/// Which rows are seen, from top to bottom: all but those below a collapsed one and those that are filtered out.
class CallRows
{
public:
    CallRows() = default;
    /// All rows of `lanes`, which must live as long; nothing is collapsed.
    explicit CallRows(const CallLanes& lanes);

    bool collapsed(std::uint32_t row) const { return m_collapsed[row]; }
    /// O(rows). What was collapsed below stays so.
    void setCollapsed(std::uint32_t row, bool collapsed);
    /// Of all rows at once.
    void setCollapsed(std::vector<bool> collapsed);
    /// Only these, and what they are below of; empty: all.
    void setKept(std::vector<bool> kept);
    bool kept(std::uint32_t row) const { return m_kept.empty() || m_kept[row]; }

    std::span<const std::uint32_t> visible() const { return m_visible; }
    std::size_t size() const { return m_visible.size(); }
    /// Its place among the visible rows; nothing where it is not seen. O(log rows).
    std::optional<std::uint32_t> place(std::uint32_t row) const;
    /// The last place below an owner or call that is a direct child of it; nothing where none is seen.
    std::optional<std::uint32_t> lastChild(std::uint32_t place) const;

private:
    void build();

    const CallLanes* m_lanes = nullptr;
    std::vector<bool> m_collapsed;
    std::vector<bool> m_kept;
    std::vector<std::uint32_t> m_visible;
    std::vector<std::uint32_t> m_lastChild; ///< by place; 0: none
};

/// What is seen, in device pixels.
struct CallViewport {
    TimeRange range;
    int width = 0;
    int height = 0;
    int rowHeight = 20;
    int scroll = 0;
    bool critical = false; ///< the critical path is shown
    int tickSpacing = 110;
    /// Of a pause of the rows in sight that is folded; 0: nothing is folded, and all of the range is seen, and no more.
    int fold = 0;
};

/// In the order in which they are painted.
enum class LanePart : std::uint8_t {
    Own,       ///< the span of an owner
    Scope,     ///< from the first start to the last end of the calls of an owner
    Folded,    ///< the calls below a collapsed owner, as one
    Between,   ///< no times of its own: between being asked for and its result being given
    Asked,     ///< a moment: asked for, nothing more is known
    Idle,      ///< from the end of a call to the join
    Retry,     ///< from the end of the attempt before to the start
    Wait,      ///< from being asked for to the start
    Run,       ///< start to end
    CalledOff, ///< of a run: after it was cancelled
    Late,      ///< of a run: behind the join
    Wasted,    ///< of a run: after the failure that decided
    Critical,  ///< of a run: on the critical path; a line at its bottom
    Join,      ///< from the owner down to its last call, where the results came together; not of narrow scopes
};

struct LanePiece {
    Rect rect;
    LanePart part = LanePart::Run;
    std::uint32_t row = 0;
    bool cutLeft = false; ///< goes on outside of the picture
    bool cutRight = false;
};

struct CallScene {
    CallViewport viewport;
    std::uint32_t firstPlace = 0; ///< of the rows that are seen, also in part
    std::uint32_t places = 0;
    std::vector<LanePiece> pieces; ///< by part
    FoldedAxis axis;
    TickScale ticks;
    std::size_t touched = 0; ///< rows that were looked at: the cost, for tests
};

/// Which places are seen: from, and behind the last.
std::pair<std::uint32_t, std::uint32_t> placesIn(const CallRows& rows, const CallViewport& viewport);

/// Where times lie. Where pauses are folded it begins and ends a little outside of what happens in the rows in sight
/// within the range; agents that are there all the time may reach beyond.
FoldedAxis laneAxis(const CallLanes& lanes, const CallRows& rows, const CallViewport& viewport);

/// Cost grows with the rows on the screen, what they lie in, and the calls of collapsed owners among them.
CallScene layOut(const CallLanes& lanes, const CallRows& rows, const CallViewport& viewport);

struct CallHit {
    std::uint32_t row = LaneRow::none;
    std::optional<LanePart> part; ///< nothing: beside all that is drawn of it
};
CallHit hitTest(const CallLanes& lanes, const CallRows& rows, const CallViewport& viewport, int x, int y,
                int reach = 2);

/// The time of a row and what belongs to it: from being asked for, or from its owner, to the join; not recorded: none.
TimeRange storyOf(const CallLanes& lanes, std::uint32_t row);
/// Of all rows together.
int contentHeight(const CallRows& rows, const CallViewport& viewport);
/// The next row behind (or before) `row` that is kept and worth a look, going around; none: LaneRow::none.
std::uint32_t nextProblem(const CallLanes& lanes, const CallRows& rows, std::uint32_t row, bool forward);

} // namespace arcscope
