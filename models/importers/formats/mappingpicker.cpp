#include "mappingpicker.h"

#include "jsontext.h"
#include "jsontokens.h"

namespace arcscope
{
namespace
{

bool beginsContainer(std::string_view text)
{
    const std::size_t at = text.find_first_not_of(" \t\r\n");
    return at != std::string_view::npos && (text[at] == '{' || text[at] == '[');
}

} // namespace

PickedValue PickedValue::ofField(std::string_view field)
{
    PickedValue value;
    value.m_field = field;
    value.m_isField = true;
    return value;
}

bool PickedValue::recorded() const
{
    if (m_isField)
        return !m_field.empty();
    if (m_json.type() == JsonType::Invalid || !m_json.recorded())
        return false;
    return !m_json.isString() || !m_json.content().empty();
}

std::string_view PickedValue::text() const
{
    if (m_isField)
        return m_field;
    return m_json.isString() ? m_json.text() : m_json.raw();
}

std::string_view PickedValue::jsonText() const
{
    if (!m_isField && !m_json.isString())
        return m_json.isObject() || m_json.isArray() ? m_json.raw() : std::string_view();
    const std::string_view held = text();
    return beginsContainer(held) ? held : std::string_view();
}

std::string PickedValue::raw() const
{
    if (m_isField)
        return '"' + escapedJson(m_field) + '"';
    return m_json.type() == JsonType::Missing || m_json.type() == JsonType::Invalid ? "null"
                                                                                    : std::string(m_json.raw());
}

std::size_t MappingPicker::below(std::size_t node, const MappingStep& step)
{
    const bool isKey = step.kind == MappingStep::Kind::Key;
    Node& from = m_nodes[node];
    if (isKey) {
        if (const auto found = from.members.find(step.key); found != from.members.end())
            return found->second;
        from.members.emplace(step.key, m_nodes.size());
    } else {
        if (const auto found = from.elements.find(step.index); found != from.elements.end())
            return found->second;
        from.elements.emplace(step.index, m_nodes.size());
    }
    MappingPath path;
    path.steps.push_back(step);
    const std::string text = mappingPathText(path);
    const std::string before = from.path;
    m_nodes.emplace_back().path = before + (before.empty() || !isKey ? "" : ".") + text;
    return m_nodes.size() - 1;
}

std::size_t MappingPicker::add(const MappingPath& path)
{
    std::size_t node = 0;
    for (const MappingStep& step : path.steps) {
        if (step.kind == MappingStep::Kind::Elements || step.kind == MappingStep::Kind::Members)
            break;
        node = below(node, step);
    }
    if (m_nodes[node].place == none)
        m_nodes[node].place = m_places++;
    return m_nodes[node].place;
}

JsonParser& MappingPicker::innerParser()
{
    if (m_innerUsed == m_inner.size())
        m_inner.push_back(std::make_unique<JsonParser>());
    return *m_inner[m_innerUsed++];
}

/// Whoever names the whole of a container has its members.
void MappingPicker::notUsed(Node& node, std::string_view key)
{
    if (node.place != none || m_unused >= mostUnused || node.unused.contains(key))
        return;
    node.unused.emplace(key);
    ++m_unused;
}

void MappingPicker::addUnused(const std::string& prefix, std::set<std::string>& names) const
{
    for (const Node& node : m_nodes) {
        for (const std::string& key : node.unused)
            names.insert(prefix + node.path + (node.path.empty() ? "" : ".") + key);
    }
}

void MappingPicker::enter(std::size_t node, const JsonValue& value, std::vector<PickedValue>& values)
{
    if (value.isObject()) {
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            const auto& members = m_nodes[node].members;
            if (const auto found = members.find(key); found != members.end())
                walk(found->second, PickedValue(member), values);
            else
                notUsed(m_nodes[node], key);
        });
    } else if (value.isArray() && !m_nodes[node].elements.empty()) {
        std::size_t index = 0;
        value.eachElement([&](const JsonValue& element) {
            const auto& elements = m_nodes[node].elements;
            if (const auto found = elements.find(index++); found != elements.end())
                walk(found->second, PickedValue(element), values);
        });
    }
}

void MappingPicker::walk(std::size_t node, const PickedValue& value, std::vector<PickedValue>& values)
{
    if (m_nodes[node].place != none && !values[m_nodes[node].place].recorded())
        values[m_nodes[node].place] = value;
    if (m_nodes[node].members.empty() && m_nodes[node].elements.empty())
        return;
    if (!value.isField() && !value.json().isString()) {
        enter(node, value.json(), values);
    } else if (const std::string_view text = value.jsonText(); !text.empty()) {
        enter(node, innerParser().parseCopy(text), values);
    }
}

void MappingPicker::pick(const JsonValue& element, std::vector<PickedValue>& values)
{
    values.assign(m_places, {});
    m_innerUsed = 0;
    if (m_nodes[0].place != none)
        values[m_nodes[0].place] = PickedValue(element);
    const bool whole = m_nodes[0].place != none && m_nodes[0].members.empty() && m_nodes[0].elements.empty();
    if (!whole)
        enter(0, element, values);
}

void MappingPicker::pick(const std::vector<std::string>& columns, const std::vector<std::string_view>& fields,
                         std::vector<PickedValue>& values)
{
    values.assign(m_places, {});
    m_innerUsed = 0;
    for (std::size_t i = 0; i < columns.size() && i < fields.size(); ++i) {
        const auto& members = m_nodes[0].members;
        if (const auto found = members.find(columns[i]); found != members.end())
            walk(found->second, PickedValue::ofField(fields[i]), values);
        else
            notUsed(m_nodes[0], columns[i]);
    }
}

} // namespace arcscope
