#include "command.h"
#include "evalcase.h"
#include "exportprovenance.h"
#include "leavingnotes.h"
#include "redactionoptions.h"
#include "tracebundle.h"
#include "traceexport.h"

#include <fstream>
#include <iterator>
#include <ostream>

namespace arcscope
{
namespace
{

constexpr OptionSpec exportOptions[] = {
    {"--as", "otlp|bundle|case", "OTLP JSON lines, a bundle that opens again, an eval case of one span"},
    {"-o", "FILE", "where to write"},
    {"--where", "FILTER", "traces that have a span that matches"},
    {"--trace", "ID...", "these traces"},
    {"--spans-only", "", "only the spans that match, without the rest of their traces"},
    redactOption,
    noRedactOption,
    strikeOption,
    strikeFieldOption,
    subjectOption,
    alsoOption,
    keepOption,
    keepFieldsOption,
    {"--manifest", "FILE", "writes there what was removed, by rule and place"},
    {"--view", "FILE", "of a bundle: the state that it opens in, JSON of the schema arcscope.view/1"},
    {"--span", "ID", "of a case: the model call, agent or turn"},
    {"--category", "TEXT", "of a case: what went wrong"},
    {"--expect", "TEXT", "of a case: what would have been right"},
    {"--forbid", "TEXT", "of a case: what must not come"},
    {"--ticket", "ID", "of a case: the ticket that it comes from"},
    mappingOption};

int refused(std::string_view message, const CommandEnvironment& environment)
{
    return wrongUsage("export", message, environment);
}

struct Leaving {
    Session& session;
    const std::vector<Row>& rows;
    Redactor* redactor; ///< sealed; null: nothing is taken out
    KeptNotes notes;    ///< on what leaves, of a bundle
    std::string view;   ///< likewise
    ExportProvenance provenance;
};

Result<std::string> otlpBytes(const Leaving& leaving, const Control& control)
{
    std::string lines;
    const auto done = exportRows(
        leaving.session, leaving.rows, leaving.redactor, [&](std::string_view more) { lines += more; }, control);
    return done ? Result<std::string>(std::move(lines)) : Result<std::string>(done.error());
}

/// Empty where none is given.
Result<std::string> viewOf(const Options& options)
{
    const std::string path = options.get("--view");
    if (path.empty())
        return std::string();
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{ErrorCode::NotFound, path + " cannot be read"};
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/// What a bundle is made of; its pieces are what the leak check looks at before they are packed.
Result<TraceBundle> bundleOf(const Leaving& leaving, const Control& control)
{
    TraceBundle bundle;
    auto lines = otlpBytes(leaving, control);
    if (!lines)
        return lines.error();
    bundle.traces = std::move(*lines);
    bundle.notes = leaving.notes;
    if (leaving.redactor)
        strikeNotes(bundle.notes, *leaving.redactor);
    bundle.view = leaving.view;
    if (leaving.redactor)
        leaving.redactor->strike(bundle.view, {}, "view");
    if (leaving.redactor)
        bundle.redaction = redactionManifest(*leaving.redactor);
    return bundle;
}

Result<Row> spanOf(const Session& session, const std::vector<Row>& rows, const std::string& id)
{
    for (const Row row : rows) {
        if (session.corpus.idText(session.corpus.spans.spanId(row)) == id)
            return row;
    }
    return Error{ErrorCode::Usage, "no span of what is chosen has the id " + id};
}

Result<std::string> exportedBytes(Leaving& leaving, const Options& options, const Control& control)
{
    const std::string form = options.get("--as");
    if (form == "otlp")
        return otlpBytes(leaving, control);
    if (form == "case") {
        const auto row = spanOf(leaving.session, leaving.rows, options.get("--span"));
        if (!row)
            return row.error();
        EvalCaseRequest request{*row, options.get("--category"), options.get("--expect"), options.get("--forbid"),
                                options.get("--ticket")};
        return evalCase(leaving.session, request, leaving.redactor);
    }
    const auto bundle = bundleOf(leaving, control);
    return bundle ? bundleBytes(*bundle, leaving.provenance) : Result<std::string>(bundle.error());
}

int runExport(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    const std::string form = options.get("--as");
    const std::string target = options.get("-o");
    if (options.operands.empty())
        return refused("which files?", environment);
    if (form != "otlp" && form != "bundle" && form != "case")
        return refused("--as is otlp, bundle or case", environment);
    if (target.empty())
        return refused("-o FILE says where to write", environment);
    if (form == "case" && options.get("--span").empty())
        return refused("--span ID says of what a case is made", environment);
    if (options.has(redactOption.name) && options.has(noRedactOption.name))
        return refused("--redact or --no-redact, not both", environment);
    auto rules = redactionRulesOf(options);
    if (!rules)
        return refused(rules.error().message, environment);
    auto session = openSession(options.operands, otlpExportColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const ExportSelection selection{options.get("--where"), valuesOf(options, "--trace"), options.has("--spans-only")};
    const auto rows = selectedRows(*session, selection, control);
    if (!rows)
        return rows.error().code == ErrorCode::Usage ? refused(rows.error().message, environment)
                                                     : failed(rows.error(), environment);
    const auto status = statusOf(*session, environment);
    if (!status)
        return failed(status.error(), environment);
    if (*status == exitNothingRead)
        return *status;
    Redactor redactor(std::move(*rules));
    const bool redacts = !options.has(noRedactOption.name);
    KeptNotes notes;
    std::string view;
    if (form == "bundle") {
        const auto kept = keptBeside(options.operands);
        if (!kept)
            return failed(kept.error(), environment);
        notes = notesLeaving(*kept, session->corpus, *rows);
        auto read = viewOf(options);
        if (!read)
            return failed(read.error(), environment);
        view = std::move(*read);
    }
    if (redacts) {
        collectNotes(notes, redactor);
        redactor.collect(view);
        if (const auto collected = collectRows(*session, *rows, redactor, control); !collected)
            return failed(collected.error(), environment);
    }
    auto provenance = provenanceOf(options.operands, session->corpus, *rows);
    if (!provenance)
        return failed(provenance.error(), environment);
    provenance->filter = selection.filter;
    provenance->redacted = redacts;
    for (ExportProvenance::File& file : provenance->files) {
        if (redacts)
            redactor.strike(file.name, {}, "file name");
    }
    Leaving leaving{*session,         *rows,           redacts ? &redactor : nullptr,
                    std::move(notes), std::move(view), std::move(*provenance)};
    const auto bytes = exportedBytes(leaving, options, control);
    if (!bytes)
        return failed(bytes.error(), environment);
    if (redacts) {
        if (const auto clean = checkLeaks(redactor, {{target, *bytes}}); !clean) {
            failed(clean.error(), environment);
            return exitLeak;
        }
    }
    if (const auto written = writeWhole(target, *bytes); !written)
        return failed(written.error(), environment);
    if (const std::string manifest = options.get("--manifest"); redacts && !manifest.empty()) {
        if (const auto written = writeWhole(manifest, redactionManifest(redactor)); !written)
            return failed(written.error(), environment);
    }
    if (form == "case")
        environment.out << "a case of span " << printable(options.get("--span")) << " in " << target;
    else
        environment.out << counted(rows->size(), "span") << " of " << counted(leaving.provenance.traces, "trace")
                        << " in " << target;
    if (redacts)
        environment.out << ", redacted: " << counted(redactor.struck(), "place") << ", "
                        << counted(redactor.removed().size(), "value");
    environment.out << '\n';
    return *status;
}

} // namespace

Command exportCommand()
{
    return {"export", "PATH... --as otlp|bundle|case [--where FILTER] -o FILE",
            "let traces leave, redacted unless --no-redact is given", exportOptions, runExport};
}

} // namespace arcscope
