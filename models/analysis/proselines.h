// Lines, words and ends of sentences in Markdown, as detectors that read prose need them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope::prose
{

bool isSpace(char c);    ///< ASCII white space
bool isWordByte(char c); ///< a letter or digit of ASCII, _, or any byte of another character
std::string_view trimmed(std::string_view text);
std::string lower(std::string_view text); ///< of ASCII letters
std::vector<std::string_view> linesOf(std::string_view text);
std::size_t wordCount(std::string_view text); ///< runs of word bytes
/// Whether a list of words parted by single spaces has the word. O(list).
bool isListed(std::string_view words, std::string_view word);

/// A word, in lower case, after which English goes on: "the", "and", "would" …
bool isDangling(std::string_view word);
/// The size of the mark of a list item or heading at the beginning of `line`, which has no indent; 0: none.
std::size_t markerSize(std::string_view line);
/// --- and the like.
bool isRule(std::string_view line);
/// `text` without brackets, quotes and emphasis that close at its end: they surround a sentence and are no part of it.
std::string_view withoutClosers(std::string_view text);
/// The last UTF-8 character, or what is left of it; empty of an empty text.
std::string_view lastCharacter(std::string_view text);
/// Ends a sentence in some script; or is a symbol (arrows, emoji, dingbats), behind which people write no full stop.
bool isTerminator(std::string_view character);

} // namespace arcscope::prose
