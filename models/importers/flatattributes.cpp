#include "flatattributes.h"

#include "dialect.h"

namespace arcscope
{
namespace
{

void append(std::string key, const JsonValue& value, std::vector<Attribute>& into)
{
    const AttributeRule* rule = value.isObject() || value.isArray() ? ruleOf(key) : nullptr;
    const bool whole = rule && rule->field != Field::IndexedInput && rule->field != Field::IndexedOutput;
    switch (value.type()) {
    case JsonType::Object:
        if (whole)
            break;
        appendFlatAttributes(key + '.', value, into);
        return;
    case JsonType::Array: {
        const std::string_view raw = value.raw();
        const std::size_t first = raw.find_first_not_of(" \t\r\n", 1);
        if (whole || first == std::string_view::npos || raw[first] != '{')
            break;
        std::size_t index = 0;
        value.eachElement(
            [&](const JsonValue& element) { append(key + '.' + std::to_string(index++), element, into); });
        return;
    }
    case JsonType::String:
        into.push_back({std::move(key), std::string(value.text()), AttributeType::Text});
        return;
    case JsonType::Number:
        into.push_back({std::move(key), std::string(value.raw()), AttributeType::Number});
        return;
    case JsonType::Bool:
        into.push_back({std::move(key), std::string(value.raw()), AttributeType::Bool});
        return;
    default:
        into.push_back({std::move(key), {}, AttributeType::Null});
        return;
    }
    into.push_back({std::move(key), std::string(value.raw()), AttributeType::Json});
}

} // namespace

void appendFlatAttributes(const std::string& prefix, const JsonValue& object, std::vector<Attribute>& into)
{
    object.eachMember(
        [&](std::string_view key, const JsonValue& value) { append(prefix + std::string(key), value, into); });
}

} // namespace arcscope
