// Whether a JSON document is what a JSON Schema asks for, as far as schemas of tools go.
#pragma once

#include "jsonstory.h"
#include "result.h"

#include <string>
#include <vector>

namespace arcscope
{

/// One thing that the schema asks for and the document does not have.
struct SchemaViolation {
    JsonIndex node = 0;        ///< of the document; for a missing member the object that lacks it
    std::string pointer;       ///< to it
    std::string schemaPointer; ///< to the keyword that is not met
    std::string expected;
    std::string found;
};

/// A keyword that was left out, so that the document may be wrong without a violation.
struct SchemaGap {
    std::string schemaPointer;
    std::string reason;
};

struct SchemaCheck {
    std::vector<SchemaViolation> violations; ///< in the order of the schema
    std::vector<SchemaGap> notChecked;       ///< each keyword once
    std::size_t violationCount = 0;          ///< violations keeps the first maxSchemaViolations
};

inline constexpr std::size_t maxSchemaViolations = 1'000;

/// Checks these keywords of JSON Schema (2020-12; those that draft 4 to 7 and OpenAPI 3.0 write differently, too): type
/// (also in capitals, as Gemini has it), nullable, enum, const, properties, required, additionalProperties,
/// minProperties, maxProperties, items, prefixItems, minItems, maxItems, uniqueItems, minimum, maximum,
/// exclusiveMinimum, exclusiveMaximum, multipleOf, minLength, maxLength, anyOf, oneOf, allOf, not, and $ref to "#/…".
/// Annotations (title, description, default …) ask for nothing; every other keyword that concerns the value is reported
/// as not checked, and what depends on it (a oneOf, say) is then neither met nor violated.
///
/// At most 1,000,000 pairs of schema and value, 500 of them within each other: what would need more is not checked.
/// Error: Malformed, where one of the two is no whole document.
Result<SchemaCheck> checkSchema(const JsonStory& schema, const JsonStory& document);

} // namespace arcscope
