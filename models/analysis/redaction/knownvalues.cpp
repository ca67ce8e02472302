#include "knownvalues.h"

#include "scantext.h"

#include <algorithm>

namespace arcscope
{
namespace
{

std::uint32_t headOf(std::string_view text, std::size_t at, std::size_t bytes)
{
    std::uint32_t head = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        head = head << 8 | static_cast<unsigned char>(lowerAscii(text[at + i]));
    return head;
}

/// A word goes on over this place.
bool goesOn(std::string_view text, std::size_t at)
{
    const auto isPlain = [](char c) { return isAsciiLetter(c) || isAsciiDigit(c) || isUtf8Byte(c); };
    return isPlain(byteBefore(text, at)) && isPlain(byteAt(text, at));
}

} // namespace

void KnownValues::add(std::string_view value, std::uint32_t id, bool exact)
{
    constexpr std::size_t unmistakable = 12; // bytes that stand for themselves also inside of a word
    if (value.size() < shortest)
        return;
    const bool isShort = value.size() < unmistakable;
    auto& bucket = m_byHead[headOf(value, 0, 4)];
    m_heads.set(headOf(value, 0, 2));
    bucket.push_back(static_cast<std::uint32_t>(m_values.size()));
    m_values.push_back({exact ? std::string(value) : lowered(value), id, exact, isShort});
    std::stable_sort(bucket.begin(), bucket.end(), [&](std::uint32_t a, std::uint32_t b) {
        return m_values[a].text.size() > m_values[b].text.size();
    });
}

std::vector<KnownValues::Found> KnownValues::find(std::string_view text, bool edges) const
{
    std::vector<Found> found;
    if (m_values.empty())
        return found;
    for (std::size_t at = 0; at + shortest <= text.size(); ++at) {
        if (!m_heads.test(headOf(text, at, 2)))
            continue;
        const auto bucket = m_byHead.find(headOf(text, at, 4));
        if (bucket == m_byHead.end())
            continue;
        for (const std::uint32_t index : bucket->second) {
            const Value& value = m_values[index];
            if (value.text.size() > text.size() - at)
                continue;
            const std::size_t to = at + value.text.size();
            const bool same =
                std::equal(value.text.begin(), value.text.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                           [&](char a, char b) { return a == (value.exact ? b : lowerAscii(b)); });
            if (!same || (edges && value.isShort && (goesOn(text, at) || goesOn(text, to))))
                continue;
            found.push_back({{at, to}, value.id});
            at = to - 1;
            break;
        }
    }
    return found;
}

} // namespace arcscope
