// Where the places that notes, links and stories name are in a corpus.
#pragma once

#include "spantable.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// Nothing of it where the corpus has no such place.
struct FoundPlace {
    std::optional<std::uint32_t> trace;
    Row row = noRow; ///< of a span

    bool operator==(const FoundPlace&) const = default;
};

/// One for each place, as placeOfTrace() and placeOfSpan() write them. One pass over the traces and one over the spans,
/// however many there are. Needs Trace, Flags and the columns of the ids.
std::vector<FoundPlace> findPlaces(const Corpus& corpus, std::span<const std::string> places);

} // namespace arcscope
