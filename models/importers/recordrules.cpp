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
template <typename Value>
bool isEmpty(const Value& value)
{
    const std::string_view raw = value.isObject() || value.isArray() ? value.raw() : std::string_view();
    return raw.size() >= 2 && raw.find_first_not_of(" \t\r\n", 1) == raw.size() - 1;
}

/// As readOtlpValue() of a flat value.
FactValue plainFact(const PlainValue& value)
{
    switch (value.type()) {
    case JsonType::String:
        return {FactValue::Form::Escaped, value.content()};
    case JsonType::Number:
        return {FactValue::Form::Number, value.raw()};
    case JsonType::Bool:
        return {FactValue::Form::Bool, value.raw()};
    case JsonType::Object:
    case JsonType::Array:
        return {FactValue::Form::Json, value.raw()};
    default:
        return {};
    }
}

using Visit = std::function<void(std::string_view path, const JsonValue& value)>;

void take(std::string& path, const JsonValue& value, const RecordRules& rules, SpanFacts& facts, const Visit& other,
          int steps);

/// One member: whole where a rule names it, and its inside where rules lie below it.
void takeAt(std::string& path, const JsonValue& value, const RecordRules& rules, SpanFacts& facts, const Visit& other,
            int steps)
{
    const bool named = takeMember(path, value, rules, facts);
    if ((value.isObject() || value.isArray()) && steps < maxSteps && rules.leadsTo(path))
        take(path, value, rules, facts, named ? Visit([](std::string_view, const JsonValue&) {}) : other, steps + 1);
    else if (!named)
        other(path, value);
}

void take(std::string& path, const JsonValue& value, const RecordRules& rules, SpanFacts& facts, const Visit& other,
          int steps)
{
    const std::size_t before = path.size();
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        path.append(before == 0 ? "" : ".").append(key);
        takeAt(path, member, rules, facts, other, steps);
        path.resize(before);
    });
    bool first = true;
    value.eachElement([&](const JsonValue& element) {
        if (!first)
            return;
        first = false;
        path.append(".0");
        takeAt(path, element, rules, facts, other, steps);
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

void append(std::string& path, const JsonValue& value, const RecordRules& rules, std::vector<Attribute>& attributes,
            bool inNamed, int steps);

void appendAt(std::string& path, const JsonValue& value, const RecordRules& rules, std::vector<Attribute>& attributes,
              bool inNamed, int steps)
{
    const bool named = rules.find(path).rule != nullptr;
    const bool container = value.isObject() || value.isArray();
    const bool enter = container && steps < maxSteps && !isEmpty(value) &&
                       (rules.leadsTo(path) || (value.isObject() && !named && !inNamed));
    const bool asList = value.isArray() && !named && !inNamed;
    if (!value.recorded() || (named && isEmpty(value)) || value.type() == JsonType::Invalid)
        return; // it says nothing that an older record may not say
    if (named || (!inNamed && (!enter || asList))) {
        const AttributeType types[] = {AttributeType::Null,   AttributeType::Null, AttributeType::Bool,
                                       AttributeType::Number, AttributeType::Text, AttributeType::Json,
                                       AttributeType::Json,   AttributeType::Null};
        add(attributes, path, std::string(value.isString() ? value.text() : value.raw()),
            types[static_cast<std::size_t>(value.type())]);
    }
    if (enter)
        append(path, value, rules, attributes, inNamed || named || asList, steps + 1);
}

void append(std::string& path, const JsonValue& value, const RecordRules& rules, std::vector<Attribute>& attributes,
            bool inNamed, int steps)
{
    const std::size_t before = path.size();
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        path.append(before == 0 ? "" : ".").append(key);
        appendAt(path, member, rules, attributes, inNamed, steps);
        path.resize(before);
    });
    bool first = true;
    value.eachElement([&](const JsonValue& element) {
        if (!first)
            return;
        first = false;
        path.append(".0");
        appendAt(path, element, rules, attributes, inNamed, steps);
        path.resize(before);
    });
}

} // namespace

RecordRules::RecordRules(std::span<const AttributeRule> rules, std::initializer_list<std::string_view> roots)
    : m_byKey(4 * (rules.size() + 1))
{
    for (const AttributeRule& rule : rules)
        m_rules.push_back(&rule);
    std::sort(m_rules.begin(), m_rules.end(),
              [](const AttributeRule* a, const AttributeRule* b) { return a->key < b->key; });
    for (const AttributeRule* const rule : m_rules)
        m_byKey.insert(*rule);
    for (const std::string_view root : roots)
        m_roots.push_back(root.empty() ? std::string() : std::string(root) + '.');
}

RecordRules::Found RecordRules::find(std::string_view path) const
{
    if (const AttributeRule* const rule = m_byKey.find(path))
        return {rule, 0};
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

bool takeMember(std::string_view path, const PlainValue& value, const RecordRules& rules, SpanFacts& facts)
{
    const RecordRules::Found found = rules.find(path);
    if (!found.rule || isEmpty(value))
        return false;
    facts.take(*found.rule, path.substr(found.root), plainFact(value));
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
    append(path, record, rules, attributes, false, 0);
}

} // namespace arcscope
