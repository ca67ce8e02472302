#include "decodedtext.h"

#include "jsonescape.h"
#include "scantext.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace arcscope
{
namespace
{

using Visit = std::function<void(const DecodedText&)>;

struct Into {
    DecodedText text;
    bool changed = false;

    void add(char byte, std::size_t from, std::size_t to)
    {
        text.bytes += byte;
        text.from.push_back(from);
        text.to.push_back(to);
    }
    void add(std::string_view bytes, std::size_t from, std::size_t to)
    {
        for (const char c : bytes)
            add(c, from, to);
    }
    void reserve(std::size_t count)
    {
        text.bytes.reserve(count);
        text.from.reserve(count);
        text.to.reserve(count);
    }
};

int hexNumber(std::string_view digits)
{
    int value = 0;
    for (const char c : digits) {
        if (hexValue(c) < 0)
            return -1;
        value = value * 16 + hexValue(c);
    }
    return digits.empty() ? -1 : value;
}

/// "\n", "\"", "\u0041", "\x41": length of the escape, 0 for none.
std::size_t escapeAt(std::string_view text, std::size_t at, std::string& bytes)
{
    if (text[at] != '\\' || at + 1 >= text.size())
        return 0;
    const char c = text[at + 1];
    constexpr std::string_view letters = "ntrbf\"\\/'";
    constexpr std::string_view meanings = "\n\t\r\b\f\"\\/'";
    if (const std::size_t known = letters.find(c); known != std::string_view::npos) {
        bytes = meanings[known];
        return 2;
    }
    if (c == 'x' && at + 4 <= text.size()) {
        const int value = hexNumber(text.substr(at + 2, 2));
        if (value >= 0)
            bytes = static_cast<char>(value);
        return value >= 0 ? 4 : 0;
    }
    if ((c != 'u' && c != 'U') || at + 6 > text.size())
        return 0;
    int code = hexNumber(text.substr(at + 2, 4));
    if (code < 0)
        return 0;
    std::size_t length = 6;
    if (isHighSurrogate(static_cast<std::uint32_t>(code)) && text.substr(at + 6).starts_with("\\u")) {
        const int low = hexNumber(text.substr(at + 8, 4));
        if (low >= 0 && isLowSurrogate(static_cast<std::uint32_t>(low))) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            length = 12;
        }
    }
    appendUtf8(bytes, static_cast<std::uint32_t>(code));
    return length;
}

std::size_t percentAt(std::string_view text, std::size_t at, std::string& bytes)
{
    if (text[at] != '%' || at + 3 > text.size())
        return 0;
    const int value = hexNumber(text.substr(at + 1, 2));
    if (value < 0)
        return 0;
    bytes = static_cast<char>(value);
    return 3;
}

/// Quoted-printable would be "=41"; character references "&#64;", "&#x40;", "&amp;".
std::size_t referenceAt(std::string_view text, std::size_t at, std::string& bytes)
{
    constexpr std::size_t longest = 12;
    if (text[at] != '&')
        return 0;
    const std::size_t end = text.substr(at, longest).find(';');
    if (end == std::string_view::npos || end < 3)
        return 0;
    const std::string_view name = text.substr(at + 1, end - 1);
    if (name.front() == '#') {
        const bool hex = name.size() > 2 && lowerAscii(name[1]) == 'x';
        const std::string_view digits = name.substr(hex ? 2 : 1);
        std::uint32_t code = 0;
        const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
        if (error != std::errc() || last != digits.data() + digits.size() || code >= 0x110000)
            return 0;
        appendUtf8(bytes, code);
        return end + 1;
    }
    struct Name {
        std::string_view name;
        char byte;
    };
    static constexpr auto names = std::to_array<Name>({
        {"amp", '&'},    {"lt", '<'},    {"gt", '>'},     {"quot", '"'},     {"apos", '\''},  {"commat", '@'},
        {"period", '.'}, {"colon", ':'}, {"sol", '/'},    {"plus", '+'},     {"lowbar", '_'}, {"num", '#'},
        {"equals", '='}, {"excl", '!'},  {"percnt", '%'}, {"dollar", '$'},   {"comma", ','},  {"nbsp", ' '},
        {"hyphen", '-'}, {"dash", '-'},  {"Tab", '\t'},   {"NewLine", '\n'}, {"lpar", '('},   {"rpar", ')'},
        {"semi", ';'},   {"quest", '?'}, {"ast", '*'},    {"bsol", '\\'},    {"grave", '`'},  {"Hat", '^'},
    });
    for (const Name& known : names) {
        if (known.name == name) {
            bytes = known.byte;
            return end + 1;
        }
    }
    return 0;
}

using Step = std::size_t (*)(std::string_view text, std::size_t at, std::string& bytes);

void readBy(std::string_view text, std::string_view triggers, Step step, const char* way, const Visit& visit)
{
    if (text.find_first_of(triggers) == std::string_view::npos)
        return;
    Into into;
    into.text.way = way;
    into.text.whole = true;
    into.reserve(text.size());
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        bytes.clear();
        const std::size_t length = step(text, at, bytes);
        if (length == 0) {
            into.add(text[at], at, at + 1);
            ++at;
        } else {
            into.add(bytes, at, at + length);
            at += length;
            into.changed = true;
        }
    }
    if (into.changed)
        visit(into.text);
}

std::size_t urlStep(std::string_view text, std::size_t at, std::string& bytes)
{
    if (text[at] == '+') {
        bytes = ' ';
        return 1;
    }
    return percentAt(text, at, bytes);
}

constexpr int base64Value(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

/// Digits of a run and where they stand; line breaks inside are passed over.
struct Run {
    std::vector<int> values;
    std::vector<std::size_t> places;
};

template <typename Value>
void eachRun(std::string_view text, std::size_t shortest, Value value, const std::function<void(const Run&)>& visit)
{
    for (std::size_t at = 0; at < text.size();) {
        if (value(text[at]) < 0) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && value(text[end]) >= 0)
            ++end;
        if (end - at < shortest) {
            at = end;
            continue;
        }
        Run run;
        for (std::size_t line = at; line < text.size();) {
            for (; line < text.size() && value(text[line]) >= 0; ++line) {
                run.values.push_back(value(text[line]));
                run.places.push_back(line);
            }
            std::size_t next = line;
            while (next < text.size() && (text[next] == '\n' || text[next] == '\r'))
                ++next;
            if (next == line || next >= text.size() || value(text[next]) < 0)
                break;
            line = next;
        }
        visit(run);
        at = run.places.back() + 1;
    }
}

void readBase64(std::string_view text, std::size_t shortest, const Visit& visit)
{
    eachRun(text, shortest, base64Value, [&](const Run& run) {
        for (std::size_t phase = 0; phase < 4; ++phase) {
            Into into;
            into.text.way = "base64";
            into.reserve(run.values.size());
            std::uint32_t bits = 0;
            int held = 0;
            for (std::size_t i = phase; i < run.values.size(); ++i) {
                bits = bits << 6 | static_cast<std::uint32_t>(run.values[i]);
                held += 6;
                if (held < 8)
                    continue;
                held -= 8;
                into.add(static_cast<char>(bits >> held & 0xFF), run.places[i - 1], run.places[i] + 1);
            }
            if (!into.text.bytes.empty())
                visit(into.text);
        }
    });
}

void readHex(std::string_view text, std::size_t shortest, const Visit& visit)
{
    eachRun(text, shortest, hexValue, [&](const Run& run) {
        for (std::size_t phase = 0; phase < 2; ++phase) {
            Into into;
            into.text.way = "hexadecimal";
            into.reserve(run.values.size() / 2);
            for (std::size_t i = phase; i + 1 < run.values.size(); i += 2)
                into.add(static_cast<char>(run.values[i] << 4 | run.values[i + 1]), run.places[i],
                         run.places[i + 1] + 1);
            if (!into.text.bytes.empty())
                visit(into.text);
        }
    });
}

/// ASCII in two bytes each: without its zeros.
void readWide(std::string_view text, const Visit& visit)
{
    if (text.find('\0') == std::string_view::npos)
        return;
    Into into;
    into.text.way = "UTF-16";
    into.text.whole = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\0')
            into.add(text[i], i, i + 1);
    }
    if (!into.text.bytes.empty())
        visit(into.text);
}

/// Eight bytes of text in a row: what is hidden in what is hidden is text itself.
bool hasText(std::string_view bytes)
{
    int row = 0;
    for (const char c : bytes) {
        if (c == '\0') // UTF-16
            continue;
        row = c >= ' ' && c < '\x7f' ? row + 1 : 0;
        if (row == 8)
            return true;
    }
    return false;
}

} // namespace

void eachDecoding(std::string_view text, int depth, std::size_t shortestRun, const Visit& visit)
{
    if (depth <= 0)
        return;
    const Visit deeper = [&](const DecodedText& reading) {
        visit(reading);
        if (!reading.whole && !hasText(reading.bytes))
            return;
        eachDecoding(reading.bytes, depth - 1, shortestRun, [&](const DecodedText& inner) {
            DecodedText joined;
            joined.bytes = inner.bytes;
            joined.way = reading.way + ", " + inner.way;
            joined.whole = reading.whole && inner.whole;
            for (std::size_t i = 0; i < inner.bytes.size(); ++i) {
                joined.from.push_back(reading.from[inner.from[i]]);
                joined.to.push_back(reading.to[inner.to[i] - 1]);
            }
            visit(joined);
        });
    };
    readBy(text, "\\", escapeAt, "escapes", deeper);
    readBy(text, "%", percentAt, "URL", deeper);
    if (text.find('%') != std::string_view::npos || text.find('+') != std::string_view::npos)
        readBy(text, "+", urlStep, "URL", deeper);
    readBy(text, "&", referenceAt, "HTML", deeper);
    readWide(text, deeper);
    readBase64(text, shortestRun, deeper);
    readHex(text, shortestRun, deeper);
}

} // namespace arcscope
