#include "pseudonym.h"

#include "sha256.h"

#include <bit>
#include <random>

namespace arcscope
{
namespace
{

constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789"; // 32, without those that look alike
constexpr std::size_t codeLength = 6;

void sipRound(std::array<std::uint64_t, 4>& v)
{
    v[0] += v[1];
    v[1] = std::rotl(v[1], 13) ^ v[0];
    v[0] = std::rotl(v[0], 32);
    v[2] += v[3];
    v[3] = std::rotl(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = std::rotl(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = std::rotl(v[1], 17) ^ v[2];
    v[2] = std::rotl(v[2], 32);
}

} // namespace

PseudonymKey PseudonymKey::random()
{
    std::random_device device;
    const auto word = [&] { return std::uint64_t(device()) << 32 | device(); };
    return {{word(), word()}};
}

std::uint64_t sipHash(const PseudonymKey& key, std::string_view text)
{
    std::array<std::uint64_t, 4> v{key.words[0] ^ 0x736f6d6570736575, key.words[1] ^ 0x646f72616e646f6d,
                                   key.words[0] ^ 0x6c7967656e657261, key.words[1] ^ 0x7465646279746573};
    const auto take = [&](std::uint64_t word) {
        v[3] ^= word;
        sipRound(v);
        sipRound(v);
        v[0] ^= word;
    };
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        word |= std::uint64_t(static_cast<unsigned char>(text[i])) << (8 * (i % 8));
        if (i % 8 == 7) {
            take(word);
            word = 0;
        }
    }
    take(word | std::uint64_t(text.size()) << 56);
    v[2] ^= 0xff;
    for (int i = 0; i < 4; ++i)
        sipRound(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

PseudonymKey PseudonymKey::of(std::string_view secret)
{
    const std::string digest = sha256Of(secret);
    const auto word = [&](std::size_t at) { return std::stoull(digest.substr(at, 16), nullptr, 16); };
    return {{word(0), word(16)}};
}

std::string placeholder(const PseudonymKey& key, std::string_view kind, std::string_view value, std::size_t width)
{
    std::uint64_t hash = sipHash(key, value);
    std::string code;
    for (std::size_t i = 0; i < codeLength; ++i, hash >>= 5)
        code += letters[hash & 31];
    std::string text;
    if (width >= kind.size() + codeLength + 3)
        text.append("[").append(kind).append("-").append(code);
    else if (width >= codeLength + 2)
        text = "[" + code;
    else
        return (code + "_").substr(0, width);
    return text + std::string(width - text.size() - 1, '_') + "]";
}

std::string otherDigits(const PseudonymKey& key, std::string_view digits)
{
    std::string made;
    for (std::uint64_t part = 0; made.size() < digits.size(); ++part) {
        std::uint64_t hash = sipHash(key, "digits " + std::to_string(part) + ' ' + std::string(digits));
        for (int i = 0; i < 16 && made.size() < digits.size(); ++i, hash >>= 4)
            made += "0123456789abcdef"[hash & 15];
    }
    return made;
}

bool isPlaceholder(std::string_view text)
{
    if (text.size() < codeLength + 4 || text.front() != '[' || text.back() != ']')
        return false;
    const std::string_view inside = text.substr(1, text.size() - 2);
    const std::size_t code = inside.find_last_not_of('_') + 1; // where it ends
    if (code < codeLength + 2 || inside[code - codeLength - 1] != '-')
        return false;
    const std::string_view kind = inside.substr(0, code - codeLength - 1);
    return inside.substr(code - codeLength, codeLength).find_first_not_of(letters) == std::string_view::npos &&
           kind.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
}

} // namespace arcscope
