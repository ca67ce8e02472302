// A turn as a person speaks it: its sentences of prose as words and claims, without what programs put there.
#pragma once

#include "claimsentence.h"
#include "conversation.h"
#include "turnacts.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct SpokenSentence {
    TextRange range;   ///< of the turn's text
    std::string plain; ///< plainWords()
    ClaimSentence claim;
    bool question = false;
};

struct SpokenTurn {
    std::size_t at = 0; ///< position in the thread
    const Turn* turn = nullptr;
    std::vector<SpokenSentence> sentences; ///< at most mostSpokenSentences
    std::string plain;                     ///< of all sentences
    std::size_t words = 0;                 ///< that are no signs
    bool english = false;                  ///< most words are known, and so are enough of the small ones
    bool document = false; ///< longer than what is typed into a conversation, or of headings, tables and code

    std::string_view text() const { return turn->text; }
};

inline constexpr std::size_t mostSpokenBytes = 4'096; ///< of a turn that are read
inline constexpr std::size_t mostSpokenSentences = 40;

/// Blocks in tags, as programs put them into turns of users ("<system-reminder>…</system-reminder>"), are left out, and
/// so are whole turns that a program wrote. What it returns lives no longer than the reader. O(bytes read).
class SpokenTurnReader
{
public:
    SpokenTurn read(const Turn& turn, std::size_t at);
    /// The last mostSpokenBytes of it.
    SpokenTurn readEnd(const Turn& turn, std::size_t at);

private:
    SpokenTurn readFrom(const Turn& turn, std::size_t at, std::size_t begin);

    ClaimReader m_reader;
};

/// Where the phrases stand in a text: whole words, whatever their case, with any white space between.
std::vector<TextRange> placesOf(std::string_view text, std::string_view phrase);

/// Whether plain words have the phrase (words with one space between), as whole words.
bool hasPhrase(std::string_view plain, std::string_view phrase);

/// The first of the phrases, separated by "|", that stands in plain words; empty: none. Of several the first in the
/// text.
std::string_view phraseIn(std::string_view plain, std::string_view phrases);

} // namespace arcscope
