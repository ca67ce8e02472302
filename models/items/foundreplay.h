// A replay as views show it: what was held against what, what came out, and one task in full.
#pragma once

#include "replaydecision.h"
#include "replaylines.h"
#include "replaymatrix.h"
#include "replaysummary.h"
#include "replaywords.h"
#include "spantable.h"

#include <memory>
#include <string>
#include <vector>

namespace arcscope
{

struct OpenCorpus;
struct ReplayReport;

/// What gets done, split by the values that tasks have of one tag.
struct ReplaySplit {
    std::string tag;              ///< name of a SpanText, or of an attribute
    std::vector<ReplayStrata> of; ///< by candidate
};

/// Runs of all sides are of one corpus.
struct FoundReplay {
    std::shared_ptr<const Corpus> corpus;
    std::shared_ptr<const OpenCorpus> in; ///< null in tests
    std::string field;                    ///< that tells the sides apart
    std::vector<std::string> sides;       ///< names; the base first
    std::vector<std::string> names;       ///< all that the field tells apart, in the order of the corpus
    std::vector<std::vector<std::uint32_t>> traces;
    ReplayPairing pairing;
    std::vector<ReplayVerdict> verdicts;
    std::shared_ptr<const ReplayReport> report;         ///< that this was made of, to compare again; null in tests
    std::vector<ReplaySummary> summaries;               ///< by candidate
    std::vector<std::vector<ReplaySentence>> sentences; ///< by candidate
    ReplayMatrix matrix;
    std::vector<ReplaySplit> splits;
    /// What differs was looked at; false: only what became of the runs is known yet.
    bool whole = true;
    /// Who judged, when, and which tasks are controls was read: of many runs only with the whole.
    bool judged = true;

    std::size_t candidates() const { return summaries.size(); }
    /// Said of this candidate and the base, which may have been called otherwise then: sideNamed().
    bool isOf(const ReplayReview& review, std::size_t candidate) const;
    const ReplayTask& task(std::uint32_t task) const { return pairing.tasks[task]; }
    /// Null where this candidate did not run it.
    const ReplayTaskSummary* summaryOf(std::size_t candidate, std::uint32_t task) const;
};
using ReplayPtr = std::shared_ptr<const FoundReplay>;

/// What one run says at one step.
struct ReplayText {
    std::string text;   ///< or the arguments of its call
    std::string result; ///< of a call
    bool hasResult = false;
};

/// One run of each side, held against the base's.
struct ReplayReading {
    ReplayPtr of;
    std::uint32_t task = 0;
    std::vector<std::uint32_t> runs;            ///< the base first; in FoundReplay::pairing
    std::vector<std::size_t> candidates;        ///< of each run but the first
    std::vector<ReplayComparison> comparisons;  ///< of each run but the first
    std::vector<std::vector<ReplayText>> texts; ///< by run, by step of it
    std::vector<ReplayLine> lines;
    std::string problem; ///< why there is nothing

    /// How this run has the line: null where it has no such step. `column` 0 is the base.
    const ReplaySide* side(const ReplayLine& line, std::size_t column) const;
    /// The aligned step of a candidate's column, for column 0 that of the first that has it; null: none has.
    const ReplayStep* step(const ReplayLine& line, std::size_t column) const;
    const ReplayText* text(const ReplayLine& line, std::size_t column) const;
    std::vector<const ReplayComparison*> all() const;
    /// The side that a column is of: not all candidates ran every task.
    std::size_t sideOf(std::size_t column) const { return column == 0 ? 0 : candidates[column - 1] + 1; }
};
using ReplayReadingPtr = std::shared_ptr<const ReplayReading>;

} // namespace arcscope
