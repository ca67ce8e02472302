#include "spanissues.h"

namespace arcscope
{

void SpanIssues::begin(std::uint64_t offset, std::uint64_t line)
{
    m_offset = offset;
    m_line = line;
}

void SpanIssues::report(Severity severity, IssueKind kind, std::string message, std::uint64_t count)
{
    ImportIssue issue;
    issue.severity = severity;
    issue.kind = kind;
    issue.line = static_cast<std::int64_t>(m_line);
    issue.byte = static_cast<std::int64_t>(m_offset);
    issue.message = std::move(message);
    issue.count = count;
    m_sink.report(std::move(issue));
}

void SpanIssues::reportStream(std::vector<StreamDefect> defects)
{
    for (StreamDefect& defect : defects)
        report(defect.severity, IssueKind::StreamBroken, std::move(defect.message), defect.count);
}

void SpanIssues::reportDefects(JsonParser& parser, bool kept)
{
    for (ImportIssue& issue : parser.issues(m_offset, m_line)) {
        if (kept)
            issue.severity = Severity::Warning;
        m_sink.report(std::move(issue));
    }
}

void SpanIssues::checkTimes(SpanRecord& span)
{
    if (span.start == noTime)
        report(Severity::Warning, IssueKind::TimeNotRecorded, "a span has no start");
    else
        span.provenance.set(Fact::Start, Provenance::Measured);
    if (span.end == noTime) {
        report(Severity::Info, IssueKind::UnfinishedSpan, "a span has no end");
    } else {
        span.provenance.set(Fact::End, Provenance::Measured);
        if (span.start != noTime && span.end < span.start)
            report(Severity::Warning, IssueKind::NegativeDuration, "a span ends before it starts");
    }
}

} // namespace arcscope
