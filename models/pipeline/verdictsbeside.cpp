#include "verdictsbeside.h"

#include "arcdecisions.h"
#include "notesfile.h"
#include "portableplaces.h"
#include "replaydecisions.h"

#include <filesystem>

namespace arcscope
{

std::string notesFileFor(const Session& session, const std::vector<std::string>& paths)
{
    return session.workspace.isTemporary() ? notesFileFor(paths) : session.workspace.path();
}

std::string notesFileFor(const std::vector<std::string>& paths)
{
    if (paths.size() == 1 && isWorkspace(paths.front()))
        return paths.front();
    for (const std::string& path : paths) {
        std::error_code error;
        if (path == "-" || !std::filesystem::exists(path, error))
            continue;
        std::string whole = std::filesystem::absolute(path, error).lexically_normal().string();
        while (whole.size() > 1 && whole.ends_with('/'))
            whole.pop_back();
        return notesFileOf(whole);
    }
    return {};
}

namespace
{

/// What `read` finds in that file, with places as the session has them; nothing where there is none yet.
template <typename T>
Result<T> readBeside(const Session& session, const std::vector<std::string>& paths, T KeptNotes::*part,
                     Result<T> (*read)(Workspace&))
{
    const std::string file = notesFileFor(session, paths);
    std::error_code error;
    if (file.empty() || !std::filesystem::exists(file, error))
        return T();
    auto workspace = Workspace::open(file);
    if (!workspace)
        return workspace.error();
    auto found = read(*workspace);
    if (!found || !session.workspace.isTemporary())
        return found;
    const auto anchor = anchorOf(paths);
    if (!anchor)
        return anchor.error();
    KeptNotes notes;
    notes.*part = std::move(*found);
    makeLocal(notes, *anchor);
    return std::move(notes.*part);
}

} // namespace

Result<std::map<std::string, KeptVerdict>> verdictsBeside(const Session& session, const std::vector<std::string>& paths)
{
    const auto kept = readBeside(session, paths, &KeptNotes::verdicts, &verdicts);
    if (!kept)
        return kept.error();
    std::map<std::string, KeptVerdict> byKey;
    for (const KeptVerdict& verdict : *kept)
        byKey.emplace(verdict.finding, verdict);
    return byKey;
}

Result<ArcDecisions> arcDecisionsBeside(const Session& session, const std::vector<std::string>& paths)
{
    return readBeside(session, paths, &KeptNotes::arcs, &arcDecisions);
}

Result<ReplayDecisions> replayDecisionsBeside(const Session& session, const std::vector<std::string>& paths)
{
    return readBeside(session, paths, &KeptNotes::replays, &replayDecisions);
}

} // namespace arcscope
