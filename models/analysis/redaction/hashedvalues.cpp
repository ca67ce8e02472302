#include "hashedvalues.h"

#include "jsonescape.h"
#include "scantext.h"
#include "sha256.h"
#include "textnotations.h"

#include <array>
#include <bit>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t blockBytes = 64;

/// With the bit, zeros and length behind it that both functions ask for.
std::string padded(std::string_view text, bool highFirst)
{
    std::string all(text);
    all += '\x80';
    all.resize((all.size() + 8 + blockBytes - 1) / blockBytes * blockBytes, '\0');
    const std::uint64_t bits = std::uint64_t(text.size()) * 8;
    for (std::size_t i = 0; i < 8; ++i)
        all[highFirst ? all.size() - 1 - i : all.size() - 8 + i] = static_cast<char>(bits >> (8 * i) & 0xFF);
    return all;
}

std::uint32_t wordAt(std::string_view block, std::size_t at, bool highFirst)
{
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i)
        word |= std::uint32_t(static_cast<unsigned char>(block[at + i])) << (8 * (highFirst ? 3 - i : i));
    return word;
}

template <std::size_t Count>
std::string bytesOf(const std::array<std::uint32_t, Count>& words, bool highFirst)
{
    std::string bytes;
    for (const std::uint32_t word : words) {
        for (unsigned i = 0; i < 4; ++i)
            bytes += static_cast<char>(word >> (8 * (highFirst ? 3 - i : i)) & 0xFF);
    }
    return bytes;
}

std::string bytesOfHex(std::string_view digits)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes += static_cast<char>(hexValue(digits[i]) << 4 | hexValue(digits[i + 1]));
    return bytes;
}

std::string bytesOfBase64(std::string_view digits)
{
    std::string bytes;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char digit : digits) {
        bits = bits << 6 | static_cast<std::uint32_t>(base64Value(digit));
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>(bits >> held & 0xFF);
        }
    }
    return bytes;
}

constexpr bool isHexLength(std::size_t digits)
{
    return digits == 32 || digits == 40 || digits == 64;
}
constexpr bool isBase64Length(std::size_t digits)
{
    return digits == 22 || digits == 27 || digits == 43;
}

/// Calls `visit` with each run of digits.
template <typename Value, typename Visit>
void eachRun(std::string_view text, Value value, Visit visit)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t from = at;
        while (at < text.size() && value(text[at]) >= 0)
            ++at;
        if (at > from)
            visit(from, at);
    }
}

} // namespace

std::string md5Bytes(std::string_view text)
{
    static const auto constants = [] {
        std::array<std::uint32_t, 64> table{};
        for (std::size_t i = 0; i < table.size(); ++i)
            table[i] = static_cast<std::uint32_t>(std::floor(std::abs(std::sin(double(i) + 1)) * 4294967296.0));
        return table;
    }();
    constexpr int turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    std::array<std::uint32_t, 4> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    const std::string all = padded(text, false);
    for (std::size_t block = 0; block < all.size(); block += blockBytes) {
        auto [a, b, c, d] = state;
        for (std::size_t i = 0; i < 64; ++i) {
            const std::size_t round = i / 16;
            const std::uint32_t mixed = round == 0   ? (b & c) | (~b & d)
                                        : round == 1 ? (d & b) | (~d & c)
                                        : round == 2 ? b ^ c ^ d
                                                     : c ^ (b | ~d);
            const std::size_t word = (round == 0 ? i : round == 1 ? 5 * i + 1 : round == 2 ? 3 * i + 5 : 7 * i) % 16;
            const std::uint32_t sum = a + mixed + constants[i] + wordAt(all, block + 4 * word, false);
            a = d;
            d = c;
            c = b;
            b += std::rotl(sum, turns[round][i % 4]);
        }
        state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
    }
    return bytesOf(state, false);
}

std::string sha1Bytes(std::string_view text)
{
    constexpr std::uint32_t constants[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    std::array<std::uint32_t, 5> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    const std::string all = padded(text, true);
    for (std::size_t block = 0; block < all.size(); block += blockBytes) {
        std::array<std::uint32_t, 80> words{};
        for (std::size_t i = 0; i < words.size(); ++i)
            words[i] = i < 16 ? wordAt(all, block + 4 * i, true)
                              : std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        auto [a, b, c, d, e] = state;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::size_t round = i / 20;
            const std::uint32_t mixed = round == 0   ? (b & c) | (~b & d)
                                        : round == 2 ? (b & c) | (b & d) | (c & d)
                                                     : b ^ c ^ d;
            const std::uint32_t sum = std::rotl(a, 5) + mixed + e + constants[round] + words[i];
            e = d;
            d = c;
            c = std::rotl(b, 30);
            b = a;
            a = sum;
        }
        state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
    }
    return bytesOf(state, true);
}

void HashedValues::add(std::string_view value, std::uint32_t id)
{
    if (m_values >= most)
        return;
    ++m_values;
    const std::string lower = lowered(value);
    for (const std::string_view form : {value, std::string_view(lower)}) {
        m_ids.try_emplace(md5Bytes(form), id);
        m_ids.try_emplace(sha1Bytes(form), id);
        m_ids.try_emplace(bytesOfHex(sha256Of(form)), id);
    }
}

std::vector<KnownValues::Found> HashedValues::find(std::string_view text) const
{
    std::vector<KnownValues::Found> found;
    if (m_ids.empty())
        return found;
    const auto look = [&](const std::string& digest, std::size_t from, std::size_t to) {
        if (const auto known = m_ids.find(digest); known != m_ids.end())
            found.push_back({{from, to}, known->second});
    };
    constexpr std::size_t shortest = 22;
    for (DigitRun run = nextDigits(text, 0, shortest); run.to > run.from; run = nextDigits(text, run.to, shortest)) {
        const std::string_view digits = text.substr(run.from, run.to - run.from);
        if (isBase64Length(digits.size()))
            look(bytesOfBase64(digits), run.from, run.to);
        eachRun(digits, hexValue, [&](std::size_t from, std::size_t to) {
            if (isHexLength(to - from))
                look(bytesOfHex(digits.substr(from, to - from)), run.from + from, run.from + to);
        });
    }
    return found;
}

} // namespace arcscope
