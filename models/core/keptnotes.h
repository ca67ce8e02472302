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

} // namespace arcscope
