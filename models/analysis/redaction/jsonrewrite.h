// Walking JSON text without a tree: every scalar with the name of the field that it stands in, changed or copied as it
// is written.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace arcscope
{

struct JsonScalar {
    enum class Kind : unsigned char { Key, String, Number };
    Kind kind = Kind::String;
    /// The member's name. Of what stands below "value" beside a "key" (attributes of OTLP), and in arrays, the nearest
    /// name that says something.
    std::string_view field;
    std::string_view text; ///< without escapes; a number as it is written
};

/// Puts another text in place of a scalar and says so. What is changed is written as a string.
using JsonChange = std::function<bool(const JsonScalar& scalar, std::string& changed)>;

/// Appends `json`, one value or several with white space between, to `out`; white space, order and what is not changed
/// stay byte for byte. A number of OTLP that becomes text ("intValue") becomes a "stringValue". False, and nothing
/// appended, where the text is no JSON of objects and arrays. O(n).
bool rewriteJson(std::string_view json, const JsonChange& change, std::string& out);

/// Whether true, false and null are told, too, as numbers are.
enum class JsonLiterals : unsigned char { Passed, Told };

/// rewriteJson() for looking only.
bool visitJson(std::string_view json, const std::function<void(const JsonScalar& scalar)>& visit,
               JsonLiterals literals = JsonLiterals::Passed);

/// Appends `text` between quotes, escaped.
void appendJsonString(std::string_view text, std::string& out);

/// Whether a text may be JSON of objects or arrays: by its first and last byte.
bool looksLikeJson(std::string_view text);

} // namespace arcscope
