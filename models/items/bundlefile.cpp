#include "bundlefile.h"

#include "leavingbundle.h"
#include "notesjson.h"
#include "wholefile.h"

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

QByteArray stateJson(const ViewState& state)
{
    return QByteArray::fromStdString(viewJson(state));
}

Result<BundleSaved> saveBundle(const BundleRequest& request, const Control& control)
{
    auto workspace = Workspace::open(request.workspace.toStdString());
    if (!workspace)
        return workspace.error();
    auto corpus = workspace->loadCorpus(otlpExportColumns(), control);
    if (!corpus)
        return corpus.error();
    LeavingRequest leaves;
    leaves.paths = standardPaths(request.paths);
    leaves.selection.filter = request.filter.toStdString();
    if (!request.trace.empty())
        leaves.selection.traces.push_back(request.trace);
    leaves.redacts = request.redact;
    GoingAlong along;
    leaves.along = [&](const Corpus& all, std::span<const Row> rows, Redactor* redactor) -> Result<void> {
        along = goingAlong(request.notes, viewJson(request.view), all, rows, redactor);
        return {};
    };
    auto leaving = beginLeaving(Session{std::move(*workspace), std::move(*corpus), std::nullopt}, leaves, control);
    if (!leaving)
        return leaving.error();
    const auto bytes = leavingBundle(*leaving, std::move(along), control);
    if (!bytes)
        return bytes.error();
    const std::string target = request.file.toStdString();
    if (leaving->redactor) {
        if (const auto clean = checkLeaks(*leaving->redactor, {{target, *bytes}}); !clean)
            return clean.error();
    }
    if (const auto free = writesNoneOf(leaves.paths, target); !free)
        return free.error();
    if (const auto saved = writeWhole(target, *bytes); !saved)
        return saved.error();
    return BundleSaved{leaving->provenance.traces, leaving->provenance.spans,
                       leaving->redactor ? leaving->redactor->struck() : 0};
}

} // namespace arcscope
