#include "command.h"
#include "evalcase.h"
#include "leavingbundle.h"
#include "leavingoptions.h"
#include "tableexport.h"

#include <ostream>

namespace arcscope
{
namespace
{

constexpr auto exportOptions = joinedOptions(
    std::to_array<OptionSpec>({
        {"--as", "otlp|bundle|case|sqlite",
         "OTLP JSON lines, a bundle that opens again, an eval case of one span, tables for SQL in other tools"},
        {"-o", "FILE", "where to write"},
    }),
    selectionOptions,
    std::to_array<OptionSpec>({
        {"--spans-only", "", "only the spans that match, without the rest of their traces"},
    }),
    strikingOptions,
    std::to_array<OptionSpec>({
        {"--view", "FILE",
         "of a bundle: the state that it opens in, JSON of the schema arcscope.view/1, or the JSON itself"},
        {"--span", "ID", "of a case: the model call, agent or turn"},
        {"--category", "TEXT", "of a case: what went wrong"},
        {"--expect", "TEXT", "of a case: what would have been right"},
        {"--forbid", "TEXT", "of a case: what must not come"},
        {"--ticket", "ID", "of a case: the ticket that it comes from"},
        mappingOption,
    }));

int refused(std::string_view message, const CommandEnvironment& environment)
{
    return wrongUsage("export", message, environment);
}

Result<Row> spanOf(const Session& session, const std::vector<Row>& rows, const std::string& id)
{
    for (const Row row : rows) {
        if (session.corpus.idText(session.corpus.spans.spanId(row)) == id)
            return row;
    }
    return Error{ErrorCode::Usage, "no span of what is chosen has the id " + id};
}

Result<std::string> exportedBytes(Leaving& leaving, GoingAlong along, const Options& options, const Control& control)
{
    const std::string form = options.get("--as");
    if (form == "otlp")
        return exportedLines(leaving.session, leaving.rows, leaving.strikes(), control);
    if (form == "case") {
        const auto row = spanOf(leaving.session, leaving.rows, options.get("--span"));
        if (!row)
            return row.error();
        const EvalCaseRequest request{*row, options.get("--category"), options.get("--expect"), options.get("--forbid"),
                                      options.get("--ticket")};
        return evalCase(leaving.session, request, leaving.strikes());
    }
    return leavingBundle(leaving, std::move(along), control);
}

int letTablesOut(Leaving& leaving, const std::string& target, const Options& options, int status,
                 const Control& control, const CommandEnvironment& environment)
{
    const auto tables = exportTables(leaving, control);
    if (!tables)
        return failed(tables.error(), environment);
    if (!isClean(leaving, {{target, tables->lines}}, environment))
        return ExitLeak;
    return letOut(leaving, target, tables->bytes, options, status, environment);
}

int runExport(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    const std::string form = options.get("--as");
    const std::string target = options.get("-o");
    auto request = leavingRequestOf(options);
    if (!request)
        return refused(request.error().message, environment);
    if (form != "otlp" && form != "bundle" && form != "case" && form != "sqlite")
        return refused("--as is otlp, bundle, case or sqlite", environment);
    if (target.empty())
        return refused("-o FILE says where to write", environment);
    if (form == "case" && options.get("--span").empty())
        return refused("--span ID says of what a case is made", environment);
    GoingAlong along;
    if (form == "bundle") {
        auto going = goingAlong(options);
        if (!going)
            return failed(going.error(), environment);
        along = std::move(*going);
        request->along = [&](const Corpus& corpus, std::span<const Row> rows, Redactor* redactor) -> Result<void> {
            chooseAlong(along, corpus, rows, redactor);
            return {};
        };
    } else if (form == "case") {
        request->along = [&](const Corpus&, std::span<const Row>, Redactor* redactor) -> Result<void> {
            for (const char* said : {"--category", "--expect", "--forbid", "--ticket"})
                alsoTakenOutOf(options.get(said), redactor);
            return {};
        };
    }
    auto [leaving, status] = begunLeaving("export", std::move(*request), control, environment);
    if (!leaving)
        return status;
    int done = status;
    if (form == "sqlite") {
        done = letTablesOut(*leaving, target, options, status, control, environment);
    } else {
        const auto bytes = exportedBytes(*leaving, std::move(along), options, control);
        if (!bytes)
            return failed(bytes.error(), environment);
        done = letOut(*leaving, target, *bytes, options, status, environment);
    }
    if (done != status)
        return done;
    if (form == "case")
        environment.out << "a case of span " << printable(options.get("--span")) << " in " << target;
    else
        environment.out << counted(leaving->rows.size(), "span") << " of "
                        << counted(leaving->provenance.traces, "trace") << " in " << target;
    environment.out << removedText(*leaving) << '\n';
    return status;
}

} // namespace

Command exportCommand()
{
    return {"export", "PATH... --as otlp|bundle|case|sqlite [--where FILTER] -o FILE",
            "let traces leave, redacted unless --no-redact is given", exportOptions, runExport};
}

} // namespace arcscope
