// A sentence as words, numbers, identifiers and signs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class WordKind : std::uint8_t {
    Word,
    Number,     ///< begins with a digit: "41", "1,200.5", "2024-05-15", "15:30", "3rd", "20ms", "1970s"
    Identifier, ///< an address, a path, code in backticks, or a word with digits or signs within: "HATZ12", "main.cpp"
    Sign,
};

struct SentenceWord {
    std::uint32_t from = 0; ///< bytes of the sentence
    std::uint32_t to = 0;
    WordKind kind = WordKind::Word;
    bool capital = false; ///< begins with one
    bool glued = false;   ///< no white space stands before it
    /// ASCII letters in lower case, ' for all apostrophes, - for all dashes; a contraction is two words ("can't" is
    /// "can" and "not"), a possessive or "'re" is left out, "e.g." is "eg". Of code what stands between the backticks.
    std::string lower;
};

/// The words of a sentence. Bytes that are no UTF-8 count as letters. O(n).
std::vector<SentenceWord> sentenceWords(std::string_view sentence);

} // namespace arcscope
