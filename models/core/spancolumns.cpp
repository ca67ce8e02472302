#include "spancolumns.h"

#include "usage.h"

#include <array>

namespace arcscope
{
namespace
{

static_assert(static_cast<int>(SpanColumn::Count) - static_cast<int>(SpanColumn::FirstUsage) == usageClassCount);

constexpr std::array<std::string_view, static_cast<std::size_t>(SpanColumn::FirstText)> factNames{
    "trace",       "span_form",   "span_high",      "span_low",      "parent_form",   "parent_high",   "parent_low",
    "start_ns",    "duration_ns", "first_token_ns", "kind",          "status",        "flags",         "provenance",
    "messages",    "calls_asked", "cost",           "usage_dialect", "response_hash", "stream_events", "source",
    "source_byte", "block",       "block_offset",   "block_length",  "parent_row",    "depth",         "lane"};

constexpr std::array<std::string_view, spanTextCount> textNames{
    "name",         "service",     "agent",          "tool",        "tool_call_id", "model_requested",
    "model_served", "provider",    "session",        "task",        "user",         "tenant",
    "plan",         "prompt_name", "prompt_version", "environment", "trigger",      "device",
    "stop_reason",  "error_type",  "currency",       "price_table", "resource",     "format"};

constexpr std::array<std::string_view, traceColumnCount> traceNames{
    "id_form", "id_high", "id_low",   "name",        "service", "session",     "user",
    "task",    "model",   "start_ns", "duration_ns", "spans",   "model_calls", "tool_calls",
    "errors",  "tokens",  "cost",     "currency",    "source",  "first"};

} // namespace

std::string_view name(SpanText text)
{
    return textNames[static_cast<std::size_t>(text)];
}

std::string_view name(SpanColumn column)
{
    const auto index = static_cast<std::size_t>(column);
    if (column < SpanColumn::FirstText)
        return factNames[index];
    if (column < SpanColumn::FirstUsage)
        return textNames[index - static_cast<std::size_t>(SpanColumn::FirstText)];
    return name(static_cast<UsageClass>(index - static_cast<std::size_t>(SpanColumn::FirstUsage)));
}

std::string_view name(TraceColumn column)
{
    return traceNames[static_cast<std::size_t>(column)];
}

} // namespace arcscope
