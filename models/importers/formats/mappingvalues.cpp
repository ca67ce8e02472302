#include "mappingvalues.h"

#include "jsontext.h"

#include <algorithm>

namespace arcscope
{

MappingPlaces::MappingPlaces(const MappingLevel& level)
{
    for (const MappingRule& rule : level.rules)
        addRule(rule, 0);
}

void MappingPlaces::addPath(const MappingPath& path, int up)
{
    if (path.base == MappingPath::Base::Element && path.up == up)
        m_places.emplace(&path, picker.add(path));
}

void MappingPlaces::addValue(const MappingValue& value, int up)
{
    for (const MappingPath& path : value.paths)
        addPath(path, up);
    for (const auto& [text, path] : value.text) {
        if (path)
            addPath(*path, up);
    }
}

void MappingPlaces::addRule(const MappingRule& rule, int up)
{
    for (const MappingCondition& condition : rule.when)
        addPath(condition.path, up);
    for (const MappingValue* value : {&rule.kind, &rule.status, &rule.trace, &rule.id, &rule.parent, &rule.start,
                                      &rule.end, &rule.duration, &rule.firstToken, &rule.cost})
        addValue(*value, up);
    for (const MappingValue& text : rule.texts)
        addValue(text, up);
    for (const MappingValue& count : rule.usage.counts)
        addValue(count, up);
    for (const auto* path : {&rule.usage.object, &rule.arguments, &rule.result, &rule.calls, &rule.answers}) {
        if (*path)
            addPath(**path, up);
    }
    for (const auto* messages : {&rule.input, &rule.output}) {
        for (const MappingMessages& one : *messages)
            addPath(one.path, up);
    }
    for (const MappingLevel& level : rule.children) {
        if (level.zip.empty())
            addPath(level.each, up);
        for (const auto& [key, path] : level.zip)
            addPath(path, up);
        for (const MappingRule& below : level.rules)
            addRule(below, up + 1);
    }
}

void MappingDocument::take(std::string_view key, std::string_view value)
{
    if (m_members.size() < mostMembers && value.size() <= longestMember)
        m_members.insert_or_assign(std::string(key), std::string(value));
}

std::string MappingDocument::find(const MappingPath& path) const
{
    const auto member = m_members.find(path.steps.front().key);
    if (member == m_members.end())
        return {};
    MappingPath rest;
    rest.steps.assign(path.steps.begin() + 1, path.steps.end());
    MappingPicker picker;
    const std::size_t place = picker.add(rest);
    std::vector<PickedValue> values;
    JsonParser parser;
    picker.pick(parser.parseCopy(member->second), values);
    return values[place].recorded() ? std::string(values[place].text()) : std::string();
}

PickedValue MappingScope::value(const MappingPath& path) const
{
    const MappingScope* scope = this;
    for (int i = 0; i < path.up && scope; ++i)
        scope = scope->outer;
    return scope ? scope->values[scope->places->at(path)] : PickedValue();
}

std::string_view MappingScope::textAt(const MappingPath& path) const
{
    switch (path.base) {
    case MappingPath::Base::Element: {
        const PickedValue found = value(path);
        return found.recorded() ? found.text() : std::string_view();
    }
    case MappingPath::Base::Document:
        return document ? kept.emplace_back(document->find(path)) : std::string_view();
    case MappingPath::Base::Key:
        return key;
    case MappingPath::Base::Number:
        return kept.emplace_back(std::to_string(number));
    case MappingPath::Base::File:
        return fileStem;
    }
    return {};
}

std::string_view MappingScope::recorded(const MappingValue& value) const
{
    if (value.constant)
        return *value.constant;
    if (!value.text.empty()) {
        std::string text;
        for (const auto& [before, path] : value.text) {
            text += before;
            if (!path)
                continue;
            const std::string_view at = textAt(*path);
            if (at.empty())
                return {};
            text += at;
        }
        return kept.emplace_back(std::move(text));
    }
    for (const MappingPath& path : value.paths) {
        if (const std::string_view at = textAt(path); !at.empty())
            return at;
    }
    return {};
}

std::string_view MappingScope::text(const MappingValue& value) const
{
    const std::string_view found = recorded(value);
    if (found.empty() || (value.words.empty() && !value.otherwise))
        return found;
    for (const auto& [word, meaning] : value.words) {
        if (sameScalar(word, found))
            return meaning;
    }
    if (value.otherwise)
        return *value.otherwise;
    return {};
}

bool MappingScope::holds(const MappingCondition& condition) const
{
    const std::string_view found = textAt(condition.path);
    bool holds = !found.empty();
    if (!condition.wanted.empty())
        holds = std::any_of(condition.wanted.begin(), condition.wanted.end(),
                            [&](const std::string& wanted) { return sameScalar(wanted, found); });
    return holds != condition.negated;
}

bool sameScalar(std::string_view a, std::string_view b)
{
    if (a == b)
        return true;
    const auto left = readNumber(a);
    const auto right = left ? readNumber(b) : std::nullopt;
    return left && right && *left == *right;
}

} // namespace arcscope
