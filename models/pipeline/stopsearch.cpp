#include "stopsearch.h"

#include "findingsearch.h"
#include "workspace.h"

#include <algorithm>

namespace arcscope
{

Result<StopSurvey> searchStops(Workspace& workspace, const Corpus& corpus, const Control& control)
{
    FindingCache cache;
    const bool kept = !workspace.isTemporary();
    if (kept) {
        if (auto loaded = cache.load(workspace); !loaded)
            return loaded.error();
    }
    StopSurvey survey;
    FindingSearch search;
    search.cache = kept ? &cache : nullptr;
    search.only = {stopDetector};
    search.factsArrived = [&](std::string_view, std::span<const TraceFact> facts) {
        for (const TraceFact& fact : facts) {
            if (const auto stop = spanStopOf(fact))
                survey.push_back(*stop);
        }
    };
    if (auto found = searchFindings(workspace.path(), corpus, control, search); !found)
        return found.error();
    if (kept)
        static_cast<void>(cache.save(workspace)); // one that cannot be written to is looked through again next time
    std::sort(survey.begin(), survey.end(), [](const SpanStop& a, const SpanStop& b) { return a.row < b.row; });
    return survey;
}

} // namespace arcscope
