// Pieces of traces put together as tasks, sessions and traces say; and which of these may be one piece of work.
#pragma once

#include "arcdecision.h"
#include "arcpiece.h"
#include "arcsettings.h"
#include "control.h"

#include <vector>

namespace arcscope
{

/// A piece with what the corpus says of its trace.
struct PlacedPiece {
    ArcPiece piece;
    std::uint32_t trace = 0;
    Nanos start = noTime;
    Nanos end = noTime;
    StringId task;
    StringId session;
    StringId user;
    StringId device;

    /// The words of the first request that is not told from before; 0: none.
    std::uint64_t firstRequest() const;
};

/// Ordered by time, those without behind, then by trace. Pieces whose rows are not of the corpus are left out.
std::vector<PlacedPiece> placed(const Corpus& corpus, std::vector<ArcPiece> pieces);

/// An arc before anybody decided anything.
struct BaseArc {
    ArcUnit unit = ArcUnit::Trace;
    std::string
        key; ///< of that unit; no two groups have the same of both. Later trials do not change that of the first
    std::vector<std::uint32_t> pieces; ///< in time
    bool trial = false;                ///< one of several of a task
};

/// In the order of their first pieces.
std::vector<BaseArc> grouped(const Corpus& corpus, const std::vector<PlacedPiece>& pieces);

std::string keyOf(const BaseArc& group); ///< as arcKey()

struct GroupStitch {
    std::uint32_t earlier = 0;
    std::uint32_t later = 0;
    double score = 0;
    std::string reason;
    Row earlierRow = noRow;
    Row laterRow = noRow;
};

/// For each group at most the best earlier one: of the same user, with an id in both, words that are pasted again, or a
/// conversation that goes on. Groups of different tasks or users are never proposed, nor trials of one task.
std::vector<GroupStitch> proposals(const Corpus& corpus, const std::vector<PlacedPiece>& pieces,
                                   const std::vector<BaseArc>& groups, const ArcThresholds& thresholds,
                                   const Control& control);

} // namespace arcscope
