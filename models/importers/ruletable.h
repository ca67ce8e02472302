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

/// The first eight bytes of a text in one number, fewer where it is shorter.
inline std::uint64_t firstBytes(std::string_view text)
{
    std::uint64_t value = 0;
    if (text.size() >= sizeof value)
        std::memcpy(&value, text.data(), sizeof value); // one load, and so are nearly all
    else if (!text.empty())
        std::memcpy(&value, text.data(), text.size());
    return value;
}

/// Open addressing; the rules are not copied.
class RuleTable
{
public:
    /// For fewer than half as many rules as slots.
    explicit RuleTable(std::size_t slots)
        : m_slots(std::bit_ceil(slots), nullptr)
    {
    }

    /// Of rules with one key the first stays.
    void insert(const AttributeRule& rule)
    {
        const AttributeRule*& slot = m_slots[placeOf(rule.key)];
        if (!slot)
            slot = &rule;
    }
    /// Null where there is none.
    const AttributeRule* find(std::string_view key) const { return m_slots[placeOf(key)]; }

private:
    /// Of the rule, or the free slot where it would be.
    std::size_t placeOf(std::string_view key) const
    {
        std::size_t at = mix(key) & (m_slots.size() - 1);
        while (m_slots[at] && m_slots[at]->key != key)
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
};

} // namespace arcscope
