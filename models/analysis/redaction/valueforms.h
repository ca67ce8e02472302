// Other ways in which people write a value: in capitals, with combining marks, a name by its parts.
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

} // namespace arcscope
