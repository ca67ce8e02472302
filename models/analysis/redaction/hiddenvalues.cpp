#include "hiddenvalues.h"

#include "jsonescape.h"
#include "packedbytes.h"
#include "scantext.h"
#include "textnotations.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// Bytes of a value that settle that it may be there: what comes behind may be written in another notation.
constexpr std::size_t enough = 64;
constexpr std::size_t looked = 80; ///< bytes that are read behind digits before it is settled
constexpr std::size_t shortestRun64 = 6;
constexpr std::size_t shortestRunHex = 8;
/// Digits that can stand for the eight bytes of hasText().
constexpr std::size_t textRun64 = 11;
constexpr std::size_t textRunHex = 16;
/// What a value that is partly written in other notations can reach beyond a change: `enough` bytes, each in as many as
/// the notations that are still to be read take for one (an escape 6, a reference in it 36).
constexpr std::array<std::size_t, 4> reaches{128, 1'024, 4'096, 4'096};

template <typename Value>
constexpr auto tableOf(Value value)
{
    std::array<std::int8_t, 256> table{};
    for (int c = 0; c < 256; ++c)
        table[static_cast<std::size_t>(c)] = static_cast<std::int8_t>(value(static_cast<char>(c)));
    return table;
}
constexpr auto values64 = tableOf(base64Value);
constexpr auto valuesHex = tableOf(hexValue);

int digitOf(const std::array<std::int8_t, 256>& table, char c)
{
    return table[static_cast<unsigned char>(c)];
}

/// Four bytes with their letters of ASCII in lower case.
std::uint32_t loweredBytes(std::uint32_t four)
{
    std::uint32_t lower = 0;
    for (int shift = 24; shift >= 0; shift -= 8)
        lower = lower << 8 | static_cast<unsigned char>(lowerAscii(static_cast<char>(four >> shift & 0xFF)));
    return lower;
}

/// Bytes behind digits, from a bit of the first on; at most so many.
std::string bytesOf(const std::vector<std::uint8_t>& digits, int bitsEach, std::size_t from, int bit, std::size_t most)
{
    std::string bytes;
    std::uint32_t bits = 0;
    int held = -bit;
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

} // namespace

class HiddenSearch
{
public:
    HiddenSearch(const HiddenValues& heads, const KnownValues& values, const HiddenValues::Packed& packed)
        : m_heads(heads)
        , m_values(values)
        , m_packed(packed)
    {
    }

    bool holds(std::string_view text, int depth, bool edges)
    {
        if (text.size() < KnownValues::shortest)
            return false;
        if (plain(text, edges))
            return true;
        if (depth <= 0)
            return false;
        if (runs(text, values64, 6, shortestRun64, depth) || runs(text, valuesHex, 4, shortestRunHex, depth))
            return true;
        for (const TextNotation& notation : textNotations) {
            if (changed(text, notation, depth - 1, edges))
                return true;
        }
        return wide(text, depth - 1, edges);
    }

private:
    bool plain(std::string_view text, bool edges) const
    {
        std::uint32_t four = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            four = four << 8 | static_cast<unsigned char>(lowerAscii(text[i]));
            if (i >= 3 && m_values.mayBegin(four) &&
                m_values.standsAt(text, i - 3, edges, enough, "\\%&+=\xE2\xC2\xEF"))
                return true;
        }
        return false;
    }

    /// Different ways through notations lead to the same text.
    bool again(std::string_view text, int depth, bool edges)
    {
        const auto key = std::hash<std::string_view>()(text) ^ static_cast<std::size_t>(edges);
        const auto [known, isNew] = m_seen.try_emplace(key, depth);
        if (!isNew && known->second >= depth)
            return true;
        known->second = depth;
        return false;
    }

    bool readAgain(std::string_view text, int depth, bool edges)
    {
        return !again(text, depth, edges) && holds(text, depth, edges);
    }

    /// Runs of digits; line breaks inside are passed over.
    bool runs(std::string_view text, const std::array<std::int8_t, 256>& table, int bitsEach, std::size_t shortest,
              int depth)
    {
        std::vector<std::uint8_t> digits;
        std::vector<std::size_t> lines; ///< where they begin
        for (std::size_t at = 0; at < text.size();) {
            if (digitOf(table, text[at]) < 0) {
                ++at;
                continue;
            }
            digits.clear();
            lines.assign(1, 0);
            while (at < text.size()) {
                for (int digit = 0; at < text.size() && (digit = digitOf(table, text[at])) >= 0; ++at)
                    digits.push_back(static_cast<std::uint8_t>(digit));
                std::size_t next = at;
                while (next < text.size() && (text[next] == '\n' || text[next] == '\r'))
                    ++next;
                if (next == at || next >= text.size() || digitOf(table, text[next]) < 0)
                    break;
                lines.push_back(digits.size());
                at = next;
            }
            if (digits.size() < shortest)
                continue;
            if (bitsEach == 6 ? behind64(digits) : behindHex(digits))
                return true;
            if (m_packed)
                givePacked(digits, bitsEach, lines);
            if (depth > 1 && digits.size() >= (bitsEach == 6 ? textRun64 : textRunHex) &&
                textBehind(digits, bitsEach, depth - 1))
                return true;
        }
        return false;
    }

    bool standsBehind(const std::vector<std::uint8_t>& digits, int bitsEach, std::size_t from, int bit) const
    {
        return m_values.standsAt(bytesOf(digits, bitsEach, from, bit, looked), 0, false, enough, {});
    }

    bool behind64(const std::vector<std::uint8_t>& digits) const
    {
        std::uint32_t four = 0;
        for (std::size_t i = 0; i < digits.size(); ++i) {
            four = (four << 6 | digits[i]) & 0xFFFFFF;
            if (i < 3 || !m_heads.mayBegin64(four))
                continue;
            const std::size_t first = i - 3;
            if (standsBehind(digits, 6, first, 0) ||
                (first > 0 && (standsBehind(digits, 6, first - 1, 2) || standsBehind(digits, 6, first - 1, 4))))
                return true;
        }
        return false;
    }

    bool behindHex(const std::vector<std::uint8_t>& digits) const
    {
        std::uint32_t four = 0;
        for (std::size_t i = 0; i < digits.size(); ++i) {
            four = four << 4 | digits[i];
            if (i >= 7 && m_values.mayBegin(loweredBytes(four)) && standsBehind(digits, 4, i - 7, 0))
                return true;
        }
        return false;
    }

    void givePacked(const std::vector<std::uint8_t>& digits, int bitsEach, const std::vector<std::size_t>& lines) const
    {
        const std::size_t phases = bitsEach == 6 ? 4 : 2;
        const auto look = [&](std::size_t from) {
            if (beginsHolding(bytesOf(digits, bitsEach, from, 0, 4)))
                m_packed(bytesOf(digits, bitsEach, from, 0, digits.size()));
        };
        for (const std::size_t line : lines)
            look(line);
        for (std::size_t phase = 1; phase < phases; ++phase)
            look(phase);
    }

    bool textBehind(const std::vector<std::uint8_t>& digits, int bitsEach, int depth)
    {
        const std::size_t phases = bitsEach == 6 ? 4 : 2;
        for (std::size_t phase = 0; phase < phases; ++phase) {
            const std::string bytes = bytesOf(digits, bitsEach, phase, 0, digits.size());
            if (hasText(bytes) && readAgain(bytes, depth, false))
                return true;
        }
        return false;
    }

    static std::size_t nextTrigger(std::string_view text, std::string_view triggers, std::size_t at)
    {
        if (triggers.size() == 1)
            return text.find(triggers.front(), at);
        while (at < text.size() && triggers.find(text[at]) == std::string_view::npos)
            ++at;
        return at < text.size() ? at : std::string_view::npos;
    }

    /// Stretches around what a notation changes, each read by it.
    bool changed(std::string_view text, const TextNotation& notation, int depth, bool edges)
    {
        if (text.find(notation.triggers.front()) == std::string_view::npos)
            return false;
        const std::size_t reach = reaches[std::min(static_cast<std::size_t>(depth), reaches.size() - 1)];
        std::string stretch;
        std::string bytes;
        std::size_t copied = 0; ///< of the text
        bool any = false;
        for (std::size_t at = nextTrigger(text, notation.triggers, 0); at != std::string_view::npos;) {
            bytes.clear();
            const std::size_t length = notation.step(text, at, bytes);
            if (length == 0) {
                at = nextTrigger(text, notation.triggers, at + 1);
                continue;
            }
            if (any && at - copied > 2 * reach) {
                stretch.append(text, copied, reach);
                if (readAgain(stretch, depth, edges))
                    return true;
                stretch.clear();
                any = false;
            }
            if (!any)
                copied = std::max(copied, at - std::min(at, reach));
            stretch.append(text, copied, at - copied);
            stretch += bytes;
            any = true;
            copied = at + length;
            at = nextTrigger(text, notation.triggers, copied);
        }
        if (!any)
            return false;
        stretch.append(text, copied, reach);
        return readAgain(stretch, depth, edges);
    }

    bool wide(std::string_view text, int depth, bool edges)
    {
        if (text.find('\0') == std::string_view::npos)
            return false;
        std::string bytes;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t length = wideAt(text, at, bytes);
            if (length == 0)
                bytes += text[at];
            at += std::max<std::size_t>(length, 1);
        }
        return readAgain(bytes, depth, edges);
    }

    const HiddenValues& m_heads;
    const KnownValues& m_values;
    const HiddenValues::Packed& m_packed;
    std::unordered_map<std::size_t, int> m_seen;
};

HiddenValues::HiddenValues(const KnownValues& values)
    : m_heads64((std::size_t{1} << 24) / 64)
{
    values.eachHead([&](std::uint32_t four) {
        // Letters may be in either case.
        for (unsigned cases = 0; cases < 16; ++cases) {
            std::uint32_t bytes = 0;
            for (int i = 0; i < 4; ++i) {
                const auto c = static_cast<char>(four >> (24 - 8 * i) & 0xFF);
                bytes = bytes << 8 | static_cast<unsigned char>((cases >> i & 1) != 0 ? upperAscii(c) : c);
            }
            add64(bytes >> 8);            // it begins with a digit
            add64(bytes >> 4 & 0xFFFFFF); // in the third bit of the digit before
            add64(bytes >> 6 & 0xFFFFFF); // in the fifth
        }
    });
}

bool HiddenValues::mayHold(const KnownValues& values, std::string_view text, int depth, bool edges,
                           const Packed& packed) const
{
    return !m_heads64.empty() && HiddenSearch(*this, values, packed).holds(text, depth, edges);
}

} // namespace arcscope
