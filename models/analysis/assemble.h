// Puts a corpus together after an import: duplicates merged, parents found, trees ordered, usage counted once, traces
// summed.
#pragma once

#include "control.h"
#include "issue.h"
#include "result.h"
#include "spantable.h"

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// The span columns that assemble() may read; of most corpora it needs a part.
std::span<const SpanColumn> assemblyColumns();

/// One value that merging changed in a row that stays.
struct Patch {
    SpanColumn column;
    Row row;
    std::int64_t value;

    bool operator==(const Patch&) const = default;
};

/// Something for the ledger: `count` spans of one source file, `row` the first of them.
struct AssemblyIssue {
    Severity severity = Severity::Info;
    IssueKind kind = IssueKind::OrphanSpan;
    Row row = noRow;
    std::uint64_t count = 0;
    std::string message;
};

/// What is known of the sources of a corpus; every member may be empty.
struct AssemblyHints {
    /// Of each source the first of those that are one file, read in parts or again when it had grown. Empty: no two
    /// sources are.
    std::vector<std::size_t> fileOf;
    /// Sources that were read again with what came behind: what is not in the later reading is superseded.
    std::vector<bool> replaced;
    /// Whether the records of two rows are the same bytes. Empty: they are.
    std::function<bool(Row, Row)> sameRecord;
    /// Adds columns to spans that lack them. Empty: the spans have all of assemblyColumns(), and keep them.
    std::function<Result<void>(SpanTable&, std::span<const SpanColumn>)> load;
};

/// What assemble() found out. The vectors hold one value per span row.
struct Assembly {
    std::vector<Patch> patches; ///< sorted by column, then row
    std::vector<std::int32_t> parentRow;
    std::vector<std::uint16_t> depth; ///< 65,535 stands for that and more
    std::vector<std::uint32_t> flags;
    std::vector<std::uint32_t> lane;
    std::vector<Row> order; ///< pre-order, see OrderTable
    TraceTable traces;
    std::vector<AssemblyIssue> issues;
};

/// Assembles all traces anew. `traceIds` is what the values of SpanColumn::Trace stand for. Linear in the number of
/// spans but for siblings out of order; at most 27 bytes a span beside the columns. Columns are loaded when they are
/// needed, and where they can be loaded they are let go when they are not any more: `spans` has others afterwards.
/// Error: Cancelled, and those of AssemblyHints::load.
///
/// Rules
/// - Records of one (trace, span id) are one span: the last stays, what it does not record is taken from the earlier
///   ones; of synthetic ones the earliest start and latest end. The others are Superseded.
/// - Of records of two files that differ the one that ends later stays, else the one that records more, else the last.
/// - A parent link that closes a cycle is cut at the span that is first in import order.
/// - Usage on a span with recorded usage below it is a roll-up and not summed, unless the span is a model call that
/// counts less
///   than what is below it, which then cannot contain it.
/// - One vendor response recorded on several spans of a trace counts on the last of them in pre-order: the innermost.
Result<Assembly> assemble(SpanTable& spans, std::span<const Id> traceIds, const Control& control,
                          const AssemblyHints& hints = {});
/// Of a corpus that has all columns.
inline Result<Assembly> assemble(const Corpus& corpus, std::span<const Id> traceIds, const Control& control,
                                 const AssemblyHints& hints = {})
{
    SpanTable spans = corpus.spans;
    return assemble(spans, traceIds, control, hints);
}

} // namespace arcscope
