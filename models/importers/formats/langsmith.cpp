// LangSmith runs: one, a list, a line each, or batches of posts and patches; in one another where runs have child runs.
#include "format.h"
#include "platformspan.h"
#include "probe.h"
#include "withdrawnruns.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "langsmith";

/// Runs inside runs are followed this deep.
constexpr int maxDepth = 64;

constexpr auto runTypes = std::to_array<KindWord>({
    {"llm", SpanKind::ModelCall},
    {"chain", SpanKind::Workflow, true},
    {"tool", SpanKind::ToolCall},
    {"retriever", SpanKind::Retrieval},
    {"embedding", SpanKind::Embedding},
    {"prompt", SpanKind::Other},
    {"parser", SpanKind::Other},
});

constexpr auto ruleList = std::to_array<AttributeRule>({
    {"run_type", Field::Kind, 10, runTypes},
    {"inputs", Field::InputMessages, 20},
    {"outputs", Field::OutputMessages, 20},
    {"extra.metadata.ls_provider", fieldOf(SpanText::Provider), 20},
    {"extra.metadata.ls_model_name", fieldOf(SpanText::ModelRequested), 20},
    {"extra.invocation_params.model", fieldOf(SpanText::ModelRequested), 21},
    {"extra.invocation_params.model_name", fieldOf(SpanText::ModelRequested), 22},
    {"inputs.model", fieldOf(SpanText::ModelRequested), 23},
    {"outputs.model", fieldOf(SpanText::ModelServed), 20},
    {"outputs.llm_output.model_name", fieldOf(SpanText::ModelServed), 21},
    {"outputs.id", Field::ResponseId, 20},
    {"outputs.choices.0.finish_reason", fieldOf(SpanText::StopReason), 20},
    {"outputs.stop_reason", fieldOf(SpanText::StopReason), 21},
    {"outputs.generations.0.0.generation_info.finish_reason", fieldOf(SpanText::StopReason), 22},
    {"outputs.generations.0.generation_info.finish_reason", fieldOf(SpanText::StopReason), 23},
    // A session of LangSmith is a project; conversations are threads.
    {"extra.metadata.session_id", fieldOf(SpanText::Session), 20},
    {"extra.metadata.thread_id", fieldOf(SpanText::Session), 21},
    {"extra.metadata.conversation_id", fieldOf(SpanText::Session), 22},
    {"extra.metadata.user_id", fieldOf(SpanText::User), 20},
    {"extra.metadata.langgraph_node", fieldOf(SpanText::Agent), 40},
    {"outputs.usage_metadata", Field::UsageObject, 20},
    {"extra.metadata.usage_metadata", Field::UsageObject, 21},
    {"outputs.generations.0.0.message.kwargs.usage_metadata", Field::UsageObject, 22},
    {"outputs.generations.0.message.kwargs.usage_metadata", Field::UsageObject, 23},
    {"outputs.message.usage_metadata", Field::UsageObject, 24},
    {"outputs.llm_output.token_usage", Field::UsageObject, 25},
    {"outputs.usage", Field::UsageObject, 26},
    // What the server added up; it stands for runs below, too.
    {"prompt_tokens", Field::Input, 40},
    {"completion_tokens", Field::Output, 40},
    {"total_tokens", Field::Total, 40},
    {"total_cost", Field::Cost, 40},
    {"first_token_time", Field::FirstTokenAt, 20},
});

const RecordRules& rules()
{
    static const RecordRules made(ruleList, {"extra.metadata"});
    return made;
}

/// Times and ids in a dotted order: "20260101T000000000000Z<id>", one such step for each run from the root on.
struct DottedOrder {
    std::string_view trace;
    std::string_view parent;
    std::string_view own;
    std::string_view time; ///< of the run's own step
};

DottedOrder readDottedOrder(std::string_view text)
{
    DottedOrder order;
    while (!text.empty()) {
        const std::size_t dot = std::min(text.find('.'), text.size());
        const std::string_view step = text.substr(0, dot);
        const std::size_t zulu = step.find('Z');
        if (zulu == std::string_view::npos)
            return {};
        order.parent = order.own;
        order.own = step.substr(zulu + 1);
        order.time = step.substr(0, zulu);
        if (order.trace.empty())
            order.trace = order.own;
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return order;
}

/// "20260101T000000000000" with six digits of a fraction.
Nanos dottedTime(std::string_view text)
{
    constexpr std::size_t size = 21;
    if (text.size() != size || text[8] != 'T')
        return noTime;
    std::string iso(text.substr(0, 4));
    iso.append("-").append(text.substr(4, 2)).append("-").append(text.substr(6, 5)).append(":");
    iso.append(text.substr(11, 2))
        .append(":")
        .append(text.substr(13, 2))
        .append(".")
        .append(text.substr(15))
        .append("Z");
    const auto time = parseIsoTime(iso);
    return time ? time->time : noTime;
}

class LangSmithReader
{
public:
    explicit LangSmithReader(ReadJob& job)
        : m_job(job)
        , m_span(job.sink, m_tally, rules(), formatName)
        , m_gathering([this](std::span<const RecordPiece> pieces) { give(pieces); })
    {
    }

    Result<void> read()
    {
        const Probe probe = Probe::of(m_job.input);
        const ProbeValue* first = probe.first();
        const SplitPaths document{"post/*", "patch/*", "runs/*", "data/*"};
        const bool isDocument = first && (first->hasArray("post") || first->hasArray("patch") ||
                                          first->hasArray("runs") || first->hasArray("data"));
        const auto done = readRecords(m_job, m_tally, isDocument ? &document : nullptr,
                                      [&](const SplitEvent& event) { run(event.value, event.offset, event.line, 0); });
        m_gathering.flush();
        m_withdrawn.give(m_job.sink);
        m_tally.report(m_job.sink);
        return done;
    }

private:
    void run(std::string_view text, std::uint64_t byte, std::uint64_t line, int depth)
    {
        std::string id;
        std::vector<std::string> children;
        std::string record;
        JsonParser parser;
        const JsonValue root = parser.parseCopy(text);
        const std::string_view whole = root.raw();
        root.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "id")
                id = value.text();
            if (key != "child_runs" || !value.isArray() || depth >= maxDepth)
                return;
            // They are records of their own.
            const std::string_view list = value.raw();
            const auto at = static_cast<std::size_t>(list.data() - whole.data());
            record.assign(whole.substr(0, at)).append("[]").append(whole.substr(at + list.size()));
            value.eachElement([&](const JsonValue& child) {
                if (child.isObject())
                    children.emplace_back(child.raw());
            });
        });
        if (id.empty()) {
            m_tally.add(Severity::Error, parser.defect() ? IssueKind::MalformedRecord : IssueKind::MissingField,
                        "a run has no id", static_cast<std::int64_t>(line), static_cast<std::int64_t>(byte));
            return;
        }
        m_gathering.add(id, children.empty() ? text : std::string_view(record), byte, line);
        for (const std::string& child : children)
            run(child, byte, line, depth + 1);
    }

    void give(std::span<const RecordPiece> pieces)
    {
        m_order.clear();
        m_id.clear();
        m_stream = RunStream();
        m_span.read(pieces, [this](PlatformSpan& span, std::string_view path, const JsonValue& value) {
            member(span, path, value);
        });
        SpanRecord& span = m_span.span();
        const DottedOrder order = readDottedOrder(m_order);
        if (!span.trace)
            span.trace = toId(m_job.sink, order.trace);
        if (!span.parent && !order.parent.empty()) {
            span.parent = toId(m_job.sink, order.parent);
            span.provenance.set(Fact::Parent, Provenance::Declared);
        }
        if (span.start == noTime && !order.time.empty()) {
            span.start = dottedTime(order.time);
            if (span.start != noTime)
                span.provenance.set(Fact::Start, Provenance::Declared);
        }
        if (!span.trace && !span.parent)
            span.trace = span.span; // a root is its trace
        const Nanos firstToken = m_stream.firstToken();
        if (firstToken != noTime)
            m_span.facts().firstTokenAt(firstToken);
        const Row row = m_span.give(m_stream.take());
        for (const RecordPiece& piece : pieces)
            m_withdrawn.add(m_span.span(), row, m_id, piece.text, m_stream);
    }

    void member(PlatformSpan& span, std::string_view path, const JsonValue& value)
    {
        if (path == "id") {
            span.id(span.span().span, value);
            m_id = value.text();
        } else if (path == "trace_id") {
            span.id(span.span().trace, value);
        } else if (path == "parent_run_id") {
            span.parent(value);
        } else if (path == "dotted_order") {
            if (m_order.empty())
                m_order = value.text();
        } else if (path == "name") {
            span.text(SpanText::Name, value);
        } else if (path == "start_time") {
            span.time(Fact::Start, value);
        } else if (path == "end_time") {
            span.time(Fact::End, value);
        } else if (path == "error") {
            span.fail(value);
        } else if (path == "status") {
            if (value.text() == "success" && span.span().status == SpanStatus::Unset)
                span.span().status = SpanStatus::Ok;
            else if (value.text() == "error")
                span.span().status = SpanStatus::Error;
        } else if (path == "events" && m_stream.empty()) {
            m_stream.read(value, span);
        }
    }

    ReadJob& m_job;
    IssueTally m_tally;
    PlatformSpan m_span;
    RecordGathering m_gathering;
    RunStream m_stream;
    WithdrawnRuns m_withdrawn;
    std::string m_order;
    std::string m_id;
};

int sniffLangSmith(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    for (const std::string at : {"", "*/", "post/*/", "patch/*/", "runs/*/", "data/*/"}) {
        const auto has = [&](const char* path) { return first->has(at + path); };
        if (has("dotted_order") && (has("run_type") || has("trace_id")))
            return 92;
        if (first->hasString(at + "run_type") && (has("inputs") || has("trace_id") || has("child_runs")))
            return 88;
    }
    return 0;
}

Result<void> readLangSmith(ReadJob& job)
{
    return LangSmithReader(job).read();
}

SpanContent decodeLangSmith(std::string_view record, std::string_view)
{
    return decodePlatform(record, rules(), {"error"});
}

} // namespace

ImportFormat langSmith()
{
    return {formatName, "LangSmith", sniffLangSmith, readLangSmith, decodeLangSmith};
}

} // namespace arcscope
