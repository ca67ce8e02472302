#include "dialect.h"

#include <cstring>
#include <vector>

namespace arcscope
{
namespace
{

std::uint64_t eightBytes(const char* text, std::size_t size)
{
    std::uint64_t value = 0;
    if (size > 0)
        std::memcpy(&value, text, size < sizeof value ? size : sizeof value);
    return value;
}

/// Keys of one convention share their first bytes, hence the last ones decide.
std::uint64_t mix(std::string_view key)
{
    const std::size_t tail = key.size() < 8 ? 0 : key.size() - 8;
    const std::size_t middle = key.size() / 2 < 4 ? 0 : key.size() / 2 - 4;
    std::uint64_t hash = eightBytes(key.data() + tail, key.size() - tail) * 0x9E3779B97F4A7C15U;
    hash ^= eightBytes(key.data() + middle, key.size() - middle) * 0xC2B2AE3D27D4EB4FU;
    hash += key.size() * 0x165667B19E3779F9U;
    return hash ^ hash >> 29U;
}

struct Prefix {
    std::uint64_t start;
    const AttributeRule* rule;
};

/// Open addressing over all rules, made once.
class RuleTable
{
public:
    RuleTable()
        : m_slots(slots, nullptr)
    {
        for (const Dialect& dialect : dialects()) {
            for (const AttributeRule& rule : dialect.rules)
                insert(rule);
            for (const AttributeRule& prefix : dialect.prefixes)
                m_prefixes.push_back({eightBytes(prefix.key.data(), prefix.key.size()), &prefix});
        }
    }

    const AttributeRule* find(std::string_view key) const
    {
        for (std::size_t i = mix(key) % slots; m_slots[i]; i = (i + 1) % slots) {
            if (m_slots[i]->key == key)
                return m_slots[i];
        }
        if (key.size() <= 8)
            return nullptr;
        const std::uint64_t start = eightBytes(key.data(), key.size());
        for (const Prefix& prefix : m_prefixes) {
            if (prefix.start == start && key.starts_with(prefix.rule->key))
                return prefix.rule;
        }
        return nullptr;
    }

private:
    static constexpr std::size_t slots = 2048; ///< several times the rules there are

    void insert(const AttributeRule& rule)
    {
        std::size_t i = mix(rule.key) % slots;
        while (m_slots[i] && m_slots[i]->key != rule.key)
            i = (i + 1) % slots;
        if (!m_slots[i])
            m_slots[i] = &rule;
    }

    std::vector<const AttributeRule*> m_slots;
    std::vector<Prefix> m_prefixes;
};

} // namespace

bool isPlaceholder(std::string_view key, std::string_view value)
{
    return (value == "{}" && key.starts_with("gcp.vertex.agent.")) ||
           (value == "null" && key.starts_with("mlflow.span"));
}

const AttributeRule* ruleOf(std::string_view key)
{
    static const RuleTable table;
    return table.find(key);
}

} // namespace arcscope
