// What the fields are called that a lens may lack: in the filter language, and in the conventions of others.
#pragma once

#include "lensresult.h"
#include "spancolumns.h"

#include <string>
#include <string_view>

namespace arcscope
{

/// `field` as the filter language or this list calls it: a SpanText, "tokens", "cost", "ttft", "start", "messages",
/// "stream events", "system prompt", "outcome". `lacking` of `of` things are without it.
LensMissing missingField(std::string_view field, std::uint64_t lacking, std::uint64_t of, std::string_view effect);
LensMissing missingField(SpanText text, std::uint64_t lacking, std::uint64_t of, std::string_view effect);

/// "served", "tenant", …: as the filter language calls it.
std::string_view fieldName(SpanText text);
/// For people: "Model", "Model asked for", "Prompt version", "Tenant", …; as the heading of a column, or within a
/// sentence.
std::string tagTitle(SpanText text);
std::string tagWords(SpanText text);

} // namespace arcscope
