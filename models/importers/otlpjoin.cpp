#include "otlpjoin.h"

#include "otlpspan.h"
#include "windows.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Makes texts and drops the rest: what is read again was reported the first time. Only a stream of which log records
/// tell is whole here and not before.
class TextsOnly final : public SpanSink
{
public:
    /// `streamByte`: where what log records tell of a stream begins; -1 where they tell of none.
    TextsOnly(SpanSink& sink, std::int64_t streamByte)
        : m_sink(sink)
        , m_streamByte(streamByte)
    {
    }
    StringId intern(std::string_view text) override { return m_sink.intern(text); }
    Row add(const SpanRecord&, std::string_view) override { return 0; }
    void addStream(Row, PackedStream) override {}
    void report(ImportIssue issue) override
    {
        if (issue.kind != IssueKind::StreamBroken || m_streamByte < 0)
            return;
        issue.line = -1;
        issue.byte = m_streamByte;
        m_sink.report(std::move(issue));
    }

private:
    SpanSink& m_sink;
    std::int64_t m_streamByte;
};

std::tuple<std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t> keyOf(const Id& trace, const Id& span)
{
    return {trace.high, trace.low, span.high, span.low};
}

} // namespace

Row OtlpJoin::add(const SpanRecord& span, std::string_view record)
{
    if (span.flags & bit(SpanFlag::LogsJoined)) {
        addLog(span, record);
        return noRow;
    }
    const Key key = keyOf(span.trace, span.span);
    const bool whole = span.messages != notRecorded;
    const bool mayFollow =
        span.kind == SpanKind::ModelCall && (!whole || m_wholeBytes + record.size() <= maxWholeBytes);
    if ((mayFollow || !m_logs.empty()) && m_spanBytes + record.size() <= maxHeldBytes &&
        (mayFollow || m_logs.contains(key))) {
        m_spanBytes += record.size();
        m_wholeBytes += whole ? record.size() : 0;
        m_spans[key] = {span, std::string(record)};
    }
    return m_sink.add(span, record);
}

void OtlpJoin::addLog(SpanRecord row, std::string_view record)
{
    row.flags &= ~bit(SpanFlag::LogsJoined);
    std::vector<Held>& logs = m_logs[keyOf(row.trace, row.parent)];
    if (m_logBytes + record.size() > maxHeldBytes) {
        giveAlone({Held{row, std::string(record)}});
        return;
    }
    m_logBytes += record.size();
    logs.push_back({row, std::string(record)});
}

bool OtlpJoin::join(const Held& held, const std::vector<Held>& logs)
{
    std::string text = held.record;
    text.append(windowPadding, ' ');
    std::vector<std::string_view> events;
    std::vector<Held> others;
    std::int64_t streamByte = -1;
    for (const Held& log : logs) {
        if (held.span.messages == notRecorded || (log.span.flags & bit(SpanFlag::Streamed)))
            events.push_back(log.record);
        else
            others.push_back(log);
        if (streamByte < 0 && (log.span.flags & bit(SpanFlag::Streamed)))
            streamByte = log.span.sourceByte;
    }
    if (events.empty())
        return false;
    TextsOnly quiet(m_sink, streamByte);
    OtlpSpanReader reader(quiet, m_parser);
    if (!reader.read(std::string_view(text).substr(0, held.record.size()), 0, 0, events))
        return false;
    SpanRecord& span = reader.span();
    span.sourceByte = held.span.sourceByte;
    span.flags |= bit(SpanFlag::LogsJoined);
    for (const SpanText shared : {SpanText::Resource, SpanText::Format, SpanText::Service, SpanText::Environment}) {
        if (!span[shared])
            span[shared] = held.span[shared];
    }
    std::string record = held.record;
    for (const std::string_view log : events)
        record.append("\n").append(log);
    const Row row = m_sink.add(span, record);
    if (reader.streamed())
        m_sink.addStream(row, reader.takeStream());
    giveAlone(others);
    return true;
}

ImportIssue OtlpJoin::noneAlone()
{
    ImportIssue issue;
    issue.severity = Severity::Warning;
    issue.kind = IssueKind::OrphanSpan;
    issue.message = "log records whose span is not here, or has its messages itself; they are rows below it";
    issue.count = 0;
    return issue;
}

void OtlpJoin::giveAlone(const std::vector<Held>& logs)
{
    for (const Held& log : logs) {
        if (m_alone.count++ == 0)
            m_alone.byte = log.span.sourceByte;
        SpanRecord row = log.span;
        row.flags &= ~bit(SpanFlag::Streamed);
        m_sink.add(row, log.record);
    }
}

void OtlpJoin::finish()
{
    for (auto& [key, logs] : m_logs) {
        std::stable_sort(logs.begin(), logs.end(), [](const Held& a, const Held& b) {
            return a.span.start != noTime && b.span.start != noTime && a.span.start < b.span.start;
        });
        const auto span = m_spans.find(key);
        if (logs.empty() || (span != m_spans.end() && join(span->second, logs)))
            continue;
        giveAlone(logs);
    }
    if (m_alone.count > 0)
        m_sink.report(m_alone);
    m_logs.clear();
    m_spans.clear();
}

} // namespace arcscope
