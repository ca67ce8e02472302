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

/// Its measureText(), a line for each; "not measured" for a rule without any.
QString measuresText(std::string_view rule);

/// What a place quotes: "output, message 2", "arguments", "stream, event 12".
QString sourceText(const FindingPlace& place);

} // namespace arcscope
