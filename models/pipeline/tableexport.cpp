#include "tableexport.h"

#include "notetransfer.h"
#include "redactedcopy.h"
#include "spancontent.h"
#include "stream.h"
#include "tablefile.h"
#include "temporaryfolder.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto spanTexts =
    std::to_array<std::pair<std::string_view, SpanText>>({{"name", SpanText::Name},
                                                          {"service", SpanText::Service},
                                                          {"agent", SpanText::Agent},
                                                          {"tool", SpanText::Tool},
                                                          {"tool_call_id", SpanText::ToolCallId},
                                                          {"model_requested", SpanText::ModelRequested},
                                                          {"model_served", SpanText::ModelServed},
                                                          {"provider", SpanText::Provider},
                                                          {"session", SpanText::Session},
                                                          {"task", SpanText::Task},
                                                          {"user", SpanText::User},
                                                          {"tenant", SpanText::Tenant},
                                                          {"plan", SpanText::Plan},
                                                          {"prompt_name", SpanText::PromptName},
                                                          {"prompt_version", SpanText::PromptVersion},
                                                          {"environment", SpanText::Environment},
                                                          {"stop_reason", SpanText::StopReason},
                                                          {"error_type", SpanText::ErrorType},
                                                          {"currency", SpanText::Currency}});

constexpr auto traceColumns = std::to_array<TableColumn>(
    {{"trace_row"}, {"trace", true}, {"name", true}, {"start_ns"}, {"duration_ns"}, {"spans"}, {"errors"}, {"tokens"}});
constexpr auto messageColumns = std::to_array<TableColumn>({{"span_row"},
                                                            {"side", true},
                                                            {"message"},
                                                            {"part"},
                                                            {"role", true},
                                                            {"kind", true},
                                                            {"tool", true},
                                                            {"tool_call_id", true},
                                                            {"text", true}});
constexpr auto attributeColumns =
    std::to_array<TableColumn>({{"span_row"}, {"of", true}, {"key", true}, {"value", true}});
constexpr auto eventColumns = std::to_array<TableColumn>({{"span_row"},
                                                          {"number"},
                                                          {"kind", true},
                                                          {"block", true},
                                                          {"time_ns"},
                                                          {"from_byte"},
                                                          {"to_byte"},
                                                          {"text", true}});

std::int64_t orNothing(std::int64_t value)
{
    return value < 0 ? notSaid : value;
}

class Tables
{
public:
    Tables(Session& session, TableFile& file)
        : m_session(session)
        , m_corpus(session.corpus)
        , m_file(file)
    {
    }

    Result<void> make()
    {
        std::vector<TableColumn> spanColumns{{"span_row"},       {"trace_row"},    {"span", true}, {"parent_row"},
                                             {"kind", true},     {"status", true}, {"start_ns"},   {"duration_ns"},
                                             {"first_token_ns"}, {"cost_micros"}};
        for (const auto& [name, text] : spanTexts)
            spanColumns.push_back({name, true});
        std::vector<std::string> usage;
        for (int i = 0; i < usageClassCount; ++i)
            usage.push_back(std::string(name(static_cast<UsageClass>(i))) + "_tokens");
        for (const std::string& name : usage)
            spanColumns.push_back({name});
        for (const auto& [name, columns] : std::initializer_list<std::pair<const char*, std::span<const TableColumn>>>{
                 {"traces", traceColumns},
                 {"spans", spanColumns},
                 {"messages", messageColumns},
                 {"attributes", attributeColumns},
                 {"stream_events", eventColumns}}) {
            if (const auto done = m_file.addTable(name, columns); !done)
                return done;
        }
        return {};
    }

    Result<void> addTrace(std::uint32_t trace)
    {
        const TraceTable& traces = m_corpus.traces;
        const std::string id = m_corpus.traceIdText(trace);
        const StringId name{static_cast<std::uint32_t>(traces.at(TraceColumn::Name, trace))};
        return m_file.addRow(
            "traces", std::array<TableValue, traceColumns.size()>{
                          std::int64_t{trace}, id, m_corpus.strings[name], traces.at(TraceColumn::Start, trace),
                          orNothing(traces.at(TraceColumn::Duration, trace)), traces.at(TraceColumn::Spans, trace),
                          traces.at(TraceColumn::Errors, trace), orNothing(traces.at(TraceColumn::Tokens, trace))});
    }

    Result<void> addSpan(Row row)
    {
        const SpanTable& spans = m_corpus.spans;
        const std::string id = m_corpus.idText(spans.spanId(row));
        const Row parent = spans.parent(row);
        std::vector<TableValue> values{std::int64_t{row},
                                       spans.at(SpanColumn::Trace, row),
                                       id,
                                       parent == noRow ? notSaid : std::int64_t{parent},
                                       name(spans.kind(row)),
                                       name(spans.status(row)),
                                       spans.start(row),
                                       orNothing(spans.duration(row)),
                                       orNothing(spans.at(SpanColumn::FirstToken, row)),
                                       orNothing(spans.at(SpanColumn::Cost, row))};
        for (const auto& [name, text] : spanTexts)
            values.emplace_back(m_corpus.text(text, row));
        for (const std::int64_t tokens : spans.usage(row).tokens)
            values.emplace_back(orNothing(tokens));
        if (const auto done = m_file.addRow("spans", values); !done)
            return done;
        const auto details = loadDetails(m_session.workspace, m_corpus, row);
        if (!details)
            return details.error();
        for (const auto& done :
             {addMessages(row, "input", details->content.input), addMessages(row, "output", details->content.output),
              addAttributes(row, "span", details->content.attributes),
              addAttributes(row, "resource", details->content.resource), addStream(row)}) {
            if (!done)
                return done;
        }
        return {};
    }

private:
    Result<void> addMessages(Row row, std::string_view side, const std::vector<Message>& messages)
    {
        constexpr std::array<std::string_view, 5> roles{"system", "user", "assistant", "tool", "other"};
        constexpr std::array<std::string_view, 7> kinds{"text",    "reasoning", "tool_call", "tool_result",
                                                        "refusal", "media",     "other"};
        for (std::size_t i = 0; i < messages.size(); ++i) {
            for (std::size_t j = 0; j < messages[i].parts.size(); ++j) {
                const Part& part = messages[i].parts[j];
                const auto done = m_file.addRow(
                    "messages",
                    std::array<TableValue, messageColumns.size()>{
                        std::int64_t{row}, side, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j),
                        roles[static_cast<std::size_t>(messages[i].role)], kinds[static_cast<std::size_t>(part.kind)],
                        part.name, part.id, part.kind == PartKind::Media ? part.media : part.text});
                if (!done)
                    return done;
            }
        }
        return {};
    }

    Result<void> addAttributes(Row row, std::string_view of, const std::vector<Attribute>& attributes)
    {
        for (const Attribute& one : attributes) {
            const auto done = m_file.addRow("attributes", std::array<TableValue, attributeColumns.size()>{
                                                              std::int64_t{row}, of, one.key, one.value});
            if (!done)
                return done;
        }
        return {};
    }

    Result<void> addStream(Row row)
    {
        const auto stream = m_session.workspace.stream(row);
        if (!stream)
            return stream.error();
        StreamReader reader(*stream);
        StreamEvent event;
        for (std::int64_t number = 0; reader.next(event); ++number) {
            const auto done =
                m_file.addRow("stream_events", std::array<TableValue, eventColumns.size()>{
                                                   std::int64_t{row}, number, name(event.kind), name(event.block),
                                                   event.time, orNothing(event.from), orNothing(event.to), event.text});
            if (!done)
                return done;
        }
        return {};
    }

    Session& m_session;
    const Corpus& m_corpus;
    TableFile& m_file;
};

Result<void> fill(Session& session, const std::string& path, const Control& control)
{
    auto file = TableFile::create(path);
    if (!file)
        return file.error();
    Tables tables(session, *file);
    if (const auto made = tables.make(); !made)
        return made;
    for (std::uint32_t trace = 0; trace < session.corpus.traces.rows(); ++trace) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "stopped"};
        if (const auto done = tables.addTrace(trace); !done)
            return done;
        for (const Row row : session.corpus.rowsOf(trace)) {
            if (const auto done = tables.addSpan(row); !done)
                return done;
        }
    }
    return file->finish();
}

} // namespace

Result<TableExport> exportTables(Leaving& leaving, const Control& control)
{
    RedactedCopy copy;
    if (const auto written = copy.write(leaving.session, leaving.rows, leaving.strikes(), control); !written)
        return written.error();
    auto session = openSession(copy.paths(), otlpExportColumns(), control);
    if (!session)
        return session.error();
    const auto folder = TemporaryFolder::create();
    if (!folder)
        return folder.error();
    const std::string path = (*folder)->path() + "/tables.sqlite";
    if (const auto filled = fill(*session, path, control); !filled)
        return filled.error();
    TableExport made;
    auto bytes = wholeFile(path);
    if (!bytes)
        return bytes.error();
    made.bytes = std::move(*bytes);
    for (const std::string& part : copy.paths()) {
        const auto lines = wholeFile(part);
        if (!lines)
            return lines.error();
        made.lines += *lines;
    }
    return made;
}

} // namespace arcscope
