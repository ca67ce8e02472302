// Text that grows, as words and signs: what detectors that look for repeats count in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// A word, a sign, or a block. Bytes count from the first one fed.
struct TextToken {
    std::uint64_t word = 0;  ///< equal for equal text but for the case of ASCII letters (64-bit FNV-1a)
    std::uint64_t shape = 0; ///< equal, too, where only the digits differ: every run of digits counts as one #
    std::int64_t from = 0;
    std::int64_t to = 0;
    bool letters = false; ///< a word that is not of digits only

    bool operator==(const TextToken&) const = default;
};

/// The split: letters, digits, _ and what is no ASCII sign run together as words; characters of scripts without spaces
/// (Han, Kana, Hangul, Thai, Lao, Khmer, Myanmar) and all signs stand alone; white space separates. A fenced block (```
/// or ~~~ at the beginning of a line, to the fence that closes it) is one token without letters, and so is a row of a
/// table (a line that begins with |): what repeats within them is no repeat of the text. Indents and > of quotes may
/// stand before both. Pieces may end anywhere and change nothing. Bytes that are no UTF-8 count as letters. O(n).
class TokenSplitter
{
public:
    void feed(std::string_view piece, std::vector<TextToken>& tokens);
    /// Nothing more comes: gives the last token.
    void finish(std::vector<TextToken>& tokens);

private:
    enum class Line : std::uint8_t {
        Begin, ///< nothing but indent so far
        Ticks, ///< a run of ` or ~ behind it
        Text,
        Row,
        FenceRest, ///< behind the ticks that open or close a block
        Block,     ///< a line of a block that is no fence
    };

    void byte(char c, std::vector<TextToken>& tokens);
    void beginLine(char c, std::vector<TextToken>& tokens);
    void endTicks(std::vector<TextToken>& tokens);
    void text(char c, std::int64_t at, std::vector<TextToken>& tokens);
    void character(std::uint32_t code, std::int64_t from, std::vector<TextToken>& tokens);
    void endWord(std::vector<TextToken>& tokens);
    void endBlock(std::vector<TextToken>& tokens);

    Line m_line = Line::Begin;
    bool m_inFence = false;
    bool m_inBlock = false; ///< m_token is a block or a row
    char m_tick = 0;
    std::size_t m_ticks = 0;
    char m_fence = 0;
    std::size_t m_fenceTicks = 0;
    std::int64_t m_at = 0;
    std::int64_t m_ticksAt = 0;
    bool m_inWord = false;
    bool m_inDigits = false;
    TextToken m_token;
    std::uint32_t m_code = 0;
    std::uint8_t m_codeLeft = 0;
    std::int64_t m_codeAt = 0;
};

} // namespace arcscope
