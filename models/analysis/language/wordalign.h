// Which word of a sentence stands for which word of another one.
#pragma once

#include "claimsentence.h"

#include <cstdint>
#include <vector>

namespace arcscope
{

/// One to one; reused from pair to pair it needs no memory of its own.
struct WordAlignment {
    std::vector<std::int16_t> toB; ///< for each token of a the one of b; -1: none
    std::vector<std::int16_t> toA;
    double coverageA = 0; ///< share of the content words of a that stand in b, too
    double coverageB = 0;

    double least() const { return coverageA < coverageB ? coverageA : coverageB; }
    double most() const { return coverageA < coverageB ? coverageB : coverageA; }
    double mean() const { return (coverageA + coverageB) / 2; }
};

/// Equal base forms and values first, each with the nearest to the diagonal; then content words that are synonyms or
/// begin with the same five letters, of the first 32 that are left on either side. O(words).
void alignWords(const ClaimSentence& a, const ClaimSentence& b, WordAlignment& alignment);

} // namespace arcscope
