#include "bundlefile.h"

#include "exportprovenance.h"
#include "leavingnotes.h"
#include "notesjson.h"
#include "session.h"
#include "tracebundle.h"
#include "traceexport.h"

namespace arcscope
{
namespace
{

std::vector<std::string> standardPaths(const QStringList& paths)
{
    std::vector<std::string> all;
    for (const QString& path : paths)
        all.push_back(path.toStdString());
    return all;
}

} // namespace

Result<BundleSaved> saveBundle(const BundleRequest& request, const Control& control)
{
    auto workspace = Workspace::open(request.workspace.toStdString());
    if (!workspace)
        return workspace.error();
    auto corpus = workspace->loadCorpus(otlpExportColumns(), control);
    if (!corpus)
        return corpus.error();
    Session session{std::move(*workspace), std::move(*corpus), std::nullopt};
    ExportSelection selection;
    selection.filter = request.filter.toStdString();
    if (!request.trace.empty())
        selection.traces.push_back(request.trace);
    const auto rows = selectedRows(session, selection, control);
    if (!rows)
        return rows.error();
    TraceBundle bundle;
    bundle.notes = notesLeaving(request.notes, session.corpus, *rows);
    bundle.view = viewJson(request.view);
    auto provenance = provenanceOf(standardPaths(request.paths), session.corpus, *rows);
    if (!provenance)
        return provenance.error();
    provenance->filter = selection.filter;
    provenance->redacted = request.redact;
    Redactor redactor;
    if (request.redact) {
        collectNotes(bundle.notes, redactor);
        redactor.collect(bundle.view);
        if (const auto collected = collectRows(session, *rows, redactor, control); !collected)
            return collected.error();
        strikeNotes(bundle.notes, redactor);
        redactor.strike(bundle.view, {}, "view");
        for (ExportProvenance::File& file : provenance->files)
            redactor.strike(file.name, {}, "file name");
    }
    const auto written = exportRows(
        session, *rows, request.redact ? &redactor : nullptr, [&](std::string_view more) { bundle.traces += more; },
        control);
    if (!written)
        return written.error();
    if (request.redact)
        bundle.redaction = redactionManifest(redactor);
    const auto bytes = bundleBytes(bundle, *provenance);
    if (!bytes)
        return bytes.error();
    const std::string target = request.file.toStdString();
    if (request.redact) {
        if (const auto clean = checkLeaks(redactor, {{target, *bytes}}); !clean)
            return clean.error();
    }
    if (const auto saved = writeWhole(target, *bytes); !saved)
        return saved.error();
    return BundleSaved{provenance->traces, provenance->spans, redactor.struck()};
}

} // namespace arcscope
