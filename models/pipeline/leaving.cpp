#include "leaving.h"

#include "sha256.h"
#include "source.h"

#include <fstream>

namespace arcscope
{
namespace
{

/// Beginning and end of each file, behind words that no digest that is told begins with; random where one cannot be
/// read again.
PseudonymKey keyOf(const std::vector<std::string>& paths)
{
    constexpr std::streamoff looked = std::streamoff{1} << 20;
    std::vector<ImportIssue> issues;
    const auto inputs = expandInputs(paths, issues);
    Sha256 digest;
    std::string buffer(static_cast<std::size_t>(looked), '\0');
    for (const InputFile& input : inputs ? *inputs : std::vector<InputFile>()) {
        std::ifstream file(input.path, std::ios::binary | std::ios::ate);
        if (input.path == "-" || !file)
            return PseudonymKey::random();
        const std::streamoff size = file.tellg();
        for (const std::streamoff from : {std::streamoff{0}, std::max<std::streamoff>(size - looked, 0)}) {
            file.clear();
            file.seekg(from);
            file.read(buffer.data(), looked);
            digest.add("\npseudonyms " + std::to_string(size) + ' ');
            digest.add(std::string_view(buffer).substr(0, static_cast<std::size_t>(file.gcount())));
        }
    }
    return inputs && !inputs->empty() ? PseudonymKey::of(digest.hex()) : PseudonymKey::random();
}

/// A name, and what is left of it without its endings: "to-ann@mail.example" of "to-ann@mail.example.jsonl.gz".
void collectFileName(std::string_view name, Redactor& redactor)
{
    constexpr int mostEndings = 3;
    for (int i = 0; i <= mostEndings && !name.empty(); ++i) {
        redactor.collect(name);
        const std::size_t point = name.rfind('.');
        name = name.substr(0, point == std::string_view::npos ? 0 : point);
    }
}

/// Ids of traces that have none are paths of files, whose folders tell whose they are.
Result<void> addFolders(Workspace& workspace, Redactor& redactor)
{
    const auto sources = workspace.sources();
    if (!sources)
        return sources.error();
    for (const SourceFile& source : *sources) {
        const std::string_view name = source.name;
        for (const std::string_view path : {name.substr(0, name.find('!')), name}) // of an archive, and in it
            redactor.addFolder(path.substr(0, path.rfind('/') == path.npos ? 0 : path.rfind('/')));
    }
    return {};
}

} // namespace

Result<Leaving> beginLeaving(LeavingRequest request, const Control& control)
{
    auto session = openSession(request.paths, otlpExportColumns(), control, {}, request.import);
    if (!session)
        return session.error();
    return beginLeaving(std::move(*session), std::move(request), control);
}

Result<Leaving> beginLeaving(Session session, LeavingRequest request, const Control& control)
{
    auto rows = selectedRows(session, request.selection, control);
    if (!rows)
        return rows.error();
    auto provenance = provenanceOf(request.paths, session.corpus, *rows);
    if (!provenance)
        return provenance.error();
    provenance->filter = request.selection.filter;
    provenance->redacted = provenance->redacted || request.redacts;
    Leaving leaving{std::move(session), std::move(*rows), std::nullopt, std::move(*provenance)};
    if (request.redacts) {
        request.rules.key = keyOf(request.paths);
        request.rules.unpack = unpackedBytes;
        leaving.redactor.emplace(std::move(request.rules));
    }
    if (request.along) {
        if (const auto done = request.along(leaving.session.corpus, leaving.rows, leaving.strikes()); !done)
            return done.error();
    }
    if (!leaving.redactor)
        return leaving;
    Redactor& redactor = *leaving.redactor;
    for (const ExportProvenance::File& file : leaving.provenance.files)
        collectFileName(file.name, redactor);
    redactor.collect(leaving.provenance.filter);
    if (const auto added = addFolders(leaving.session.workspace, redactor); !added)
        return added.error();
    if (const auto collected = collectRows(leaving.session, leaving.rows, redactor, control); !collected)
        return collected.error();
    for (ExportProvenance::File& file : leaving.provenance.files)
        redactor.strike(file.name, {}, "file name");
    redactor.strike(leaving.provenance.filter, {}, "filter");
    return leaving;
}

} // namespace arcscope
