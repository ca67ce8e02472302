// The compensation ledger: what kept a run from failing, each rescue as one row, and how many runs needed none.
#pragma once

#include "detector.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class RescueKind : std::uint8_t {
    Retry,      ///< made again after an error
    OtherModel, ///< another model answered than was asked for
    JsonRepair, ///< what was no JSON was made to be some
    Reused,     ///< an earlier result stood in
    Default,    ///< a standard value stood in
    Fallback,   ///< another way was taken, as the source says
};
inline constexpr int rescueKindCount = 6;

std::string_view
name(RescueKind kind); ///< "retry", "other model", "JSON repair", "reused result", "default", "fallback"

struct Rescue {
    RescueKind kind = RescueKind::Retry;
    bool measured = false; ///< the source says so; else it is inferred from what is recorded
    std::string cause;     ///< in the words of the source; empty: not recorded
    FindingPlace place;
    Row output = noRow; ///< the answer that it helped to make; noRow: none followed
    bool told = false;  ///< an error is recorded for it, or the answer speaks of it
};

/// In the order of time. Reads the content of every span.
std::vector<Rescue> rescuesOf(TraceReading& trace);

/// Whether two names are of one model: "gpt-4o" and "openai/gpt-4o-2024-08-06".
bool isSameModel(std::string_view requested, std::string_view served);

/// Whether another model answered than the one that was asked for; not where what was asked for is no name of a model,
/// or an alias of the one that answered.
bool isOtherModel(std::string_view requested, std::string_view served);

/// Counts over traces, and over the tasks that they are runs of.
struct RescueCounts {
    std::array<std::size_t, rescueKindCount> measured{};
    std::array<std::size_t, rescueKindCount> inferred{};
    std::size_t traces = 0;
    std::size_t cleanTraces = 0; ///< no rescue is recorded or inferred
    std::size_t tasks = 0;       ///< that are named
    std::size_t cleanTasks = 0;  ///< all of their traces are clean
};

/// `rescued`: of each trace the rescues, by its index.
RescueCounts countsOf(const Corpus& corpus, const std::vector<std::vector<Rescue>>& rescued);

} // namespace arcscope
