// The verdicts and decisions that belong to what is open: those of a workspace, or of the file of notes beside trace
// files.
#pragma once

#include "arcdecision.h"
#include "replaydecision.h"
#include "session.h"
#include "verdicts.h"

#include <map>
#include <string>
#include <vector>

namespace arcscope
{

/// The file that keeps what people write about these paths: the workspace itself, or the one beside the first path that
/// is there; empty where there is none (standard input).
std::string notesFileFor(const Session& session, const std::vector<std::string>& paths);
/// The same for paths that are not open.
std::string notesFileFor(const std::vector<std::string>& paths);

/// By key; empty where nothing was said yet. Error: Store.
Result<std::map<std::string, KeptVerdict>> verdictsBeside(const Session& session,
                                                          const std::vector<std::string>& paths);

/// What was decided about task arcs; empty where nothing was yet. Error: Store.
Result<ArcDecisions> arcDecisionsBeside(const Session& session, const std::vector<std::string>& paths);

/// What was said of replays; empty where nothing was yet. Error: Store, Malformed.
Result<ReplayDecisions> replayDecisionsBeside(const Session& session, const std::vector<std::string>& paths);

} // namespace arcscope
