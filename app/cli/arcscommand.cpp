#include "arcanswer.h"
#include "arcjson.h"
#include "arcphases.h"
#include "arcsearch.h"
#include "arcsettings.h"
#include "arctext.h"
#include "command.h"
#include "finding.h"
#include "pricefile.h"
#include "spancontent.h"
#include "storedsettings.h"
#include "verdictsbeside.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec arcsOptions[] = {
    {"--by", "TAG",
     "also counts by a value of the spans, such as plan, tenant, model or prompt_version; or by outcome, "
     "day, week, hour (of the week, UTC) or session_ordinal (of the user)"},
    {"--where", "CONDITIONS", "only arcs such as \"plan=pro,team outcome=failed turns>3 time>=2026-11-01\""},
    {"--compare", "CONDITIONS", "these arcs as they are before, against all others as they are after"},
    {"--against", "CONDITIONS", "with --compare: against these"},
    {"--differs", "CONDITIONS", "what is different about these arcs"},
    {"--list", "", "every arc with its steps"},
    {"--set", "NAME=VALUE...", "a threshold, such as arc.success_score=0.8"},
    {"--prices", "FILE", "a price table in the shape of LiteLLM's, for traces without a stated cost"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.arcs/1"}};

std::int64_t at(const ArcCorpus& arcs, ArcColumn column, std::uint32_t arc)
{
    return arcs.arcs.at(column, arc);
}

std::string_view textAt(const ArcCorpus& arcs, ArcColumn column, std::uint32_t arc)
{
    return arcs.texts[StringId{static_cast<std::uint32_t>(at(arcs, column, arc))}];
}

ArcOutcome outcomeOf(const ArcCorpus& arcs, std::uint32_t arc)
{
    return static_cast<ArcOutcome>(at(arcs, ArcColumn::Outcome, arc));
}

std::string totalsText(const ArcSummary& summary)
{
    std::string out;
    for (int i = 0; i < arcOutcomeCount; ++i) {
        const auto outcome = static_cast<ArcOutcome>(i);
        out += (i == 0 ? "" : ", ") + std::string(name(outcome)) + ' ' + std::to_string(summary[outcome].count.of);
    }
    return out;
}

Json recorded(std::int64_t value)
{
    return value < 0 ? Json() : Json(value);
}

Json orNull(std::string_view text)
{
    return text.empty() ? Json() : Json(text);
}

std::string spanId(const Corpus& corpus, std::int64_t row)
{
    return row < 0 || row >= std::int64_t(corpus.spans.rows())
               ? std::string()
               : corpus.idText(corpus.spans.spanId(static_cast<Row>(row)));
}

/// What an event's place quotes of the record.
std::string quoteOf(Session& session, const ArcCorpus& arcs, std::uint32_t event)
{
    const auto value = [&](ArcEventColumn column) { return arcs.events.at(column, event); };
    const auto of = static_cast<TextPlace::Of>(value(ArcEventColumn::TextOf));
    const auto row = static_cast<Row>(value(ArcEventColumn::SpanRow));
    if (of != TextPlace::Of::Input && of != TextPlace::Of::Output)
        return {};
    const auto details = loadDetails(session.workspace, session.corpus, row);
    if (!details)
        return {};
    const std::vector<Message>& messages =
        of == TextPlace::Of::Input ? details->content.input : details->content.output;
    const auto message = static_cast<std::size_t>(value(ArcEventColumn::TextMessage));
    const auto part = static_cast<std::size_t>(value(ArcEventColumn::TextPart));
    if (message >= messages.size() || part >= messages[message].parts.size())
        return {};
    const std::string_view text = messages[message].parts[part].text;
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(value(ArcEventColumn::TextFrom), 0));
    const std::int64_t to = value(ArcEventColumn::TextTo);
    const std::size_t end = to < 0 ? text.size() : std::min(static_cast<std::size_t>(to), text.size());
    return from >= end ? std::string() : quoted(text.substr(from, end - from), 160);
}

Json eventJson(Session& session, const ArcCorpus& arcs, std::uint32_t event)
{
    const auto value = [&](ArcEventColumn column) { return arcs.events.at(column, event); };
    const std::int64_t time = value(ArcEventColumn::Time);
    return {{"step", name(static_cast<ArcStep>(value(ArcEventColumn::Step)))},
            {"source", name(static_cast<ArcSource>(value(ArcEventColumn::Source)))},
            {"rule", orNull(arcs.texts[StringId{static_cast<std::uint32_t>(value(ArcEventColumn::Rule))}])},
            {"time_ns", time == noTime ? Json() : Json(time)},
            {"span", spanId(session.corpus, value(ArcEventColumn::SpanRow))},
            {"quote", orNull(quoteOf(session, arcs, event))}};
}

Json arcJson(Session& session, const ArcCorpus& arcs, std::uint32_t arc, bool steps)
{
    const Corpus& corpus = session.corpus;
    const auto value = [&](ArcColumn column) { return at(arcs, column, arc); };
    const auto tag = [&](SpanText text) {
        return corpus.strings[StringId{static_cast<std::uint32_t>(value(tagColumn(text)))}];
    };
    const std::int64_t start = value(ArcColumn::Start);
    const std::int64_t score = value(ArcColumn::Score);
    const std::string_view task = tag(SpanText::Task);
    Json json{{"arc", arcKey(arcs, arc)},
              {"task", orNull(task)},
              {"goal", orNull(textAt(arcs, ArcColumn::Goal, arc))},
              {"outcome", name(outcomeOf(arcs, arc))},
              {"outcome_source", name(static_cast<ArcSource>(value(ArcColumn::OutcomeSource)))},
              {"outcome_rule", orNull(textAt(arcs, ArcColumn::OutcomeRule, arc))},
              {"outcome_span", orNull(spanId(corpus, value(ArcColumn::OutcomeRow)))},
              {"resolution", name(static_cast<ArcResolution>(value(ArcColumn::Resolution)))},
              {"score", score == noScore ? Json() : Json(static_cast<double>(score) / 1e6)},
              {"start_ns", start == noTime ? Json() : Json(start)},
              {"duration_ns", recorded(value(ArcColumn::Duration))},
              {"active_ns", recorded(value(ArcColumn::Active))},
              {"resolved_ns", recorded(value(ArcColumn::Resolved))},
              {"traces", value(ArcColumn::Segments)},
              {"sessions", recorded(value(ArcColumn::Sessions))},
              {"devices", recorded(value(ArcColumn::Devices))},
              {"turns", recorded(value(ArcColumn::Turns))},
              {"responses", recorded(value(ArcColumn::Responses))},
              {"model_calls", recorded(value(ArcColumn::ModelCalls))},
              {"tool_calls", recorded(value(ArcColumn::ToolCalls))},
              {"re_asks", recorded(value(ArcColumn::ReAsks))},
              {"regenerates", recorded(value(ArcColumn::Regenerates))},
              {"edits", recorded(value(ArcColumn::Edits))},
              {"escalations", recorded(value(ArcColumn::Escalations))},
              {"accepts", recorded(value(ArcColumn::Accepts))},
              {"frustration_signals", recorded(value(ArcColumn::FrustrationSignals))},
              {"idle_gaps", recorded(value(ArcColumn::IdleGaps))},
              {"rescues", recorded(value(ArcColumn::Rescues))},
              {"tokens", recorded(value(ArcColumn::Tokens))},
              {"cost", recorded(value(ArcColumn::Cost))},
              {"currency", orNull(tag(SpanText::Currency))}};
    if (!steps)
        return json;
    json["segments"] = Json::array();
    const auto firstSegment = static_cast<std::uint32_t>(value(ArcColumn::FirstSegment));
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(value(ArcColumn::Segments)); ++i) {
        const auto of = [&](ArcSegmentColumn column) { return arcs.segments.at(column, firstSegment + i); };
        const auto text = [&](ArcSegmentColumn column) {
            return orNull(corpus.strings[StringId{static_cast<std::uint32_t>(of(column))}]);
        };
        const std::int64_t from = of(ArcSegmentColumn::Start);
        json["segments"].push_back(
            {{"trace", corpus.traceIdText(static_cast<std::uint32_t>(of(ArcSegmentColumn::Trace)))},
             {"session", text(ArcSegmentColumn::Session)},
             {"device", text(ArcSegmentColumn::Device)},
             {"start_ns", from == noTime ? Json() : Json(from)},
             {"duration_ns", recorded(of(ArcSegmentColumn::Duration))},
             {"join", name(static_cast<ArcJoin>(of(ArcSegmentColumn::Join)))}});
    }
    json["steps"] = Json::array();
    const auto firstEvent = static_cast<std::uint32_t>(value(ArcColumn::FirstEvent));
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(value(ArcColumn::Events)); ++i)
        json["steps"].push_back(eventJson(session, arcs, firstEvent + i));
    return json;
}

void printArc(Session& session, const ArcCorpus& arcs, std::uint32_t arc, std::ostream& out)
{
    const auto value = [&](ArcColumn column) { return at(arcs, column, arc); };
    const std::string_view rule = textAt(arcs, ArcColumn::OutcomeRule, arc);
    out << printable(arcKey(arcs, arc)) << "  " << name(outcomeOf(arcs, arc));
    if (!rule.empty())
        out << " (" << printable(rule) << ')';
    const std::int64_t turns = value(ArcColumn::Turns);
    out << "  " << (turns < 0 ? std::string("turns not recorded") : counted(static_cast<std::uint64_t>(turns), "turn"))
        << ", " << counted(static_cast<std::uint64_t>(value(ArcColumn::Segments)), "trace") << '\n';
    if (const std::string_view goal = textAt(arcs, ArcColumn::Goal, arc); !goal.empty())
        out << "    \u201c" << printable(goal) << "\u201d\n";
    const auto first = static_cast<std::uint32_t>(value(ArcColumn::FirstEvent));
    for (std::uint32_t i = first; i < first + static_cast<std::uint32_t>(value(ArcColumn::Events)); ++i) {
        const StringId by{static_cast<std::uint32_t>(arcs.events.at(ArcEventColumn::Rule, i))};
        out << "    " << name(static_cast<ArcStep>(arcs.events.at(ArcEventColumn::Step, i)));
        if (by)
            out << " (" << printable(arcs.texts[by]) << ')';
        if (const std::string quote = quoteOf(session, arcs, i); !quote.empty())
            out << ": " << printable(quote);
        out << '\n';
    }
}

Json stitchJson(const Corpus& corpus, const ArcCorpus& arcs, const ArcStitch& stitch)
{
    return {{"earlier", arcKey(arcs, stitch.earlier)},
            {"later", arcKey(arcs, stitch.later)},
            {"score", stitch.score},
            {"reason", stitch.reason},
            {"earlier_span", spanId(corpus, stitch.earlierRow == noRow ? -1 : std::int64_t(stitch.earlierRow))},
            {"later_span", spanId(corpus, stitch.laterRow == noRow ? -1 : std::int64_t(stitch.laterRow))}};
}

bool bothAre(const std::vector<std::uint32_t>& rows, const ArcStitch& stitch)
{
    return std::binary_search(rows.begin(), rows.end(), stitch.earlier) &&
           std::binary_search(rows.begin(), rows.end(), stitch.later);
}

Json toJson(Session& session, const ArcCorpus& arcs, const ArcQuestion& question, const ArcAnswer& answer)
{
    Json json{{"schema", "arcscope.arcs/1"}, {"arcs", Json::array()}};
    for (const std::uint32_t arc : answer.rows)
        json["arcs"].push_back(arcJson(session, arcs, arc, question.list));
    json.update(Json::parse(answerJson(answer, session.corpus.strings)));
    json["stitches"] = Json::array();
    for (const ArcStitch& stitch : arcs.stitches) {
        if (bothAre(answer.rows, stitch))
            json["stitches"].push_back(stitchJson(session.corpus, arcs, stitch));
    }
    return json;
}

void print(Session& session, const ArcCorpus& arcs, const ArcQuestion& question, const ArcAnswer& answer,
           std::ostream& out)
{
    const StringTable& strings = session.corpus.strings;
    out << counted(answer.rows.size(), "arc") << ": " << totalsText(answer.summary) << '\n';
    if (!answer.rows.empty())
        printFigures(answer.summary, strings, out);
    if (answer.groups)
        printBreakdown(*answer.groups, strings, out);
    if (answer.comparison)
        printComparison(*answer.comparison, answer.mixes, strings, out);
    if (answer.differences)
        printDifferences(*answer.differences, strings, out);
    if (question.list) {
        for (const std::uint32_t arc : answer.rows)
            printArc(session, arcs, arc, out);
    }
    const auto shown = [&](const ArcStitch& stitch) { return bothAre(answer.rows, stitch); };
    const auto stitches = std::count_if(arcs.stitches.begin(), arcs.stitches.end(), shown);
    if (stitches > 0)
        out << stitches << (stitches == 1 ? " proposed stitch\n" : " proposed stitches\n");
    for (const ArcStitch& stitch : arcs.stitches) {
        if (shown(stitch))
            out << "    " << printable(arcKey(arcs, stitch.earlier)) << " + " << printable(arcKey(arcs, stitch.later))
                << "  " << std::to_string(stitch.score).substr(0, 4) << "  " << printable(stitch.reason) << '\n';
    }
}

int runArcs(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("arcs", "which files?", environment);
    const auto question = arcQuestionOf(options);
    if (!question)
        return wrongUsage("arcs", question.error().message, environment);
    auto settings = storedSettings(settingsFile());
    if (!settings)
        return failed(settings.error(), environment);
    if (auto set = readSettings(options.get("--set"), *settings); !set)
        return wrongUsage("arcs", set.error().message, environment);
    auto session = openSession(options.operands, arcSearchColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const auto decisions = arcDecisionsBeside(*session, options.operands);
    if (!decisions)
        return failed(decisions.error(), environment);
    std::optional<PriceTable> prices;
    if (options.has("--prices")) {
        auto read = readPrices(options.get("--prices"));
        if (!read)
            return failed(read.error(), environment);
        prices = std::move(*read);
    }
    ArcSearchMore more;
    more.prices = arcPrices(session->corpus, prices ? &*prices : nullptr);
    const auto arcs = searchArcs(session->workspace, session->corpus, *decisions, *settings, control, more);
    if (!arcs)
        return failed(arcs.error(), environment);
    const ArcAnswer answer = answerTo(*question, *arcs, session->corpus.strings);
    if (options.has("--json"))
        environment.out
            << toJson(*session, *arcs, *question, answer).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    else
        print(*session, *arcs, *question, answer, environment.out);
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command arcsCommand()
{
    return {"arcs",
            "PATH... [--by TAG] [--where CONDITIONS] [--compare CONDITIONS [--against CONDITIONS]] [--differs "
            "CONDITIONS] [--list] [--prices FILE] "
            "[--json]",
            "what users wanted done, what became of it, and at what cost", arcsOptions, runArcs};
}

} // namespace arcscope
