// Spans of which nothing that is said leaves: for a tag that they have, or because a filter finds them.
#pragma once

#include "redactor.h"

#include <string>
#include <string_view>

namespace arcscope
{

/// Whether a JSON object of OTLP (a span, a resource, a log) has an attribute "KEY", or "KEY=VALUE" with this value; of
/// what other formats recorded, by its own name.
bool hasTag(std::string_view json, std::string_view tag);

/// Adds what the object says, line by line, to what is struck wherever else it stands: histories repeat it.
void collectWhole(std::string_view json, std::string_view rule, Redactor& redactor);

/// Strikes all that it says, line by line, in the same length. What a span is stays: roles, types, operations, models,
/// names of tools and spans, ids, times and counts. Whether anything was struck.
bool strikeWhole(std::string& json, std::string_view rule, Redactor& redactor);

/// The same for JSON of messages, arguments and results alone.
bool strikeSaid(std::string& json, std::string_view rule, Redactor& redactor);

} // namespace arcscope
