// Signs in a text that it was cut off: each by name, with the byte that shows it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class CutSign : std::uint8_t {
    OpenFence,       ///< a block of code that nothing closes
    OpenJson,        ///< the text is the beginning of a JSON document
    CutCharacter,    ///< the last UTF-8 sequence is not whole
    OpenBracket,     ///< no bracket closes the last one that opens, in the last paragraph
    OpenEmphasis,    ///< ** without its other half, in the last line
    OpenQuote,       ///< no quote closes the last one that opens, in the last paragraph
    OpenRow,         ///< the last row of a table does not end
    EmptyListMarker, ///< the last line is the mark of a list item or heading, or an indent below one, and nothing else
    DanglingWord,    ///< the last word needs another: "the", "and" …
    DanglingPunctuation, ///< the last sign needs something behind it: a comma, a colon, a dash …
    CutWord,             ///< the last word is the beginning of an earlier one and no word of the text by itself
    NoTerminator,        ///< the last sentence does not end
};

std::string_view name(CutSign sign); ///< "open code block", …

struct TruncationCue {
    CutSign sign = CutSign::NoTerminator;
    std::int64_t byte = 0; ///< what is open, or where the last word or sign begins

    bool operator==(const TruncationCue&) const = default;
};

/// The signs that a text which ends an answer was cut off; none: it may be whole. For English prose in Markdown; of
/// other languages only brackets, quotes, blocks and terminators (also 。！？ and those of other scripts) say
/// something. A text that a tool call or more text follows may end anyhow ("Let me look:") and is not for this.
///
/// No sign: up to three words that do not begin with one like "the" or "since", what ends in a closed bracket, quote,
/// emphasis or code, a link, an emoji, a row of a table, a rule, a short item of a list whose other items have no full
/// stop either, a short line of such lines, a signature, or a word of capitals on a line of its own. O(n).
std::vector<TruncationCue> truncationCues(std::string_view text);

} // namespace arcscope
