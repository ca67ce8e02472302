// Running all detectors over a corpus, trace by trace, on several threads.
#pragma once

#include "control.h"
#include "findingcache.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// The span columns that detectors need; the order table, too.
std::span<const SpanColumn> findingColumns();

struct FindingSearch {
    /// Where traces that were looked through before are known from; what is new goes there. Null: none.
    FindingCache* cache = nullptr;
    /// Called with what was found in a trace, or in the traces of a session, as soon as it is known, on any thread, one
    /// call at a time, in no order; at last with what was found between traces.
    std::function<void(std::vector<Finding>)> arrived;
    DetectorSettings settings{};
    /// Called with the facts of one trace that one detector collected, under the same rules.
    std::function<void(std::string_view detector, std::span<const TraceFact> facts)> factsArrived{};
    /// The only detectors that look, in traces alone: nothing is found between them. Empty: all do. What others found
    /// before stays in the cache.
    std::vector<std::string_view> only{};
    /// Its threads give way to all others: a window is looked at meanwhile.
    bool givesWay = false;
};

/// In the order of traces, what was found between them behind. `corpus` is of that workspace, and is read by all
/// threads. In memory are a few contents of one trace a thread. Progress counts spans. Error: Cancelled; Store, also
/// where a record could not be read: everything else was looked through, and has arrived.
Result<std::vector<Finding>> searchFindings(const std::string& workspace, const Corpus& corpus, const Control& control,
                                            const FindingSearch& search = {});

/// searchFindings() with what the workspace keeps; a workspace that is not temporary and can be written to keeps what
/// is new.
Result<std::vector<Finding>> searchKeptFindings(Workspace& workspace, const Corpus& corpus, const Control& control,
                                                const DetectorSettings& settings = {});

} // namespace arcscope
