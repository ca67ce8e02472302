// The ribbon of a task arc: where its stretches, pauses, steps and end lie, and what is under a point. All arithmetic.
#pragma once

#include "arctable.h"
#include "timelinelayout.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace arcscope
{

/// What the width of a ribbon is.
enum class RibbonScale : std::uint8_t {
    Time,   ///< everything to scale
    Folded, ///< as Time, long pauses cut to one width
    Turns,  ///< every step the same width, whatever time it took
};

struct RibbonStretch {
    TimeRange time; ///< not recorded: no time; no end: empty at its start
    std::uint32_t trace = 0;
    std::uint32_t session = 0; ///< StringId of the corpus
    std::uint32_t device = 0;  ///< StringId of the corpus
    ArcJoin join = ArcJoin::First;
    std::uint32_t row = 0; ///< of the table of stretches
    std::uint32_t firstStep = 0;
    std::uint32_t steps = 0;
};

struct RibbonStep {
    ArcStep step = ArcStep::Request;
    ArcSource source = ArcSource::None;
    Nanos time = noTime;
    std::uint32_t stretch = 0; ///< of ArcRibbon::stretches
    std::uint32_t event = 0;   ///< row of the table of events
};

/// What is drawn of an arc, read out of the tables once.
struct ArcRibbon {
    std::uint32_t arc = 0;
    ArcOutcome outcome = ArcOutcome::Unknown;
    ArcSource outcomeSource = ArcSource::None;
    std::vector<RibbonStretch> stretches;
    std::vector<RibbonStep> steps;
    bool timed = false; ///< a stretch or step has a time
    /// When something changed that the arc may have met, ascending; those within its time are placed.
    std::vector<Nanos> changes;

    /// From the first to the last of them; not recorded: none has a time.
    TimeRange time() const;
};

/// Steps between the stretches and events of the arc.
ArcRibbon ribbonOf(const ArcCorpus& arcs, std::uint32_t arc);

/// What somebody does about an answer, other than going on or being content: it is worth a look.
constexpr bool isTrouble(ArcStep step)
{
    return step == ArcStep::ReAsk || step == ArcStep::Regenerate || step == ArcStep::Edit || step == ArcStep::Escalate;
}

/// What is seen, in pixels.
struct RibbonViewport {
    RibbonScale scale = RibbonScale::Folded;
    int width = 0;
    int laneHeight = 20;
    int laneGap = 8;  ///< between lanes
    int bendRoom = 5; ///< above each band
    int step = 10;    ///< side of the sign of a step
    int fold = 14;    ///< width of a folded pause
    int slot = 16;    ///< RibbonScale::Turns: of a step, where there is room
    int margin = 6;   ///< left and right of everything; the end has its own room
};

/// In the order in which they are painted.
enum class RibbonPart : std::uint8_t {
    Stretch,  ///< in one session on one device
    Pause,    ///< between stretches, or while nobody did anything; to scale
    Fold,     ///< a pause that is not to scale
    Work,     ///< from a user's step to the answer
    Handover, ///< to another session or device
    Stitch,   ///< a proposed one: to the band of another lane, or to the edge where that is not shown
    Bend,     ///< from a step back to what it takes up again
    Change,   ///< of ArcRibbon::changes; not on an axis of steps
    Step,
    Block, ///< steps too close to each other to be drawn
    End,   ///< the outcome
};

struct RibbonPiece {
    static constexpr std::uint32_t none = ~std::uint32_t(0);

    RibbonPart part = RibbonPart::Stretch;
    Rect rect;
    std::uint32_t lane = 0;
    std::uint32_t first = none; ///< a step, a change, or of Stretch, Pause, Fold and Handover a stretch: the one before
    std::uint32_t count = 1;    ///< Block: steps in it
    ArcStep step = ArcStep::Request;
    ArcSource source = ArcSource::None;
    bool trouble = false;     ///< Block: one of its steps is
    bool untimed = false;     ///< Step: it has no time, and lies between those beside it
    bool otherDevice = false; ///< Handover: not only another session
    bool later = false;       ///< Stitch: the arc goes on there; else it began there
    std::uint32_t to = none;  ///< Bend: the step that it leads to; Stitch: the stitch, by its place in the list
    Nanos length = -1;        ///< Pause, Fold, Work: nanoseconds; -1: not recorded
    int room = 0;             ///< Step, Block: pixels to the next of them, for a label
};

/// A stitch that is proposed between the first ribbon and another.
struct RibbonLink {
    std::uint32_t stitch = 0;               ///< by its place in ArcCorpus::stitches
    std::uint32_t lane = RibbonPiece::none; ///< of the other ribbon; none: it is not shown
    bool later = false;                     ///< the other comes later
};

struct RibbonScene {
    RibbonViewport viewport;
    bool ordinal = false;            ///< order only: asked for, or no time is recorded
    std::vector<RibbonPiece> pieces; ///< by part
    int height = 0;
    std::size_t touched = 0; ///< steps and stretches that were looked at: the cost, for tests
};

/// Ribbons below each other on one axis: the first is the arc, others are those that it may be stitched to. A pause is
/// folded where it is longer than a quarter of the time in which something happened, and than ten seconds.
RibbonScene layOut(std::span<const ArcRibbon> ribbons, std::span<const RibbonLink> links,
                   const RibbonViewport& viewport);
RibbonScene layOut(const ArcRibbon& ribbon, std::span<const RibbonLink> links, const RibbonViewport& viewport);

/// The width with which every step has the room of a slot.
int wantedWidth(std::span<const ArcRibbon> ribbons, const RibbonViewport& viewport);

/// The piece at a point, what was painted last first; nothing within `reach` pixels: null.
const RibbonPiece* hitTest(const RibbonScene& scene, int x, int y, int reach = 2);
/// The step or block that has this step; null where it is not drawn.
const RibbonPiece* pieceOf(const RibbonScene& scene, std::uint32_t lane, std::uint32_t step);

/// What a step takes up again: of a request that is asked again the last request, else the last answer; none: nothing.
std::uint32_t takenUp(const ArcRibbon& ribbon, std::uint32_t step);

} // namespace arcscope
