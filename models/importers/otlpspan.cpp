#include "otlpspan.h"

#include "anyvalue.h"
#include "exportedspan.h"
#include "jsontext.h"
#include "otlplog.h"

#include <array>

namespace arcscope
{
namespace
{

using Form = FactValue::Form;

/// The first 8 or 16 elements of an array of bytes as hex; empty for anything else.
std::string hexOfBytes(const JsonValue& array)
{
    constexpr std::size_t longestId = 16;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    array.eachElement([&](const JsonValue& element) {
        const auto byte = element.integer();
        if (byte && *byte >= 0 && *byte <= 255 && hex.size() < 2 * longestId + 2) {
            hex += digits[static_cast<std::size_t>(*byte >> 4)];
            hex += digits[static_cast<std::size_t>(*byte & 15)];
        }
    });
    return hex;
}

/// {low, high, unsigned} of JavaScript's long integers.
std::optional<std::int64_t> longOf(const JsonValue& object)
{
    std::optional<std::int64_t> low;
    std::optional<std::int64_t> high;
    object.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "low")
            low = value.integer();
        else if (key == "high")
            high = value.integer();
    });
    if (!low || !high)
        return {};
    constexpr std::uint64_t half = 0xffffffffU;
    return static_cast<std::int64_t>((static_cast<std::uint64_t>(*high) & half) << 32U |
                                     (static_cast<std::uint64_t>(*low) & half));
}

FactValue scalar(const JsonValue& value)
{
    switch (value.type()) {
    case JsonType::String:
        return {Form::Escaped, value.content()};
    case JsonType::Number:
        return {Form::Number, value.raw()};
    case JsonType::Bool:
        return {Form::Bool, value.raw()};
    default:
        return {};
    }
}

} // namespace

Id readOtlpId(SpanSink& sink, const JsonValue& value)
{
    if (value.isString())
        return toId(sink, value.text());
    std::string hex;
    if (value.isArray()) {
        hex = hexOfBytes(value);
    } else if (value.isObject()) {
        value.eachMember([&](std::string_view key, const JsonValue& data) {
            if (key == "data")
                hex = hexOfBytes(data);
        });
    }
    return toId(sink, hex);
}

std::optional<Nanos> readOtlpTime(const JsonValue& value)
{
    std::optional<std::int64_t> nanos = value.isObject() ? longOf(value) : value.integer();
    if (!nanos && value.isString()) {
        if (const auto iso = parseIsoTime(value.text()))
            nanos = iso->time;
    }
    if (!nanos || *nanos < 0)
        return {};
    return *nanos == 0 ? noTime : *nanos;
}

FactValue readOtlpValue(const JsonValue& value, bool flat, SpanFacts& facts)
{
    if (flat) {
        if (value.isArray() || value.isObject())
            return {Form::Json, value.raw()};
        return scalar(value);
    }
    FactValue result;
    if (!value.isObject())
        return scalar(value);
    value.eachMember([&](std::string_view key, const JsonValue& inner) {
        switch (anyKind(key)) {
        case AnyKind::None:
            break;
        case AnyKind::Array:
        case AnyKind::KeyValues:
            result = {Form::Json, facts.keep(plainJson(
                                      std::string("{\"").append(key).append("\":").append(inner.raw()).append("}")))};
            break;
        case AnyKind::Int:
        case AnyKind::Double:
            if (inner.isObject()) {
                const auto number = longOf(inner);
                result = {Form::Number, number ? facts.keep(std::to_string(*number)) : std::string_view()};
            } else {
                result = {Form::Number, inner.isString() ? inner.content() : inner.raw()};
            }
            break;
        default:
            result = scalar(inner);
            break;
        }
    });
    return result;
}

void eachOtlpAttribute(const JsonValue& attributes, SpanFacts& facts,
                       const std::function<bool(std::string_view)>& wanted,
                       const std::function<void(std::string_view, const FactValue&)>& visit)
{
    if (attributes.isObject()) {
        attributes.eachMember([&](std::string_view key, const JsonValue& value) {
            if (wanted(key))
                visit(key, readOtlpValue(value, true, facts));
        });
        return;
    }
    attributes.eachElement([&](const JsonValue& pair) {
        std::string_view name;
        bool named = false;
        bool read = false;
        FactValue content;
        pair.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "key") {
                name = value.text();
                named = true;
            } else if (key == "value" && (!named || wanted(name))) {
                content = readOtlpValue(value, false, facts);
                read = true;
            }
        });
        if (named && read)
            visit(name, content);
    });
}

bool OtlpSpanReader::read(std::string_view json, std::uint64_t offset, std::uint64_t line,
                          std::span<const std::string_view> logs)
{
    m_issues.begin(offset, line);
    m_facts.clear();
    if (m_events.streamed())
        m_events.takeStream();
    m_exported.clear();
    m_span = {};
    m_span.sourceByte = static_cast<std::int64_t>(offset);
    m_traceGiven = false;
    m_spanGiven = false;

    const JsonValue root = m_parser.parse(json);
    root.eachMember([&](std::string_view key, const JsonValue& value) { member(key, value); });
    const bool kept = m_span.span && root.isObject();
    m_issues.reportDefects(m_parser, kept);
    if (!root.isObject()) {
        if (!m_parser.defect())
            report(Severity::Error, IssueKind::MalformedRecord, "a span is no object");
        return false;
    }
    check();
    if (!kept)
        return false;
    for (const std::string_view log : logs)
        addLogEvent(log, m_events, m_facts);
    m_issues.reportStream(m_events.streamDefects());
    m_facts.settle(m_sink, m_span,
                   [&](const std::string& what) { report(Severity::Warning, IssueKind::BadValue, what); });
    if (!m_exported.empty() && !applyExported(m_exported, m_sink, m_span, m_exportedStream)) {
        m_exported.clear();
        report(Severity::Warning, IssueKind::BadValue, "what this program wrote of an exported span cannot be read");
    }
    return true;
}

void OtlpSpanReader::member(std::string_view key, const JsonValue& value)
{
    if (key == "traceId" || key == "trace_id") {
        m_span.trace = readOtlpId(m_sink, value);
        m_traceGiven = value.recorded();
    } else if (key == "spanId" || key == "span_id") {
        m_span.span = readOtlpId(m_sink, value);
        m_spanGiven = value.recorded();
    } else if (key == "parentSpanId" || key == "parent_span_id") {
        m_span.parent = readOtlpId(m_sink, value);
        if (m_span.parent)
            m_span.provenance.set(Fact::Parent, Provenance::Measured);
    } else if (key == "name") {
        setText(m_sink, m_span, SpanText::Name, value.text());
    } else if (key == "startTimeUnixNano" || key == "start_time_unix_nano") {
        m_span.start = time(value, "the start");
    } else if (key == "endTimeUnixNano" || key == "end_time_unix_nano") {
        m_span.end = time(value, "the end");
    } else if (key == "attributes") {
        readAttributes(value);
    } else if (key == "events") {
        readEvents(value);
    } else if (key == "status") {
        readStatus(value);
    }
}

Nanos OtlpSpanReader::time(const JsonValue& value, const char* name)
{
    if (!value.recorded())
        return noTime;
    const auto nanos = readOtlpTime(value);
    if (!nanos)
        report(Severity::Warning, IssueKind::BadValue, std::string(name) + " of a span is no time in nanoseconds");
    return nanos.value_or(noTime);
}

void OtlpSpanReader::readAttributes(const JsonValue& attributes)
{
    if (attributes.isObject()) {
        attributes.eachMember([&](std::string_view key, const JsonValue& value) {
            if (const AttributeRule* rule = ruleOf(key))
                m_facts.take(*rule, key, readOtlpValue(value, true, m_facts));
        });
        return;
    }
    attributes.eachElement([&](const JsonValue& pair) {
        const AttributeRule* rule = nullptr;
        std::string_view name;
        bool named = false;
        FactValue content;
        pair.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "key") {
                name = value.text();
                named = true;
                rule = ruleOf(name);
            } else if (key == "value" && name == exportedSpanKey) {
                value.eachMember([&](std::string_view, const JsonValue& text) { m_exported = text.text(); });
            } else if (key == "value" && (!named || rule)) {
                content = readOtlpValue(value, false, m_facts);
            }
        });
        if (rule)
            m_facts.take(*rule, name, content);
        else if (!named)
            report(Severity::Warning, IssueKind::MissingField, "an attribute has no key");
    });
}

void OtlpSpanReader::readEvents(const JsonValue& events)
{
    events.eachElement([&](const JsonValue& event) {
        m_eventAttributes.clear();
        std::string_view name;
        Nanos at = noTime;
        event.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "name")
                name = value.text();
            else if (key == "timeUnixNano" || key == "time_unix_nano")
                at = time(value, "the time of an event");
            else if (key == "attributes")
                eachOtlpAttribute(
                    value, m_facts, [](std::string_view) { return true; },
                    [&](std::string_view attribute, const FactValue& content) {
                        m_eventAttributes.push_back({attribute, content});
                    });
        });
        m_events.add(name, at, m_eventAttributes, m_facts);
    });
}

void OtlpSpanReader::readStatus(const JsonValue& status)
{
    status.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "message")
            m_facts.statusMessage(scalar(value));
        if (key != "code")
            return;
        const auto code = value.integer();
        const std::string_view word = value.text();
        if (code == 2 || word == "STATUS_CODE_ERROR" || word == "ERROR")
            m_span.status = SpanStatus::Error;
        else if (code == 1 || word == "STATUS_CODE_OK" || word == "OK")
            m_span.status = SpanStatus::Ok;
        else if (value.recorded() && code != 0 && word != "STATUS_CODE_UNSET" && word != "UNSET")
            report(Severity::Warning, IssueKind::BadValue, "a span has an unknown status");
    });
}

void OtlpSpanReader::check()
{
    if (!m_span.span) {
        report(Severity::Error, m_spanGiven ? IssueKind::BadValue : IssueKind::MissingField,
               m_spanGiven ? "a span has an invalid id (empty or all zero)" : "a span has no id");
    } else if (m_span.span.form != IdForm::Hex64) {
        report(Severity::Info, IssueKind::BadValue, "a span id is not 8 bytes; kept as it is written");
    }
    if (!m_span.trace)
        report(Severity::Warning, m_traceGiven ? IssueKind::BadValue : IssueKind::MissingField,
               m_traceGiven ? "a span has an invalid trace id (empty or all zero)" : "a span has no trace id");
    else if (m_span.trace.form != IdForm::Hex128)
        report(Severity::Info, IssueKind::BadValue, "a trace id is not 16 bytes; kept as it is written");
    m_issues.checkTimes(m_span);
}

} // namespace arcscope
