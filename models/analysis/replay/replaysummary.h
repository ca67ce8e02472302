// What a replay comes to over all tasks: gains and regressions, differences that reruns do not explain, costs, and how
// surely.
#pragma once

#include "evidence.h"
#include "pairedoutcomes.h"
#include "pairedtotals.h"
#include "rateparts.h"
#include "replaystep.h"
#include "reruns.h"
#include "signedrank.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// What is said of a task as a whole.
enum class ReplayTaskState : std::uint8_t {
    Same,    ///< no run differs in more than wording
    Differs, ///< in its way or its end; there are too few reruns to tell how much of that is chance
    Noise,   ///< differs, and not by more than reruns of one side do among themselves
    Changed  ///< by more than that (separationsOf(); Benjamini and Hochberg over the tasks, 0.05)
};
inline constexpr int replayTaskStateCount = 4;
std::string_view name(ReplayTaskState state); ///< "same", "differs", "rerun-noise", "changed"

/// Runs of one task on both sides. Values are means over the runs that have them.
struct ReplayTaskSummary {
    std::uint32_t task = 0;  ///< in ReplayPairing::tasks
    std::uint32_t first = 0; ///< of the verdicts: the pair that stands for the task, the one that differs most
    std::uint32_t pairs = 0; ///< of runs of both sides
    ReplayTaskState state = ReplayTaskState::Same;
    double p = 1; ///< that the sides are apart by chance, as it is adjusted; 1 where too few reruns tell it
    /// Of all pairs what matters most.
    ReplayClass weight = ReplayClass::Same;
    ReplayDifference difference = ReplayDifference::Identical;
    ReplayDetail detail = ReplayDetail::None;
    ReplayChange change = ReplayChange::NotKnown; ///< by score, else as `flip`
    ReplayChange flip = ReplayChange::NotKnown;   ///< by the share of runs that are done
    TaskRuns base;
    TaskRuns candidate;
    std::optional<double> baseScore; ///< millionths
    std::optional<double> candidateScore;
    std::uint32_t steps = 0;   ///< of models, of all pairs
    std::uint32_t valid = 0;   ///< of them context-equal
    std::uint32_t changed = 0; ///< steps that differ in more than wording, of the pair that differs most
    bool control = false;

    bool operator==(const ReplayTaskSummary&) const = default;
};

/// A figure of a run that both sides have: cost, time, tokens.
enum class ReplayFigure : std::uint8_t { Cost, Latency, Tokens, ModelCalls, ToolCalls };
inline constexpr int replayFigureCount = 5;
std::string_view name(ReplayFigure figure); ///< "cost", "latency", "tokens", "model_calls", "tool_calls"

/// Base against candidate in one figure, over the tasks in which both have it.
struct ReplayFigureChange {
    ReplayFigure figure = ReplayFigure::Cost;
    std::string currency; ///< of costs
    std::uint64_t tasks = 0;
    std::optional<TotalRatio> total; ///< in the unit of ReplayRun
    std::optional<Shift> typical;    ///< candidate / base of a task (Hodges and Lehmann); from leastRanked tasks on
    SignedRankTest test;             ///< of the logarithms of the ratios
    double adjusted = 1;             ///< for all figures (Benjamini and Hochberg): they were looked through
    Evidence evidence = Evidence::TooFew;
};

/// A declared figure of quality: its mean over tasks, with one test.
struct ReplayQuality {
    std::string_view name;   ///< "done", "declined" (shares of runs), "score" (points)
    std::string_view method; ///< "McNemar, exact", "McNemar, mid-p", "sign flips, exact", "sign flips"
    std::uint64_t tasks = 0; ///< in which both sides have it
    double base = 0;
    double candidate = 0;
    MeanDifference difference; ///< candidate less base
    double p = 1;
    double adjusted = 1; ///< for all declared ones (Holm)
    Evidence evidence = Evidence::TooFew;
    std::optional<double> detectable; ///< so large it had to be to be found in 8 of 10 cases; told by the base alone
};

/// Share of steps of models that differ in nothing or in wording, over steps of one badge.
struct ReplayAgreement {
    Count steps;
    std::uint64_t pairs = 0;          ///< pairs of runs that have such steps
    std::optional<Interval> interval; ///< by tasks
};

/// Everything of one candidate against the base.
struct ReplaySummary {
    std::uint32_t side = 1;
    std::vector<ReplayTaskSummary> tasks;                   ///< with runs on both sides, in the order of the pairing
    std::array<std::uint64_t, 4> gaps{};                    ///< by ReplayGap: tasks that were not compared
    std::uint64_t pairs = 0;                                ///< of runs, of both sides
    bool reruns = false;                                    ///< of some task one side has several runs
    std::array<std::uint64_t, replayChangeCount> changes{}; ///< tasks by score, see ReplayTaskSummary::change
    PairedOutcomes outcomes;      ///< tasks by whether they were done (most runs); only those whose outcome is known
    std::optional<Estimate> odds; ///< gains for each regression, where there are no reruns
    std::array<std::uint64_t, replayTaskStateCount> states{};
    std::array<std::uint64_t, replayDifferenceCount> differences{}; ///< tasks by what matters most
    std::array<ReplayAgreement, replayValidityCount> agreement;     ///< the first, context-equal, is the headline
    std::array<std::array<std::uint64_t, replayDifferenceCount>, replayValidityCount> steps{};
    std::vector<ReplayQuality> qualities;
    std::vector<ReplayFigureChange> figures;
    std::optional<RerunNoise> noise; ///< nothing: no task was run twice by one side
    std::vector<PassPoint> basePasses;
    std::vector<PassPoint> candidatePasses;
    std::array<std::uint64_t, arcOutcomeCount> baseOutcomes{}; ///< runs
    std::array<std::uint64_t, arcOutcomeCount> candidateOutcomes{};
    std::optional<AttemptParts> attempts;
    std::uint64_t judgedApart = 0;                 ///< pairs of runs whose scores are of different judges: not compared
    std::array<std::uint64_t, 2> labelledBefore{}; ///< runs by side whose label is older than they are
    std::optional<MeanDifference> ruler;           ///< points by which control tasks moved; they count nowhere else
    std::uint64_t controls = 0;

    const ReplayQuality* quality(std::string_view name) const;
};

/// Verdicts of pairs of the base and this side are counted; those of two runs of one side tell of the noise. Others are
/// passed over. O(verdicts + tasks log tasks).
ReplaySummary replaySummary(const ReplayPairing& pairing, std::span<const ReplayVerdict> verdicts,
                            std::uint32_t side = 1);

/// Tasks of one value of a tag, on both sides.
struct ReplayStratum {
    std::string value; ///< empty: not recorded
    Count base;        ///< runs that are done, of those whose outcome is known
    Count candidate;
    StratumParts parts;
};
struct ReplayStrata {
    std::vector<ReplayStratum> strata; ///< the largest first
    MixParts whole;
};
/// The change of what gets done over all runs of both sides, also unpaired ones, split by Kitagawa. `valueOfTask`: by
/// task.
ReplayStrata replayStrata(const ReplayPairing& pairing, std::span<const std::string> valueOfTask,
                          std::uint32_t side = 1);

} // namespace arcscope
