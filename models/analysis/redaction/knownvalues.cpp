#include "knownvalues.h"

#include "scantext.h"
#include "wordedges.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Bytes in lower case, the first in the highest.
std::uint64_t packedAt(std::string_view text, std::size_t at, std::size_t count)
{
    std::uint64_t packed = 0;
    for (std::size_t i = at; i < at + count; ++i)
        packed = packed << 8 | static_cast<unsigned char>(lowerAscii(text[i]));
    return packed;
}

} // namespace

void KnownValues::add(std::string_view value, std::uint32_t id, bool exact)
{
    if (value.size() < shortest)
        return;
    m_longest = std::max(m_longest, value.size());
    const auto four = static_cast<std::uint32_t>(packedAt(value, 0, 4));
    const std::uint32_t bit = four * 0x9E3779B1u >> (32 - filterBits);
    m_filter[bit / 64] |= std::uint64_t{1} << (bit % 64);
    Head& head = m_heads[four];
    Bucket& bucket = value.size() < unmistakable ? head.brief : head.ordinary[packedAt(value, 4, 8)];
    const auto longer = [&](std::size_t size, std::uint32_t other) { return size > m_values[other].text.size(); };
    bucket.insert(std::upper_bound(bucket.begin(), bucket.end(), value.size(), longer),
                  static_cast<std::uint32_t>(m_values.size()));
    m_values.push_back({exact ? std::string(value) : lowered(value), id, exact});
}

bool KnownValues::isAt(const Value& value, std::string_view text, std::size_t at, bool edges)
{
    if (value.text.size() > text.size() - at)
        return false;
    const bool same = std::equal(value.text.begin(), value.text.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                                 [&](char a, char b) { return a == (value.exact ? b : lowerAscii(b)); });
    const bool isShort = value.text.size() < unmistakable;
    return same && !(edges && isShort && (wordGoesOn(text, at) || wordGoesOn(text, at + value.text.size())));
}

const KnownValues::Value* KnownValues::longestAt(std::string_view text, std::size_t at, std::uint32_t four,
                                                 bool edges) const
{
    const auto head = m_heads.find(four);
    if (head == m_heads.end())
        return nullptr;
    const auto firstOf = [&](const Bucket& bucket) -> const Value* {
        for (const std::uint32_t index : bucket) {
            if (isAt(m_values[index], text, at, edges))
                return &m_values[index];
        }
        return nullptr;
    };
    if (!head->second.ordinary.empty() && text.size() - at >= unmistakable) {
        const auto bucket = head->second.ordinary.find(packedAt(text, at + 4, 8));
        if (bucket != head->second.ordinary.end()) {
            if (const Value* const found = firstOf(bucket->second))
                return found;
        }
    }
    return firstOf(head->second.brief);
}

std::vector<KnownValues::Found> KnownValues::find(std::string_view text, bool edges) const
{
    std::vector<Found> found;
    if (m_values.empty() || text.size() < shortest)
        return found;
    auto four = static_cast<std::uint32_t>(packedAt(text, 0, 3));
    for (std::size_t at = 0; at + shortest <= text.size(); ++at) {
        four = four << 8 | static_cast<unsigned char>(lowerAscii(text[at + 3]));
        if (!mayBegin(four))
            continue;
        const Value* const value = longestAt(text, at, four, edges);
        if (!value)
            continue;
        const std::size_t to = at + value->text.size();
        found.push_back({{at, to}, value->id});
        if (to + shortest > text.size())
            break;
        four = static_cast<std::uint32_t>(packedAt(text, to, 3));
        at = to - 1;
    }
    return found;
}

bool KnownValues::standsAt(std::string_view text, std::size_t at, bool edges, std::size_t enough,
                           std::string_view cuts) const
{
    if (at + shortest > text.size())
        return false;
    const auto four = static_cast<std::uint32_t>(packedAt(text, at, 4));
    const auto head = m_heads.find(four);
    if (head == m_heads.end())
        return false;
    if (longestAt(text, at, four, edges))
        return true;
    if (text.size() - at < unmistakable)
        return false;
    const auto bucket = head->second.ordinary.find(packedAt(text, at + 4, 8));
    if (bucket == head->second.ordinary.end())
        return false;
    return std::any_of(bucket->second.begin(), bucket->second.end(), [&](std::uint32_t index) {
        const std::string& value = m_values[index].text;
        std::size_t same = 0;
        const std::size_t most = std::min(value.size(), text.size() - at);
        while (same < most && lowerAscii(value[same]) == lowerAscii(text[at + same]))
            ++same;
        return same >= enough && (at + same == text.size() || cuts.find(text[at + same]) != std::string_view::npos);
    });
}

} // namespace arcscope
