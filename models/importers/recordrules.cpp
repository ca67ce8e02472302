#include "recordrules.h"

#include "otlpspan.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Containers of a record are entered this deep; what lies deeper stays JSON.
constexpr int maxSteps = 32;

/// {} and [] stand for "nothing yet" where records are written more than once.
bool isEmpty(const JsonValue& value)
{
    const std::string_view raw = value.isObject() || value.isArray() ? value.raw() : std::string_view();
    return raw.size() >= 2 && raw.find_first_not_of(" \t\r\n", 1) == raw.size() - 1;
}

using Visit = std::function<void(std::string_view path, const JsonValue& value)>;

void take(std::string& path, const JsonValue& object, const RecordRules& rules, SpanFacts& facts, const Visit& other,
          int steps)
{
    const std::size_t before = path.size();
    object.eachMember([&](std::string_view key, const JsonValue& value) {
        path.append(before == 0 ? "" : ".").append(key);
        if (takeMember(path, value, rules, facts)) {
            path.resize(before);
            return;
        }
        if (value.isObject() && steps < maxSteps && rules.leadsTo(path))
            take(path, value, rules, facts, other, steps + 1);
        else
            other(path, value);
        path.resize(before);
    });
}

void add(std::vector<Attribute>& attributes, const std::string& key, std::string value, AttributeType type)
{
    const bool known = std::any_of(attributes.begin(), attributes.end(),
                                   [&](const Attribute& attribute) { return attribute.key == key; });
    if (!known)
        attributes.push_back({key, std::move(value), type});
}

void append(std::string& path, const JsonValue& object, const RecordRules& rules, std::vector<Attribute>& attributes,
            int steps)
{
    const std::size_t before = path.size();
    object.eachMember([&](std::string_view key, const JsonValue& value) {
        path.append(before == 0 ? "" : ".").append(key);
        const bool named = rules.find(path).rule != nullptr;
        switch (named && isEmpty(value) ? JsonType::Null : value.type()) {
        case JsonType::Object:
            if (named || steps >= maxSteps || isEmpty(value))
                add(attributes, path, std::string(value.raw()), AttributeType::Json);
            else
                append(path, value, rules, attributes, steps + 1);
            break;
        case JsonType::Array:
            add(attributes, path, std::string(value.raw()), AttributeType::Json);
            break;
        case JsonType::String:
            add(attributes, path, std::string(value.text()), AttributeType::Text);
            break;
        case JsonType::Number:
            add(attributes, path, std::string(value.raw()), AttributeType::Number);
            break;
        case JsonType::Bool:
            add(attributes, path, std::string(value.raw()), AttributeType::Bool);
            break;
        default: // null says nothing that an older record may not say
            break;
        }
        path.resize(before);
    });
}

} // namespace

RecordRules::RecordRules(std::span<const AttributeRule> rules, std::initializer_list<std::string_view> roots)
{
    for (const AttributeRule& rule : rules)
        m_rules.push_back(&rule);
    std::sort(m_rules.begin(), m_rules.end(),
              [](const AttributeRule* a, const AttributeRule* b) { return a->key < b->key; });
    for (const std::string_view root : roots)
        m_roots.push_back(root.empty() ? std::string() : std::string(root) + '.');
}

RecordRules::Found RecordRules::find(std::string_view path) const
{
    const auto place =
        std::lower_bound(m_rules.begin(), m_rules.end(), path,
                         [](const AttributeRule* rule, std::string_view wanted) { return rule->key < wanted; });
    if (place != m_rules.end() && (*place)->key == path)
        return {*place, 0};
    for (const std::string& root : m_roots) {
        if (path.starts_with(root)) {
            if (const AttributeRule* rule = ruleOf(path.substr(root.size())))
                return {rule, root.size()};
        }
    }
    return {};
}

bool RecordRules::leadsTo(std::string_view path) const
{
    for (const std::string& root : m_roots) {
        if (path.starts_with(root) || (root.size() == path.size() + 1 && root.starts_with(path)))
            return true;
    }
    const std::string below = std::string(path) + '.';
    const auto place =
        std::lower_bound(m_rules.begin(), m_rules.end(), std::string_view(below),
                         [](const AttributeRule* rule, std::string_view wanted) { return rule->key < wanted; });
    return place != m_rules.end() && (*place)->key.starts_with(below);
}

bool takeMember(std::string_view path, const JsonValue& value, const RecordRules& rules, SpanFacts& facts)
{
    const RecordRules::Found found = rules.find(path);
    if (!found.rule || isEmpty(value))
        return false;
    facts.take(*found.rule, path.substr(found.root), readOtlpValue(value, true, facts));
    return true;
}

void takeRecord(const JsonValue& record, const RecordRules& rules, SpanFacts& facts, const Visit& other)
{
    std::string path;
    take(path, record, rules, facts, other, 0);
}

void appendRecord(const JsonValue& record, const RecordRules& rules, std::vector<Attribute>& attributes)
{
    std::string path;
    append(path, record, rules, attributes, 0);
}

} // namespace arcscope
