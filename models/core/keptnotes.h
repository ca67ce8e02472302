// All that people wrote and decided about a corpus, apart from its traces.
#pragma once

#include "annotation.h"
#include "arcdecision.h"
#include "replaydecision.h"
#include "story.h"
#include "verdict.h"

#include <vector>

namespace arcscope
{

struct KeptNotes {
    std::vector<Annotation> annotations;
    std::vector<KeptVerdict> verdicts;
    ArcDecisions arcs;
    ReplayDecisions replays;
    Story story;

    bool empty() const { return *this == KeptNotes(); }
    bool operator==(const KeptNotes&) const = default;
};

struct NotesMerge {
    KeptNotes taken; ///< of what comes: new, or in the place of what has its id or key
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t kept = 0;   ///< what was there is newer, or the same
    bool storyKept = false; ///< there is another story already, which stays
};

/// Of two of one id or key the one that was changed last counts. Annotations that happen to have one id, made at
/// different times, are both kept, the later one with an id of its own.
NotesMerge mergeOf(const KeptNotes& there, const KeptNotes& coming);

} // namespace arcscope
