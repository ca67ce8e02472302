// From one match of the filter to the next, in the order of the tree.
#pragma once

#include "spantable.h"

#include <optional>
#include <vector>

namespace arcscope
{

struct MatchStep {
    Row row = noRow;      ///< noRow: there is no match to go to
    bool wrapped = false; ///< went on from the other end
};

/// The match after `from` (before it, where `forward` is false), in the order of the tree and trace by trace; from
/// noRow the first or last one. `matches` are sorted. With `trace` no other trace is looked at. Needs Trace.
MatchStep stepToMatch(const Corpus& corpus, const std::vector<Row>& matches, std::optional<std::uint32_t> trace,
                      Row from, bool forward);

} // namespace arcscope
