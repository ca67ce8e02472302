#include "jsonschema.h"

#include "jsonescape.h"
#include "jsonread.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace arcscope
{

namespace
{

constexpr std::size_t mostSteps = 1'000'000;
constexpr std::size_t deepest = 500;

/// NotChecked: nothing is violated, but something was left out.
enum class Verdict : std::uint8_t { Met, NotChecked, Violated };

Verdict both(Verdict a, Verdict b)
{
    return std::max(a, b);
}

class SchemaChecker
{
public:
    SchemaChecker(const JsonStory& schema, const JsonStory& document)
        : m_schema(schema)
        , m_document(document)
    {
    }

    SchemaCheck run()
    {
        check(0, 0);
        return std::move(m_result);
    }

private:
    using Keyword = Verdict (SchemaChecker::*)(JsonIndex rule, JsonIndex value);
    struct Entry {
        std::string_view name;
        Keyword check; ///< nullptr: an annotation
    };
    static const std::array<Entry, 43> keywords;

    Verdict check(JsonIndex schema, JsonIndex value);
    Verdict checkObject(JsonIndex schema, JsonIndex value);

    Verdict type(JsonIndex rule, JsonIndex value);
    Verdict enumeration(JsonIndex rule, JsonIndex value);
    Verdict constant(JsonIndex rule, JsonIndex value);
    Verdict properties(JsonIndex rule, JsonIndex value);
    Verdict required(JsonIndex rule, JsonIndex value);
    Verdict additionalProperties(JsonIndex rule, JsonIndex value);
    Verdict items(JsonIndex rule, JsonIndex value);
    Verdict prefixItems(JsonIndex rule, JsonIndex value);
    Verdict uniqueItems(JsonIndex rule, JsonIndex value);
    Verdict itemCount(JsonIndex rule, JsonIndex value);
    Verdict memberCount(JsonIndex rule, JsonIndex value);
    Verdict length(JsonIndex rule, JsonIndex value);
    Verdict bound(JsonIndex rule, JsonIndex value);
    Verdict multipleOf(JsonIndex rule, JsonIndex value);
    Verdict anyOf(JsonIndex rule, JsonIndex value);
    Verdict oneOf(JsonIndex rule, JsonIndex value);
    Verdict allOf(JsonIndex rule, JsonIndex value);
    Verdict negation(JsonIndex rule, JsonIndex value);
    Verdict reference(JsonIndex rule, JsonIndex value);
    Verdict stringRule(JsonIndex rule, JsonIndex value);
    Verdict objectRule(JsonIndex rule, JsonIndex value);
    Verdict arrayRule(JsonIndex rule, JsonIndex value);

    /// The number of alternatives with each verdict; their violations are not reported.
    std::array<std::size_t, 3> tryAll(JsonIndex rule, JsonIndex value);
    Verdict countRule(JsonIndex rule, JsonIndex value, std::size_t count, const std::string& unit);
    JsonIndex sibling(JsonIndex rule, std::string_view name);
    bool isNullable(JsonIndex rule);
    bool hasType(std::string_view type, JsonIndex value) const;

    Verdict violated(JsonIndex rule, JsonIndex value, std::string expected, std::string found = {});
    Verdict notChecked(JsonIndex rule, std::string reason = "this keyword is not known here");
    Verdict notUnderstood(JsonIndex rule) { return notChecked(rule, "not understood: " + m_schema.described(rule)); }

    JsonReading m_schema;
    JsonReading m_document;
    SchemaCheck m_result;
    std::set<JsonIndex> m_gaps;
    std::map<std::string, std::optional<JsonIndex>> m_targets; ///< of references
    std::size_t m_steps = mostSteps;
    std::size_t m_depth = 0;
    bool m_quiet = false; ///< inside of an alternative: violations only count for the verdict
};

constexpr std::array<SchemaChecker::Entry, 43> SchemaChecker::keywords{{
    {"type", &SchemaChecker::type},
    {"enum", &SchemaChecker::enumeration},
    {"const", &SchemaChecker::constant},
    {"properties", &SchemaChecker::properties},
    {"required", &SchemaChecker::required},
    {"additionalProperties", &SchemaChecker::additionalProperties},
    {"items", &SchemaChecker::items},
    {"prefixItems", &SchemaChecker::prefixItems},
    {"uniqueItems", &SchemaChecker::uniqueItems},
    {"minItems", &SchemaChecker::itemCount},
    {"maxItems", &SchemaChecker::itemCount},
    {"minProperties", &SchemaChecker::memberCount},
    {"maxProperties", &SchemaChecker::memberCount},
    {"minLength", &SchemaChecker::length},
    {"maxLength", &SchemaChecker::length},
    {"minimum", &SchemaChecker::bound},
    {"maximum", &SchemaChecker::bound},
    {"exclusiveMinimum", &SchemaChecker::bound},
    {"exclusiveMaximum", &SchemaChecker::bound},
    {"multipleOf", &SchemaChecker::multipleOf},
    {"anyOf", &SchemaChecker::anyOf},
    {"oneOf", &SchemaChecker::oneOf},
    {"allOf", &SchemaChecker::allOf},
    {"not", &SchemaChecker::negation},
    {"$ref", &SchemaChecker::reference},
    {"pattern", &SchemaChecker::stringRule},
    {"format", &SchemaChecker::stringRule},
    {"patternProperties", &SchemaChecker::objectRule},
    {"propertyNames", &SchemaChecker::objectRule},
    {"contains", &SchemaChecker::arrayRule},
    {"nullable", nullptr}, // read with type and enum
    {"title", nullptr},
    {"description", nullptr},
    {"default", nullptr},
    {"examples", nullptr},
    {"example", nullptr},
    {"$schema", nullptr},
    {"$id", nullptr},
    {"$comment", nullptr},
    {"$defs", nullptr},
    {"definitions", nullptr},
    {"deprecated", nullptr},
    {"propertyOrdering", nullptr},
}};

std::string listed(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return text;
}

/// %XX of a URI as the byte it stands for.
std::string unescapedFragment(std::string_view fragment)
{
    std::string text;
    for (std::size_t i = 0; i < fragment.size(); ++i) {
        const int high = fragment[i] == '%' && i + 2 < fragment.size() ? hexValue(fragment[i + 1]) : -1;
        const int low = high >= 0 ? hexValue(fragment[i + 2]) : -1;
        text += low >= 0 ? static_cast<char>(high * 16 + low) : fragment[i];
        i += low >= 0 ? 2 : 0;
    }
    return text;
}

Verdict SchemaChecker::check(JsonIndex schema, JsonIndex value)
{
    if (m_steps == 0 || m_depth == deepest)
        return notChecked(schema, m_steps == 0 ? "too much work" : "schemas within each other without end");
    --m_steps;
    if (m_schema.kind(schema) == JsonKind::Bool)
        return m_schema.isTrue(schema) ? Verdict::Met : violated(schema, value, "nothing: the schema is false");
    if (m_schema.kind(schema) != JsonKind::Object)
        return notUnderstood(schema);
    ++m_depth;
    const Verdict verdict = checkObject(schema, value);
    --m_depth;
    return verdict;
}

Verdict SchemaChecker::checkObject(JsonIndex schema, JsonIndex value)
{
    Verdict verdict = Verdict::Met;
    const JsonStory& story = m_schema.story();
    for (JsonIndex rule = story.firstChild(schema); rule >= 0; rule = story.nextSibling(rule)) {
        const std::string& key = story.node(rule).key;
        if (key.starts_with("x-") ||
            m_schema.member(schema, key) != rule) // an extension; a duplicate that does not count
            continue;
        const auto entry = std::ranges::find(keywords, key, &Entry::name);
        if (entry == keywords.end())
            verdict = both(verdict, notChecked(rule));
        else if (entry->check)
            verdict = both(verdict, (this->*entry->check)(rule, value));
    }
    return verdict;
}

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

Verdict SchemaChecker::type(JsonIndex rule, JsonIndex value)
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

Verdict SchemaChecker::enumeration(JsonIndex rule, JsonIndex value)
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

Verdict SchemaChecker::constant(JsonIndex rule, JsonIndex value)
{
    const auto equal = equalValues(m_schema, rule, m_document, value, m_steps);
    if (!equal)
        return notChecked(rule, "too much work");
    return *equal ? Verdict::Met : violated(rule, value, m_schema.described(rule));
}

Verdict SchemaChecker::properties(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Object)
        return notUnderstood(rule);
    Verdict verdict = Verdict::Met;
    for (JsonIndex i = m_schema.story().firstChild(rule); i >= 0; i = m_schema.story().nextSibling(i)) {
        const JsonIndex member = m_document.member(value, m_schema.story().node(i).key);
        if (member >= 0)
            verdict = both(verdict, check(i, member));
    }
    return verdict;
}

Verdict SchemaChecker::required(JsonIndex rule, JsonIndex value)
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

Verdict SchemaChecker::additionalProperties(JsonIndex rule, JsonIndex value)
{
    const JsonIndex known = sibling(rule, "properties");
    if (sibling(rule, "patternProperties") >= 0 && m_document.kind(value) == JsonKind::Object)
        return notChecked(rule, "depends on patternProperties");
    Verdict verdict = Verdict::Met;
    for (const auto& [key, member] : m_document.members(value)) {
        if (known >= 0 && m_schema.member(known, key) >= 0)
            continue;
        const bool forbidden = m_schema.kind(rule) == JsonKind::Bool && !m_schema.isTrue(rule);
        verdict = both(verdict, forbidden ? violated(rule, member, "no member “" + std::string(key) + "”")
                                          : check(rule, member));
    }
    return verdict;
}

Verdict SchemaChecker::items(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) == JsonKind::Array) // until 2019-09
        return prefixItems(rule, value);
    Verdict verdict = Verdict::Met;
    if (m_document.kind(value) != JsonKind::Array)
        return verdict;
    const JsonIndex prefix = sibling(rule, "prefixItems");
    const JsonIndex before = prefix >= 0 ? m_schema.count(prefix) : 0;
    const JsonStory& story = m_document.story();
    for (JsonIndex i = story.firstChild(value); i >= 0; i = story.nextSibling(i)) {
        if (story.node(i).ordinal >= before)
            verdict = both(verdict, check(rule, i));
    }
    return verdict;
}

Verdict SchemaChecker::prefixItems(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Array)
        return notUnderstood(rule);
    Verdict verdict = Verdict::Met;
    if (m_document.kind(value) != JsonKind::Array)
        return verdict;
    JsonIndex schema = m_schema.story().firstChild(rule);
    JsonIndex item = m_document.story().firstChild(value);
    for (; schema >= 0 && item >= 0;
         schema = m_schema.story().nextSibling(schema), item = m_document.story().nextSibling(item))
        verdict = both(verdict, check(schema, item));
    return verdict;
}

Verdict SchemaChecker::uniqueItems(JsonIndex rule, JsonIndex value)
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

Verdict SchemaChecker::countRule(JsonIndex rule, JsonIndex value, std::size_t count, const std::string& unit)
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

Verdict SchemaChecker::itemCount(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) != JsonKind::Array
               ? Verdict::Met
               : countRule(rule, value, static_cast<std::size_t>(m_document.count(value)), "elements");
}

Verdict SchemaChecker::memberCount(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) != JsonKind::Object
               ? Verdict::Met
               : countRule(rule, value, m_document.members(value).size(), "members");
}

Verdict SchemaChecker::length(JsonIndex rule, JsonIndex value)
{
    if (m_document.kind(value) != JsonKind::String)
        return Verdict::Met;
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; };
    const std::string text = m_document.text(value);
    const auto more = std::ranges::count_if(text, continues);
    return countRule(rule, value, text.size() - static_cast<std::size_t>(more), "characters");
}

Verdict SchemaChecker::bound(JsonIndex rule, JsonIndex value)
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

Verdict SchemaChecker::multipleOf(JsonIndex rule, JsonIndex value)
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

std::array<std::size_t, 3> SchemaChecker::tryAll(JsonIndex rule, JsonIndex value)
{
    std::array<std::size_t, 3> verdicts{};
    const bool quiet = std::exchange(m_quiet, true);
    for (JsonIndex i = m_schema.story().firstChild(rule); i >= 0; i = m_schema.story().nextSibling(i))
        ++verdicts[static_cast<std::size_t>(check(i, value))];
    m_quiet = quiet;
    return verdicts;
}

Verdict SchemaChecker::anyOf(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Array)
        return notUnderstood(rule);
    const auto [met, open, failed] = tryAll(rule, value);
    if (met > 0)
        return Verdict::Met;
    return open > 0 ? Verdict::NotChecked : violated(rule, value, "one of " + std::to_string(failed) + " alternatives");
}

Verdict SchemaChecker::oneOf(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Array)
        return notUnderstood(rule);
    const auto [met, open, failed] = tryAll(rule, value);
    const std::size_t all = met + open + failed;
    if (met > 1)
        return violated(rule, value, "exactly one of " + std::to_string(all) + " alternatives",
                        m_document.described(value) + ", which " + std::to_string(met) + " of them allow");
    if (open > 0)
        return Verdict::NotChecked;
    return met == 1 ? Verdict::Met : violated(rule, value, "one of " + std::to_string(all) + " alternatives");
}

Verdict SchemaChecker::allOf(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Array)
        return notUnderstood(rule);
    Verdict verdict = Verdict::Met;
    for (JsonIndex i = m_schema.story().firstChild(rule); i >= 0; i = m_schema.story().nextSibling(i))
        verdict = both(verdict, check(i, value));
    return verdict;
}

Verdict SchemaChecker::negation(JsonIndex rule, JsonIndex value)
{
    const bool quiet = std::exchange(m_quiet, true);
    const Verdict verdict = check(rule, value);
    m_quiet = quiet;
    if (verdict == Verdict::NotChecked)
        return verdict;
    return verdict == Verdict::Violated ? Verdict::Met
                                        : violated(rule, value, "nothing that the schema behind “not” allows");
}

Verdict SchemaChecker::reference(JsonIndex rule, JsonIndex value)
{
    const std::string text = m_schema.text(rule);
    if (m_schema.kind(rule) != JsonKind::String || !text.starts_with('#'))
        return notChecked(rule, "outside of this schema: " + m_schema.described(rule));
    const auto [entry, isNew] = m_targets.try_emplace(text);
    if (isNew)
        entry->second = m_schema.find(unescapedFragment(std::string_view(text).substr(1)));
    const std::optional<JsonIndex> target = entry->second;
    return target ? check(*target, value) : notChecked(rule, "leads nowhere: " + m_schema.described(rule));
}

Verdict SchemaChecker::stringRule(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) == JsonKind::String ? notChecked(rule) : Verdict::Met;
}

Verdict SchemaChecker::objectRule(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) == JsonKind::Object ? notChecked(rule) : Verdict::Met;
}

Verdict SchemaChecker::arrayRule(JsonIndex rule, JsonIndex value)
{
    return m_document.kind(value) == JsonKind::Array ? notChecked(rule) : Verdict::Met;
}

JsonIndex SchemaChecker::sibling(JsonIndex rule, std::string_view name)
{
    return m_schema.member(m_schema.story().node(rule).parent, name);
}

Verdict SchemaChecker::violated(JsonIndex rule, JsonIndex value, std::string expected, std::string found)
{
    if (m_quiet)
        return Verdict::Violated;
    ++m_result.violationCount;
    if (m_result.violations.size() < maxSchemaViolations) {
        if (found.empty())
            found = m_document.described(value);
        m_result.violations.push_back({value, jsonPointer(m_document.story(), value),
                                       jsonPointer(m_schema.story(), rule), std::move(expected), std::move(found)});
    }
    return Verdict::Violated;
}

Verdict SchemaChecker::notChecked(JsonIndex rule, std::string reason)
{
    if (m_gaps.insert(rule).second)
        m_result.notChecked.push_back({jsonPointer(m_schema.story(), rule), std::move(reason)});
    return Verdict::NotChecked;
}

Result<void> needWhole(const JsonStory& story, std::string_view what)
{
    if (story.prefix().state() == JsonState::Complete)
        return {};
    const auto& fault = story.prefix().fault();
    const std::int64_t byte = fault ? fault->byte : story.prefix().bytes();
    const std::string expected = fault ? fault->expected : story.prefix().expected();
    return Error{ErrorCode::Malformed, std::string(what) + " is no whole JSON document: byte " + std::to_string(byte) +
                                           ": expected " + expected};
}

} // namespace

Result<SchemaCheck> checkSchema(const JsonStory& schema, const JsonStory& document)
{
    if (auto whole = needWhole(schema, "the schema"); !whole)
        return whole.error();
    if (auto whole = needWhole(document, "the document"); !whole)
        return whole.error();
    return SchemaChecker(schema, document).run();
}

} // namespace arcscope
