#include "command.h"
#include "findingsearch.h"
#include "spancontent.h"
#include "stopsearch.h"
#include "stopsurvey.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec stopsOptions[] = {
    {"--by", "VALUE", "also counts by model, hour, or another value of the spans, such as prompt_version or tenant"},
    {"--trace", "ID", "only this trace, call by call"},
    {"--list", "BUCKET",
     "only the calls of a bucket, such as silent_truncation; all; disagreeing: whose word says otherwise"},
    {"--rules", "", "the rules in the order in which they are tried, and the words of vendors"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.stops/1"}};

/// What a table is made by: nothing, the time, or a value of the spans.
struct Grouping {
    bool wanted = false;
    bool byTime = false;
    SpanText by = SpanText::ModelServed;
};

std::optional<Grouping> groupingOf(const Options& options)
{
    if (!options.has("--by"))
        return Grouping{};
    const std::string word = options.get("--by");
    if (word == "hour" || word == "time")
        return Grouping{true, true, {}};
    if (word == "model")
        return Grouping{true, false, SpanText::ModelServed};
    for (int i = 0; i < spanTextCount; ++i) {
        if (word == name(static_cast<SpanText>(i)))
            return Grouping{true, false, static_cast<SpanText>(i)};
    }
    return std::nullopt;
}

bool isListed(const std::string& list, const SpanStop& stop)
{
    return list == "all" || (list == "disagreeing" && stop.disagrees) || name(stop.bucket) == list;
}

bool isList(const std::string& list)
{
    if (list == "disagreeing" || list == "all")
        return true;
    for (int i = 0; i < stopBucketCount; ++i) {
        if (name(static_cast<StopBucket>(i)) == list)
            return true;
    }
    return false;
}

std::uint32_t traceOf(const Corpus& corpus, Row row)
{
    return static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
}

/// The bytes that decided it and a few words before them, or the end of the text; empty: no text did.
std::string quoteOf(Session& session, const SpanStop& stop)
{
    if (stop.place.of == TextPlace::Of::None)
        return {};
    const auto details = loadDetails(session.workspace, session.corpus, stop.row);
    if (!details)
        return {};
    const SpanContent& content = details->content;
    std::string_view text;
    if (stop.place.of == TextPlace::Of::StatusMessage)
        text = content.statusMessage;
    else if (stop.place.of == TextPlace::Of::Output && stop.place.message < content.output.size() &&
             stop.place.part < content.output[stop.place.message].parts.size())
        text = content.output[stop.place.message].parts[stop.place.part].text;
    constexpr std::size_t before = 100;
    const std::size_t from = stop.from < 0 ? text.size() : std::min(static_cast<std::size_t>(stop.from), text.size());
    const std::size_t to = stop.from < 0 ? text.size() : std::min(static_cast<std::size_t>(stop.to), text.size());
    std::size_t first = from - std::min(from, before);
    while (first > 0 && first < from && (static_cast<unsigned char>(text[first]) & 0xC0u) == 0x80u)
        ++first;
    return quoted(text.substr(first, to - first));
}

Json rulesJson()
{
    Json json{{"schema", "arcscope.stop-rules/1"}, {"rules", Json::array()}, {"words", Json::array()}};
    for (const StopRule& rule : stopRules())
        json["rules"].push_back({{"rule", rule.name}, {"bucket", name(rule.bucket)}, {"about", rule.about}});
    for (const StopVocabulary& vocabulary : stopVocabularies()) {
        Json words = Json::array();
        for (const std::string_view word : vocabulary.words)
            words.push_back({{"word", word}, {"claim", name(claimOf(word))}});
        json["words"].push_back({{"vendor", vocabulary.vendor}, {"words", std::move(words)}});
    }
    return json;
}

void printRules(std::ostream& out)
{
    for (const StopRule& rule : stopRules())
        out << name(rule.bucket) << "  " << rule.name << "\n    " << rule.about << '\n';
    for (const StopVocabulary& vocabulary : stopVocabularies()) {
        out << vocabulary.vendor << '\n';
        for (const std::string_view word : vocabulary.words)
            out << "    " << word << ": " << name(claimOf(word)) << '\n';
    }
}

Json countsJson(const std::vector<std::vector<Row>>& rows)
{
    Json json = Json::object();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].empty())
            json[std::string(name(static_cast<StopBucket>(i)))] = rows[i].size();
    }
    return json;
}

Json callJson(Session& session, const SpanStop& stop)
{
    const Corpus& corpus = session.corpus;
    const std::string_view word = corpus.text(SpanText::StopReason, stop.row);
    const std::string quote = quoteOf(session, stop);
    Json json{{"trace", corpus.traceIdText(traceOf(corpus, stop.row))},
              {"span", corpus.idText(corpus.spans.spanId(stop.row))},
              {"kind", name(corpus.spans.kind(stop.row))},
              {"vendor", word.empty() ? Json() : Json(word)},
              {"claim", name(stop.claim)},
              {"bucket", name(stop.bucket)},
              {"disagrees", stop.disagrees},
              {"rule", stop.rule},
              {"also", Json::array()},
              {"flags", Json::array()},
              {"evidence", Json()}};
    if (stop.place.of != TextPlace::Of::None)
        json["evidence"] = {{"of", name(stop.place.of)},
                            {"message", stop.place.message},
                            {"part", stop.place.part},
                            {"start", stop.from < 0 ? Json() : Json(stop.from)},
                            {"end", stop.from < 0 ? Json() : Json(stop.to)},
                            {"quote", quote.empty() ? Json() : Json(quote)}};
    for (std::size_t i = 0; i < stopRules().size(); ++i) {
        if ((stop.also >> i & 1u) != 0)
            json["also"].push_back(stopRules()[i].name);
    }
    for (const StopFlag flag : stopFlags(stop.flags))
        json["flags"].push_back(name(flag));
    return json;
}

void printCall(Session& session, const SpanStop& stop, std::ostream& out)
{
    const Corpus& corpus = session.corpus;
    const std::string_view word = corpus.text(SpanText::StopReason, stop.row);
    out << printable(corpus.idText(corpus.spans.spanId(stop.row))) << "  "
        << (word.empty() ? "(not recorded)" : printable(word)) << " | " << name(stop.bucket) << "  " << stop.rule
        << (stop.disagrees ? "  disagrees" : "") << '\n';
    for (const StopFlag flag : stopFlags(stop.flags))
        out << "    " << name(flag) << '\n';
    if (const std::string quote = quoteOf(session, stop); !quote.empty())
        out << "    \u201c" << printable(quote) << "\u201d\n";
}

/// Names in the first column, then the buckets that occur.
template <typename Line>
void printTable(const std::vector<Line>& lines, std::string_view unnamed, std::ostream& out)
{
    std::array<std::uint64_t, stopBucketCount> sums{};
    std::size_t widest = unnamed.size();
    const auto nameOf = [&](const auto& line) {
        std::string text;
        if constexpr (requires { line.text; })
            text = printable(line.text);
        else
            text = printable(line.name);
        return text.empty() ? std::string(unnamed) : text;
    };
    for (const Line& line : lines) {
        widest = std::max(widest, nameOf(line).size());
        for (std::size_t i = 0; i < line.rows.size(); ++i)
            sums[i] += line.rows[i].size();
    }
    const auto padded = [&](std::string text, std::size_t width, bool left) {
        const std::string space(width - std::min(width, text.size()), ' ');
        return left ? text + space : space + text;
    };
    out << padded({}, widest, true);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i] > 0)
            out << "  " << label(static_cast<StopBucket>(i));
    }
    out << "  disagrees\n";
    for (const Line& line : lines) {
        out << padded(nameOf(line), widest, true);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            if (sums[i] > 0)
                out << "  "
                    << padded(line.rows[i].empty() ? "." : std::to_string(line.rows[i].size()),
                              label(static_cast<StopBucket>(i)).size(), false);
        }
        out << "  " << padded(line.disagreements == 0 ? "." : std::to_string(line.disagreements), 9, false) << '\n';
    }
}

/// Calls, or runs: their words end other things, and one is no part of the other's counts.
struct ToldOf {
    StopMatrix matrix;
    StopTrend trend;
};

struct Told {
    ToldOf calls;
    ToldOf runs;
    std::vector<SpanStop> listed;
};

ToldOf toldOf(const Corpus& corpus, const StopSurvey& survey, const Grouping& grouping)
{
    ToldOf told;
    told.matrix = stopMatrix(corpus, survey, nullptr);
    if (grouping.wanted)
        told.trend = grouping.byTime ? stopTrendByTime(corpus, survey, nullptr)
                                     : stopTrend(corpus, survey, nullptr, grouping.by);
    return told;
}

/// `unit`: "calls" or "runs".
Json toJson(const ToldOf& told, const Grouping& grouping, const char* unit)
{
    Json json{{unit, told.matrix.calls}, {"disagreements", told.matrix.disagreements}, {"words", Json::array()}};
    for (const StopMatrix::Word& word : told.matrix.words)
        json["words"].push_back({{"vendor", word.text.empty() ? Json() : Json(word.text)},
                                 {"claim", name(word.claim)},
                                 {"known", word.known},
                                 {unit, word.calls},
                                 {"disagreements", word.disagreements},
                                 {"buckets", countsJson(word.rows)}});
    if (!grouping.wanted)
        return json;
    json["groups"] = Json::array();
    for (const StopTrend::Group& group : told.trend.groups)
        json["groups"].push_back({{"name", group.name.empty() ? Json() : Json(group.name)},
                                  {unit, group.calls},
                                  {"disagreements", group.disagreements},
                                  {"buckets", countsJson(group.rows)}});
    return json;
}

/// How many of the spans that are listed have that word and that bucket.
Json matrixJson(const Corpus& corpus, const std::vector<SpanStop>& listed)
{
    std::map<std::pair<std::string_view, StopBucket>, std::uint64_t> counts;
    for (const SpanStop& stop : listed)
        ++counts[{corpus.text(SpanText::StopReason, stop.row), stop.bucket}];
    Json json = Json::array();
    for (const auto& [of, count] : counts)
        json.push_back(
            {{"vendor", of.first.empty() ? Json() : Json(of.first)}, {"bucket", name(of.second)}, {"count", count}});
    return json;
}

Json toJson(Session& session, const Told& told, const Grouping& grouping)
{
    Json json{{"schema", "arcscope.stops/1"}};
    json.update(toJson(told.calls, grouping, "calls"));
    json["runs"] = toJson(told.runs, grouping, "runs");
    json["matrix"] = matrixJson(session.corpus, told.listed);
    json["spans"] = Json::array();
    for (const SpanStop& stop : told.listed)
        json["spans"].push_back(callJson(session, stop));
    return json;
}

void print(const ToldOf& told, std::string_view unit, std::string_view of, std::ostream& out)
{
    out << counted(told.matrix.calls, unit) << of << ", " << told.matrix.disagreements
        << " where the word says something else\n";
    if (told.matrix.calls > 0)
        printTable(told.matrix.words, "(not recorded)", out);
    if (!told.trend.groups.empty()) {
        out << '\n';
        printTable(told.trend.groups, "(not recorded)", out);
    }
}

void print(Session& session, const Told& told, std::ostream& out)
{
    print(told.calls, "model call", "", out);
    if (told.runs.matrix.calls > 0) {
        out << '\n';
        print(told.runs, "run", " of agents and workflows", out);
    }
    if (!told.listed.empty())
        out << '\n';
    for (const SpanStop& stop : told.listed)
        printCall(session, stop, out);
}

int runStops(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.has("--rules")) {
        if (options.has("--json"))
            environment.out << rulesJson().dump(2) << '\n';
        else
            printRules(environment.out);
        return ExitDone;
    }
    if (options.operands.empty())
        return wrongUsage("stops", "which files?", environment);
    const auto grouping = groupingOf(options);
    if (!grouping)
        return wrongUsage("stops", "--by is model, hour, or a value such as prompt_version, tenant, agent",
                          environment);
    if (options.has("--list") && !isList(options.get("--list")))
        return wrongUsage("stops", "--list is a bucket, such as silent_truncation, all, or disagreeing", environment);
    auto session = openSession(options.operands, findingColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    auto survey = searchStops(session->workspace, session->corpus, control);
    if (!survey)
        return failed(survey.error(), environment);
    const Corpus& corpus = session->corpus;
    if (options.has("--trace")) {
        std::uint32_t trace = 0;
        while (trace < corpus.traces.rows() && corpus.traceIdText(trace) != options.get("--trace"))
            ++trace;
        if (trace == corpus.traces.rows())
            return failed({ErrorCode::Usage, "no trace " + options.get("--trace")}, environment);
        std::erase_if(*survey, [&](const SpanStop& stop) { return traceOf(corpus, stop.row) != trace; });
    }
    StopSurvey calls;
    StopSurvey runs;
    for (const SpanStop& stop : *survey)
        (corpus.spans.kind(stop.row) == SpanKind::ModelCall ? calls : runs).push_back(stop);
    Told told{toldOf(corpus, calls, *grouping), toldOf(corpus, runs, *grouping), {}};
    // Who reads them one by one asks for it; a program is told of all.
    const bool lists = options.has("--trace") || options.has("--list") || options.has("--json");
    for (const SpanStop& stop : *survey) {
        if (lists && (!options.has("--list") || isListed(options.get("--list"), stop)))
            told.listed.push_back(stop);
    }
    if (options.has("--json"))
        environment.out << toJson(*session, told, *grouping).dump(2, ' ', false, Json::error_handler_t::replace)
                        << '\n';
    else
        print(*session, told, environment.out);
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command stopsCommand()
{
    return {"stops", "PATH... [--by VALUE] [--trace ID] [--list BUCKET] [--json]",
            "why calls really ended, against the word that says why", stopsOptions, runStops};
}

} // namespace arcscope
