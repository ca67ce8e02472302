// What came out of a replay as bytes, to be kept.
#pragma once

#include "contentdigest.h"
#include "replaystep.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct ReplayRecord {
    ReplayPairing pairing;
    std::vector<ReplayVerdict> verdicts;
    std::uint64_t comparison = 0;          ///< comparisonOf()
    std::vector<DigestValue> contents{};   ///< by run: contentsOf()
    std::vector<std::uint64_t> anchored{}; ///< by verdict: anchoredBy()
};

std::string encodedReplay(const ReplayRecord& record);
/// Nothing where the bytes are damaged, or of another form. Numbers of runs and tasks are checked; how many sides there
/// are, traces and rows are the caller's to check.
std::optional<ReplayRecord> decodedReplay(std::string_view bytes);

} // namespace arcscope
