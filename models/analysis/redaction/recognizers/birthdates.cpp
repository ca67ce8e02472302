// Dates of birth: a date by itself may be any day, so only behind a word that says so.
#include "recognizer.h"
#include "scantext.h"
#include "writtendates.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

/// No "birthday": that is a day of every year.
constexpr auto words =
    std::to_array<std::string_view>({"birthdate", "birth", "born", "dob", "d.o.b.", "d.o.b", "geburtsdatum", "geboren",
                                     "geb.", "née", "né", "naissance", "nacimiento", "nacido", "nacida"});

/// The bytes of such a word that begins at a place.
std::size_t wordAt(std::string_view text, std::size_t at)
{
    constexpr std::string_view heads = "bdgnBDGN";
    if (heads.find(text[at]) == std::string_view::npos)
        return 0;
    const char before = byteBefore(text, at);
    const bool joined =
        before == '_' || (text[at] == 'B' && before >= 'a' && before <= 'z'); // "date_of_birth", "dateOfBirth"
    if (!joined && (isAsciiWord(before) || isUtf8Byte(before)))
        return 0;
    for (const std::string_view word : words) {
        const char next = byteAt(text, at + word.size());
        if (lowered(text.substr(at, word.size())) == word && !isAsciiLetter(next) && !isUtf8Byte(next))
            return word.size();
    }
    return 0;
}

/// What may stand between: "born in Lima on", "birth (DD/MM/YYYY):".
bool mayPass(std::string_view word)
{
    constexpr auto small = std::to_array<std::string_view>({"on", "is", "was", "in", "at", "the", "date", "of", "am",
                                                            "ist", "den", "in", "le", "el", "à", "en", "a", "me"});
    const char first = word.front();
    return (first >= 'A' && first <= 'Z') || isUtf8Byte(first) ||
           std::find(small.begin(), small.end(), word) != small.end();
}

void findBirths(std::string_view text, std::vector<SensitiveRange>& found)
{
    constexpr std::size_t reach = 48;
    constexpr std::string_view between = " \t:=-,\"'()*_|>\\/";
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t length = wordAt(text, at);
        if (length == 0)
            continue;
        at += length;
        for (const std::size_t end = std::min(at + reach, text.size()); at < end;) {
            const WrittenDate date = dateAt(text, at);
            if (!date.meanings.empty()) {
                found.push_back({at, at + date.bytes});
                at += date.bytes;
                break;
            }
            if (between.find(text[at]) != std::string_view::npos) {
                ++at;
                continue;
            }
            std::size_t to = at;
            while (to < text.size() && (isAsciiLetter(text[to]) || isUtf8Byte(text[to])))
                ++to;
            if (to == at || !mayPass(text.substr(at, to - at)))
                break;
            at = to;
        }
        --at;
    }
}

} // namespace

Recognizer birthDates()
{
    return {"birth", "dates of birth", "a word before it", true, findBirths};
}

} // namespace arcscope
