// Findings in words: levels, weights, how they are known, what was said of them, how often their rule is right.
#pragma once

#include "detector.h"
#include "verdict.h"

#include <QString>

namespace arcscope
{

QString levelText(FindingLevel level);       ///< "Finding", "Check this", "Signal"
QString levelMeaning(FindingLevel level);    ///< one sentence
QString weightText(FindingWeight weight);    ///< "severe"
QString weightSign(FindingWeight weight);    ///< "‼", "!", "i"
QString basisText(StreamEvidence evidence);  ///< "measured", "declared", "inferred"
QString verdictText(FindingVerdict verdict); ///< "open", "confirmed", "dismissed"

/// "right 45 of 48 on ChatProtect", with how much of what is there it finds; "not measured" for a rule without sets or
/// unknown here (null). One line a set.
QString measuresText(const DetectorRule* rule);

/// What a place quotes: "output, message 2", "arguments", "stream, event 12".
QString sourceText(const FindingPlace& place);

} // namespace arcscope
