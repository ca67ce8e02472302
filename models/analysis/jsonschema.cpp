#include "jsonschema.h"

#include "jsonescape.h"
#include "schemachecker.h"

#include <utility>

namespace arcscope
{

namespace
{

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

SchemaVerdict SchemaChecker::check(JsonIndex schema, JsonIndex value)
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

SchemaVerdict SchemaChecker::checkObject(JsonIndex schema, JsonIndex value)
{
    Verdict verdict = Verdict::Met;
    const JsonStory& story = m_schema.story();
    for (JsonIndex rule = story.firstChild(schema); rule >= 0; rule = story.nextSibling(rule)) {
        const std::string& key = story.node(rule).key;
        if (key.starts_with("x-") ||
            m_schema.member(schema, key) != rule) // an extension; a duplicate that does not count
            continue;
        const Entry* const entry = std::ranges::find(keywords, key, &Entry::name);
        if (entry == keywords.end())
            verdict = both(verdict, notChecked(rule));
        else if (entry->check)
            verdict = both(verdict, (this->*entry->check)(rule, value));
    }
    return verdict;
}

SchemaVerdict SchemaChecker::properties(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Object)
        return notUnderstood(rule);
    Verdict verdict = Verdict::Met;
    for (JsonIndex i = m_schema.story().firstChild(rule); i >= 0; i = m_schema.story().nextSibling(i)) {
        const std::string& key = m_schema.story().node(i).key;
        const JsonIndex member = m_document.member(value, key);
        if (member >= 0 && m_schema.member(rule, key) == i)
            verdict = both(verdict, check(i, member));
    }
    return verdict;
}

SchemaVerdict SchemaChecker::additionalProperties(JsonIndex rule, JsonIndex value)
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

SchemaVerdict SchemaChecker::items(JsonIndex rule, JsonIndex value)
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

SchemaVerdict SchemaChecker::prefixItems(JsonIndex rule, JsonIndex value)
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

std::array<std::size_t, 3> SchemaChecker::tryAll(JsonIndex rule, JsonIndex value)
{
    std::array<std::size_t, 3> verdicts{};
    const bool quiet = std::exchange(m_quiet, true);
    for (JsonIndex i = m_schema.story().firstChild(rule); i >= 0; i = m_schema.story().nextSibling(i))
        ++verdicts[static_cast<std::size_t>(check(i, value))];
    m_quiet = quiet;
    return verdicts;
}

SchemaVerdict SchemaChecker::anyOf(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Array)
        return notUnderstood(rule);
    const auto [met, open, failed] = tryAll(rule, value);
    if (met > 0)
        return Verdict::Met;
    return open > 0 ? Verdict::NotChecked : violated(rule, value, "one of " + std::to_string(failed) + " alternatives");
}

SchemaVerdict SchemaChecker::oneOf(JsonIndex rule, JsonIndex value)
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

SchemaVerdict SchemaChecker::allOf(JsonIndex rule, JsonIndex value)
{
    if (m_schema.kind(rule) != JsonKind::Array)
        return notUnderstood(rule);
    Verdict verdict = Verdict::Met;
    for (JsonIndex i = m_schema.story().firstChild(rule); i >= 0; i = m_schema.story().nextSibling(i))
        verdict = both(verdict, check(i, value));
    return verdict;
}

SchemaVerdict SchemaChecker::negation(JsonIndex rule, JsonIndex value)
{
    const bool quiet = std::exchange(m_quiet, true);
    const Verdict verdict = check(rule, value);
    m_quiet = quiet;
    if (verdict == Verdict::NotChecked)
        return verdict;
    return verdict == Verdict::Violated ? Verdict::Met
                                        : violated(rule, value, "nothing that the schema behind “not” allows");
}

SchemaVerdict SchemaChecker::reference(JsonIndex rule, JsonIndex value)
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

JsonIndex SchemaChecker::sibling(JsonIndex rule, std::string_view name)
{
    return m_schema.member(m_schema.story().node(rule).parent, name);
}

SchemaVerdict SchemaChecker::violated(JsonIndex rule, JsonIndex value, std::string expected, std::string found)
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

SchemaVerdict SchemaChecker::notChecked(JsonIndex rule, std::string reason)
{
    if (m_gaps.insert(rule).second)
        m_result.notChecked.push_back({jsonPointer(m_schema.story(), rule), std::move(reason)});
    return Verdict::NotChecked;
}

Result<SchemaCheck> checkSchema(const JsonStory& schema, const JsonStory& document)
{
    if (auto whole = needWhole(schema, "the schema"); !whole)
        return whole.error();
    if (auto whole = needWhole(document, "the document"); !whole)
        return whole.error();
    return SchemaChecker(schema, document).run();
}

} // namespace arcscope
