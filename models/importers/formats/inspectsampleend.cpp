#include "agentlog.h"
#include "inspectsample.h"
#include "usagejson.h"

namespace arcscope
{

/// Of a sample without events: its messages, which have an order and no times.
void InspectSample::messages()
{
    issue(Severity::Info, IssueKind::TimeNotRecorded,
          "a sample without events: its messages have an order and no times");
    JsonParser parser;
    parser.parseCopy(m_messages).eachElement([&](const JsonValue& value) {
        if (!value.isObject())
            return;
        InspectEvent event = readInspectEvent(value);
        event.event = "message";
        const std::string json(value.raw());
        const bool answer = event.role == "assistant";
        const bool result = event.role == "tool";
        const SpanKind kind = answer ? SpanKind::ModelCall : result ? SpanKind::ToolCall : SpanKind::Other;
        SpanRecord span = newSpan(kind, idOf(event),
                                  answer               ? "model"
                                  : !result            ? event.role + " message"
                                  : event.name.empty() ? "tool"
                                                       : event.name,
                                  {});
        if (answer) {
            setText(m_sink, span, SpanText::ModelServed, event.model);
            span.callsAsked = event.callsAsked;
        } else if (result) {
            setText(m_sink, span, SpanText::Tool, event.name);
            setText(m_sink, span, SpanText::ToolCallId, event.id);
            if (event.failed)
                setFailed(m_sink, span, event.errorType);
        }
        if (!result)
            span.messages = 1;
        give(span, event, json);
    });
}

/// Of a sample whose events tell of no score.
void InspectSample::scores()
{
    JsonParser parser;
    parser.parseCopy(m_scores).eachMember([&](std::string_view name, const JsonValue& value) {
        const InspectEvent event;
        SpanRecord span = newSpan(SpanKind::Evaluator, "score " + std::string(name), name, {});
        give(span, event, "{\"score\":" + std::string(value.raw()) + '}');
    });
}

/// What the sample says of its tokens is the sum of its calls, or it is all that is said.
void InspectSample::compareUsage(SpanRecord& root)
{
    Usage stated;
    bool any = false;
    UsageDialect dialect = UsageDialect::CacheSeparate;
    JsonParser parser;
    parser.parseCopy(m_usage).eachMember([&](std::string_view, const JsonValue& value) {
        const auto read = readUsage(value.raw());
        if (!read)
            return;
        const NormalisedUsage counted = normalise(read->raw, read->dialect);
        dialect = counted.dialect;
        stated = stated + counted.usage;
        any = true;
    });
    if (!any)
        return;
    if (!m_counted.recorded()) {
        root.usage = stated;
        root.usageDialect = dialect;
        root.provenance.set(Fact::Usage, Provenance::Declared);
    } else if (stated.total() != m_counted.total()) {
        issue(Severity::Warning, IssueKind::UsageMismatch, "the tokens of a sample are not those of its model calls");
    }
}

void InspectSample::end()
{
    if (empty())
        return;
    const std::int64_t line = m_line;
    const std::int64_t byte = m_byte;
    begin();
    bool failed = false;
    std::string errorType;
    m_parser.parseCopy(m_members.empty() ? "{}" : m_members + '}')
        .eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "started_at" && value.isString()) {
                setStart(m_root, readTime(value.text(), m_tally), Provenance::Measured);
                m_ownTimes = m_root.start != noTime;
            } else if (key == "completed_at" && value.isString()) {
                setEnd(m_root, readTime(value.text(), m_tally), Provenance::Measured);
            } else if (key == "error" && value.isObject()) {
                failed = true;
            } else if (key == "limit" && value.isObject()) {
                value.eachMember([&](std::string_view name, const JsonValue& type) {
                    if (name != "type")
                        return;
                    setText(m_sink, m_root, SpanText::StopReason, type.text());
                    m_root.provenance.set(Fact::Stop, Provenance::Declared);
                });
            }
        });
    if (m_ownTimes && m_root.end == noTime)
        m_ownTimes = false;
    const bool anyEvent = !m_events.empty() || m_number > 0 || m_tooMany;
    giveEvents();
    for (std::size_t i = m_open.size(); i-- > 0;)
        close(i, noTime, {});
    m_line = line;
    m_byte = byte;
    if (!anyEvent && !m_messages.empty())
        messages();
    if (!m_anyScore)
        scores();
    compareUsage(m_root);
    if (failed)
        setFailed(m_sink, m_root, {});
    bool missing = false;
    const std::string record = m_references.joined(m_members.empty() ? "{}" : m_members + '}', {}, missing);
    m_sink.add(m_root, record);
}

} // namespace arcscope
