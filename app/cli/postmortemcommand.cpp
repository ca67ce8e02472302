#include "command.h"
#include "postmortemhtml.h"
#include "redactedcopy.h"
#include "redactionoptions.h"
#include "traceexport.h"

#include <ostream>

namespace arcscope
{
namespace
{

constexpr OptionSpec postmortemOptions[] = {
    {"-o", "FILE.html", "where to write"},
    {"--title", "TEXT", "what it is about"},
    {"--summary", "TEXT", "a paragraph below the title"},
    {"--start", "TIME", "when it began, ISO 8601 (default: inferred)"},
    {"--complaint", "TIME", "when somebody first complained (default: inferred)"},
    {"--where", "FILTER", "traces that have a span that matches"},
    {"--trace", "ID...", "these traces"},
    redactOption,
    noRedactOption,
    strikeOption,
    strikeFieldOption,
    subjectOption,
    alsoOption,
    keepOption,
    keepFieldsOption,
    mappingOption};

Result<Nanos> timeOption(const Options& options, std::string_view name)
{
    const std::string text = options.get(name);
    if (text.empty())
        return noTime;
    const auto time = parseIsoTime(text);
    return time ? Result<Nanos>(time->time)
                : Result<Nanos>(Error{ErrorCode::Usage, std::string(name) + " is a time as 2026-03-11T12:00:00Z"});
}

int runPostmortem(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    const std::string target = options.get("-o");
    if (options.operands.empty())
        return wrongUsage("postmortem", "which files?", environment);
    if (target.empty())
        return wrongUsage("postmortem", "-o FILE.html says where to write", environment);
    if (options.has(redactOption.name) && options.has(noRedactOption.name))
        return wrongUsage("postmortem", "--redact or --no-redact, not both", environment);
    auto rules = redactionRulesOf(options);
    const auto begin = timeOption(options, "--start");
    const auto complaint = timeOption(options, "--complaint");
    for (const Error* error : {rules ? nullptr : &rules.error(), begin ? nullptr : &begin.error(),
                               complaint ? nullptr : &complaint.error()}) {
        if (error)
            return wrongUsage("postmortem", error->message, environment);
    }
    auto session = openSession(options.operands, otlpExportColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    const auto status = statusOf(*session, environment);
    if (!status)
        return failed(status.error(), environment);
    if (*status == exitNothingRead)
        return *status;
    const ExportSelection selection{options.get("--where"), valuesOf(options, "--trace"), false};
    const auto rows = selectedRows(*session, selection, control);
    if (!rows)
        return rows.error().code == ErrorCode::Usage ? wrongUsage("postmortem", rows.error().message, environment)
                                                     : failed(rows.error(), environment);
    auto provenance = provenanceOf(options.operands, session->corpus, *rows);
    if (!provenance)
        return failed(provenance.error(), environment);
    Redactor redactor(std::move(*rules));
    const bool redacts = !options.has(noRedactOption.name);
    IncidentStatement stated{options.get("--title"), options.get("--summary"), *begin, *complaint};
    provenance->filter = selection.filter;
    provenance->redacted = redacts;
    if (redacts) {
        if (const auto collected = collectRows(*session, *rows, redactor, control); !collected)
            return failed(collected.error(), environment);
        redactor.strike(stated.title, {}, "title");
        redactor.strike(stated.summary, {}, "summary");
        redactor.strike(provenance->filter, {}, "filter");
        for (ExportProvenance::File& file : provenance->files)
            redactor.strike(file.name, {}, "file name");
    }
    RedactedCopy written;
    if (const auto done = written.write(*session, *rows, redacts ? &redactor : nullptr, control); !done)
        return failed(done.error(), environment);
    auto copy = openSession({written.path()}, otlpExportColumns(), control);
    if (!copy)
        return failed(copy.error(), environment);
    auto report = incidentReport(*copy, stated, control);
    if (!report)
        return failed(report.error(), environment);
    if (redacts)
        strikeReport(*report, redactor);
    const std::string html =
        postmortemHtml(*report, copy->corpus, *provenance, redacts ? redactionManifest(redactor) : std::string());
    if (redacts) {
        if (const auto clean = checkLeaks(redactor, {{target, html}}); !clean) {
            failed(clean.error(), environment);
            return exitLeak;
        }
    }
    if (const auto done = writeWhole(target, html); !done)
        return failed(done.error(), environment);
    environment.out << counted(report->entries.size(), "finding") << ", " << counted(report->changes.size(), "change")
                    << " in " << target;
    if (redacts)
        environment.out << ", redacted: " << counted(redactor.struck(), "place");
    environment.out << '\n';
    return *status;
}

} // namespace

Command postmortemCommand()
{
    return {"postmortem", "PATH... -o FILE.html [--where FILTER]",
            "one HTML page that tells an incident: when, what changed, before and after, findings with quotes",
            postmortemOptions, runPostmortem};
}

} // namespace arcscope
