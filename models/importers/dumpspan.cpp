#include "dumpspan.h"

#include "jsontext.h"
#include "jsontokens.h"
#include "otlpspan.h"

#include <cstring>

namespace arcscope
{
namespace
{

/// The unit that makes a number a time of our days: seconds, milli-, micro- or nanoseconds.
Nanos unitOf(double number)
{
    if (number > 1e17)
        return 1;
    if (number > 1e14)
        return microsecond;
    return number > 1e11 ? millisecond : second;
}

/// Words are literals: each is compared where it stands, by its length and then in a few instructions. Comparing
/// views calls memcmp() for every word of the same length, for every member of every span.
template <std::size_t... sizes>
bool isAnyOf(std::string_view text, const char (&... words)[sizes])
{
    return ((text.size() == sizes - 1 && std::memcmp(text.data(), words, sizes - 1) == 0) || ...);
}

/// Seconds and nanoseconds in an array.
std::optional<Nanos> pairOf(const JsonValue& array)
{
    std::int64_t parts[2] = {-1, -1};
    std::size_t count = 0;
    array.eachElement([&](const JsonValue& part) {
        if (count < 2)
            parts[count] = part.integer().value_or(-1);
        ++count;
    });
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / second - 1;
    if (count != 2 || parts[0] < 0 || parts[0] > most || parts[1] < 0 || parts[1] >= second)
        return {};
    return parts[0] * second + parts[1];
}

} // namespace

std::optional<Nanos> readDumpTime(const JsonValue& value, bool& zoneGiven)
{
    if (!value.recorded())
        return noTime;
    if (value.isArray())
        return pairOf(value);
    if (value.isString()) {
        if (const auto iso = parseIsoTime(value.text())) {
            zoneGiven = zoneGiven && iso->zoneGiven;
            return iso->time;
        }
    }
    constexpr double latest = 9.2e18; // nanoseconds, in the year 2261
    const auto whole = value.integer();
    const auto number = value.number();
    if (!number || !(*number > 0) || *number > latest)
        return {};
    const Nanos unit = unitOf(*number);
    if (*number * static_cast<double>(unit) > latest)
        return {};
    if (whole)
        return *whole * unit;
    return readScaled(trimmed(value.isString() ? value.text() : value.raw()), unit);
}

bool DumpSpanReader::read(std::string_view json, std::uint64_t offset, std::uint64_t line)
{
    m_issues.begin(offset, line);
    m_facts.clear();
    if (m_events.streamed())
        m_events.takeStream();
    m_span = {};
    m_span.sourceByte = static_cast<std::int64_t>(offset);
    m_plainId = {};
    m_duration = noTime;

    const JsonValue root = m_parser.parse(json);
    root.eachMember([&](std::string_view key, const JsonValue& value) { member(key, value); });
    if (!m_span.span)
        m_span.span = m_plainId;
    const bool kept = root.isObject() && m_span.span;
    m_issues.reportDefects(m_parser, kept);
    if (!kept) {
        if (!m_parser.defect())
            report(Severity::Error, root.isObject() ? IssueKind::MissingField : IssueKind::MalformedRecord,
                   root.isObject() ? "a span has no id" : "a span is no object");
        return false;
    }
    if (m_span.end == noTime && m_span.start != noTime && m_duration != noTime)
        m_span.end = m_span.start + m_duration;
    check();
    m_issues.reportStream(m_events.streamDefects());
    m_facts.settle(m_sink, m_span,
                   [&](const std::string& what) { report(Severity::Warning, IssueKind::BadValue, what); });
    if (!m_span[SpanText::Service])
        setText(m_sink, m_span, SpanText::Service, m_service);
    if (!m_span[SpanText::Environment])
        setText(m_sink, m_span, SpanText::Environment, m_environment);
    return true;
}

void DumpSpanReader::setTrace(std::string_view trace)
{
    m_traceAround = trace;
    toId(m_sink, trace); // its text comes before those of the spans
}

void DumpSpanReader::member(std::string_view key, const JsonValue& value)
{
    if (isAnyOf(key, "attributes")) {
        value.eachMember([&](std::string_view name, const JsonValue& content) { readAttribute(name, content); });
    } else if (key.starts_with("attributes.")) {
        readAttribute(key.substr(11), value);
    } else if (isAnyOf(key, "name")) {
        setText(m_sink, m_span, SpanText::Name, value.text());
    } else if (isAnyOf(key, "context", "spanContext", "_spanContext", "span_context")) {
        readContext(value);
    } else if (isAnyOf(key, "traceId", "trace_id", "context.trace_id")) {
        m_span.trace = readOtlpId(m_sink, value);
    } else if (isAnyOf(key, "spanId", "span_id", "context.span_id")) {
        m_span.span = readOtlpId(m_sink, value);
    } else if (isAnyOf(key, "id")) {
        if (value.isString())
            m_plainId = readOtlpId(m_sink, value);
    } else if (isAnyOf(key, "parent_id", "parentSpanId", "parent_span_id", "parentId")) {
        if (value.recorded())
            m_span.parent = readOtlpId(m_sink, value);
    } else if (isAnyOf(key, "parentSpanContext", "parent")) {
        value.eachMember([&](std::string_view name, const JsonValue& id) {
            if (isAnyOf(name, "spanId", "span_id"))
                m_span.parent = readOtlpId(m_sink, id);
        });
    } else if (isAnyOf(key, "start_time", "startTime", "timestamp")) {
        m_span.start = time(value, "the start");
    } else if (isAnyOf(key, "end_time", "endTime")) {
        m_span.end = time(value, "the end");
    } else if (isAnyOf(key, "duration")) {
        if (value.isArray())
            m_duration = pairOf(value).value_or(noTime);
        else if (const auto micros = value.integer(); micros && *micros >= 0 && *micros < noTime / -microsecond)
            m_duration = *micros * microsecond;
    } else if (isAnyOf(key, "status", "status_code")) {
        readStatus(key, value);
    } else if (isAnyOf(key, "status_message")) {
        m_facts.statusMessage(readOtlpValue(value, true, m_facts));
    } else if (isAnyOf(key, "span_kind")) {
        m_facts.take("openinference.span.kind", readOtlpValue(value, true, m_facts));
    } else if (isAnyOf(key, "events")) {
        readEvents(value);
    } else if (isAnyOf(key, "resource")) {
        readResource(value);
    }
}

void DumpSpanReader::readContext(const JsonValue& context)
{
    context.eachMember([&](std::string_view key, const JsonValue& value) {
        if (isAnyOf(key, "trace_id", "traceId"))
            m_span.trace = readOtlpId(m_sink, value);
        else if (isAnyOf(key, "span_id", "spanId"))
            m_span.span = readOtlpId(m_sink, value);
    });
}

void DumpSpanReader::readStatus(std::string_view key, const JsonValue& value)
{
    if (value.isObject()) {
        value.eachMember([&](std::string_view name, const JsonValue& part) {
            if (isAnyOf(name, "code", "status_code"))
                readStatus(name, part);
            else if (isAnyOf(name, "message", "description"))
                m_facts.statusMessage(readOtlpValue(part, true, m_facts));
        });
        return;
    }
    std::string_view word = value.text();
    if (const auto dot = word.rfind('.'); dot != std::string_view::npos)
        word = word.substr(dot + 1); // "StatusCode.ERROR"
    const auto code = value.integer();
    if (code == 2 || word == "ERROR" || word == "STATUS_CODE_ERROR")
        m_span.status = SpanStatus::Error;
    else if (code == 1 || word == "OK" || word == "STATUS_CODE_OK")
        m_span.status = SpanStatus::Ok;
    else if (value.recorded() && code != 0 && word != "UNSET" && word != "STATUS_CODE_UNSET")
        report(Severity::Warning, IssueKind::BadValue, "a span has an unknown " + std::string(key));
}

/// Nested objects, and lists of messages, have their keys joined by dots.
void DumpSpanReader::readAttribute(std::string_view key, const JsonValue& value)
{
    const AttributeRule* rule = ruleOf(key);
    const bool numbered = rule && (rule->field == Field::IndexedInput || rule->field == Field::IndexedOutput);
    if (rule && !(numbered && (value.isObject() || value.isArray()))) {
        m_facts.take(*rule, key, readOtlpValue(value, true, m_facts));
    } else if (value.isObject()) {
        const std::string prefix = std::string(key) + '.';
        value.eachMember([&](std::string_view name, const JsonValue& inner) {
            readAttribute(m_facts.keep(prefix + std::string(name)), inner);
        });
    } else if (value.isArray() && (numbered || ruleOf(std::string(key) + ".0"))) {
        std::size_t index = 0;
        value.eachElement([&](const JsonValue& inner) {
            readAttribute(m_facts.keep(std::string(key) + '.' + std::to_string(index++)), inner);
        });
    }
}

void DumpSpanReader::readEvents(const JsonValue& events)
{
    events.eachElement([&](const JsonValue& event) {
        m_eventAttributes.clear();
        std::string_view name;
        Nanos at = noTime;
        event.eachMember([&](std::string_view key, const JsonValue& value) {
            if (isAnyOf(key, "name")) {
                name = value.text();
            } else if (isAnyOf(key, "timestamp", "time")) {
                at = time(value, "the time of an event");
            } else if (isAnyOf(key, "attributes")) {
                value.eachMember([&](std::string_view attribute, const JsonValue& content) {
                    m_eventAttributes.push_back({attribute, readOtlpValue(content, true, m_facts)});
                });
            }
        });
        m_events.add(name, at, m_eventAttributes, m_facts);
    });
}

void DumpSpanReader::readResource(const JsonValue& resource)
{
    const std::string_view raw = resource.raw();
    if (raw == m_resourceText)
        return;
    m_resourceText = raw;
    m_service.clear();
    m_environment.clear();
    resource.eachMember([&](std::string_view key, const JsonValue& attributes) {
        if (key != "attributes" && key != "_attributes")
            return;
        attributes.eachMember([&](std::string_view name, const JsonValue& value) {
            if (name == "service.name")
                m_service = value.text();
            else if (isAnyOf(name, "deployment.environment.name", "deployment.environment"))
                m_environment = value.text();
            else
                return;
            m_sink.intern(value.text());
        });
    });
}

Nanos DumpSpanReader::time(const JsonValue& value, const char* name)
{
    const auto read = readDumpTime(value, m_zoneGiven);
    if (!read)
        report(Severity::Warning, IssueKind::BadValue, std::string(name) + " of a span cannot be read as a time");
    return read.value_or(noTime);
}

void DumpSpanReader::check()
{
    if (m_span.parent)
        m_span.provenance.set(Fact::Parent, Provenance::Measured);
    if (!m_span.trace)
        m_span.trace = toId(m_sink, m_traceAround);
    if (!m_span.trace)
        report(Severity::Warning, IssueKind::MissingField, "a span has no valid trace id");
    m_issues.checkTimes(m_span);
}

} // namespace arcscope
