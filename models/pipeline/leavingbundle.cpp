#include "leavingbundle.h"

#include "leavingnotes.h"
#include "tracebundle.h"

namespace arcscope
{

GoingAlong goingAlong(const KeptNotes& notes, std::string view, const Corpus& corpus, std::span<const Row> rows,
                      Redactor* redactor)
{
    GoingAlong along{notesLeaving(notes, corpus, rows), std::move(view)};
    if (redactor) {
        collectNotes(along.notes, *redactor);
        redactor->collect(along.view);
    }
    return along;
}

Result<std::string> leavingBundle(Leaving& leaving, GoingAlong along, const Control& control)
{
    TraceBundle bundle;
    const auto done = exportRows(
        leaving.session, leaving.rows, leaving.strikes(), [&](std::string_view more) { bundle.traces += more; },
        control);
    if (!done)
        return done.error();
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
