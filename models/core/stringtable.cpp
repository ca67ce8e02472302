#include "stringtable.h"

#include <algorithm>
#include <functional>

namespace arcscope
{

std::string_view StringTable::operator[](StringId id) const
{
    if (!id)
        return {};
    assert(id.value < m_size);
    const auto after = std::upper_bound(m_parts.begin(), m_parts.end(), id.value,
                                        [](std::uint32_t value, const Part& part) { return value < part.first; });
    const Part& part = *std::prev(after);
    return (*part.segment)[id.value - part.first];
}

StringId StringTable::find(std::string_view text) const
{
    for (const Part& part : m_parts) {
        for (std::size_t i = 0; i < part.segment->ends.size(); ++i) {
            if ((*part.segment)[i] == text)
                return {part.first + static_cast<std::uint32_t>(i)};
        }
    }
    return {};
}

void StringTable::append(std::shared_ptr<const StringSegment> segment)
{
    if (!segment || segment->ends.empty())
        return;
    const auto count = static_cast<std::uint32_t>(segment->ends.size());
    m_parts.push_back({m_size, std::move(segment)});
    m_size += count;
}

StringPool::StringPool(const StringTable& table)
{
    for (std::uint32_t id = 1; id < table.size(); ++id)
        intern(table[StringId{id}]);
    m_taken = m_texts.size();
}

StringId StringPool::intern(std::string_view text)
{
    if (text.empty())
        return {};
    if (m_slots.size() < 2 * (m_texts.size() + 1))
        grow();
    const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(text));
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hash & mask;
    for (; m_slots[at].id != 0; at = (at + 1) & mask) {
        if (m_slots[at].hash == hash && m_texts[m_slots[at].id - 1] == text)
            return {m_slots[at].id};
    }
    m_texts.emplace_back(text);
    m_slots[at] = {hash, static_cast<std::uint32_t>(m_texts.size())};
    return {m_slots[at].id};
}

void StringPool::grow()
{
    constexpr std::size_t fewest = 1024;
    std::vector<Slot> before(std::max(fewest, m_slots.size() * 2));
    before.swap(m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& slot : before) {
        std::size_t at = slot.hash & mask;
        while (slot.id != 0 && m_slots[at].id != 0)
            at = (at + 1) & mask;
        if (slot.id != 0)
            m_slots[at] = slot;
    }
}

std::shared_ptr<const StringSegment> StringPool::takeNew()
{
    if (m_taken == m_texts.size())
        return nullptr;
    auto segment = std::make_shared<StringSegment>();
    for (; m_taken < m_texts.size(); ++m_taken) {
        segment->text += m_texts[m_taken];
        segment->ends.push_back(static_cast<std::uint32_t>(segment->text.size()));
    }
    return segment;
}

} // namespace arcscope
