// A replay in sentences: what the figures let one say, and what they do not.
#pragma once

#include "replaysummary.h"

#include <string>
#include <vector>

namespace arcscope
{

struct ReplaySentence {
    std::string_view
        kind; ///< "power", "done", "score", "declined", "noise", "agreement", "gained_by_declining", "cost", …
    Evidence evidence = Evidence::None;
    std::string text;
};

/// What could have been seen first, then the result, then what qualifies it. Whole sentences with their counts.
std::vector<ReplaySentence> replayWords(const ReplaySummary& summary);

} // namespace arcscope
