// Two runs of a task held against each other: aligned steps, what differs, how far it may be believed, and what it
// comes to.
#pragma once

#include "saidchange.h"
#include "stepalign.h"

#include <vector>

namespace arcscope
{

/// One for many pairs, on one thread.
class RunComparer
{
public:
    /// `anchors` count the steps of both runs. The numbers of the runs are the caller's to fill in.
    ReplayComparison compare(const RunSteps& base, const RunSteps& candidate, const ReplayRun& baseRun,
                             const ReplayRun& candidateRun, std::span<const StepAnchor> anchors = {});

private:
    SaidComparer m_comparer;
    std::size_t m_compared = 0;
};

/// The verdict over judged steps: see ReplayVerdict. A run that got another outcome or other writes differs in effect,
/// whatever its steps say.
ReplayVerdict verdictOf(const RunSteps& base, const RunSteps& candidate, const ReplayRun& baseRun,
                        const ReplayRun& candidateRun, std::span<const ReplayStep> steps);

/// How far two runs lie apart in what they did, 0 to 1: the mean of what is recorded of both of these: the difference
/// of their scores (else: the outcome is another one), the share of writes that only one of them made (Jaccard), the
/// edit distance of the sequences of their tools, whether only one of them declined, the share of aligned steps of
/// models that differ in more than wording. 0 where nothing is recorded. Wording is left out: two runs of one model
/// differ in that, too.
double runDistance(const RunSteps& base, const RunSteps& candidate, const ReplayRun& baseRun,
                   const ReplayRun& candidateRun, std::span<const ReplayStep> steps);

} // namespace arcscope
