// How much two requests are about the same: words aligned both ways, each with the weight of its rarity.
#pragma once

#include "claimsentence.h"
#include "turnacts.h"

#include <cstdint>
#include <span>
#include <vector>

namespace arcscope
{

/// A content word or value of a text.
struct WeighedWord {
    const WordFacts* word = nullptr; ///< none of values
    std::uint64_t key = 0;           ///< equal for equal base forms, and for equal values
    double weight = 1;               ///< 0 to 1: Lexicon::rarity; of values, and of words that the lexicon lacks, 1
    TextRange range;                 ///< in its text
};

/// Appends the content words of a claim. Of more than mostWeighedWords in all, the first are taken.
void weighWords(const ClaimSentence& claim, std::vector<WeighedWord>& into);
inline constexpr std::size_t mostWeighedWords = 64;

struct WordSimilarity {
    double value = 0; ///< 0 to 1
    /// For each word of a and of b the one of the other that is closest, and how close it is.
    struct Best {
        std::size_t other = 0;
        double score = 0; ///< 0: none is close
    };
    std::vector<Best> ofA;
    std::vector<Best> ofB;
};

/// The mean of both directions of the weighed mean of best matches (as aligners of one language do; Sultan, Bethard and
/// Sumner 2014). One word has with another: equal base forms 1; synonyms, a common stem or a slip of the pen 0.85.
/// WordNet stands in for the word vectors that others use, which the program does not have: it does not see that "log
/// in" and "password" are near. O(words of a × words of b).
WordSimilarity similarityOf(std::span<const WeighedWord> a, std::span<const WeighedWord> b);

/// How close two words are, 0 to 1.
double closeness(const WeighedWord& a, const WeighedWord& b);

} // namespace arcscope
