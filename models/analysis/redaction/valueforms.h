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

/// Letters of Latin without their marks, and those that have no mark as people write them in ASCII: "Łódź" as "Lodz".
std::string withoutMarks(std::string_view text);

/// A number with its country's code before a separator, as it is dialled at home: "+49 171 5557788" as "0171 5557788".
/// Nothing for any other number.
std::string nationalNumber(std::string_view phone);

/// The words of a name of two to four words that each begin with a capital: "Mia", "Wong". Titles and words such as
/// "Team" and "User" are left out. Nothing for any other text.
std::vector<std::string> partsOfName(std::string_view name);

/// A name of several words as ids, folders and addresses have it: "mia-wong", "mia_wong", "mia.wong", "miawong",
/// "MiaWong", "mia wong". Nothing for any other text.
std::vector<std::string> joinedNames(std::string_view name);

/// All ways to write a value of a kind that are looked for; itself first. `exact`: cases differ.
std::vector<std::string> writtenForms(std::string_view value, std::string_view kind, bool exact);

} // namespace arcscope
