#include "packedbytes.h"

#include "jsonescape.h"
#include "scantext.h"
#include "textnotations.h"

#include <cstdint>
#include <vector>

namespace arcscope
{
namespace
{

constexpr std::string_view pngSignature{"\x89PNG\r\n\x1a\n", 8};
constexpr std::string_view jpegSignature{"\xff\xd8\xff", 3};
constexpr std::size_t signatureLooked = 4;

using Visit = std::function<void(std::string_view)>;

std::size_t numberAt(std::string_view bytes, std::size_t at, std::size_t count, bool lowFirst = false)
{
    std::size_t number = 0;
    for (std::size_t i = 0; i < count; ++i)
        number = number << 8 | static_cast<unsigned char>(byteAt(bytes, lowFirst ? at + count - 1 - i : at + i));
    return number;
}

/// Texts between bytes that are none, in one byte or two for a character.
void eachText(std::string_view bytes, const Visit& visit)
{
    visit(bytes);
    if (bytes.find('\0') == std::string_view::npos)
        return;
    std::string narrow;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = wideAt(bytes, at, narrow);
        if (length == 0)
            narrow += bytes[at];
        at += std::max<std::size_t>(length, 1);
    }
    visit(narrow);
}

/// Bytes of Latin-1 as UTF-8; UTF-8 stays what it is.
void eachLatin(std::string_view bytes, const Visit& visit)
{
    visit(bytes);
    if (std::none_of(bytes.begin(), bytes.end(), isUtf8Byte))
        return;
    std::string text;
    for (const char c : bytes)
        appendUtf8(text, static_cast<unsigned char>(c));
    visit(text);
}

/// What stands behind the keyword of a text chunk; `skipped`: further texts that end with zero.
std::string_view behindKeyword(std::string_view chunk, std::size_t bytes, int skipped)
{
    std::size_t at = chunk.find('\0');
    if (at == std::string_view::npos || at + 1 + bytes > chunk.size())
        return {};
    chunk.remove_prefix(at + 1 + bytes);
    for (; skipped > 0; --skipped) {
        at = chunk.find('\0');
        if (at == std::string_view::npos)
            return {};
        chunk.remove_prefix(at + 1);
    }
    return chunk;
}

void pngTexts(std::string_view bytes, const UnpackBytes& unpack, const Visit& visit)
{
    for (std::size_t at = pngSignature.size(); at + 12 <= bytes.size();) {
        const std::size_t length = numberAt(bytes, at, 4);
        const std::string_view type = bytes.substr(at + 4, 4);
        const std::string_view chunk = bytes.substr(at + 8, length);
        at += 12 + length;
        const auto unpacked = [&](std::string_view packed) {
            if (const auto plain = unpack ? unpack(packed) : std::nullopt)
                eachLatin(*plain, visit);
        };
        if (type == "IDAT" || type == "fdAT" || type == "IHDR" || type == "PLTE" || type == "IEND")
            continue;
        if (type == "tEXt") {
            eachLatin(chunk, visit);
        } else if (type == "zTXt") {
            visit(chunk.substr(0, chunk.find('\0')));
            unpacked(behindKeyword(chunk, 1, 0));
        } else if (type == "iTXt") {
            visit(chunk);
            if (byteAt(chunk, chunk.find('\0') + 1) == '\x01')
                unpacked(behindKeyword(chunk, 2, 2));
            else
                visit(behindKeyword(chunk, 2, 2));
        } else {
            eachText(chunk, visit);
        }
    }
}

void jpegTexts(std::string_view bytes, const Visit& visit)
{
    constexpr unsigned char scan = 0xda;
    constexpr unsigned char comment = 0xfe;
    constexpr unsigned char application = 0xe0;
    for (std::size_t at = 2; at + 4 <= bytes.size() && bytes[at] == '\xff';) {
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xff) {
            ++at;
            continue;
        }
        if (marker == scan)
            break;
        const std::size_t length = std::max<std::size_t>(numberAt(bytes, at + 2, 2), 2);
        if (marker == comment || (marker & 0xf0) == application)
            eachText(bytes.substr(at + 4, length - 2), visit);
        at += 2 + length;
    }
}

void webpTexts(std::string_view bytes, const Visit& visit)
{
    for (std::size_t at = 12; at + 8 <= bytes.size();) {
        const std::size_t length = numberAt(bytes, at + 4, 4, true);
        const std::string_view type = bytes.substr(at, 4);
        if (type == "EXIF" || type == "XMP ")
            eachText(bytes.substr(at + 8, length), visit);
        at += 8 + length + length % 2;
    }
}

void eachPacked(std::string_view bytes, const UnpackBytes& unpack, const Visit& visit)
{
    const auto plain = [&](std::string_view packed) {
        if (const auto all = unpack(packed); all && !all->empty())
            visit(*all);
    };
    constexpr std::string_view member{"PK\x03\x04", 4};
    if (!bytes.starts_with(member))
        plain(bytes);
    for (std::size_t at = bytes.starts_with(member) ? 0 : bytes.npos; at != bytes.npos; at = bytes.find(member, at + 1))
        plain(bytes.substr(at));
}

std::string bytesBehind(const std::vector<std::uint8_t>& digits, int bitsEach, std::size_t from, std::size_t most)
{
    std::string bytes;
    std::uint32_t bits = 0;
    int held = 0;
    for (std::size_t i = from; i < digits.size() && bytes.size() < most; ++i) {
        bits = bits << bitsEach | digits[i];
        held += bitsEach;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>(bits >> held & 0xFF);
        }
    }
    return bytes;
}

/// Digits and where they stand.
struct Digits {
    std::vector<std::uint8_t> values;
    std::vector<std::size_t> places;
    std::vector<std::size_t> begins; ///< of lines
};

/// From a place on; line breaks inside are passed over.
template <typename Value>
Digits digitsAt(std::string_view text, std::size_t at, Value value)
{
    Digits digits;
    while (at < text.size() && value(text[at]) >= 0) {
        digits.begins.push_back(digits.values.size());
        for (; at < text.size() && value(text[at]) >= 0; ++at) {
            digits.values.push_back(static_cast<std::uint8_t>(value(text[at])));
            digits.places.push_back(at);
        }
        while (at < text.size() && (text[at] == '\n' || text[at] == '\r'))
            ++at;
    }
    return digits;
}

using VisitHeld = std::function<void(std::string_view held, std::size_t from, std::size_t to)>;

/// Where the digits or one of their lines begin, or a few digits later, behind a word that they are glued to.
void heldIn(Digits digits, int bitsEach, const UnpackBytes& unpack, const VisitHeld& visit)
{
    for (std::size_t phase = 1; phase < (bitsEach == 6 ? 4U : 2U); ++phase)
        digits.begins.push_back(phase);
    for (const std::size_t from : digits.begins) {
        if (beginsHolding(bytesBehind(digits.values, bitsEach, from, signatureLooked)))
            eachHeld(bytesBehind(digits.values, bitsEach, from, digits.values.size()), unpack,
                     [&](std::string_view held) { visit(held, digits.places[from], digits.places.back() + 1); });
    }
}

} // namespace

bool beginsHolding(std::string_view bytes)
{
    return beginsPacked(bytes) || bytes.starts_with(pngSignature.substr(0, signatureLooked)) ||
           bytes.starts_with(jpegSignature) || bytes.starts_with("RIFF");
}

bool mayHidePacked(std::string_view text)
{
    constexpr auto begins = std::to_array<std::string_view>({"H4sI",  "KLUv", "eJ",    "eNo",  "eAE",  "eF4",  "UEsDB",
                                                             "iVBOR", "9j",   "UklGR", "1f8b", "1F8B", "28b5", "28B5",
                                                             "78",    "504b", "504B",  "8950", "ffd8", "FFD8"});
    return text.find_first_of("\\%&") != text.npos &&
           std::any_of(begins.begin(), begins.end(), [&](auto begin) { return text.find(begin) != text.npos; });
}

void eachHeld(std::string_view bytes, const UnpackBytes& unpack, const Visit& visit)
{
    if (bytes.starts_with(pngSignature))
        pngTexts(bytes, unpack, visit);
    else if (bytes.starts_with(jpegSignature))
        jpegTexts(bytes, visit);
    else if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"))
        webpTexts(bytes, visit);
    else if (unpack && beginsPacked(bytes))
        eachPacked(bytes, unpack, visit);
}

void eachHeldInDigits(std::string_view text, const UnpackBytes& unpack, const VisitHeld& visit)
{
    constexpr std::size_t shortest = 24;
    for (DigitRun run = nextDigits(text, 0, shortest); run.to > run.from;) {
        Digits digits = digitsAt(text, run.from, base64Value);
        const std::size_t end = digits.places.back() + 1;
        heldIn(std::move(digits), 6, unpack, visit);
        for (std::size_t at = run.from; at < run.to; ++at) {
            const std::size_t from = at;
            while (at < run.to && hexValue(text[at]) >= 0)
                ++at;
            if (at - from >= shortest)
                heldIn(digitsAt(text, from, hexValue), 4, unpack, visit);
        }
        run = nextDigits(text, end, shortest);
    }
}

} // namespace arcscope
