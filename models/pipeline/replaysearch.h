// Runs of the same tasks held against each other: paired, compared on several threads, kept in the workspace.
#pragma once

#include "replaycodec.h"
#include "replaydecision.h"
#include "replayruns.h"
#include "runcomparison.h"

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace arcscope
{

/// What a person says of the steps of two runs, by the ids of their first traces.
struct ReplayAnchors {
    std::string base;
    std::uint32_t side = 1;
    std::string candidate;
    std::vector<StepAnchor> anchors;

    bool operator==(const ReplayAnchors&) const = default;
};

/// How far a search is, to be looked at from any thread.
struct ReplayProgress {
    std::atomic<std::uint64_t> tasks = 0; ///< compared
    std::atomic<std::uint64_t> of = 0;    ///< 0: what became of them is still being found out
};

/// Verdicts are in the order of tasks.
struct ReplayReport : ReplayRecord {
    /// Of each source, as far as they were looked for: not where all of it was kept.
    std::vector<std::shared_ptr<const ArcCorpus>> arcs;
    std::vector<ReplayAnchors> anchors; ///< that held
    bool judged = true;                 ///< who judged the runs, when, and which are controls was read
    std::size_t compared = 0;           ///< pairs of runs that were read and compared; others were known
};

struct ReplayRequest {
    std::vector<ReplaySource> sources; ///< the base first; one alone: only its reruns are compared
    PairingRules rules{};
    std::string expression; ///< for PairingRules::By::Expression: see RunKey
    std::vector<ReplayAnchors> anchors{};
    DetectorSettings settings{};
    bool pairOnly = false; ///< nothing is compared: there are no verdicts
    /// Of the same sources and settings, paired or anchored in another way: what it says of two runs is taken from it.
    /// So is what the workspace of the base keeps.
    const ReplayReport* known = nullptr;
    ReplayProgress* progress = nullptr;
    /// Called once when runs are paired and what became of them is known, with verdicts that tell no more than that; of
    /// more than mostJudgedEarly runs judges and control sets are not read yet. Not where all of it was kept.
    std::function<void(const ReplayReport&)> paired{};
    /// Called with each pair in full as soon as it is compared, on any thread, one call at a time, in no order. Then
    /// nothing is taken from the store.
    std::function<void(const ReplayComparison&)> arrived{};
};

/// Runs of a task on one side that are compared each with each (and with each of the others). Of more the first with
/// the first, and so on.
inline constexpr std::size_t mostTrials = 8;

/// Of so many runs it is read who judged them before anything is compared.
inline constexpr std::size_t mostJudgedEarly = 20'000;

/// Every run of the base with every run of each candidate, and reruns of a side among themselves. In memory are the
/// steps of the runs of one task a thread, and a verdict a pair. A workspace that is not temporary and can be written
/// to keeps what came out: as long as nothing changed that is taken, and where runs came the pairs of the others.
/// Progress counts the spans of the runs that were compared, and how many there are. Error: Cancelled, Store, Usage.
Result<ReplayReport> searchReplay(const ReplayRequest& request, const Control& control);

/// Pairs by "task", "input", "file", an expression (RunKey), or where `key` is empty by what there is. Error: Usage.
Result<void> pairBy(ReplayRequest& request, const std::string& key);
/// What a person said of runs and of steps, as far as they are of the sources: to be called when those are known. Runs
/// of one trace on several sides are those of the first.
void holdMatches(ReplayRequest& request, std::span<const ReplayMatch> matches);

/// Two runs of a pairing in full. Error: Cancelled, Store.
Result<ReplayComparison> compareRuns(const ReplayRequest& request, const ReplayPairing& pairing, std::uint32_t base,
                                     std::uint32_t candidate, const Control& control);

/// The columns that the corpora need; traces and order, too.
std::span<const SpanColumn> replayColumns();

} // namespace arcscope
