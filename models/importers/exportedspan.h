// What a span that Arcscope exported as OTLP says beside what OTLP can: read back exactly, so that the trace is the
// same.
#pragma once

#include "content.h"
#include "spanrecord.h"

#include <span>
#include <string_view>

namespace arcscope
{

/// The attribute that holds it, a JSON object: "trace", "span", "parent" (ids as their source wrote them), "kind",
/// "status", "flags", "facts" (how each value is known), "usage" and "raw_usage" (counts by name), "dialect", "cost"
/// (millionths), "messages", "calls", "first_token" (ns), "response" (fingerprint of the vendor's id), "texts" (by name
/// of SpanText), "json_texts" (attributes whose text is JSON that is no object and no array), "failed", "recorded_as"
/// (format), "input" and "output" (messages, where gen_ai.* cannot say them), "stream" (events in order). Members that
/// are absent are not recorded.
inline constexpr std::string_view exportedSpanKey = "arcscope.span";
/// Before the keys of attributes that the source's record has; others were made for other readers.
inline constexpr std::string_view recordedAttributePrefix = "arcscope.record.";
/// Likewise of the resource.
inline constexpr std::string_view recordedResourcePrefix = "arcscope.resource.";

/// Puts what `exported` says into a span of OTLP, times left as they are. False, and nothing changed, where it is no
/// such object.
bool applyExported(std::string_view exported, SpanSink& sink, SpanRecord& span, PackedStream& stream);

/// The content of the exported span, out of that of the OTLP span, which has the attribute.
SpanContent exportedContent(std::string_view exported, SpanContent content);

/// Order and spelling of the members of RawUsage in "raw_usage".
std::span<const std::string_view> rawUsageNames();
/// Of the facts in "facts", in the order of Fact.
std::span<const std::string_view> factNames();

} // namespace arcscope
