#include "otlplog.h"

#include "jsontext.h"
#include "otlpspan.h"

namespace arcscope
{
namespace
{

/// Events of 1.28 to 1.36 that are one message each.
bool isMessage(std::string_view event)
{
    for (const std::string_view word : {"gen_ai.system.message", "gen_ai.user.message", "gen_ai.assistant.message",
                                        "gen_ai.tool.message", "gen_ai.choice"}) {
        if (event == word)
            return true;
    }
    return false;
}

} // namespace

void addLogEvent(std::string_view record, SpanEvents& events, SpanFacts& facts)
{
    std::string name;
    Nanos at = noTime;
    Nanos observed = noTime;
    FactValue body;
    std::vector<EventAttribute> attributes;
    const auto keep = [&](std::string_view key, const FactValue& value) {
        attributes.push_back({facts.keep(std::string(key)), {value.form, facts.keep(std::string(value.text))}});
    };
    JsonParser parser;
    parser.parseCopy(record).eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "timeUnixNano" || key == "time_unix_nano") {
            at = readOtlpTime(value).value_or(noTime);
        } else if (key == "observedTimeUnixNano" || key == "observed_time_unix_nano") {
            observed = readOtlpTime(value).value_or(noTime);
        } else if (key == "eventName" || key == "event_name") {
            name = value.text();
        } else if (key == "body") {
            body = readOtlpValue(value, false, facts);
            body.text = facts.keep(std::string(body.text));
        } else if (key == "attributes") {
            eachOtlpAttribute(
                value, facts, [](std::string_view) { return true; },
                [&](std::string_view attribute, const FactValue& content) {
                    if (attribute == "event.name" && name.empty())
                        name = content.text;
                    keep(attribute, content);
                });
        }
    });
    const std::string text = body.form == FactValue::Form::Escaped ? unescapedJson(body.text) : std::string(body.text);
    if (text.starts_with('{')) {
        parser.parseCopy(text).eachMember(
            [&](std::string_view key, const JsonValue& value) { keep(key, readOtlpValue(value, true, facts)); });
    } else if (!text.empty()) {
        keep("content", {FactValue::Form::Text, text});
    }
    events.add(name, at != noTime ? at : observed, attributes, facts);
}

bool OtlpLogReader::read(std::string_view json, std::uint64_t offset, std::uint64_t line)
{
    m_span = {};
    m_span.sourceByte = static_cast<std::int64_t>(offset);
    Nanos observed = noTime;
    std::string event;
    std::string_view error;
    SpanFacts facts;
    const JsonValue root = m_parser.parse(json);
    root.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "traceId" || key == "trace_id")
            m_span.trace = readOtlpId(m_sink, value);
        else if (key == "spanId" || key == "span_id")
            m_span.parent = readOtlpId(m_sink, value);
        else if (key == "timeUnixNano" || key == "time_unix_nano")
            m_span.start = readOtlpTime(value).value_or(noTime);
        else if (key == "observedTimeUnixNano" || key == "observed_time_unix_nano")
            observed = readOtlpTime(value).value_or(noTime);
        else if (key == "eventName" || key == "event_name")
            event = value.text();
        else if (key == "attributes")
            eachOtlpAttribute(
                value, facts, [](std::string_view) { return true; },
                [&](std::string_view name, const FactValue& content) {
                    facts.take(name, content);
                    if (name == "error.type")
                        error = content.text;
                    else if (name == "event.name" && event.empty())
                        event = content.text;
                });
    });
    for (ImportIssue& issue : m_parser.issues(offset, line))
        m_sink.report(std::move(issue));
    const bool streamed = !recordedStreamWord(event).empty();
    if ((!event.starts_with("gen_ai.") && !streamed) || !m_span.parent)
        return false;
    m_ofCall = isMessage(event) || event == "gen_ai.client.inference.operation.details" || streamed;
    if (streamed)
        m_span.flags |= bit(SpanFlag::Streamed);
    if (m_span.start == noTime)
        m_span.start = observed;
    m_span.end = m_span.start;
    if (m_span.start != noTime) {
        m_span.provenance.set(Fact::Start, Provenance::Measured);
        m_span.provenance.set(Fact::End, Provenance::Measured);
    }
    m_span.provenance.set(Fact::Parent, Provenance::Measured);
    m_span.span = toId(m_sink, "log record at byte " + std::to_string(offset));
    if (event == "gen_ai.evaluation.result") {
        m_span.kind = SpanKind::Evaluator;
        m_span.provenance.set(Fact::Kind, Provenance::Declared);
    }
    // The call's own span has its model and usage; only what there is to read here is counted.
    SpanRecord said;
    facts.settle(m_sink, said, [](const std::string&) {});
    m_span.messages = isMessage(event) ? 1 : said.messages;
    m_span.callsAsked = isMessage(event) ? notRecorded : said.callsAsked;
    setText(m_sink, m_span, SpanText::Name, event);
    setText(m_sink, m_span, SpanText::ErrorType, error);
    return true;
}

} // namespace arcscope
