// Fields that hold what belongs to a person or must stay secret, told by their names.
#pragma once

#include <string_view>

namespace arcscope
{

/// The kind of value that a field of this name holds ("name", "email", "user", "secret", "address", …); empty for any
/// other. Words are compared, however they are joined: "customer.firstName" and "FIRST_NAME" are one.
std::string_view personalKindOf(std::string_view field);

/// The name that the source has: exports put a prefix before it.
std::string_view sourceName(std::string_view field);

/// Whether a value in such a field says who or what: not "true", "null", "unknown", "anonymous", a placeholder.
bool saysSomething(std::string_view value);

/// Whether a value of a field keeps a trace together (ids of spans, times, in the form that they have): it is never
/// changed.
bool isStructural(std::string_view field, std::string_view value);

/// Whether a field of messages holds words of a closed set: "role", "type".
bool isVocabulary(std::string_view field);

/// "assistant", "tool_call": a word, no text.
bool isPlainWord(std::string_view text);

} // namespace arcscope
