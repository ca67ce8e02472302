#include "bundlefile.h"

#include "leavingbundle.h"
#include "notesjson.h"
#include "wholefile.h"

namespace arcscope
{

QByteArray stateJson(const ViewState& state)
{
    return QByteArray::fromStdString(viewJson(state));
}

Result<BundleSaved> saveBundle(const BundleRequest& request, const Control& control)
{
    auto workspace = Workspace::open(request.workspace);
    if (!workspace)
        return workspace.error();
    auto corpus = workspace->loadCorpus(otlpExportColumns(), control);
    if (!corpus)
        return corpus.error();
    GoingAlong along{request.notes, viewJson(request.view), {}};
    LeavingRequest asked;
    asked.paths = request.paths;
    asked.selection.filter = request.filter;
    if (!request.trace.empty())
        asked.selection.traces.push_back(request.trace);
    asked.redacts = request.redact;
    asked.along = [&](const Corpus& of, std::span<const Row> rows, Redactor* redactor) -> Result<void> {
        chooseAlong(along, of, rows, redactor);
        return {};
    };
    auto leaving =
        beginLeaving(Session{std::move(*workspace), std::move(*corpus), std::nullopt}, std::move(asked), control);
    if (!leaving)
        return leaving.error();
    const auto bytes = leavingBundle(*leaving, std::move(along), control);
    if (!bytes)
        return bytes.error();
    if (const Redactor* const redactor = leaving->strikes()) {
        if (const auto clean = checkLeaks(*redactor, {{request.file, *bytes}}); !clean)
            return clean.error();
    }
    if (const auto free = writesNoneOf(request.paths, request.file); !free)
        return free.error();
    if (const auto saved = writeWhole(request.file, *bytes); !saved)
        return saved.error();
    return BundleSaved{leaving->provenance.traces, leaving->provenance.spans,
                       leaving->redactor ? leaving->redactor->struck() : 0};
}

} // namespace arcscope
