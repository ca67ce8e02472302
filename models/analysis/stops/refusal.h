// Whether an answer declines: a small linear model over the words it begins with.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace arcscope
{

/// The places of a feature vector: hashed words, pairs and triples of words, and a few signs behind them.
inline constexpr std::size_t refusalWords = 4'096;
inline constexpr std::size_t refusalSigns = 12;
inline constexpr std::size_t refusalFeatureCount = refusalWords + refusalSigns;

/// What of a text says whether it declines, as places with values: the words of its first 60 words as n-grams of up to
/// three, of length 1 together; and whether the first sentences say that they cannot, how many do, whether it begins to
/// comply, whether it is a long list, and whether it declines and says little else.
using RefusalFeatures = std::vector<std::pair<std::uint32_t, float>>;
RefusalFeatures refusalFeatures(std::string_view text);

/// A trained model: the sign of a feature times its weight, all summed, says how likely it is that the text declines.
struct RefusalModel {
    std::vector<float> weights; ///< refusalFeatureCount
    float bias = 0;

    double probability(const RefusalFeatures& features) const;
};

/// The model that comes with the program. Trained on the answers of XSTest (Röttger et al. 2024, CC BY 4.0) by
/// tests/evaluations/eval_refusals.
const RefusalModel& refusalModel();

/// From here on a text counts as a refusal.
inline constexpr double refusalThreshold = 0.5;

struct RefusalJudgement {
    double probability = 0;
    std::int64_t from = 0; ///< bytes of the sentence that says so most clearly; both 0: none does
    std::int64_t to = 0;

    bool declines() const { return probability >= refusalThreshold; }
};

/// Of English; other languages give next to 0. O(n).
RefusalJudgement judgeRefusal(std::string_view text);

} // namespace arcscope
