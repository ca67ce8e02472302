// English words: their base forms, what they can stand for, and their opposites, from WordNet 3.0 (Miller 1995).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace arcscope
{

namespace lexiconform
{
enum class Section : std::size_t;
}

/// A word of the lexicon; the order is that of the alphabet.
using WordId = std::uint32_t;

/// Bits of 64 each that say quickly what cannot be: relations hold only where those named have one in common.
struct WordBits {
    std::uint64_t meanings = 0; ///< of both: areSynonyms
    std::uint64_t itself = 0;   ///< with `opposites` of the other: areOpposite
    std::uint64_t opposites = 0;
    std::uint64_t kinds = 0; ///< of both: areSiblings
};

/// Reads a table that lies in the program: nothing is loaded, and it is safe to share between threads. Words are in
/// lower case.
class Lexicon
{
public:
    std::optional<WordId> find(std::string_view word) const;
    std::string_view text(WordId word) const;

    /// The base form: "went" to "go", "flights" to "flight", "stopped" to "stop". A word that is none of any other is
    /// its own, also where the lexicon does not know it. O(log words).
    std::string baseForm(std::string_view word) const;

    /// Opposites as WordNet links them, or adjectives whose nearest heads are: "hot" and "icy".
    bool areOpposite(WordId a, WordId b) const;
    /// Both stand in one synset of their two most frequent senses of a part of speech.
    bool areSynonyms(WordId a, WordId b) const;
    /// Nouns of which two frequent senses are kinds of the same thing, and none is a kind of the other.
    bool areSiblings(WordId a, WordId b) const;
    /// One of them is a kind of the other, in at most four steps.
    bool isKindOf(WordId narrow, WordId wide) const;
    /// Names of one place, or the first is of a place within the second: "frankfurt" and "germany". Names of several
    /// words are found with _ between them: "new_york".
    bool isPlaceWithin(WordId part, WordId whole) const;

    WordBits bits(WordId word) const;

    /// How rare a word is: the logarithm of its rank by frequency over that of the last one that was counted; 1 where
    /// none was. WordNet counts the tagged senses of its concordance texts (Miller et al. 1993).
    double rarity(WordId word) const;

    bool isNoun(WordId word) const { return hasPart(word, 0); }
    bool isVerb(WordId word) const { return hasPart(word, 1); }
    bool isAdjective(WordId word) const { return hasPart(word, 2); }

private:
    friend const Lexicon& lexicon();
    explicit Lexicon(std::span<const unsigned char> table);

    using Numbers = std::span<const std::uint32_t>;
    bool hasPart(WordId word, std::size_t part) const;
    Numbers senses(WordId word) const;
    Numbers section(lexiconform::Section which) const { return m_sections[static_cast<std::size_t>(which)]; }
    static bool leadsTo(Numbers pairs, std::uint32_t synset, Numbers targets, int steps);
    std::string_view between(Numbers starts, std::size_t index) const;
    std::string strippedForm(std::string_view word) const;
    bool isWordOfPart(std::string_view word, std::size_t part) const;

    Numbers m_sections[11];
    std::string_view m_bytes;
};

const Lexicon& lexicon();

/// Names of one place, or of one and of another that it lies in, in lower case: "new york" and "america".
bool nameOnePlace(std::string a, std::string b);

} // namespace arcscope
