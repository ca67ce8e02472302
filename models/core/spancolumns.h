// The columns of the span table and of the trace table: what is kept of every span without looking at its record.
#pragma once

#include <cstdint>
#include <string_view>

namespace arcscope
{

/// Text facts of a span; each is a StringId column, 0 = not recorded.
enum class SpanText : std::uint8_t {
    Name,
    Service, ///< resource service.name, or the program that wrote the trace
    Agent,
    Tool,
    ToolCallId, ///< only where the source's span ids do not already tell it
    ModelRequested,
    ModelServed,
    Provider, ///< the API dialect the client spoke, as the source names it
    Session,  ///< application session or chat thread
    Task,
    User,
    Tenant,
    Plan,
    PromptName,
    PromptVersion,
    Environment,
    Trigger,
    Device,
    StopReason, ///< the vendor's word, unchanged
    ErrorType,
    Currency,   ///< ISO 4217 of the cost
    PriceTable, ///< version of the price table that computed the cost; empty: the source stated it
    Resource,   ///< the resource (and scope) record shared by many spans, untouched JSON
    Format,     ///< name of the ImportFormat that read it, which also decodes its record
};
inline constexpr int spanTextCount = 24;

/// Every column holds integers (column.h). The SpanText and UsageClass columns lie in the order of their enums.
enum class SpanColumn : std::uint8_t {
    // identity, as imported
    Trace,    ///< index into the trace table
    SpanForm, ///< IdForm
    SpanHigh, ///< halves of the span id, bit-cast to signed
    SpanLow,
    ParentForm,
    ParentHigh,
    ParentLow,
    // time
    Start,      ///< Nanos; noTime: not recorded
    Duration,   ///< nanoseconds; -1: no end recorded; 0 with flag EndsBeforeStart
    FirstToken, ///< nanoseconds from start to the first token, as recorded; -1: not recorded
    // facts
    Kind,       ///< SpanKind
    Status,     ///< SpanStatus
    Flags,      ///< SpanFlag bits
    Provenance, ///< ProvenanceSet bits
    Messages,   ///< messages recorded on the span, input and output; -1: none recorded
    CallsAsked, ///< tool calls in the span's output; -1: not recorded
    Cost,       ///< millionths of Currency; -1: not recorded
    UsageDialect,
    ResponseHash, ///< hashOf(vendor response id), 0: not recorded: finds one response recorded twice
    StreamEvents, ///< recorded stream events; 0: none
    // where its record lies
    Source,     ///< index of the source file
    SourceByte, ///< offset in the decompressed source; -1: not known
    Block,      ///< payload block
    BlockOffset,
    BlockLength, ///< bytes of the untouched record
    // found when the corpus was put together
    ParentRow,                              ///< Row of the parent; -1: a root or an orphan (see Flags)
    Depth,                                  ///< 0 for roots and orphans
    Lane,                                   ///< lane of the corpus timeline
    FirstText,                              ///< SpanText 0
    FirstUsage = FirstText + spanTextCount, ///< UsageClass 0; -1: not recorded
    Count = FirstUsage + 10,
};
inline constexpr int spanColumnCount = static_cast<int>(SpanColumn::Count);

constexpr SpanColumn columnOf(SpanText text)
{
    return static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstText) + static_cast<int>(text));
}

/// Columns of the trace table: one row per trace, made when the corpus is put together. Counts leave out superseded
/// spans.
enum class TraceColumn : std::uint8_t {
    IdForm,
    IdHigh,
    IdLow,    ///< for IdForm::Text: the StringId
    Name,     ///< StringId: the root's name, or what the source calls the trace
    Service,  ///< StringId
    Session,  ///< StringId
    User,     ///< StringId
    Task,     ///< StringId
    Model,    ///< StringId: the model served most often
    Start,    ///< Nanos; noTime: no span has a time
    Duration, ///< from the first start to the last end; -1: not recorded
    Spans,
    ModelCalls,
    ToolCalls,
    Errors,   ///< spans with status error
    Tokens,   ///< all classes, each response counted once; -1: not recorded
    Cost,     ///< millionths; -1: not recorded, or of several currencies
    Currency, ///< StringId
    Source,   ///< index of the file its first span came from
    First,    ///< position of its first span in the pre-order permutation
    Count,
};
inline constexpr int traceColumnCount = static_cast<int>(TraceColumn::Count);

/// The pre-order permutation: position -> span row; a trace is the slice [First, First + Spans) of it (superseded spans
/// are in none), parents before children, siblings by start, then by row.
enum class OrderColumn : std::uint8_t { SpanRow, Count };
inline constexpr int orderColumnCount = 1;

/// Stable names for the schema of the virtual table, the filter language and JSON: "name", "service",
/// "model_requested", …
std::string_view name(SpanColumn column);
std::string_view name(SpanText text);
std::string_view name(TraceColumn column);

} // namespace arcscope
