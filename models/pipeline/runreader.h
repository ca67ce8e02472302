// Runs of a replay read out of workspaces: what they stopped for, their steps, and who judged them.
#pragma once

#include "replaysearch.h"
#include "runsteps.h"
#include "storedtrace.h"
#include "workspace.h"

#include <optional>
#include <vector>

namespace arcscope
{

/// Stops that are given or that a workspace keeps, by side; nothing for a temporary one: those are found with the
/// steps.
using KeptStops = std::vector<std::optional<StopSurvey>>;
/// Error: Cancelled, Store.
Result<KeptStops> keptStops(const ReplayRequest& request, const Control& control);

/// Of one thread, with connections of its own.
class RunReader
{
public:
    /// All have to live as long.
    RunReader(const ReplayRequest& request, const KeptStops& stops);
    /// Before anything is read. Error: Store.
    Result<void> open();

    /// The steps of a run, and who judged it, where that was not read before; `spans` grows by those that it has.
    RunSteps steps(ReplayRun& run, bool isJudged, std::uint64_t& spans);
    /// Enters who judged it and when, and whether it is of a control set.
    void judge(ReplayRun& run);
    /// Why the first record of a run could not be read, if any.
    const std::optional<Error>& unread() const { return m_unread; }

private:
    StoredTrace traceOf(const ReplayRun& run);
    static void judgeBy(StoredTrace& trace, ReplayRun& run);
    void remember(const StoredTrace& trace);

    const ReplayRequest& m_request;
    const KeptStops& m_stops;
    std::vector<Workspace> m_workspaces;
    std::optional<Error> m_unread;
};

} // namespace arcscope
