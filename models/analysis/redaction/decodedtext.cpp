#include "decodedtext.h"

#include "jsonescape.h"
#include "textnotations.h"

#include <algorithm>

namespace arcscope
{
namespace
{

using Visit = std::function<void(const DecodedText&)>;

class Into
{
public:
    Into(const char* way, bool whole, bool withPlaces, std::size_t most)
        : m_withPlaces(withPlaces)
    {
        text.way = way;
        text.whole = whole;
        text.bytes.reserve(most);
        if (withPlaces) {
            text.from.reserve(most);
            text.to.reserve(most);
        }
    }

    void add(char byte, std::size_t from, std::size_t to)
    {
        text.bytes += byte;
        if (!m_withPlaces)
            return;
        text.from.push_back(from);
        text.to.push_back(to);
    }

    DecodedText text;

private:
    bool m_withPlaces;
};

void readBy(std::string_view text, const TextNotation& notation, bool withPlaces, const Visit& visit)
{
    if (text.find(notation.triggers.front()) == std::string_view::npos)
        return;
    Into into(notation.name, true, withPlaces, text.size());
    bool changed = false;
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        bytes.clear();
        const bool mayBegin = notation.triggers.find(text[at]) != std::string_view::npos;
        const std::size_t length = mayBegin ? notation.step(text, at, bytes) : 0;
        if (length == 0) {
            into.add(text[at], at, at + 1);
            ++at;
            continue;
        }
        for (const char c : bytes)
            into.add(c, at, at + length);
        at += length;
        changed = true;
    }
    if (changed)
        visit(into.text);
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

void readBase64(std::string_view text, std::size_t shortest, bool withPlaces, const Visit& visit)
{
    eachRun(text, shortest, base64Value, [&](const Run& run) {
        for (std::size_t phase = 0; phase < 4; ++phase) {
            Into into("base64", false, withPlaces, run.values.size());
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

void readHex(std::string_view text, std::size_t shortest, bool withPlaces, const Visit& visit)
{
    eachRun(text, shortest, hexValue, [&](const Run& run) {
        for (std::size_t phase = 0; phase < 2; ++phase) {
            Into into("hexadecimal", false, withPlaces, run.values.size() / 2);
            for (std::size_t i = phase; i + 1 < run.values.size(); i += 2)
                into.add(static_cast<char>(run.values[i] << 4 | run.values[i + 1]), run.places[i],
                         run.places[i + 1] + 1);
            if (!into.text.bytes.empty())
                visit(into.text);
        }
    });
}

void readWide(std::string_view text, bool withPlaces, const Visit& visit)
{
    if (text.find('\0') == std::string_view::npos)
        return;
    Into into("UTF-16", true, withPlaces, text.size() / 2);
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        bytes.clear();
        const std::size_t length = wideAt(text, at, bytes);
        if (length == 0)
            bytes = text[at];
        for (const char c : bytes)
            into.add(c, at, at + std::max<std::size_t>(length, 1));
        at += std::max<std::size_t>(length, 1);
    }
    if (!into.text.bytes.empty())
        visit(into.text);
}

} // namespace

void eachDecoding(std::string_view text, int depth, std::size_t shortestRun, const Visit& visit, bool withPlaces)
{
    if (depth <= 0)
        return;
    const Visit deeper = [&](const DecodedText& reading) {
        visit(reading);
        if (!reading.whole && !hasText(reading.bytes))
            return;
        const Visit inside = [&](const DecodedText& inner) {
            DecodedText joined;
            joined.bytes = inner.bytes;
            joined.way = reading.way + ", " + inner.way;
            joined.whole = reading.whole && inner.whole;
            for (std::size_t i = 0; withPlaces && i < inner.bytes.size(); ++i) {
                joined.from.push_back(reading.from[inner.from[i]]);
                joined.to.push_back(reading.to[inner.to[i] - 1]);
            }
            visit(joined);
        };
        eachDecoding(reading.bytes, depth - 1, shortestRun, inside, withPlaces);
    };
    for (const TextNotation& notation : textNotations)
        readBy(text, notation, withPlaces, deeper);
    readWide(text, withPlaces, deeper);
    readBase64(text, shortestRun, withPlaces, deeper);
    readHex(text, shortestRun, withPlaces, deeper);
}

} // namespace arcscope
