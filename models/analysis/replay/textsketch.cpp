#include "textsketch.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::size_t mostBytes = 65'536;
constexpr std::size_t hashes = 16;

constexpr std::uint64_t mixed(std::uint64_t value)
{
    value = (value ^ value >> 30U) * 0xbf58476d1ce4e5b9U;
    value = (value ^ value >> 27U) * 0x94d049bb133111ebU;
    return value ^ value >> 31U;
}

/// The smallest value of each hash function so far.
class Smallest
{
public:
    void add(std::uint64_t feature)
    {
        any = true;
        for (std::size_t i = 0; i < hashes; ++i)
            least[i] = std::min(least[i], mixed(feature + (i + 1) * 0x9e3779b97f4a7c15U));
    }

    TextSketch sketch() const
    {
        TextSketch out;
        for (std::size_t i = 0; any && i < hashes; ++i)
            out.bytes[i / 8] |= (mixed(least[i]) & 0xffU) << (8 * (i % 8));
        return out;
    }

private:
    std::array<std::uint64_t, hashes> least = filled();
    bool any = false;

    static std::array<std::uint64_t, hashes> filled()
    {
        std::array<std::uint64_t, hashes> all{};
        all.fill(~std::uint64_t(0));
        return all;
    }
};

bool isWordByte(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

} // namespace

TextSketch textSketch(std::string_view text)
{
    Smallest smallest;
    std::uint64_t word = 0;
    std::uint64_t before = 0;
    const auto end = [&] {
        if (word == 0)
            return;
        smallest.add(word);
        if (before != 0)
            smallest.add(before * 31 + word);
        before = word;
        word = 0;
    };
    for (const char each : text.substr(0, mostBytes)) {
        auto c = static_cast<unsigned char>(each);
        if (!isWordByte(c)) {
            end();
            continue;
        }
        if (c >= 'A' && c <= 'Z')
            c = static_cast<unsigned char>(c + ('a' - 'A'));
        word = ((word == 0 ? 14695981039346656037U : word) ^ c) * 1099511628211U;
    }
    end();
    return smallest.sketch();
}

} // namespace arcscope
