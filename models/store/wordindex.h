// An index of the words in all records, made on demand and used for ranked search; no import waits for it.
#pragma once

#include "control.h"
#include "ids.h"
#include "result.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// The text of a JSON record as words see it: escapes, also those of JSON inside strings, become the letters they stand
/// for or spaces.
std::string wordsOf(std::string_view record);

/// How much of a workspace is indexed: rows [0, rows) of total.
struct WordIndexState {
    Row rows = 0;
    Row total = 0;

    bool complete() const { return rows == total; }
};
Result<WordIndexState> wordIndexState(const std::string& path);

/// Indexes the rows that are not yet, in transactions of a few thousand records, so that others can write in between
/// and what was done is kept when it is cancelled. About 30 MB/s of records, and half their size in
/// the file; `control` counts these bytes. Error:
/// Cancelled, Store.
Result<void> buildWordIndex(const std::string& path, const Control& control);

struct RankedRow {
    Row row = 0;
    double rank = 0; ///< the smaller the better (bm25)
};

/// The best rows that have all words of the text (letters and digits; the last may be the beginning of a word), best
/// first. Only rows that are indexed. Error: Cancelled, Store.
Result<std::vector<RankedRow>> searchWords(const std::string& path, std::string_view text, std::size_t limit,
                                           const Control& control);

} // namespace arcscope
