// What the keywords of JSON Schema ask of one value.
#include "schemachecker.h"

#include <cmath>

namespace arcscope
{

namespace
{

std::string listed(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return text;
}

} // namespace

bool SchemaChecker::hasType(std::string_view type, JsonIndex value) const
{
    const JsonKind kind = m_document.kind(value);
    if (type == "integer") {
        const auto number = m_document.number(value);
        return number && std::isfinite(*number) && std::trunc(*number) == *number;
    }
    return type == name(kind);
}

bool SchemaChecker::isNullable(JsonIndex rule)
{
    const JsonIndex nullable = sibling(rule, "nullable");
    return nullable >= 0 && m_schema.isTrue(nullable);
}

SchemaVerdict SchemaChecker::type(JsonIndex rule, JsonIndex value)
{
    static constexpr std::string_view known[] = {"object", "array", "string", "number", "integer", "boolean", "null"};
    const bool several = m_schema.kind(rule) == JsonKind::Array;
    std::vector<std::string> types;
    for (JsonIndex i = several ? m_schema.story().firstChild(rule) : rule; i >= 0;
         i = several ? m_schema.story().nextSibling(i) : -1) {
        std::string type = m_schema.text(i);
        for (char& c : type)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (m_schema.kind(i) != JsonKind::String || std::ranges::find(known, type) == std::end(known))
            return notUnderstood(rule);
        if (hasType(type, value))
            return Verdict::Met;
        types.push_back(std::move(type));
    }
    if (isNullable(rule)) {
        if (m_document.kind(value) == JsonKind::Null)
            return Verdict::Met;
        types.emplace_back("null");
    }
    return violated(rule, value, listed(types));
}

SchemaVerdict SchemaChecker::enumeration(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Array)
        return notUnderstood(rule);
    if (m_document.kind(value) == JsonKind::Null && isNullable(rule))
        return Verdict::Met;
    std::vector<std::string> values;
    for (JsonIndex i = m_schema.story().firstChild(rule); i >= 0; i = m_schema.story().nextSibling(i)) {
        const auto equal = equalValues(m_schema, i, m_document, value, m_steps);
        if (!equal)
            return notChecked(rule, "too much work");
        if (*equal)
            return Verdict::Met;
        if (values.size() < 20)
            values.push_back(m_schema.described(i));
        else if (values.size() == 20)
            values.emplace_back("others");
    }
    return violated(rule, value, "one of " + listed(values));
}

SchemaVerdict SchemaChecker::constant(JsonIndex rule, JsonIndex value)
{
    const auto equal = equalValues(m_schema, rule, m_document, value, m_steps);
    if (!equal)
        return notChecked(rule, "too much work");
    return *equal ? Verdict::Met : violated(rule, value, m_schema.described(rule));
}

SchemaVerdict SchemaChecker::required(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Array) // draft 3 and some generators write true beside the property
        return notUnderstood(rule);
    Verdict verdict = Verdict::Met;
    if (m_document.kind(value) != JsonKind::Object)
        return verdict;
    for (JsonIndex i = m_schema.story().firstChild(rule); i >= 0; i = m_schema.story().nextSibling(i)) {
        const std::string key = m_schema.text(i);
        if (m_schema.kind(i) != JsonKind::String)
            verdict = both(verdict, notUnderstood(i));
        else if (m_document.member(value, key) < 0)
            verdict = both(verdict, violated(i, value, "member “" + key + "”", "no such member"));
    }
    return verdict;
}

SchemaVerdict SchemaChecker::uniqueItems(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Bool)
        return notUnderstood(rule);
    if (!m_schema.isTrue(rule) || m_document.kind(value) != JsonKind::Array)
        return Verdict::Met;
    const JsonStory& story = m_document.story();
    for (JsonIndex i = story.firstChild(value); i >= 0; i = story.nextSibling(i)) {
        for (JsonIndex j = story.nextSibling(i); j >= 0; j = story.nextSibling(j)) {
            const auto equal = equalValues(m_document, i, m_document, j, m_steps);
            if (!equal)
                return notChecked(rule, "too much work");
            if (*equal)
                return violated(rule, j, "no element twice",
                                "the same as element " + std::to_string(story.node(i).ordinal));
        }
    }
    return Verdict::Met;
}

SchemaVerdict SchemaChecker::countRule(JsonIndex rule, JsonIndex value, std::size_t count, const std::string& unit)
{
    const auto limit = m_schema.number(rule);
    if (!limit)
        return notUnderstood(rule);
    const bool least = m_schema.story().node(rule).key.starts_with("min");
    const auto there = static_cast<long double>(count);
    if (least ? there >= *limit : there <= *limit)
        return Verdict::Met;
    return violated(rule, value, (least ? "at least " : "at most ") + m_schema.text(rule) + ' ' + unit,
                    std::to_string(count) + ' ' + unit);
}

SchemaVerdict SchemaChecker::itemCount(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) != JsonKind::Array
               ? Verdict::Met
               : countRule(rule, value, static_cast<std::size_t>(m_document.count(value)), "elements");
}

SchemaVerdict SchemaChecker::memberCount(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) != JsonKind::Object
               ? Verdict::Met
               : countRule(rule, value, m_document.members(value).size(), "members");
}

SchemaVerdict SchemaChecker::length(JsonIndex rule, JsonIndex value)
{
    if (m_document.kind(value) != JsonKind::String)
        return Verdict::Met;
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; };
    const std::string text = m_document.text(value);
    const auto more = std::ranges::count_if(text, continues);
    return countRule(rule, value, text.size() - static_cast<std::size_t>(more), "characters");
}

SchemaVerdict SchemaChecker::bound(JsonIndex rule, JsonIndex value)
{
    const std::string& key = m_schema.story().node(rule).key;
    const bool least = key.ends_with("inimum");
    if (m_schema.kind(rule) == JsonKind::Bool && key.starts_with("exclusive"))
        return Verdict::Met; // draft 4: read with minimum and maximum
    const auto limit = m_schema.number(rule);
    if (!limit)
        return notUnderstood(rule);
    const auto number = m_document.number(value);
    if (!number)
        return Verdict::Met;
    const JsonIndex flag = sibling(rule, least ? "exclusiveMinimum" : "exclusiveMaximum");
    const bool exclusive = key.starts_with("exclusive") || (flag >= 0 && m_schema.isTrue(flag));
    if (least ? *number > *limit : *number < *limit)
        return Verdict::Met;
    if (!exclusive && *number == *limit)
        return Verdict::Met;
    return violated(
        rule, value,
        std::string(exclusive ? (least ? "more than " : "less than ") : (least ? "at least " : "at most ")) +
            m_schema.text(rule));
}

SchemaVerdict SchemaChecker::multipleOf(JsonIndex rule, JsonIndex value)
{
    const auto unit = m_schema.number(rule);
    if (!unit || !(*unit > 0))
        return notUnderstood(rule);
    const auto number = m_document.number(value);
    if (!number)
        return Verdict::Met;
    // 0.3 is a multiple of 0.1, which binary fractions only nearly say.
    const long double ratio = *number / *unit;
    const bool met = std::abs(ratio - std::round(ratio)) <= 1e-12L * std::max(1.0L, std::abs(ratio));
    return met ? Verdict::Met : violated(rule, value, "a multiple of " + m_schema.text(rule));
}

SchemaVerdict SchemaChecker::stringRule(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) == JsonKind::String ? notChecked(rule) : Verdict::Met;
}

SchemaVerdict SchemaChecker::objectRule(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) == JsonKind::Object ? notChecked(rule) : Verdict::Met;
}

SchemaVerdict SchemaChecker::arrayRule(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) == JsonKind::Array ? notChecked(rule) : Verdict::Met;
}

} // namespace arcscope
