#include "dialect.h"

#include "ruletable.h"

#include <vector>

namespace arcscope
{
namespace
{

struct Prefix {
    std::uint64_t start;
    const AttributeRule* rule;
};

/// All rules, made once.
class DialectRules
{
public:
    DialectRules()
        : m_rules(slots)
    {
        for (const Dialect& dialect : dialects()) {
            for (const AttributeRule& rule : dialect.rules)
                m_rules.insert(rule);
            for (const AttributeRule& prefix : dialect.prefixes)
                m_prefixes.push_back({firstBytes(prefix.key), &prefix});
        }
    }

    const AttributeRule* find(std::string_view key) const
    {
        if (const AttributeRule* const rule = m_rules.find(key))
            return rule;
        if (key.size() <= 8)
            return nullptr;
        const std::uint64_t start = firstBytes(key);
        for (const Prefix& prefix : m_prefixes) {
            if (prefix.start == start && key.starts_with(prefix.rule->key))
                return prefix.rule;
        }
        return nullptr;
    }

private:
    static constexpr std::size_t slots = 2048; ///< several times the rules there are

    RuleTable m_rules;
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
    static const DialectRules table;
    return table.find(key);
}

} // namespace arcscope
