#include "leavingbundle.h"

#include "leavingnotes.h"

namespace arcscope
{

void chooseAlong(GoingAlong& along, const Corpus& corpus, std::span<const Row> rows, Redactor* redactor)
{
    along.notes = notesLeaving(along.notes, corpus, rows);
    along.view = viewLeaving(along.view, corpus, rows);
    if (!redactor)
        return;
    collectNotes(along.notes, *redactor);
    redactor->collect(along.view);
}

Result<std::string> leavingBundle(Leaving& leaving, GoingAlong along, const Control& control)
{
    TraceBundle bundle;
    auto lines = exportedLines(leaving.session, leaving.rows, leaving.strikes(), control);
    if (!lines)
        return lines.error();
    bundle.traces = std::move(*lines);
    bundle.notes = std::move(along.notes);
    bundle.view = std::move(along.view);
    if (Redactor* const redactor = leaving.strikes()) {
        strikeNotes(bundle.notes, *redactor);
        redactor->strike(bundle.view, {}, "view");
    }
    bundle.redaction = leaving.manifest();
    return bundleBytes(bundle, leaving.provenance);
}

} // namespace arcscope
