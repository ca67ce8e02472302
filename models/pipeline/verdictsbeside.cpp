#include "verdictsbeside.h"

#include "arcdecisions.h"
#include "notesfile.h"
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
        return whole.append(notesFileSuffix);
    }
    return {};
}

Result<std::map<std::string, KeptVerdict>> verdictsBeside(const Session& session, const std::vector<std::string>& paths)
{
    std::map<std::string, KeptVerdict> byKey;
    const std::string file = notesFileFor(session, paths);
    std::error_code error;
    if (file.empty() || !std::filesystem::exists(file, error))
        return byKey;
    auto workspace = Workspace::open(file);
    if (!workspace)
        return workspace.error();
    auto kept = verdicts(*workspace);
    if (!kept)
        return kept.error();
    for (KeptVerdict& verdict : *kept)
        byKey.emplace(verdict.finding, verdict);
    return byKey;
}

Result<ArcDecisions> arcDecisionsBeside(const Session& session, const std::vector<std::string>& paths)
{
    const std::string file = notesFileFor(session, paths);
    std::error_code error;
    if (file.empty() || !std::filesystem::exists(file, error))
        return ArcDecisions();
    auto workspace = Workspace::open(file);
    if (!workspace)
        return workspace.error();
    return arcDecisions(*workspace);
}

Result<ReplayDecisions> replayDecisionsBeside(const Session& session, const std::vector<std::string>& paths)
{
    const std::string file = notesFileFor(session, paths);
    std::error_code error;
    if (file.empty() || !std::filesystem::exists(file, error))
        return ReplayDecisions();
    auto workspace = Workspace::open(file);
    if (!workspace)
        return workspace.error();
    return replayDecisions(*workspace);
}

} // namespace arcscope
