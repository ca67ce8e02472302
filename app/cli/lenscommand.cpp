#include "command.h"
#include "lensrun.h"
#include "lenstext.h"
#include "pricefile.h"
#include "query.h"
#include "verdictsbeside.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec lensOptions[] = {
    {"--list", "", "all lenses: the question, parameters and needed fields of each"},
    {"--set", "NAME=VALUE...", "a parameter of the lens"},
    {"--filter", "FILTER", "only spans that match, such as \"tenant:acme start>2026-03-11\""},
    {"--prices", "FILE", "a price table in the shape of LiteLLM's, for calls without a stated cost"},
    {"--invoice", "FILE", "the provider's invoice or usage export as CSV, for token-accounts"},
    mappingOption,
    {"--csv", "", "the table as comma separated values"},
    {"--json", "", "one JSON object, schema arcscope.lens/1"}};

/// What is asked for beside the files.
struct Request {
    const Lens* lens = nullptr;
    LensValues values;
    std::optional<Filter> filter;
    std::optional<PriceTable> prices;
    std::optional<LensFile> file;
};

Json listJson()
{
    Json json{{"schema", "arcscope.lenses/1"}, {"lenses", Json::array()}};
    for (const Lens& lens : lenses()) {
        Json parameters = Json::array();
        for (const LensParameter& parameter : lens.parameters) {
            Json one{{"name", parameter.name}, {"about", parameter.about}};
            if (parameter.isText) {
                one["standard"] = "";
            } else if (parameter.choices.empty()) {
                one["standard"] = parameter.standard;
                one["least"] = parameter.least;
                one["most"] = parameter.most;
                one["unit"] = parameter.unit;
            } else {
                one["standard"] = parameter.choices.front();
                one["choices"] = parameter.choices;
            }
            parameters.push_back(std::move(one));
        }
        json["lenses"].push_back({{"lens", lens.name},
                                  {"title", lens.title},
                                  {"about", lens.about},
                                  {"caveat", lens.caveat},
                                  {"needs", lens.needs.fields},
                                  {"file", lens.needs.file.empty() ? Json() : Json(lens.needs.file)},
                                  {"parameters", std::move(parameters)}});
    }
    return json;
}

void printList(std::ostream& out)
{
    for (const Lens& lens : lenses()) {
        out << lens.name << "\n    " << lens.about << "\n    needs: ";
        for (std::size_t i = 0; i < lens.needs.fields.size(); ++i)
            out << (i == 0 ? "" : ", ") << lens.needs.fields[i];
        out << '\n';
        for (const LensParameter& parameter : lens.parameters) {
            out << "    --set " << parameter.name << '=';
            if (parameter.isText)
                out << "TEXT";
            else if (parameter.choices.empty())
                out << parameter.standard;
            for (std::size_t i = 0; i < parameter.choices.size(); ++i)
                out << (i == 0 ? "" : "|") << parameter.choices[i];
            out << "  " << parameter.about << '\n';
        }
    }
}

int refused(const std::string& message, const CommandEnvironment& environment)
{
    return wrongUsage("lens", message, environment);
}

/// Nothing, and the exit status in `status`, where it is wrong.
std::optional<Request> requestOf(const Options& options, const CommandEnvironment& environment, int& status)
{
    Request request;
    request.lens = lensNamed(options.operands.front());
    if (!request.lens) {
        status = refused("there is no lens “" + options.operands.front() + "”; arcscope lens --list", environment);
        return std::nullopt;
    }
    std::string_view rest =
        options.values.contains("--set") ? options.values.find("--set")->second : std::string_view();
    while (!rest.empty()) {
        const std::string_view one = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        const std::size_t equals = one.find('=');
        if (equals == std::string_view::npos) {
            status = refused("--set needs NAME=VALUE", environment);
            return std::nullopt;
        }
        if (auto set = request.values.set(request.lens->parameters, one.substr(0, equals), one.substr(equals + 1));
            !set) {
            status = refused(set.error().message, environment);
            return std::nullopt;
        }
    }
    if (options.has("--filter")) {
        ParsedFilter parsed = parseFilter(options.get("--filter"));
        if (parsed.error) {
            status = refused(parsed.error->message + " (character " + std::to_string(parsed.error->begin + 1) +
                                 " of the filter)",
                             environment);
            return std::nullopt;
        }
        request.filter = std::move(parsed.filter);
    }
    if (options.has("--prices")) {
        auto prices = readPrices(options.get("--prices"));
        if (!prices) {
            status = failed(prices.error(), environment);
            return std::nullopt;
        }
        request.prices = std::move(*prices);
    }
    if (options.has("--invoice")) {
        if (request.lens->needs.file != "invoice") {
            status = refused(std::string(request.lens->name) + " reads no invoice", environment);
            return std::nullopt;
        }
        auto file = readLensFile(options.get("--invoice"));
        if (!file) {
            status = failed(file.error(), environment);
            return std::nullopt;
        }
        request.file = std::move(*file);
    }
    return request;
}

Json cellJson(const LensCell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return *text;
    if (const auto* number = std::get_if<LensNumber>(&cell)) {
        if (isWhole(*number))
            return static_cast<std::int64_t>(number->value);
        return number->value;
    }
    if (const auto* share = std::get_if<LensShare>(&cell))
        return {{"part", share->part},
                {"of", share->of},
                {"share", share->value()},
                {"interval", {share->low, share->high}}};
    if (const auto* money = std::get_if<LensMoney>(&cell))
        return {{"micros", money->micros}, {"currency", money->currency.empty() ? Json() : Json(money->currency)}};
    if (const auto* time = std::get_if<LensTime>(&cell); time && time->at != noTime)
        return time->at;
    return {};
}

Json spanJson(const Corpus& corpus, Row row)
{
    return {{"trace", corpus.traceIdText(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)))},
            {"span", corpus.idText(corpus.spans.spanId(row))}};
}

/// Examples: the table says how many there are.
constexpr std::size_t mostSpans = 20;

Json tableJson(const Corpus& corpus, const LensTable& table)
{
    Json json{{"columns", Json::array()}, {"rows", Json::array()}};
    for (const LensColumn& column : table.columns)
        json["columns"].push_back({{"key", column.key}, {"title", column.title}, {"unit", unitOf(table, column.key)}});
    for (const LensRow& row : table.rows) {
        Json values = Json::object();
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            values[table.columns[i].key] = cellJson(row.cells[i]);
        Json spans = Json::array();
        for (std::size_t i = 0; i < row.spans.size() && i < mostSpans; ++i)
            spans.push_back(spanJson(corpus, row.spans[i]));
        json["rows"].push_back(
            {{"values", std::move(values)}, {"span_count", row.spans.size()}, {"spans", std::move(spans)}});
    }
    return json;
}

Json numberJson(double value)
{
    return value == value ? Json(value) : Json();
}

Json axisJson(const LensAxis& axis)
{
    return {{"title", axis.title},
            {"unit", name(axis.unit)},
            {"currency", axis.currency.empty() ? Json() : Json(axis.currency)},
            {"categories", axis.categories},
            {"logarithmic", axis.logarithmic}};
}

Json chartJson(const LensChart& chart)
{
    Json json{{"kind", name(chart.kind)},
              {"title", chart.title},
              {"x", axisJson(chart.xAxis)},
              {"y", axisJson(chart.yAxis)},
              {"band", chart.band.empty() ? Json() : Json(chart.band)},
              {"series", Json::array()},
              {"markers", Json::array()},
              {"nodes", Json::array()}};
    if (chart.kind == LensChartKind::Heatmap)
        json["value"] = axisJson(chart.valueAxis);
    for (const LensSeries& series : chart.series) {
        Json points = Json::array();
        for (const LensPoint& point : series.points) {
            Json one{{"x", numberJson(point.x)}, {"y", numberJson(point.y)}, {"n", point.n}};
            if (point.low == point.low)
                one["interval"] = {point.low, point.high};
            if (chart.kind == LensChartKind::Heatmap)
                one["value"] = numberJson(point.value);
            if (chart.kind == LensChartKind::Lanes)
                one["to"] = numberJson(point.to);
            if (point.total)
                one["total"] = true;
            if (!point.label.empty())
                one["label"] = point.label;
            points.push_back(std::move(one));
        }
        json["series"].push_back({{"name", series.name}, {"points", std::move(points)}});
    }
    for (const LensMarker& marker : chart.markers)
        json["markers"].push_back({{"x", marker.x}, {"kind", marker.kind}, {"label", marker.label}});
    for (const LensNode& node : chart.nodes)
        json["nodes"].push_back(
            {{"parent", node.parent}, {"label", node.label}, {"share", numberJson(node.share)}, {"n", node.n}});
    return json;
}

Json resultJson(const Corpus& corpus, const Lens& lens, const LensResult& result)
{
    Json json{{"schema", "arcscope.lens/1"},
              {"lens", lens.name},
              {"title", lens.title},
              {"about", lens.about},
              {"n", result.n},
              {"of", result.of},
              {"sentence", result.sentence},
              {"caveats", Json::array({lens.caveat})},
              {"missing", Json::array()},
              {"table", tableJson(corpus, result.table)},
              {"charts", Json::array()}};
    for (const std::string& caveat : result.caveats)
        json["caveats"].push_back(caveat);
    for (const LensMissing& missing : result.missing)
        json["missing"].push_back({{"field", missing.field},
                                   {"names", missing.names},
                                   {"effect", missing.effect},
                                   {"lacking", missing.lacking},
                                   {"of", missing.of}});
    for (const LensChart& chart : result.charts)
        json["charts"].push_back(chartJson(chart));
    return json;
}

void print(const Lens& lens, const LensResult& result, std::ostream& out)
{
    out << lens.title << ": " << printable(result.sentence) << "\n\n";
    for (const std::string& line : linesOf(result.table))
        out << printable(line) << '\n';
    out << "\nn: " << result.n << ' ' << ofSoMany(result.n, result.of) << '\n';
    for (const LensMissing& missing : result.missing)
        out << "missing: " << missing.field
            << (missing.of == 0 ? std::string()
                                : ", on " + std::to_string(missing.lacking) + " of " + std::to_string(missing.of))
            << ". " << missing.effect << (missing.names.empty() ? "" : " It would come from ") << missing.names
            << (missing.names.empty() ? "\n" : ".\n");
    out << "caveat: " << lens.caveat << '\n';
    for (const std::string& caveat : result.caveats)
        out << "caveat: " << printable(caveat) << '\n';
}

int runLensCommand(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.has("--list")) {
        if (options.has("--json"))
            environment.out << listJson().dump(2) << '\n';
        else
            printList(environment.out);
        return ExitDone;
    }
    if (options.operands.size() < 2)
        return refused("which lens, of which files? arcscope lens --list", environment);
    int status = ExitDone;
    const auto request = requestOf(options, environment, status);
    if (!request)
        return status;
    constexpr SpanColumn ids[] = {SpanColumn::Trace, SpanColumn::SpanForm, SpanColumn::SpanHigh, SpanColumn::SpanLow};
    auto session =
        openSession({options.operands.begin() + 1, options.operands.end()}, ids, control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    std::optional<std::vector<Row>> shown;
    if (request->filter) {
        auto rows = runFilter(session->workspace, session->corpus, *request->filter, control);
        if (!rows)
            return failed(rows.error(), environment);
        shown = std::move(*rows);
    }
    LensRun run{*request->lens, request->values, shown ? &*shown : nullptr};
    run.prices = request->prices ? &*request->prices : nullptr;
    run.file = request->file ? &*request->file : nullptr;
    if (request->lens->needs.arcs) {
        auto decisions = arcDecisionsBeside(*session, {options.operands.begin() + 1, options.operands.end()});
        if (!decisions)
            return failed(decisions.error(), environment);
        run.decisions = std::move(*decisions);
    }
    const auto result = runLens(session->workspace, session->corpus, run, control);
    if (!result)
        return failed(result.error(), environment);
    if (options.has("--json"))
        environment.out
            << resultJson(session->corpus, *request->lens, *result).dump(2, ' ', false, Json::error_handler_t::replace)
            << '\n';
    else if (options.has("--csv"))
        environment.out << csvOf(result->table);
    else
        print(*request->lens, *result, environment.out);
    const auto opened = statusOf(*session, environment);
    return opened ? *opened : failed(opened.error(), environment);
}

} // namespace

Command lensCommand()
{
    return {"lens", "NAME PATH... [--set NAME=VALUE] [--filter FILTER] [--json|--csv]",
            "a metric over the corpus as a table and chart values; lens --list tells them", lensOptions,
            runLensCommand};
}

} // namespace arcscope
