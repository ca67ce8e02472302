// How the compiled lexicon lies in memory: written by compilelexicon.cpp, read by lexicon.cpp.
#pragma once

#include <cstddef>
#include <cstdint>

namespace arcscope::lexiconform
{

inline constexpr std::uint32_t magic = 0x33584c41; ///< "ALX3"
inline constexpr std::size_t partCount = 4;        ///< noun, verb, adjective, adverb

/// A synset's number in WordNet is its byte in a file of its part of speech, below 2^30.
constexpr std::uint32_t synsetId(std::size_t part, std::uint32_t offset)
{
    return static_cast<std::uint32_t>(part) << 30 | offset;
}
constexpr std::size_t partOfSynset(std::uint32_t id)
{
    return id >> 30;
}

/// Behind the magic number: for each of these a count of numbers (32 bits, little endian) and the numbers. Then the
/// bytes of all words.
enum class Section : std::size_t {
    WordStarts,   ///< into the bytes, sorted by word; one more for the end
    SenseStarts,  ///< into Senses; one more for the end
    Senses,       ///< synset ids, by part of speech, the most frequent first
    FormStarts,   ///< of irregular forms, sorted; one more for the end
    FormLemmas,   ///< number of their word
    Antonyms,     ///< pairs of words, sorted, each in both directions
    Heads,        ///< pairs: synset of a satellite adjective and of its head, sorted
    HeadAntonyms, ///< pairs of heads, sorted, each in both directions
    Hypernyms,    ///< pairs: synset of a noun and of what it is a kind of, sorted
    Ranks,        ///< pairs: word and its rank by frequency from 1, of words that were counted, sorted
    Wholes,       ///< pairs: synset of a place and of one that it is a part of, sorted
    Count,
};

} // namespace arcscope::lexiconform
