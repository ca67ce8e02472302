// Invented task arcs of any number: the same for a seed everywhere.
#pragma once

#include "arctable.h"

namespace arcscope::bench
{

struct GeneratedArcs {
    ArcCorpus arcs;
    StringTable strings; ///< of the corpus: tags, users, sessions
};

/// Arcs over 90 days: users of whom few have most, four plans, a model that another replaces at half time, prompt
/// versions, costs with a long tail of which some are not recorded and some in another currency, outcomes that depend
/// on plan, model and turns, one to three stretches each. Needs 300 bytes an arc.
GeneratedArcs generateArcs(std::uint32_t count, std::uint64_t seed);

} // namespace arcscope::bench
