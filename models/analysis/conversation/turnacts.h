// What a turn of an English conversation does: pushes back, gives in, corrects itself, thanks, asks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Words in lower case with one space before, between and behind them; signs are left out, ' stands for all
/// apostrophes. At most the first `most` bytes are read.
std::string plainWords(std::string_view text, std::size_t most = 4'096);

/// What a phrase says.
enum class TurnCue : std::uint8_t {
    PushBack,   ///< "are you sure", "that's wrong": doubt or contradiction
    Concession, ///< "you're right", "I stand corrected": what the other one said holds
    Correction, ///< "I made a mistake", "on reflection": what I said does not hold
    Closing,    ///< "thanks", "that's all", "goodbye"
    Acceptance, ///< "yes please", "sounds good", "go ahead"
    NoAnswer,   ///< "I don't know", "I don't have it"
    Another,    ///< "another", "again", "instead", "still": what follows is asked anew with reason
    Trouble,    ///< "couldn't find", "invalid", "error": why something is asked again
    GoAhead,    ///< "shall I proceed", "anything else", "do you confirm": asked again and again with reason
    Reason,     ///< "because", "according to", "the documentation says": gives a reason or a source
};

/// The phrase of that kind in plain words; empty: none. Of several the first in the text.
std::string_view cueIn(std::string_view plain, TurnCue cue);

/// The cue with which a sentence of an assistant takes back what was said: a phrase of Correction or Concession, or
/// "actually" or "correction" as its first word.
std::string_view correctionIn(std::string_view plain);

/// Bytes of a text.
struct TextRange {
    std::size_t from = 0;
    std::size_t to = 0;

    std::string_view of(std::string_view text) const { return text.substr(from, to - from); }
};

/// Sentences of prose, of the first 16 KB of a text.
std::vector<TextRange> proseSentences(std::string_view text);
inline constexpr std::size_t mostOfTurn = 16'384;

/// Sentences that end in a question mark, and those that ask for something ("Please provide …").
std::vector<TextRange> questionsIn(std::string_view text);

/// Whether a user's turn says nothing but thanks, a closing or an acceptance.
bool isCourtesy(std::string_view text);

} // namespace arcscope
