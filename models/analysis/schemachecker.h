// The keywords of JSON Schema as member functions of one checker: what jsonschema.cpp and schemarules.cpp share.
#pragma once

#include "jsonread.h"
#include "jsonschema.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace arcscope
{

/// NotChecked: nothing is violated, but something was left out.
enum class SchemaVerdict : std::uint8_t { Met, NotChecked, Violated };

inline SchemaVerdict both(SchemaVerdict a, SchemaVerdict b)
{
    return std::max(a, b);
}

/// One use: of a whole schema and a whole document.
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
    static constexpr std::size_t mostSteps = 1'000'000;
    static constexpr std::size_t deepest = 500;

    using Verdict = SchemaVerdict;
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

} // namespace arcscope
