// RuleTable: finds the rule for an attribute by its key; asked for every attribute of every span.
#pragma once

#include "dialect.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace arcscope
{

/// The first eight bytes of a text in one number, the lowest first; fewer where it is shorter.
inline std::uint64_t firstBytes(std::string_view text)
{
    const auto load = [&text]<typename Word>(Word word, std::size_t at) {
        std::memcpy(&word, text.data() + at, sizeof word); // one load: memcpy() of a few bytes more or less is a call
        return std::uint64_t{word};
    };
    if (text.size() >= 8)
        return load(std::uint64_t{}, 0);
    if (text.empty())
        return 0;
    if (text.size() >= 4) // both loads have the bytes in the middle
        return load(std::uint32_t{}, 0) | load(std::uint32_t{}, text.size() - 4) << (8 * (text.size() - 4));
    const std::size_t middle = text.size() / 2;
    const std::size_t last = text.size() - 1;
    return load(std::uint8_t{}, 0) | load(std::uint8_t{}, middle) << (8 * middle) |
           load(std::uint8_t{}, last) << (8 * last);
}

/// Open addressing; the rules are not copied. Part of the hash lies beside each slot, so that few rules have to be
/// looked at.
class RuleTable
{
public:
    /// For fewer than half as many rules as there is room.
    explicit RuleTable(std::size_t room)
        : m_slots(std::bit_ceil(room), nullptr)
        , m_marks(m_slots.size(), free)
    {
    }

    /// Of rules with one key the first stays.
    void insert(const AttributeRule& rule)
    {
        const std::uint64_t hash = mix(rule.key);
        const std::size_t place = placeOf(rule.key, hash);
        if (m_slots[place])
            return;
        m_slots[place] = &rule;
        m_marks[place] = markOf(hash);
    }
    /// Null where there is none.
    const AttributeRule* find(std::string_view key) const { return m_slots[placeOf(key, mix(key))]; }

private:
    static constexpr std::uint8_t free = 0;

    static std::uint8_t markOf(std::uint64_t hash) { return static_cast<std::uint8_t>(hash >> 56U | 1U); }
    /// Of the rule, or the free slot where it would be.
    std::size_t placeOf(std::string_view key, std::uint64_t hash) const
    {
        const std::uint8_t mark = markOf(hash);
        std::size_t at = hash & (m_slots.size() - 1);
        while (m_marks[at] != free && (m_marks[at] != mark || m_slots[at]->key != key))
            at = (at + 1) & (m_slots.size() - 1);
        return at;
    }

    /// Keys of one convention share their first bytes, hence the last ones decide.
    static std::uint64_t mix(std::string_view key)
    {
        const std::size_t tail = key.size() < 8 ? 0 : key.size() - 8;
        const std::size_t middle = key.size() / 2 < 4 ? 0 : key.size() / 2 - 4;
        std::uint64_t hash = firstBytes(key.substr(tail)) * 0x9E3779B97F4A7C15U;
        hash ^= firstBytes(key.substr(middle)) * 0xC2B2AE3D27D4EB4FU;
        hash += key.size() * 0x165667B19E3779F9U;
        return hash ^ hash >> 29U;
    }

    std::vector<const AttributeRule*> m_slots;
    std::vector<std::uint8_t> m_marks; ///< of the hash of each slot's key
};

} // namespace arcscope
