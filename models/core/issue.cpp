#include "issue.h"

namespace arcscope
{

const char* name(IssueKind kind)
{
    switch (kind) {
    case IssueKind::MalformedRecord:
        return "malformed-record";
    case IssueKind::TruncatedFile:
        return "truncated-file";
    case IssueKind::OversizedRecord:
        return "oversized-record";
    case IssueKind::UnknownRecord:
        return "unknown-record";
    case IssueKind::MissingField:
        return "missing-field";
    case IssueKind::BadValue:
        return "bad-value";
    case IssueKind::DuplicateSpan:
        return "duplicate-span";
    case IssueKind::RepeatedUsage:
        return "repeated-usage";
    case IssueKind::UsageMismatch:
        return "usage-mismatch";
    case IssueKind::OrphanSpan:
        return "orphan-span";
    case IssueKind::ParentCycle:
        return "parent-cycle";
    case IssueKind::NegativeDuration:
        return "negative-duration";
    case IssueKind::UnfinishedSpan:
        return "unfinished-span";
    case IssueKind::TimeOutOfRange:
        return "time-out-of-range";
    case IssueKind::ClockSkew:
        return "clock-skew";
    case IssueKind::InvalidUtf8:
        return "invalid-utf8";
    case IssueKind::TooDeep:
        return "too-deep";
    case IssueKind::UnpairedCall:
        return "unpaired-call";
    case IssueKind::StreamBroken:
        return "stream-broken";
    case IssueKind::TimeNotRecorded:
        return "time-not-recorded";
    case IssueKind::ZoneAssumed:
        return "zone-assumed";
    case IssueKind::UnknownFormat:
        return "unknown-format";
    case IssueKind::UnreadableFile:
        return "unreadable-file";
    }
    return "";
}

const char* name(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        return "error";
    }
    return "";
}

} // namespace arcscope
