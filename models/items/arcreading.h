// What was said at the steps of an arc, read out of the records: quotes that are safe to show.
#pragma once

#include "content.h"
#include "foundarcs.h"

#include <QString>

#include <memory>
#include <stop_token>
#include <vector>

namespace arcscope
{

struct ArcQuote {
    std::uint32_t event = 0; ///< row of the table of events
    QString text;            ///< empty: nothing is said there
    bool cut = false;        ///< the text goes on
    QString problem;         ///< why there is no text
};

/// Words of a user that tell of frustration: a signal, never a verdict.
struct ArcWords {
    std::uint32_t event = 0; ///< the step with them
    QString words;
    QString rule;
    QString why; ///< for a person
};

struct ArcReading {
    std::uint32_t arc = 0;
    std::vector<ArcQuote> quotes; ///< in the order of events
    std::vector<ArcWords> words;  ///< likewise
    bool whole = true;            ///< false: it has more than mostQuotes steps, and the later ones are left out
};

using ArcReadingPtr = std::shared_ptr<const ArcReading>;

inline constexpr std::size_t mostQuotes = 2'000;
/// Of each quote, in bytes.
inline constexpr std::size_t mostQuoteBytes = 1'000;

/// The bytes that show a step. Null content: it cannot be read.
ArcQuote arcQuote(const FoundArcs& arcs, std::uint32_t event, const SpanContent& content);

/// Runs on any thread; opens the workspace for itself. Ends early when it is stopped.
ArcReadingPtr readArc(const std::string& workspace, const FoundArcs& arcs, std::uint32_t arc,
                      const std::stop_token& stop);

} // namespace arcscope
