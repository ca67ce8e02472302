// Where the time to first token has become longer: each version of a model or prompt, and each hour, against the one
// before.
#pragma once

#include "streamgroups.h"

#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// A change counts where it is both hardly by chance and large enough to matter.
struct TtftRules {
    double p = 0.01;        ///< one-sided, adjusted for all comparisons that are made
    double ratio = 1.15;    ///< by which the time has grown at least
    std::size_t least = 20; ///< streams on a side below which nothing is said
};

enum class TtftVerdict : std::uint8_t { Slower, NoEvidence, TooFew };
std::string_view name(TtftVerdict verdict); ///< "slower", "no evidence", "too few"

struct TtftComparison {
    StreamGrouping by = StreamGrouping::Model; ///< what differs: Model, Prompt or Hour
    std::string before;                        ///< as groupStreams() names it
    std::string after;
    /// What both sides have in common, as text: the model, the endpoint, about how much input, how the time is known.
    std::string cohort;
    std::vector<std::uint32_t> baseline; ///< indices of StreamSamples::all
    std::vector<std::uint32_t> current;
    double baselineMedian = 0; ///< seconds
    double currentMedian = 0;
    double ratio = 1; ///< Hodges and Lehmann, of logarithms; 95 % interval. This and p only where there are enough
    double ratioLow = 1;
    double ratioHigh = 1;
    double p = 1; ///< Mann and Whitney, one-sided
    double adjusted = 1;
    TtftVerdict verdict = TtftVerdict::TooFew;
};

/// Compared are streams of one cohort only: of one model (its name without date where models are compared), provider,
/// service, prompt, size of input (five classes) and source of the time. Versions follow each other in the order in
/// which they were first used; two versions of a model have the same name but for a date or number of a build behind
/// it. By strength, what cannot be said last.
std::vector<TtftComparison> ttftRegressions(const StreamSamples& samples, const StringTable& strings,
                                            const std::vector<Row>* rows = nullptr, const TtftRules& rules = {});

/// A model's name without the date or build behind it: "gpt-4o-2024-08-06" and "gpt-4o-latest" are "gpt-4o".
std::string_view modelFamily(std::string_view model);

} // namespace arcscope
