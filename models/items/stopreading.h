// What a call said at its end, and the text that decided what it stopped for, as excerpts that are safe to show.
#pragma once

#include "content.h"
#include "foundstops.h"

#include <QString>

#include <stop_token>
#include <string>
#include <vector>

namespace arcscope
{

/// A piece of a text; the mark in characters of it.
struct StopExcerpt {
    QString title; ///< "output, message 1"
    QString text;
    int markFrom = 0;
    int markTo = 0;         ///< not behind markFrom: nothing is marked
    bool cutBefore = false; ///< the text begins before, or goes on behind it
    bool cutBehind = false;

    bool isMarked() const { return markTo > markFrom; }
    bool operator==(const StopExcerpt&) const = default;
};

struct StopReading {
    Row row = noRow;
    StopExcerpt end;     ///< the last characters of what it said; empty where it said nothing
    StopExcerpt decided; ///< where the deciding text begins, unless that is in sight in `end`
    QString problem;     ///< why there is no text
};

/// Of what a call said the last so many characters are shown.
inline constexpr int endCharacters = 200;

/// Null content: it cannot be read.
StopReading stopReading(const SpanContent& content, const SpanStop& stop);

/// Runs on any thread; opens the workspace for itself. Ends early when it is stopped.
std::vector<StopReading> readStops(const OpenCorpus& open, const FoundStops& of, const std::vector<Row>& rows,
                                   const std::stop_token& stop);

/// A call of a set that is worth a look.
struct StopExemplar {
    enum class Why : std::uint8_t { Longest, Newest, Random, None };
    Row row = noRow;
    Why why = Why::None;

    bool operator==(const StopExemplar&) const = default;
};

/// The one with most output tokens (else the longest time), the newest, and five others drawn by `seed`; each once.
std::vector<StopExemplar> stopExemplars(const Corpus& corpus, const std::vector<Row>& rows, unsigned seed);

} // namespace arcscope
