// What a reader hands over: one span as it was recorded, and the sink that takes it.
#pragma once

#include "ids.h"
#include "issue.h"
#include "span.h"
#include "spancolumns.h"
#include "stream.h"
#include "times.h"
#include "usage.h"

#include <array>

namespace arcscope
{

/// "Not recorded" for the counts and lengths of a SpanRecord.
inline constexpr std::int64_t notRecorded = -1;

/// One span as its source has it; every member keeps its "not recorded" where the source is silent.
struct SpanRecord {
    Id trace;
    Id span;
    Id parent;
    Nanos start = noTime;
    Nanos end = noTime;
    SpanKind kind = SpanKind::Other;
    SpanStatus status = SpanStatus::Unset;
    std::uint32_t flags = 0; ///< only what the reader knows: Synthetic, NotExecuted
    ProvenanceSet provenance;
    std::array<StringId, spanTextCount> texts{};
    Usage usage;
    UsageDialect usageDialect = UsageDialect::Inclusive;
    std::int64_t cost = notRecorded; ///< millionths of texts[Currency]
    std::int64_t messages = notRecorded;
    std::int64_t callsAsked = notRecorded;
    Nanos firstToken = notRecorded; ///< from start
    std::uint64_t responseHash = 0;
    std::int64_t sourceByte = notRecorded; ///< where the record begins in the decompressed input

    StringId& operator[](SpanText text) { return texts[static_cast<std::size_t>(text)]; }
    StringId operator[](SpanText text) const { return texts[static_cast<std::size_t>(text)]; }
};

/// Where readers put what they find. One thread. The store implements it; so do tests and fuzzers.
class SpanSink
{
public:
    virtual ~SpanSink() = default;

    /// The id of a text in this corpus.
    virtual StringId intern(std::string_view text) = 0;
    /// Takes a span and its untouched record (copied before the call returns; may be empty for synthetic spans).
    virtual Row add(const SpanRecord& span, std::string_view record) = 0;
    /// Takes the stream events of a span added before.
    virtual void addStream(Row span, PackedStream stream) = 0;
    /// Enters the ledger. `file` is filled in by the import where the reader leaves it empty.
    virtual void report(ImportIssue issue) = 0;
};

/// parseId, with texts of any other form interned.
inline Id toId(SpanSink& sink, std::string_view text)
{
    Id id = parseId(text);
    if (id.form == IdForm::Text)
        id.low = sink.intern(text).value;
    return id;
}

/// Sets a text fact where `text` is not empty.
inline void setText(SpanSink& sink, SpanRecord& span, SpanText what, std::string_view text)
{
    if (!text.empty())
        span[what] = sink.intern(text);
}

} // namespace arcscope
