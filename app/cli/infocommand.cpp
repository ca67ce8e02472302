#include "command.h"
#include "summary.h"

#include <nlohmann/json.hpp>

#include <map>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec infoOptions[] = {{"--json", "", "one JSON object, schema arcscope.info/1"}, mappingOption};
constexpr std::uint64_t ledgerRows = 100'000;

struct Info {
    CorpusSummary summary;
    std::map<std::string, std::uint64_t> formats; ///< files by format
    std::vector<ImportIssue> ledger;
};

Result<Info> collect(Session& session, const Control& control)
{
    Info info;
    auto summary = summarise(session.corpus, control);
    if (!summary)
        return summary.error();
    info.summary = *summary;
    auto sources = session.workspace.sources();
    if (!sources)
        return sources.error();
    for (const SourceFile& source : *sources) {
        if (!source.format.empty())
            ++info.formats[source.format];
    }
    auto ledger = session.workspace.issues(0, ledgerRows);
    if (!ledger)
        return ledger.error();
    info.ledger = std::move(*ledger);
    return info;
}

Json tokens(std::int64_t count)
{
    return count == noTokens ? Json() : Json(count);
}

std::int64_t sum(std::int64_t a, std::int64_t b)
{
    return a == noTokens ? b : b == noTokens ? a : a + b;
}

Json timeJson(Nanos time)
{
    return time == noTime ? Json() : Json(time);
}

Json toJson(const Info& info)
{
    const CorpusSummary& s = info.summary;
    Json json;
    json["schema"] = "arcscope.info/1";
    json["traces"] = s.traces;
    json["spans"] = s.spans;
    json["messages"] = s.messages;
    json["model_calls"] = s.count(SpanKind::ModelCall);
    json["tool_calls"] = s.count(SpanKind::ToolCall);
    json["tool_calls_asked"] = s.callsAsked;
    json["stream_events"] = s.streamEvents;
    json["errors"] = s.errors;
    for (int i = 0; i < spanKindCount; ++i)
        json["kinds"][std::string(name(static_cast<SpanKind>(i)))] = s.byKind[static_cast<std::size_t>(i)];
    json["first_start_ns"] = timeJson(s.firstStart);
    json["last_end_ns"] = timeJson(s.firstStart == noTime ? noTime : s.lastEnd);
    const Usage& u = s.usage;
    json["usage"] = {
        {"input_tokens", tokens(u[UsageClass::Input])},
        {"cache_read_tokens", tokens(u[UsageClass::CacheRead])},
        {"cache_write_tokens", tokens(sum(u[UsageClass::CacheWrite], u[UsageClass::CacheWriteLong]))},
        {"output_tokens", tokens(u[UsageClass::Output])},
        {"reasoning_tokens", tokens(u[UsageClass::Reasoning])},
        {"prediction_accepted_tokens", tokens(u[UsageClass::PredictionAccepted])},
        {"prediction_rejected_tokens", tokens(u[UsageClass::PredictionRejected])},
        {"audio_input_tokens", tokens(u[UsageClass::AudioInput])},
        {"audio_output_tokens", tokens(u[UsageClass::AudioOutput])},
        {"total_tokens", u.recorded() ? Json(u.total()) : Json()},
    };
    json["formats"] = Json::array();
    for (const auto& [format, files] : info.formats)
        json["formats"].push_back({{"name", format}, {"files", files}});
    json["ledger"] = Json::array();
    for (const ImportIssue& issue : info.ledger) {
        Json row{{"severity", name(issue.severity)}, {"kind", name(issue.kind)}, {"file", issue.file}};
        if (issue.line >= 0)
            row["line"] = issue.line;
        if (issue.byte >= 0)
            row["byte"] = issue.byte;
        row["count"] = issue.count;
        row["message"] = issue.message;
        json["ledger"].push_back(std::move(row));
    }
    return json;
}

void print(const Info& info, std::ostream& out)
{
    const CorpusSummary& s = info.summary;
    const auto count = [&](const char* label, std::int64_t value) {
        out << label;
        if (value == noTokens)
            out << "not recorded\n";
        else
            out << value << '\n';
    };
    for (const auto& [format, files] : info.formats)
        out << "format            " << format << ", " << counted(files, "file") << '\n';
    out << "traces            " << s.traces << "\nspans             " << s.spans << "\nmessages          " << s.messages
        << '\n';
    for (int i = 0; i < spanKindCount; ++i) {
        if (const auto n = s.byKind[static_cast<std::size_t>(i)]) {
            std::string label = "  " + std::string(name(static_cast<SpanKind>(i)));
            label.resize(18, ' ');
            out << label << n << '\n';
        }
    }
    out << "errors            " << s.errors << "\nstream events     " << s.streamEvents << '\n';
    if (s.firstStart != noTime)
        out << "time              " << isoText(s.firstStart) << " to " << isoText(s.lastEnd) << '\n';
    count("input tokens      ", s.usage[UsageClass::Input]);
    count("  cache read      ", s.usage[UsageClass::CacheRead]);
    count("  cache write     ", sum(s.usage[UsageClass::CacheWrite], s.usage[UsageClass::CacheWriteLong]));
    count("output tokens     ", s.usage[UsageClass::Output]);
    count("  reasoning       ", s.usage[UsageClass::Reasoning]);
    if (info.ledger.empty()) {
        out << "ledger            nothing was lost or changed\n";
        return;
    }
    out << "ledger\n";
    for (const ImportIssue& issue : info.ledger) {
        out << "  " << name(issue.severity) << ' ' << name(issue.kind) << " x" << issue.count << ", " << issue.file;
        if (issue.line >= 0)
            out << ": line " << issue.line;
        else if (issue.byte >= 0)
            out << ": byte " << issue.byte;
        out << ": " << issue.message << '\n';
    }
}

int runInfo(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("info", "which files?", environment);
    auto session = openSession(options.operands, summaryColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const auto info = collect(*session, control);
    if (!info)
        return failed(info.error(), environment);
    if (options.has("--json"))
        environment.out << toJson(*info).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    else
        print(*info, environment.out);
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command infoCommand()
{
    return {"info", "PATH... [--mapping FILE] [--json]", "formats, counts, exact token totals and the fidelity ledger",
            infoOptions, runInfo};
}

} // namespace arcscope
