// Statements of two texts that cannot both hold, with the rule that says so and what speaks for it.
#pragma once

#include "pairguards.h"
#include "pairrule.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct RuleMatch {
    const PairRule* rule = nullptr;
    RuleHit hit;
};

/// Where the two texts are of.
enum class PairOrigin : std::uint8_t {
    Apart,   ///< two runs, calls or authors that say the same: every difference counts
    OneText, ///< one response or conversation: what is said there is mostly of different things
};

/// Compares claims; keeps its memory from pair to pair.
class PairComparer
{
public:
    /// The rules that fire, the surest first. Within one text, values that differ are findings, other differences
    /// hints, and there is nothing where a guard stops them. O(words).
    const std::vector<RuleMatch>& compare(const ClaimSentence& a, const ClaimSentence& b,
                                          PairOrigin origin = PairOrigin::Apart);
    /// Of the last pair.
    const WordAlignment& alignment() const { return m_words; }

private:
    WordAlignment m_words;
    std::vector<RuleMatch> m_matches;
};

struct ByteRange {
    std::int64_t from = 0;
    std::int64_t to = 0;

    bool operator==(const ByteRange&) const = default;
};

struct Contradiction {
    /// A value that differs.
    struct Slot {
        ValueType type = ValueType::Cardinal;
        std::string unit;
        std::string a; ///< normalised
        std::string b;
    };
    struct Guard {
        std::string_view name;
        std::string_view title;
        bool stops = false;
    };

    const PairRule* rule = nullptr;
    PairTier tier = PairTier::CheckThis;
    double strength = 0;                      ///< 0 to 1
    std::vector<std::string_view> otherRules; ///< that fire for the same two sentences
    ByteRange a;                              ///< the sentences, in their texts
    ByteRange b;
    ByteRange differsA; ///< what differs in them
    ByteRange differsB;
    std::optional<Slot> slot;
    std::vector<std::pair<ByteRange, ByteRange>> aligned; ///< words that stand for each other
    std::vector<Guard> guards;                            ///< all of them; apart, they only say what to look at
    double coverageA = 0; ///< share of the content words that the other sentence has, too
    double coverageB = 0;
    std::string why; ///< why it is no other wording of the same, in one sentence
};

/// All that is to be told of a pair for which these rules fired; `words` is its alignment.
Contradiction contradictionOf(std::string_view textA, const ClaimSentence& a, std::string_view textB,
                              const ClaimSentence& b, const WordAlignment& words, std::span<const RuleMatch> matches);

struct Contradictions {
    std::vector<Contradiction> found; ///< the surest first
    std::size_t sentencesA = 0;
    std::size_t sentencesB = 0;
    std::size_t pairs = 0; ///< that were compared
};

/// Compares each sentence of one text with the (at most five) sentences of the other that have most words in common.
Contradictions findContradictions(std::string_view a, std::string_view b, PairOrigin origin = PairOrigin::Apart);
/// Compares the sentences of one text with each other.
Contradictions findContradictionsWithin(std::string_view text);

} // namespace arcscope
