// Numbers of driving licences, passports and identity cards: no common form, so only behind a word that says so.
#include "recognizer.h"
#include "scantext.h"

namespace arcscope
{
namespace
{

bool isNumber(std::string_view word)
{
    std::size_t digits = 0;
    for (const char c : word)
        digits += isAsciiDigit(c) ? 1 : 0;
    return word.size() >= 6 && word.size() <= 20 && digits >= 4 && 2 * digits >= word.size();
}

void findNumbers(std::string_view text, std::vector<SensitiveRange>& found)
{
    constexpr std::size_t reach = 45;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!isAsciiDigit(text[at]) && !isAsciiLetter(text[at]))
            continue;
        std::size_t to = at;
        while (to < text.size() && (isAsciiWord(text[to]) || (text[to] == '-' && isAsciiDigit(byteAt(text, to + 1)))))
            ++to;
        if (!isUtf8Byte(byteBefore(text, at)) && isNumber(text.substr(at, to - at)) &&
            anyWordBefore(text, at, reach,
                          {"driver's license", "drivers license", "driver license",  "driver’s license",
                           "driver's licence", "drivers licence", "driving licence", "driving license",
                           "dl number",        "license number",  "licence number",  "passport",
                           "passport number",  "passport no",     "identity card",   "id card",
                           "führerschein",     "reisepass",       "personalausweis", "pasaporte",
                           "passeport"}))
            found.push_back({at, to});
        at = to;
    }
}

} // namespace

Recognizer licenceNumbers()
{
    return {"licence", "numbers of licences and passports", "a word before it", true, findNumbers};
}

} // namespace arcscope
