#include "mappingdraft.h"

#include "session.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <set>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr auto meanings = std::to_array<DraftMeaning>({
    {""},
    {"name"},
    {"start", true},
    {"end", true},
    {"duration", false, true},
    {"first_token", false, true},
    {"model"},
    {"input"},
    {"output"},
    {"input_tokens"},
    {"output_tokens"},
    {"total_tokens"},
    {"cache_read_tokens"},
    {"cost"},
    {"session"},
    {"task"},
    {"user"},
    {"agent"},
    {"tool"},
    {"arguments"},
    {"result"},
    {"stop_reason"},
    {"error_type"},
    {"trace"},
    {"id"},
    {"parent"},
});

constexpr auto units = std::to_array<std::string_view>({"rfc3339", "s", "ms", "us", "ns"});

struct Hint {
    std::string_view meaning;
    std::string_view names; ///< in lower case without '_' and '-', each between spaces
};

constexpr auto hints = std::to_array<Hint>({
    {"start", " start starttime startedat begin requesttime "},
    {"start", " timestamp time ts tstamp createdat created date datetime "},
    {"end", " end endtime endedat finishedat completedat finished "},
    {"duration", " duration durationms durations latency latencyms latencys elapsed elapsedms took tookms walltime "
                 "runtime seconds "},
    {"first_token", " ttft ttftms timetofirsttoken timetofirsttokenms firsttoken "},
    {"model", " model modelid modelname engine deployment "},
    {"input_tokens", " prompttokens inputtokens contexttokens tokensin ntokensin nprompt "},
    {"output_tokens", " completiontokens outputtokens generatedtokens tokensout newtokens ncompletion "},
    {"total_tokens", " totaltokens "},
    {"cache_read_tokens", " cachedtokens cachereadtokens "},
    {"cost", " cost costusd totalcost price "},
    {"session", " session sessionid conversation conversationid thread threadid chatid "},
    {"task", " task taskid question questionid instanceid "},
    {"user", " user userid username "},
    {"agent", " agent agentname "},
    {"tool", " tool toolname function functionname "},
    {"arguments", " arguments args toolinput action command "},
    {"result", " result observation tooloutput "},
    {"input", " prompt query input messages instruction request "},
    {"output", " completion response answer output reply generation text content message "},
    {"stop_reason", " finishreason stopreason "},
    {"error_type", " error errormessage exception errortype "},
    {"trace", " trace traceid runid "},
    {"id", " id spanid requestid "},
    {"parent", " parent parentid parentspanid "},
    {"name", " name title operation method endpoint event type "},
});

std::size_t meaningNamed(std::string_view word)
{
    const auto* const found = std::find_if(meanings.begin(), meanings.end(),
                                           [&](const DraftMeaning& meaning) { return meaning.word == word; });
    return found == meanings.end() ? 0 : static_cast<std::size_t>(found - meanings.begin());
}

/// The last name of a path, as hints write it.
std::string plainName(std::string_view path)
{
    const std::size_t dot = path.find_last_of('.');
    std::string name = " ";
    for (const char c : path.substr(dot == std::string_view::npos ? 0 : dot + 1)) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return name + ' ';
}

/// Which unit a number of this size would be a time of our days in.
std::size_t unitOfPoint(const std::string& sample)
{
    char* end = nullptr;
    const double value = std::strtod(sample.c_str(), &end);
    if (sample.empty() || end != sample.c_str() + sample.size() || !(value > 0))
        return 0;
    constexpr double msFrom = 1e11;
    constexpr double usFrom = 1e14;
    constexpr double nsFrom = 1e17;
    return value < msFrom ? 1 : value < usFrom ? 2 : value < nsFrom ? 3 : 4;
}

std::size_t unitOfLength(std::string_view name)
{
    const std::string plain = plainName(name);
    for (std::size_t unit = units.size(); unit-- > 2;) {
        if (plain.ends_with(std::string(units[unit]) + ' '))
            return unit;
    }
    return 1;
}

void addUsage(Json& rule, std::string_view count, const std::string& path)
{
    rule["usage"][std::string(count)] = path;
}

} // namespace

std::span<const DraftMeaning> draftMeanings()
{
    return meanings;
}

std::span<const std::string_view> draftUnits()
{
    return units;
}

std::vector<DraftChoice> guessChoices(const FilePreview& preview)
{
    std::vector<DraftChoice> choices(preview.fields.size());
    std::set<std::size_t> used;
    for (const Hint& hint : hints) {
        const std::size_t meaning = meaningNamed(hint.meaning);
        for (std::size_t i = 0; i < choices.size(); ++i) {
            const DraftField& field = preview.fields[i];
            if (choices[i].meaning != 0 || hint.names.find(plainName(field.path)) == std::string_view::npos ||
                !used.insert(meaning).second)
                continue;
            const auto sample = std::find_if(field.samples.begin(), field.samples.end(),
                                             [](const std::string& text) { return !text.empty(); });
            choices[i].meaning = meaning;
            if (meanings[meaning].point)
                choices[i].unit = sample == field.samples.end() ? 0 : unitOfPoint(*sample);
            else if (meanings[meaning].length)
                choices[i].unit = unitOfLength(field.path);
        }
    }
    return choices;
}

std::string mappingText(const MappingDraft& draft)
{
    constexpr std::size_t mostMatched = 12;
    Json rule;
    rule["kind"] = std::string(name(draft.kind));
    Json known = Json::array();
    for (std::size_t i = 0; i < draft.choices.size() && i < draft.preview.fields.size(); ++i) {
        const DraftMeaning& meaning = meanings[std::min(draft.choices[i].meaning, meanings.size() - 1)];
        const DraftField& field = draft.preview.fields[i];
        if (meaning.word.empty())
            continue;
        if (field.always && known.size() < mostMatched)
            known.push_back(field.path);
        if (meaning.point || meaning.length)
            rule[std::string(meaning.word)] = {
                {"path", field.path}, {"unit", std::string(units[std::min(draft.choices[i].unit, units.size() - 1)])}};
        else if (meaning.word.ends_with("_tokens"))
            addUsage(rule, meaning.word.substr(0, meaning.word.find("_tokens")), field.path);
        else
            rule[std::string(meaning.word)] = field.path;
        if (meaning.word == "cost")
            rule["currency"] = {{"const", "USD"}};
    }
    Json mapping;
    mapping["arcscope"] = "mapping/1";
    mapping["name"] = draft.name;
    if (!known.empty() && draft.preview.table) {
        mapping["matches"]["columns"] = Json::array();
        for (const Json& path : known) { // a quoted name is JSON but for its dots
            const std::string text = path.get<std::string>();
            const Json plain = text.starts_with('"') ? Json::parse(text, nullptr, false) : Json(text);
            if (plain.is_string())
                mapping["matches"]["columns"].push_back(plain);
        }
    } else if (!known.empty()) {
        mapping["matches"]["has"] = known;
    }
    if (draft.preview.records != "." && !draft.preview.records.empty())
        mapping["records"] = draft.preview.records;
    mapping["spans"] = Json::array({rule});
    return mapping.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string draftName(std::string_view path)
{
    constexpr std::size_t longest = 40;
    const std::size_t slash = path.find_last_of("/!");
    std::string_view stem = slash == std::string_view::npos ? path : path.substr(slash + 1);
    stem = stem.substr(0, stem.find('.', 1));
    std::string name;
    for (const char c : stem) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
        if (plain)
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    name.resize(std::min(name.size(), longest));
    while (name.ends_with('-'))
        name.pop_back();
    return name.empty() ? "mapping" : name;
}

Result<MappingTrial> tryMapping(const std::string& path, const std::string& text, std::uint64_t records,
                                const Control& control)
{
    constexpr Row mostShown = 200;
    constexpr std::uint64_t mostIssues = 100;
    constexpr std::array columns{
        SpanColumn::Kind,
        SpanColumn::Start,
        SpanColumn::Duration,
        SpanColumn::Flags,
        SpanColumn::Trace,
        columnOf(SpanText::Name),
        columnOf(SpanText::ModelServed),
        SpanColumn::FirstUsage,
        static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + static_cast<int>(UsageClass::Output))};
    ImportOptions options;
    options.mappingText = text;
    options.mostRecords = records;
    auto session = openSession({path}, columns, control, {}, options);
    if (!session)
        return session.error();
    MappingTrial trial;
    const Corpus& corpus = session->corpus;
    trial.spans = corpus.spans.rows();
    trial.traces = corpus.traces.rows();
    for (Row row = 0; row < corpus.spans.rows() && row < mostShown; ++row) {
        TriedSpan span;
        span.name = corpus.text(SpanText::Name, row);
        span.kind = corpus.spans.kind(row);
        span.start = corpus.spans.at(SpanColumn::Start, row);
        span.length = corpus.spans.duration(row);
        span.model = corpus.text(SpanText::ModelServed, row);
        span.input = corpus.spans.at(columns[7], row);
        span.output = corpus.spans.at(columns[8], row);
        trial.first.push_back(std::move(span));
    }
    auto issues = session->workspace.issues(0, mostIssues);
    if (!issues)
        return issues.error();
    trial.issues = std::move(*issues);
    return trial;
}

} // namespace arcscope
