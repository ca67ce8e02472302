// Task arcs in words: outcomes, steps and where they are known from, the same in every view and for screen readers.
#pragma once

#include "foundarcs.h"

#include <QString>
#include <QStringList>

#include <array>

namespace arcscope
{

/// In the order of bars: succeeded, failed, deferred, declined, unknown.
const std::array<ArcOutcome, arcOutcomeCount>& shownOutcomes();
QString outcomeText(ArcOutcome outcome);    ///< "succeeded"
QString outcomeMeaning(ArcOutcome outcome); ///< one sentence
/// One character, so that colour is never alone.
QChar outcomeSign(ArcOutcome outcome);
QString resolutionText(ArcResolution resolution); ///< "resolved by a person"
QString sourceText(ArcSource source);             ///< "a person", "label in the data", "recorded", "rule", "nobody"
QString stepText(ArcStep step);                   ///< "asks again"
QChar stepSign(ArcStep step);
QString joinText(ArcJoin join); ///< why a stretch belongs to the arc

/// "rule: transfer tool" as a person reads it: without the word before the colon, which sourceText() says.
QString ruleText(std::string_view rule);
/// "failed, by rule (transfer tool)", "succeeded, by a label in the data (reward)", "unknown".
QString outcomeWithSource(const FoundArcs& arcs, std::uint32_t arc);

/// Its key as it is called in lists: "task 17", "session 4f2…".
QString arcName(const FoundArcs& arcs, std::uint32_t arc);
/// The beginning of the first request; "not recorded" where it is not.
QString goalText(const FoundArcs& arcs, std::uint32_t arc);
QString arcCost(const FoundArcs& arcs, std::uint32_t arc); ///< "–" where it is not recorded
/// Goal, outcome, turns and length in one line.
QString arcSummary(const FoundArcs& arcs, std::uint32_t arc);
/// Everything that its row of the table says, line by line.
QString arcDetails(const FoundArcs& arcs, std::uint32_t arc);
/// "laptop · session 4f2", of a stretch; empty where neither is recorded.
QString stretchText(const FoundArcs& arcs, std::uint32_t segment);
/// "asks again, inferred by rule (same words), 2026-11-02 09:14:03.125".
QString eventSummary(const FoundArcs& arcs, std::uint32_t event);
/// "may go on in session 5 (score 0.82): same user; …".
QString stitchText(const FoundArcs& arcs, const ArcStitch& stitch, std::uint32_t from);

} // namespace arcscope
