#include "command.h"
#include "findingsearch.h"
#include "rescues.h"
#include "storedtrace.h"
#include "workspace.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec rescuesOptions[] = {
    {"--trace", "ID", "only this trace"},
    {"--kind", "WORD", "retry, other model, JSON repair, reused result, default, fallback"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.rescues/1"}};

std::string spanText(const Corpus& corpus, Row row)
{
    return corpus.idText(corpus.spans.spanId(row));
}

Json toJson(const Corpus& corpus, std::uint32_t trace, const Rescue& rescue)
{
    return {{"trace", corpus.traceIdText(trace)},
            {"span", spanText(corpus, rescue.place.row)},
            {"kind", name(rescue.kind)},
            {"known", rescue.measured ? "recorded" : "inferred"},
            {"cause", rescue.cause.empty() ? Json() : Json(rescue.cause)},
            {"time_ns", rescue.place.time == noTime ? Json() : Json(rescue.place.time)},
            {"answer", rescue.output == noRow ? Json() : Json(spanText(corpus, rescue.output))},
            {"told", rescue.told}};
}

Json toJson(const RescueCounts& counts)
{
    Json kinds = Json::array();
    for (std::size_t i = 0; i < counts.measured.size(); ++i)
        kinds.push_back({{"kind", name(static_cast<RescueKind>(i))},
                         {"recorded", counts.measured[i]},
                         {"inferred", counts.inferred[i]}});
    return {{"kinds", std::move(kinds)},
            {"traces", counts.traces},
            {"clean_traces", counts.cleanTraces},
            {"tasks", counts.tasks},
            {"clean_tasks", counts.cleanTasks}};
}

void print(const Corpus& corpus, const Rescue& rescue, std::ostream& out)
{
    out << "  " << name(rescue.kind) << "  " << printable(spanText(corpus, rescue.place.row)) << "  "
        << (rescue.measured ? "recorded" : "inferred");
    if (!rescue.cause.empty())
        out << ": " << printable(rescue.cause);
    out << (rescue.told ? "" : "  (nothing tells of it)") << '\n';
}

std::string shareText(std::size_t part, std::size_t all)
{
    return std::to_string(part) + " of " + std::to_string(all) + " (" +
           std::to_string(std::llround(100.0 * static_cast<double>(part) / static_cast<double>(all))) + " %)";
}

void print(const RescueCounts& counts, std::ostream& out)
{
    for (std::size_t i = 0; i < counts.measured.size(); ++i) {
        if (counts.measured[i] + counts.inferred[i] > 0)
            out << name(static_cast<RescueKind>(i)) << ": " << counts.measured[i] << " recorded, " << counts.inferred[i]
                << " inferred\n";
    }
    if (counts.traces > 0)
        out << "traces without any rescue: " << shareText(counts.cleanTraces, counts.traces) << '\n';
    if (counts.tasks > 0)
        out << "tasks without any rescue: " << shareText(counts.cleanTasks, counts.tasks) << '\n';
}

int runRescues(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("rescues", "which files?", environment);
    auto session = openSession(options.operands, findingColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const Corpus& corpus = session->corpus;
    std::vector<std::vector<Rescue>> all(corpus.traces.rows());
    Json rows = Json::array();
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        if (control.stopped())
            return failed(Error{ErrorCode::Cancelled, "cancelled"}, environment);
        StoredTrace reading(session->workspace, corpus, corpus.rowsOf(trace));
        all[trace] = rescuesOf(reading);
        if (reading.unread())
            return failed(*reading.unread(), environment);
        if (options.has("--trace") && corpus.traceIdText(trace) != options.get("--trace"))
            continue;
        bool titled = false;
        for (const Rescue& rescue : all[trace]) {
            if (options.has("--kind") && name(rescue.kind) != options.get("--kind"))
                continue;
            if (options.has("--json")) {
                rows.push_back(toJson(corpus, trace, rescue));
                continue;
            }
            if (!titled)
                environment.out << printable(corpus.traceIdText(trace)) << '\n';
            titled = true;
            print(corpus, rescue, environment.out);
        }
    }
    const RescueCounts counts = countsOf(corpus, all);
    if (options.has("--json"))
        environment.out
            << Json{{"schema", "arcscope.rescues/1"}, {"rescues", std::move(rows)}, {"counts", toJson(counts)}}.dump(
                   2, ' ', false, Json::error_handler_t::replace)
            << '\n';
    else
        print(counts, environment.out);
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command rescuesCommand()
{
    return {"rescues", "PATH... [--trace ID] [--kind WORD] [--json]",
            "what kept runs from failing, and how many needed nothing of it", rescuesOptions, runRescues};
}

} // namespace arcscope
