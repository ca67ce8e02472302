// The fidelity ledger: one row for every kind of thing that an import could not take over as it stood.
#pragma once

#include <cstdint>
#include <string>

namespace arcscope
{

enum class Severity : std::uint8_t {
    Info,    ///< read as meant, worth knowing (a clock without zone, a duplicate recognised)
    Warning, ///< kept, but changed or incomplete (repaired, truncated, orphaned, clock-skewed)
    Error,   ///< refused: a record or file that is not in the workspace
};

/// What happened; the ledger groups by it. Names are stable: scripts read them.
enum class IssueKind : std::uint8_t {
    MalformedRecord,  ///< not valid JSON, or not what the format asks for
    TruncatedFile,    ///< the input ends inside a record
    OversizedRecord,  ///< longer than maxRecordBytes
    UnknownRecord,    ///< a record type that the reader does not know; its bytes are kept where a span owns them
    MissingField,     ///< a field that the format requires is absent
    BadValue,         ///< a field cannot be read as its type
    DuplicateSpan,    ///< the same span again
    RepeatedUsage,    ///< the same usage recorded again, counted once
    UsageMismatch,    ///< a roll-up that is not the sum of its parts, or classes that contradict each other
    OrphanSpan,       ///< the parent is not in the corpus
    ParentCycle,      ///< a span is its own ancestor; the link is cut
    NegativeDuration, ///< ends before it starts
    UnfinishedSpan,   ///< no end recorded
    TimeOutOfRange,   ///< before 1970 or after 2100, or not representable
    ClockSkew,        ///< a child lies outside its parent's time
    InvalidUtf8,      ///< replaced by U+FFFD where shown; the raw record keeps the bytes
    TooDeep,          ///< nested deeper than the reader follows
    UnpairedCall,     ///< a tool call without result, or a result without call
    StreamBroken,     ///< a stream without its terminal event, or events out of order
    TimeNotRecorded,  ///< no time in the source; order only
    ZoneAssumed,      ///< a time without zone, read as UTC
    UnknownFormat,    ///< a file that no reader knows
    UnreadableFile,   ///< a file that cannot be opened or decompressed
};

/// One ledger row. `count` > 1 where equal issues of one file were folded into the first.
struct ImportIssue {
    Severity severity = Severity::Warning;
    IssueKind kind = IssueKind::MalformedRecord;
    std::string file;       ///< as given by the user; "archive.zip!member" for a member
    std::int64_t line = -1; ///< 1-based line of the first one, -1: not line based
    std::int64_t byte = -1; ///< byte offset in the decompressed input, -1: not known
    std::string message;    ///< what was found and what was expected
    std::uint64_t count = 1;

    bool operator==(const ImportIssue&) const = default;
};

/// "malformed-record" and so on: the names used in the ledger, in JSON and in the filter language.
const char* name(IssueKind kind);
const char* name(Severity severity);

} // namespace arcscope
