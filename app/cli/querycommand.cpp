#include "command.h"
#include "filter.h"
#include "query.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec queryOptions[] = {{"--json", "", "one JSON object, schema arcscope.query/1"},
                                       {"--csv", "", "comma separated values with a header"},
                                       {"--limit", "N", "at most N spans (default: all)"},
                                       mappingOption,
                                       alignClocksOption};

/// What is printed of a span beside its ids and times.
constexpr std::array printedTexts{SpanText::Name,        SpanText::Service, SpanText::Agent,      SpanText::Tool,
                                  SpanText::ModelServed, SpanText::Session, SpanText::StopReason, SpanText::ErrorType};

std::vector<SpanColumn> printedColumns()
{
    std::vector<SpanColumn> columns{
        SpanColumn::Trace, SpanColumn::SpanForm, SpanColumn::SpanHigh, SpanColumn::SpanLow, SpanColumn::ParentRow,
        SpanColumn::Start, SpanColumn::Duration, SpanColumn::Kind,     SpanColumn::Status,  SpanColumn::Flags};
    for (const SpanText text : printedTexts)
        columns.push_back(columnOf(text));
    for (int i = 0; i < usageClassCount; ++i)
        columns.push_back(static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i));
    return columns;
}

std::string traceOf(const Corpus& corpus, Row row)
{
    return corpus.traceIdText(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)));
}

Json spanJson(const Corpus& corpus, Row row)
{
    const SpanTable& spans = corpus.spans;
    Json json{{"trace", traceOf(corpus, row)}, {"span", corpus.idText(spans.spanId(row))}};
    json["parent"] = spans.parent(row) == noRow ? Json() : Json(corpus.idText(spans.spanId(spans.parent(row))));
    json["kind"] = name(spans.kind(row));
    json["status"] = name(spans.status(row));
    json["start_ns"] = spans.start(row) == noTime ? Json() : Json(spans.start(row));
    json["duration_ns"] = spans.duration(row) < 0 ? Json() : Json(spans.duration(row));
    for (const SpanText text : printedTexts) {
        const std::string_view value = corpus.text(text, row);
        json[std::string(name(text))] = value.empty() ? Json() : Json(value);
    }
    const Usage usage = spans.usage(row);
    for (int i = 0; i < usageClassCount; ++i) {
        const auto usageClass = static_cast<UsageClass>(i);
        if (usage[usageClass] != noTokens)
            json["usage"][std::string(name(usageClass)) + "_tokens"] = usage[usageClass];
    }
    return json;
}

std::string csvField(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

void printCsv(const Corpus& corpus, std::span<const Row> rows, std::ostream& out)
{
    out << "trace,span,kind,status,start_ns,duration_ns,tokens";
    for (const SpanText text : printedTexts)
        out << ',' << name(text);
    out << '\n';
    for (const Row row : rows) {
        const SpanTable& spans = corpus.spans;
        out << csvField(traceOf(corpus, row)) << ',' << csvField(corpus.idText(spans.spanId(row))) << ','
            << name(spans.kind(row)) << ',' << name(spans.status(row)) << ',';
        if (spans.start(row) != noTime)
            out << spans.start(row);
        out << ',';
        if (spans.duration(row) >= 0)
            out << spans.duration(row);
        out << ',';
        if (const Usage usage = spans.usage(row); usage.recorded())
            out << usage.total();
        for (const SpanText text : printedTexts)
            out << ',' << csvField(corpus.text(text, row));
        out << '\n';
    }
}

/// One line a span; control characters in names cannot reach the terminal.
void printLines(const Corpus& corpus, std::span<const Row> rows, std::ostream& out)
{
    for (const Row row : rows) {
        std::string line(name(corpus.spans.kind(row)));
        line.resize(11, ' ');
        const Nanos duration = corpus.spans.duration(row);
        line += duration < 0 ? "-" : durationText(duration);
        line += "  " + std::string(corpus.text(SpanText::Name, row));
        if (corpus.spans.status(row) == SpanStatus::Error)
            line += "  [error]";
        line += "  " + traceOf(corpus, row) + "/" + corpus.idText(corpus.spans.spanId(row));
        out << printable(line) << '\n';
    }
}

int runQuery(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.size() < 2)
        return wrongUsage("query", "files and a filter are needed: arcscope query PATH... \"kind:tool duration>2s\"",
                          environment);
    const std::string& text = options.operands.back();
    const ParsedFilter parsed = parseFilter(text);
    if (parsed.error) {
        environment.err << "arcscope query: " << parsed.error->message << " (character " << parsed.error->begin + 1
                        << " of the filter)\n"
                        << "  " << text << "\n  " << std::string(parsed.error->begin, ' ') << "^\n";
        return ExitUsage;
    }
    std::size_t limit = std::numeric_limits<std::size_t>::max();
    if (options.has("--limit")) {
        const std::string value = options.get("--limit");
        if (value.empty() || value.size() > 18 || value.find_first_not_of("0123456789") != std::string::npos)
            return wrongUsage("query", "--limit needs a whole number", environment);
        limit = std::stoull(value);
    }
    const std::vector<std::string> paths(options.operands.begin(), options.operands.end() - 1);
    auto session = openSession(paths, printedColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    if (options.has(alignClocksOption.name)) {
        if (auto aligned = alignClocksFor(*session, control, environment); !aligned)
            return failed(aligned.error(), environment);
    }
    auto rows = runFilter(session->workspace, session->corpus, parsed.filter, control);
    if (!rows)
        return failed(rows.error(), environment);
    const auto shown = std::span(*rows).first(std::min(limit, rows->size()));
    if (options.has("--json")) {
        Json json{
            {"schema", "arcscope.query/1"}, {"filter", text}, {"matched", rows->size()}, {"spans", Json::array()}};
        for (const Row row : shown)
            json["spans"].push_back(spanJson(session->corpus, row));
        environment.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    } else if (options.has("--csv")) {
        printCsv(session->corpus, shown, environment.out);
    } else {
        printLines(session->corpus, shown, environment.out);
        environment.err << rows->size() << " of " << counted(session->corpus.spans.rows(), "span") << '\n';
    }
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command queryCommand()
{
    return {"query", "PATH... \"FILTER\" [--json|--csv]", "the spans that match a filter", queryOptions, runQuery};
}

} // namespace arcscope
