// Hardware addresses (EUI-48): six pairs of hexadecimal digits with one kind of separator.
#include "recognizer.h"
#include "scantext.h"

namespace arcscope
{
namespace
{

constexpr bool isHex(char c)
{
    return isAsciiDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::size_t addressEnd(std::string_view text, std::size_t at)
{
    const char separator = byteAt(text, at + 2);
    if (separator != ':' && separator != '-')
        return 0;
    for (int pair = 0; pair < 6; ++pair, at += 2) {
        if (pair > 0 && byteAt(text, at++) != separator)
            return 0;
        if (!isHex(byteAt(text, at)) || !isHex(byteAt(text, at + 1)))
            return 0;
    }
    const char after = byteAt(text, at);
    return isAsciiWord(after) || after == separator ? 0 : at;
}

void findAddresses(std::string_view text, std::vector<SensitiveRange>& found)
{
    constexpr std::size_t length = 17;
    for (std::size_t at = 0; at + length <= text.size(); ++at) {
        const char before = byteBefore(text, at);
        if (!isHex(text[at]) || isAsciiWord(before) || before == ':' || before == '-')
            continue;
        const std::size_t to = addressEnd(text, at);
        if (to == 0)
            continue;
        const std::string_view address = text.substr(at, length);
        if (address.find_first_not_of("0:-") != std::string_view::npos)
            found.push_back({at, to});
        at = to - 1;
    }
}

} // namespace

Recognizer hardwareAddresses()
{
    return {"mac", "hardware addresses", "six pairs, one separator", true, findAddresses};
}

} // namespace arcscope
