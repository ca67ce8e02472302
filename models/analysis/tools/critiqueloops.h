// Loops of draft, critique and revision, with what each round costs and how much it changes.
#pragma once

#include "callroles.h"
#include "detector.h"

#include <string>
#include <vector>

namespace arcscope
{

/// A critique of a text and what was made of it.
struct CritiqueRound {
    Row draft = noRow;    ///< the call that wrote the text
    Row critique = noRow; ///< was given it verbatim
    Row revision = noRow; ///< was given the critique; noRow: none
    bool byName = false;  ///< names say what the calls are for; else only their texts do
    double changed = -1;  ///< share of words that the revision replaced, 0 to 1; -1: no revision
    bool draftIsJson = false;
    bool revisionIsJson = false;
    std::optional<bool> verdict; ///< of the critique
};

struct CritiqueLoop {
    std::vector<CritiqueRound> rounds; ///< each draft but the first is the revision before
    std::int64_t tokens = -1;          ///< of critiques and revisions; -1: not recorded
    std::int64_t allTokens = -1;       ///< of all model calls of the trace
    std::int64_t cost = -1;            ///< millionths; -1: not recorded, or of several currencies
    std::int64_t allCost = -1;
    Nanos time = -1;    ///< of critiques and revisions together; -1: not recorded
    Nanos allTime = -1; ///< of the trace
};

/// Reads the content of every model call once. O(calls squared) comparisons of hashes, O(bytes) else.
std::vector<CritiqueLoop> critiqueLoops(TraceReading& trace);

/// Words of `b` that are no longer those of `a`, and the other way round, by the words of both: 0 for the same text, 1
/// for nothing in common. Of long texts the first 1,500 words.
double changedShare(std::string_view a, std::string_view b);

} // namespace arcscope
