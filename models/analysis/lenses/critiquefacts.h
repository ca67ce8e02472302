// Loops of critique as facts of a trace, so that a corpus can be summed up without its texts.
#pragma once

#include "critiqueloops.h"

#include <span>
#include <vector>

namespace arcscope
{

inline constexpr std::string_view critiqueDetector = "critique";

/// One fact a loop, and one for each critique and revision in it.
std::vector<TraceFact> critiqueFacts(const std::vector<CritiqueLoop>& loops);

/// The loops of a corpus again, in the order of their drafts: rounds with critique, revision and share changed, tokens,
/// cost and time. Draft and forms of later rounds are not kept. Needs the column Trace.
std::vector<CritiqueLoop> critiqueLoopsIn(const Corpus& corpus, std::span<const TraceFact> facts);

} // namespace arcscope
