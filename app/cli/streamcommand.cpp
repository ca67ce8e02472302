#include "command.h"
#include "streamcontent.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec streamOptions[] = {
    {"--span", "ID", "the stream of this span (default: every stream)"},
    {"--at", "MS", "the text as it was so many milliseconds after the request; without times, after so many events"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.stream/1"}};

constexpr std::size_t longestQuote = 120;

/// Where --at points to in one stream; noEvent: before all.
struct Moment {
    bool asked = false;
    double at = 0;
    std::uint32_t event = noEvent;
};

Moment momentIn(const StreamAnalysis& stream, const std::optional<double>& at)
{
    const StreamModel& model = *stream.model;
    const auto last = static_cast<std::uint32_t>(model.events().size() - 1);
    if (!at)
        return {false, 0, last};
    if (!model.timed())
        return {true, *at, *at < 1 ? noEvent : static_cast<std::uint32_t>(std::min<double>(*at - 1, last))};
    Nanos origin = stream.times.start;
    for (std::uint32_t i = 0; origin == noTime; ++i)
        origin = model.clock(i);
    return {true, *at, model.eventAt(origin + static_cast<Nanos>(std::llround(*at * millisecond)))};
}

Json nanos(Nanos value)
{
    return value == noTime ? Json() : Json(value);
}

Json optional(const std::optional<double>& value)
{
    return value ? Json(*value) : Json();
}

/// Which texts of which blocks can be read.
Json textsJson(const StreamModel& model, std::uint32_t event)
{
    Json texts = Json::array();
    for (const TextBlock& block : model.blocks()) {
        if (event != noEvent && block.firstEvent <= event)
            texts.push_back({{"type", name(block.type)},
                             {"index", block.index},
                             {"choice", block.choice},
                             {"name", block.name.empty() ? Json() : Json(block.name)},
                             {"text", block.textAt(event)}});
    }
    return texts;
}

std::string quoteOf(const StreamModel& model, const Retraction& gone)
{
    std::string quote;
    for (const TextPiece& piece : model.blocks()[gone.block].pieces) {
        if (piece.withdrawn == gone.event && quote.size() < longestQuote)
            quote += model.blocks()[gone.block].textOf(piece);
    }
    return quote;
}

Json momentJson(const StreamAnalysis& stream, std::uint32_t event)
{
    return event == noEvent ? Json() : nanos(stream.moments.sinceSent(stream.model->clock(event)));
}

/// A document, and whether it keeps to the schema that was asked for (null: none is recorded, or it is not whole).
Json documentJson(const StreamAnalysis& stream, std::size_t index)
{
    const StreamJson& document = stream.json[index];
    const DocumentCheck& check = stream.checks[index];
    const TextBlock& block = stream.model->blocks()[document.block];
    Json violations = Json::array();
    for (const SchemaViolation& violation : check.violations)
        violations.push_back({{"path", violation.pointer},
                              {"schema_path", violation.schemaPointer},
                              {"expected", violation.expected},
                              {"found", violation.found}});
    return {{"type", name(block.type)},
            {"index", block.index},
            {"choice", block.choice},
            {"state", name(document.story.prefix().state())},
            {"first_usable_ns", momentJson(stream, document.firstUsable())},
            {"whole_ns", momentJson(stream, document.whole())},
            {"meets_schema", check.checked ? Json(check.violations.empty()) : Json()},
            {"violations", std::move(violations)}};
}

Json toJson(const Corpus& corpus, Row row, const StreamAnalysis& stream, const Moment& moment)
{
    const StreamModel& model = *stream.model;
    const StreamMoments& moments = stream.moments;
    const StreamFigures& figures = stream.figures;
    Json json{{"trace", corpus.traceIdText(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)))},
              {"span", corpus.idText(corpus.spans.spanId(row))},
              {"name", corpus.text(SpanText::Name, row)},
              {"events", model.events().size()},
              {"timed", model.timed()},
              {"terminal_event", moments.hasTerminal},
              {"since_request_ns",
               {{"first_event", nanos(moments.sinceSent(moments.firstEvent))},
                {"first_content", nanos(moments.sinceSent(moments.firstContent))},
                {"first_visible", nanos(moments.sinceSent(moments.firstVisible))},
                {"last_content", nanos(moments.sinceSent(moments.lastContent))}}}};
    json["phases"] = Json::array();
    for (const StreamPhase& phase : stream.marks.phases)
        json["phases"].push_back(
            {{"phase", name(phase.kind)}, {"duration_ns", phase.range.length()}, {"source", name(phase.source)}});
    json["stated"] = Json::array();
    for (const StreamPhase& phase : stream.marks.stated)
        json["stated"].push_back({{"phase", name(phase.kind)}, {"duration_ns", phase.range.length()}});
    json["retractions"] = Json::array();
    for (const Retraction& gone : model.retractions())
        json["retractions"].push_back({{"event", gone.event},
                                       {"bytes", gone.bytes},
                                       {"exposure_ns", nanos(gone.exposure)},
                                       {"reason", name(gone.reason)},
                                       {"evidence", name(gone.evidence)},
                                       {"speculative", gone.drafts},
                                       {"text", quoteOf(model, gone)}});
    json["findings"] = Json::array();
    for (const StreamFinding& finding : stream.findings)
        json["findings"].push_back({{"rule", name(finding.rule)},
                                    {"weight", name(finding.weight)},
                                    {"evidence", name(finding.evidence)},
                                    {"event", finding.event == noEvent ? Json() : Json(finding.event)},
                                    {"what", finding.what},
                                    {"before", finding.before.empty() ? Json() : Json(finding.before)},
                                    {"instead", finding.instead.empty() ? Json() : Json(finding.instead)}});
    json["documents"] = Json::array();
    for (std::size_t i = 0; i < stream.json.size(); ++i)
        json["documents"].push_back(documentJson(stream, i));
    json["commit_pattern"] = name(stream.commits);
    json["figures"] = {{"chunks", figures.chunks},
                       {"shown_bytes", figures.shownBytes},
                       {"withdrawn_bytes", figures.withdrawnBytes},
                       {"withdrawn_per_thousand", optional(figures.withdrawnPerThousand())},
                       {"longest_exposure_ns", nanos(figures.longestExposure)},
                       {"exposed_byte_seconds", optional(figures.byteSeconds)},
                       {"drafts", figures.drafts},
                       {"acceptance", optional(figures.acceptance())},
                       {"mean_accepted_tokens", optional(figures.meanAcceptedTokens())}};
    if (moment.asked)
        json["at"] = {{model.timed() ? "ms" : "events", moment.at},
                      {"event", moment.event == noEvent ? Json() : Json(moment.event)}};
    json["text"] = textsJson(model, moment.event);
    return json;
}

std::string lengthText(Nanos length)
{
    return length == noTime ? "not recorded" : durationText(length);
}

void print(const Corpus& corpus, Row row, const StreamAnalysis& stream, const Moment& moment, std::ostream& out)
{
    const StreamModel& model = *stream.model;
    const StreamMoments& moments = stream.moments;
    out << printable(corpus.idText(corpus.spans.spanId(row))) << "  " << printable(corpus.text(SpanText::Name, row))
        << ": " << counted(model.events().size(), "event") << (model.timed() ? "" : ", no times recorded") << '\n';
    if (model.timed())
        out << "  first content " << lengthText(moments.sinceSent(moments.firstContent)) << ", first to be read "
            << lengthText(moments.sinceSent(moments.firstVisible)) << ", last "
            << lengthText(moments.sinceSent(moments.lastContent)) << " after the request\n";
    for (const StreamPhase& phase : stream.marks.phases)
        out << "  " << name(phase.kind) << ' ' << durationText(phase.range.length()) << " (" << name(phase.source)
            << ")\n";
    for (const StreamPhase& phase : stream.marks.stated)
        out << "  " << name(phase.kind) << ' ' << durationText(phase.range.length()) << " (stated by the source)\n";
    for (const Retraction& gone : model.retractions())
        out << "  taken back: " << counted(gone.bytes, "byte") << ", " << name(gone.reason) << " ("
            << name(gone.evidence) << "), "
            << (gone.exposure == noTime ? "for how long it was shown is not recorded"
                                        : "shown for " + durationText(gone.exposure))
            << ": " << printable(quoteOf(model, gone)) << '\n';
    for (const StreamFinding& finding : stream.findings) {
        if (finding.rule != StreamRule::RetractAfterRender) // they are listed above
            out << "  " << name(finding.rule) << ": " << printable(finding.what) << '\n';
    }
    if (const auto acceptance = stream.figures.acceptance())
        out << "  drafts: " << model.drafts().size() << ", " << std::lround(*acceptance * 100) << " % accepted\n";
    if (!moment.asked)
        return;
    for (const TextBlock& block : model.blocks()) {
        if (moment.event == noEvent || block.firstEvent > moment.event)
            continue;
        out << "  " << name(block.type) << (block.name.empty() ? "" : " ") << printable(block.name) << ": "
            << printable(block.textAt(moment.event)) << '\n';
    }
}

Result<std::vector<Row>> streamedRows(const Corpus& corpus, const std::string& wanted)
{
    const std::string id = wanted.empty() ? std::string() : idText(parseId(wanted), wanted);
    std::vector<Row> rows;
    for (Row row = 0; row < corpus.spans.rows(); ++row) {
        if (corpus.spans.flagged(row, SpanFlag::Superseded))
            continue;
        const bool named = id.empty() || corpus.idText(corpus.spans.spanId(row)) == id;
        if (named && corpus.spans.flagged(row, SpanFlag::Streamed))
            rows.push_back(row);
        else if (named && !id.empty())
            return Error{ErrorCode::Unsupported, "no stream is recorded for span " + wanted};
    }
    if (rows.empty() && !id.empty())
        return Error{ErrorCode::Unsupported, "there is no span " + wanted};
    return rows;
}

std::vector<SpanColumn> neededColumns()
{
    std::vector<SpanColumn> columns(streamColumns().begin(), streamColumns().end());
    columns.insert(columns.end(), {SpanColumn::Flags, columnOf(SpanText::Name)});
    return columns;
}

int runStream(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("stream", "which files?", environment);
    const auto at = numberOption(options, "--at");
    if (!at)
        return wrongUsage("stream", at.error().message, environment);
    auto session = openSession(options.operands, neededColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const Corpus& corpus = session->corpus;
    const auto rows = streamedRows(corpus, options.get("--span"));
    if (!rows)
        return failed(rows.error(), environment);
    Json json{{"schema", "arcscope.stream/1"}, {"streams", Json::array()}};
    for (const Row row : *rows) {
        if (control.stopped())
            return failed({ErrorCode::Cancelled, "cancelled"}, environment);
        const auto stream = loadStream(session->workspace, corpus, row);
        if (!stream)
            return failed(stream.error(), environment);
        if (stream->model->events().empty())
            continue;
        const Moment moment = momentIn(*stream, *at);
        if (options.has("--json"))
            json["streams"].push_back(toJson(corpus, row, *stream, moment));
        else
            print(corpus, row, *stream, moment, environment.out);
    }
    if (options.has("--json"))
        environment.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    else if (rows->empty())
        environment.out << "no streams are recorded here\n";
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command streamCommand()
{
    return {"stream", "PATH... [--span ID] [--at MS] [--json]",
            "streams of model calls: phases, what was taken back, the text at a moment", streamOptions, runStream};
}

} // namespace arcscope
