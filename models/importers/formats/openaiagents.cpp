// OpenAI Agents SDK: traces and their spans as the SDK exports them; a line each, in a list, or in "data" of an object.
#include "format.h"
#include "groupspan.h"
#include "platformspan.h"
#include "probe.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "openai-agents";

constexpr auto types = std::to_array<KindWord>({
    {"agent", SpanKind::Agent, true},
    {"function", SpanKind::ToolCall},
    {"generation", SpanKind::ModelCall},
    {"response", SpanKind::ModelCall},
    {"guardrail", SpanKind::Guardrail},
    {"handoff", SpanKind::Other},
    {"custom", SpanKind::Other},
    {"mcp_tools", SpanKind::Other},
    {"transcription", SpanKind::ModelCall},
    {"speech", SpanKind::ModelCall},
    {"speech_group", SpanKind::Workflow, true},
});

/// Custom spans in which the SDK tells of its own loop.
constexpr auto sdkTypes = std::to_array<KindWord>({
    {"task", SpanKind::Workflow, true},
    {"turn", SpanKind::Workflow, true},
});

constexpr auto ruleList = std::to_array<AttributeRule>({
    {"span_data.data.sdk_span_type", Field::Kind, 5, sdkTypes},
    {"span_data.type", Field::Kind, 10, types},
    {"span_data.input", Field::InputMessages, 20},
    {"span_data.output", Field::OutputMessages, 20},
    {"span_data.response.output", Field::OutputMessages, 21},
    {"span_data.model", fieldOf(SpanText::ModelRequested), 20},
    {"span_data.response.model", fieldOf(SpanText::ModelServed), 20},
    {"span_data.response_id", Field::ResponseId, 20},
    {"span_data.response.id", Field::ResponseId, 21},
    {"span_data.usage", Field::UsageObject, 20},
    {"span_data.response.usage", Field::UsageObject, 21},
    {"span_data.data.usage", Field::UsageObject, 22},
});

const RecordRules& rules()
{
    static const RecordRules made(ruleList, {"span_data.data"});
    return made;
}

class AgentsReader
{
public:
    explicit AgentsReader(ReadJob& job)
        : m_job(job)
        , m_span(job.sink, m_tally, rules(), formatName)
        , m_gathering([this](std::span<const RecordPiece> pieces) { give(pieces); })
    {
    }

    Result<void> read()
    {
        const Probe probe = Probe::of(m_job.input);
        const SplitPaths data{"data/*"};
        const bool inData = probe.first() && probe.first()->hasArray("data");
        const auto done =
            readRecords(m_job, m_tally, inData ? &data : nullptr, [this](const SplitEvent& event) { record(event); });
        m_gathering.flush();
        m_traces.give(m_job.sink, formatName);
        m_tally.report(m_job.sink);
        return done;
    }

private:
    void record(const SplitEvent& event)
    {
        std::string id;
        bool isTrace = false;
        bool isSpan = false;
        m_parser.parse(event.value).eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "id")
                id = value.text();
            isTrace = isTrace || (key == "object" && value.text() == "trace");
            isSpan = isSpan || (key == "object" && value.text() == "trace.span");
        });
        if (isSpan && !id.empty())
            m_gathering.add(id, event.value, event.offset, event.line);
        else if (isTrace && !id.empty())
            trace(id, event);
        else
            m_tally.add(isTrace || isSpan ? Severity::Error : Severity::Warning,
                        m_parser.defect()   ? IssueKind::MalformedRecord
                        : isTrace || isSpan ? IssueKind::MissingField
                                            : IssueKind::UnknownRecord,
                        isTrace || isSpan ? "a record has no id" : "a record that is no trace and no span",
                        static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
    }

    /// The record of a trace has no times; it is shown as the root of its spans.
    void trace(const std::string& id, const SplitEvent& event)
    {
        GroupSpans::Group& group = m_traces.at(id);
        group.record = event.value;
        group.span.trace = group.span.span = toId(m_job.sink, id);
        group.span.sourceByte = static_cast<std::int64_t>(event.offset);
        m_parser.parse(event.value).eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "workflow_name")
                setText(m_job.sink, group.span, SpanText::Name, value.text());
            else if (key == "group_id")
                setText(m_job.sink, group.span, SpanText::Session, value.text());
        });
    }

    void give(std::span<const RecordPiece> pieces)
    {
        m_trace.clear();
        m_span.read(pieces, [this](PlatformSpan& span, std::string_view path, const JsonValue& value) {
            take(span, path, value);
        });
        SpanRecord& span = m_span.span();
        const std::string type = typeOf(pieces.back().text);
        if (type == "agent")
            span[SpanText::Agent] = span[SpanText::Name];
        if (!span[SpanText::Name]) // few types have one
            setText(m_job.sink, span, SpanText::Name, type);
        if (GroupSpans::Group* trace = m_traces.find(m_trace)) {
            GroupSpans::widen(trace->span, span);
            span[SpanText::Session] = trace->span[SpanText::Session];
            if (!span.parent) {
                span.parent = trace->span.span;
                span.provenance.set(Fact::Parent, Provenance::Declared);
            }
        }
        m_span.give();
    }

    std::string typeOf(const std::string& record)
    {
        std::string type;
        m_parser.parseCopy(record).eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "span_data")
                value.eachMember([&](std::string_view name, const JsonValue& member) {
                    if (name == "type")
                        type = member.text();
                });
        });
        return type;
    }

    void take(PlatformSpan& span, std::string_view path, const JsonValue& value)
    {
        SpanRecord& record = span.span();
        if (path == "id") {
            span.id(record.span, value);
        } else if (path == "trace_id") {
            span.id(record.trace, value);
            m_trace = value.text();
        } else if (path == "parent_id") {
            span.parent(value);
        } else if (path == "started_at") {
            span.time(Fact::Start, value);
        } else if (path == "ended_at") {
            span.time(Fact::End, value);
        } else if (path == "span_data.name") {
            span.text(SpanText::Name, value);
        } else if (path == "error" && value.isObject()) {
            value.eachMember([&](std::string_view key, const JsonValue& text) {
                if (key == "message")
                    span.fail(text);
            });
            record.status = SpanStatus::Error;
        }
    }

    ReadJob& m_job;
    JsonParser m_parser;
    IssueTally m_tally;
    PlatformSpan m_span;
    RecordGathering m_gathering;
    GroupSpans m_traces;
    std::string m_trace; ///< of the span that is read
};

int sniffAgents(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        for (const std::string at : {"", "*/", "data/*/"}) {
            const std::string_view object = value.text(at + "object");
            if ((object == "trace" && value.has(at + "workflow_name")) ||
                (object == "trace.span" && value.has(at + "span_data")))
                return 92;
        }
    }
    return 0;
}

Result<void> readAgents(ReadJob& job)
{
    return AgentsReader(job).read();
}

SpanContent decodeAgents(std::string_view record, std::string_view)
{
    return decodePlatform(record, rules(), {"error.message"});
}

} // namespace

ImportFormat openAiAgents()
{
    return {formatName, "OpenAI Agents SDK", sniffAgents, readAgents, decodeAgents};
}

} // namespace arcscope
