// What a stream adds up to: what was shown and taken back, how drafts did, how fast text came.
#pragma once

#include "streammodel.h"

#include <cstdint>
#include <optional>

namespace arcscope
{

/// Bytes are of text as it was shown, whatever became of it; tokens only where the source counts them.
struct StreamFigures {
    std::uint64_t chunks = 0; ///< events that brought text
    std::uint64_t shownBytes = 0;
    std::uint64_t withdrawnBytes = 0;
    std::uint64_t retractions = 0;
    Nanos longestExposure = noTime; ///< of a retraction whose times are recorded

    std::uint64_t drafts = 0;
    std::uint64_t settledDrafts = 0; ///< accepted in part, whole, or not at all
    std::int64_t draftTokens = -1;   ///< of drafts whose acceptance is counted in tokens; -1: none is
    std::int64_t acceptedTokens = -1;
    std::uint64_t draftBytes = 0; ///< of settled drafts
    std::uint64_t acceptedBytes = 0;

    /// Sum over what was withdrawn of its bytes times the seconds it stood there; nothing where a time is not recorded.
    std::optional<double> byteSeconds;

    /// Share of drafted tokens that were accepted, of bytes where tokens are not counted; nothing without drafts.
    std::optional<double> acceptance() const;
    /// Tokens accepted of a settled draft on average; nothing where they are not counted.
    std::optional<double> meanAcceptedTokens() const;
    /// Bytes withdrawn of 1,000 that were shown; nothing where none were shown.
    std::optional<double> withdrawnPerThousand() const;
};

StreamFigures figuresOf(const StreamModel& model);

} // namespace arcscope
