#include "taggedspan.h"

#include "chromeevent.h"
#include "otlpspan.h"

namespace arcscope
{
namespace
{

bool isHex(std::string_view text)
{
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

} // namespace

Id readShortId(SpanSink& sink, std::string_view text)
{
    constexpr std::size_t half = 16;
    if (text.empty() || text.size() > 2 * half || !isHex(text))
        return toId(sink, text);
    std::string padded(text.size() <= half ? half : 2 * half, '0');
    padded.replace(padded.size() - text.size(), text.size(), text);
    return toId(sink, padded);
}

std::optional<Nanos> readMicros(const JsonValue& value)
{
    return readMicroseconds(value.isString() ? value.text() : value.raw());
}

void TaggedSpan::begin(std::uint64_t byte, std::uint64_t line)
{
    m_facts.clear();
    if (m_events.streamed())
        m_events.takeStream();
    m_span = {};
    m_span.sourceByte = static_cast<std::int64_t>(byte);
    m_bad.clear();
    m_duration = noTime;
    m_line = line;
    m_failed = false;
}

void TaggedSpan::time(Nanos& into, const JsonValue& value, const char* name)
{
    if (!value.recorded())
        return;
    const auto read = readMicros(value);
    if (!read)
        m_bad.push_back(std::string(name) + " of a span is no number of microseconds");
    into = read.value_or(noTime);
}

void TaggedSpan::tag(std::string_view key, const JsonValue& value)
{
    if (key == "error") {
        // "true", the message, or nothing where there is no message; false says that there was none.
        const bool none = value.text() == "false" || value.boolean() == false;
        m_failed = m_failed || (value.recorded() && !none);
        if (m_failed && value.isString() && value.text() != "true" && !value.text().empty())
            m_facts.statusMessage({FactValue::Form::Escaped, value.content()});
    } else if (key == "otel.status_code") {
        m_failed = m_failed || value.text() == "ERROR";
        if (value.text() == "OK")
            m_span.status = SpanStatus::Ok;
    } else if (key == "otel.status_description") {
        m_facts.statusMessage(readOtlpValue(value, true, m_facts));
    } else if (key == "service.name" || key == "deployment.environment" || key == "deployment.environment.name") {
        setText(m_sink, m_span, key == "service.name" ? SpanText::Service : SpanText::Environment, value.text());
    } else {
        m_facts.take(key, readOtlpValue(value, true, m_facts));
    }
}

void TaggedSpan::timesElsewhere(Nanos start, Nanos duration)
{
    if (m_span.start == noTime)
        m_span.start = start;
    if (m_duration == noTime)
        m_duration = duration;
}

void TaggedSpan::event(std::string_view name, const JsonValue& when, std::vector<EventAttribute>& attributes)
{
    Nanos at = noTime;
    time(at, when, "the time of an event");
    m_events.add(name, at, attributes, m_facts);
    attributes.clear();
}

bool TaggedSpan::finish(IssueTally& tally)
{
    const auto report = [&](Severity severity, IssueKind kind, const std::string& what) {
        tally.add(severity, kind, what, static_cast<std::int64_t>(m_line), m_span.sourceByte);
    };
    if (!m_span.span) {
        report(Severity::Error, IssueKind::MissingField, "a span has no id");
        return false;
    }
    if (!m_span.trace)
        report(Severity::Warning, IssueKind::MissingField, "a span has no trace id");
    if (m_failed)
        m_span.status = SpanStatus::Error;
    if (m_span.start == noTime)
        report(Severity::Warning, IssueKind::TimeNotRecorded, "a span has no start");
    else
        m_span.provenance.set(Fact::Start, Provenance::Measured);
    if (m_duration == noTime)
        report(Severity::Info, IssueKind::UnfinishedSpan, "a span has no end");
    if (m_duration != noTime && m_duration < 0)
        report(Severity::Warning, IssueKind::NegativeDuration, "a span ends before it starts");
    if (m_span.start != noTime && m_duration != noTime &&
        (m_duration < 0 || m_span.start <= std::numeric_limits<Nanos>::max() - m_duration)) {
        m_span.end = m_span.start + m_duration;
        m_span.provenance.set(Fact::End, Provenance::Measured);
    }
    for (StreamDefect& defect : m_events.streamDefects())
        tally.add(defect.severity, IssueKind::StreamBroken, std::move(defect.message),
                  static_cast<std::int64_t>(m_line), m_span.sourceByte, defect.count);
    for (const std::string& bad : m_bad)
        report(Severity::Warning, IssueKind::BadValue, bad);
    m_facts.settle(m_sink, m_span,
                   [&](const std::string& what) { report(Severity::Warning, IssueKind::BadValue, what); });
    return true;
}

} // namespace arcscope
