// What the command replay tells: the sides, what came out of each candidate, and what was not compared.
#pragma once

#include "replaysearch.h"
#include "replaysummary.h"

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace arcscope
{

struct ReplayAnswer {
    std::vector<std::string> sides; ///< as they were named; of reruns alone "… (runs 1, 3, …)" and "… (runs 2, 4, …)"
    std::vector<const Corpus*> corpora;
    bool reruns = false; ///< one input: its reruns were dealt out to two sides
    ReplayReport report;
    std::vector<ReplaySummary> summaries; ///< of each candidate
    std::string by;                       ///< the tag of `strata`; empty: none
    std::vector<ReplayStrata> strata;     ///< of each candidate
    bool list = false;                    ///< every task is told
    std::vector<ReplayComparison> shown;  ///< the pairs that were asked for, in full

    std::string traceOf(std::uint32_t run) const
    {
        const ReplayRun& of = report.pairing.runs[run];
        return corpora[of.side]->traceIdText(of.traces.front());
    }
    /// Tasks that this candidate was not compared in: without a run of one of both.
    std::vector<std::uint32_t> unpaired(std::uint32_t side) const;
};

/// One object, schema arcscope.replay/1.
std::string replayJson(const ReplayAnswer& answer);
void printReplay(const ReplayAnswer& answer, std::ostream& out);

/// Why a task was not compared with a side: "no run of the candidate", "no run of the base", "not recorded".
std::string_view gapWords(const ReplayTask& task, std::uint32_t side);

} // namespace arcscope
