// Whether two texts are the same but for their form: white space, Markdown, the case of headings, the way JSON is
// written.
#pragma once

#include <string>
#include <string_view>

namespace arcscope
{

/// The words of a text with one space between them: marks of headings, lists, quotes, tables, emphasis and code are
/// left out, headings are in lower case, typographic quotes and dashes are plain. Within fences only white space at the
/// ends of lines goes. O(n).
std::string plainForm(std::string_view text);

/// Equal plain forms, or equal JSON (canonicalkey.h).
bool sameButForm(std::string_view a, std::string_view b);

/// An object or array of JSON as a whole.
bool isJsonDocument(std::string_view text);

} // namespace arcscope
