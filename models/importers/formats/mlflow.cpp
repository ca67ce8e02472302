// MLflow traces: info and spans in all three schemas, one, a list or a line each; and the spans of a trace alone.
#include "attributecontent.h"
#include "dumpspan.h"
#include "format.h"
#include "jsontokens.h"
#include "otlpspan.h"
#include "probe.h"
#include "recordreading.h"

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "mlflow";

/// Spans of a trace whose info has not come yet.
constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;

struct Held {
    SpanRecord span;
    std::string record;
    PackedStream stream;
};

/// What a trace says of all its spans.
struct TraceInfo {
    Id trace;
    StringId session;
    StringId user;
    StringId resource;
};

class MlflowReader
{
public:
    explicit MlflowReader(ReadJob& job)
        : m_job(job)
        , m_otlp(job.sink, m_parser)
        , m_dump(job.sink, m_parser)
        , m_format(job.sink.intern(formatName))
    {
    }

    Result<void> read()
    {
        const SplitPaths paths{"data/spans/*", "*/data/spans/*", "traces/*/data/spans/*", "spans/*"};
        const auto done = readSplit(m_job, paths, [&](const SplitEvent& event) { take(event); });
        flush();
        if (m_dump.zoneAssumed())
            m_tally.add(Severity::Info, IssueKind::ZoneAssumed, "times without zone were read as UTC");
        m_tally.report(m_job.sink);
        return done;
    }

private:
    void take(const SplitEvent& event)
    {
        const auto line = static_cast<std::int64_t>(event.line);
        const auto byte = static_cast<std::int64_t>(event.offset);
        if (event.kind == SplitKind::Leave && !event.array && event.key != "data") {
            flush();
            m_info = {};
        } else if (event.kind == SplitKind::Value && event.target >= 0) {
            span(event);
        } else if (event.kind == SplitKind::Value && event.key == "info") {
            info(event);
        } else if (event.kind == SplitKind::Value && event.depth == 0) {
            m_tally.add(Severity::Warning, IssueKind::UnknownRecord, "JSON that is no trace", line, byte);
        }
    }

    void info(const SplitEvent& event)
    {
        m_info.resource = m_job.sink.intern(event.value);
        m_parser.parse(event.value).eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "trace_id" || key == "request_id") {
                m_info.trace = toId(m_job.sink, value.text());
            } else if (key == "trace_metadata" || key == "request_metadata" || key == "tags") {
                value.eachMember([&](std::string_view name, const JsonValue& text) {
                    if (name == "mlflow.trace.session" && !text.text().empty())
                        m_info.session = m_job.sink.intern(text.text());
                    else if (name == "mlflow.trace.user" && !text.text().empty())
                        m_info.user = m_job.sink.intern(text.text());
                });
            } else if (key == "assessments" && value.isArray() && value.raw().find('{') != std::string_view::npos) {
                m_tally.add(Severity::Info, IssueKind::UnknownRecord,
                            "assessments are shown with the resource of their trace",
                            static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
            }
        });
    }

    void span(const SplitEvent& event)
    {
        // The first schema is that of the SDK's own dumps, the later ones that of OTLP with a plain map of attributes.
        const bool dump = event.value.find("\"context\"") != std::string_view::npos &&
                          event.value.find("\"start_time_unix_nano\"") == std::string_view::npos;
        Held held;
        if (dump ? !m_dump.read(event.value, event.offset, event.line)
                 : !m_otlp.read(event.value, event.offset, event.line))
            return;
        held.span = dump ? m_dump.span() : m_otlp.span();
        if (dump ? m_dump.streamed() : m_otlp.streamed())
            held.stream = dump ? m_dump.takeStream() : m_otlp.takeStream();
        held.span[SpanText::Format] = m_format;
        if (held.span.kind == SpanKind::ToolCall && !held.span[SpanText::Tool])
            held.span[SpanText::Tool] = held.span[SpanText::Name];
        held.record = event.value;
        m_heldBytes += held.record.size();
        m_held.push_back(std::move(held));
        if (m_info.resource || m_heldBytes > maxHeldBytes)
            flush();
    }

    void flush()
    {
        for (Held& held : m_held) {
            SpanRecord& span = held.span;
            if (!span.trace)
                span.trace = m_info.trace;
            if (!span[SpanText::Session])
                span[SpanText::Session] = m_info.session;
            if (!span[SpanText::User])
                span[SpanText::User] = m_info.user;
            if (!span[SpanText::Resource])
                span[SpanText::Resource] = m_info.resource;
            const Row row = m_job.sink.add(span, held.record);
            if (held.stream.count > 0)
                m_job.sink.addStream(row, std::move(held.stream));
        }
        m_held.clear();
        m_heldBytes = 0;
    }

    ReadJob& m_job;
    JsonParser m_parser;
    OtlpSpanReader m_otlp;
    DumpSpanReader m_dump;
    IssueTally m_tally;
    std::vector<Held> m_held;
    std::size_t m_heldBytes = 0;
    TraceInfo m_info;
    StringId m_format;
};

int sniffMlflow(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    for (const std::string at : {"", "*/", "traces/*/"}) {
        const auto has = [&](const char* path) { return first->has(at + path); };
        const bool info = has("info/request_id") || has("info/trace_id");
        if (info && has("data/spans"))
            return 93;
        if (info && (has("info/experiment_id") || has("info/trace_location") || has("info/trace_metadata")))
            return 85;
    }
    if (first->has("spans/*/start_time_unix_nano") && first->hasObject("spans/*/attributes"))
        return 80;
    return 0;
}

Result<void> readMlflow(ReadJob& job)
{
    return MlflowReader(job).read();
}

/// Values are JSON that was written into a string.
void decodeAttribute(std::string_view key, const JsonValue& value, SpanContent& content)
{
    const std::string_view text = trimmed(value.text());
    if (text.empty()) {
        addAttribute(content.attributes, key, value);
        return;
    }
    JsonParser parser;
    const JsonValue inner = parser.parseCopy(text);
    const std::string plain(inner.isString() ? inner.text() : text);
    const bool json = inner.isObject() || inner.isArray();
    content.attributes.push_back({std::string(key), plain, json ? AttributeType::Json : AttributeType::Text});
}

void decodeEvent(const JsonValue& json, AttributeContent& builder)
{
    SpanEvent event;
    bool zoneGiven = true;
    json.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "name")
            event.name = value.text();
        else if (key == "timestamp" || key == "time_unix_nano")
            event.time = readDumpTime(value, zoneGiven).value_or(noTime);
        else if (key == "attributes")
            value.eachMember(
                [&](std::string_view name, const JsonValue& part) { addAttribute(event.attributes, name, part); });
    });
    builder.event(std::move(event));
}

SpanContent decodeMlflow(std::string_view record, std::string_view resource)
{
    AttributeContent builder;
    SpanContent& content = builder.content();
    JsonParser parser;
    parser.parseCopy(resource).eachMember(
        [&](std::string_view key, const JsonValue& value) { addAttribute(content.resource, key, value); });
    parser.parseCopy(record).eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "attributes")
            value.eachMember(
                [&](std::string_view name, const JsonValue& text) { decodeAttribute(name, text, content); });
        else if (key == "events")
            value.eachElement([&](const JsonValue& event) { decodeEvent(event, builder); });
        else if (key == "status_message")
            content.statusMessage = value.text();
        else if (key == "status")
            value.eachMember([&](std::string_view name, const JsonValue& text) {
                if (name == "message")
                    content.statusMessage = text.text();
            });
    });
    if (const auto& defect = parser.defect())
        content.notes.push_back("the record is damaged: " + defect->message);
    return builder.finish();
}

} // namespace

ImportFormat mlflow()
{
    return {formatName, "MLflow", sniffMlflow, readMlflow, decodeMlflow};
}

} // namespace arcscope
