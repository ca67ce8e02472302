// Other ways in which people write a value: in capitals, with combining marks, a name by its parts, a date in
// words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Letters of ASCII, Latin, Greek and Cyrillic in capitals, or small.
std::string inCapitals(std::string_view text);
std::string inSmallLetters(std::string_view text);

/// Letters of Latin with a mark as letter and combining mark (Unicode NFD), or the other way round (NFC).
std::string decomposed(std::string_view text);
std::string composed(std::string_view text);

/// The words of a name of two to four words that each begin with a capital: "Mia", "Wong". Titles and words such as
/// "Team" and "User" are left out. Nothing for any other text.
std::vector<std::string> partsOfName(std::string_view name);

/// A date as "1957-10-05" or "1957/10/05", or one that begins so, in the ways of English, American and German texts:
/// "October 5, 1957", "5 Oct 1957", "10/05/1957", "05.10.1957". Nothing for any other text.
std::vector<std::string> otherDates(std::string_view date);

} // namespace arcscope
