// StopOverview: vendors' words and groups of calls against what they stopped for, made on another thread.
#pragma once

#include "appstate.h"
#include "foundstops.h"

#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace arcscope
{

/// Calls of one vendor's word, or of one group, by what they stopped for.
struct StopLine {
    struct Cell {
        std::vector<Row> rows;
        std::uint64_t disagreeing = 0; ///< of them
    };

    std::string name; ///< as recorded; empty: not recorded
    StopClaim claim = StopClaim::NotRecorded;
    bool known = true; ///< false: a word that no vendor we know of writes
    std::array<Cell, stopBucketCount> cells;
    std::uint64_t calls = 0;
    std::uint64_t disagreeing = 0;

    const Cell& operator[](StopBucket bucket) const { return cells[static_cast<std::size_t>(bucket)]; }
    /// All of the line, or those that disagree; ascending.
    std::vector<Row> rows(bool disagreeingOnly, const FoundStops& of) const;
};

/// What is counted. A span is one or the other: runs are agents and workflows whose end is recorded.
enum class StopsOf : std::uint8_t { Calls, Runs };
inline constexpr std::size_t stopsOfCount = 2;

/// "calls" here are whatever is counted.
struct StopOverview {
    StopsPtr of;
    StopsOf what = StopsOf::Calls;
    std::array<std::uint64_t, stopsOfCount> inAll{}; ///< calls and runs, whatever the filter says
    std::array<std::uint64_t, stopsOfCount> disagreeingInAll{};
    std::optional<SpanText> by;                       ///< what groups are of; nothing: time
    StopLine shown;                                   ///< all calls that the filter leaves
    std::array<std::uint64_t, stopBucketCount> all{}; ///< whatever the filter says
    std::array<std::uint64_t, stopBucketCount> allDisagreeing{};
    std::uint64_t calls = 0; ///< whatever the filter says
    bool filtered = false;
    std::vector<StopLine> words;
    std::vector<StopLine> groups;
    bool timed = false;                         ///< a call has a time
    std::array<bool, spanTextCount> recorded{}; ///< values that a call has
    bool anyWord = false;                       ///< a call has a vendor's word
};

using StopOverviewPtr = std::shared_ptr<const StopOverview>;

/// `rows`: those that match a filter, ascending; null for all. Needs the columns of texts, kinds and starts.
StopOverviewPtr stopOverview(StopsPtr of, std::optional<SpanText> by, const RowsPtr& rows,
                             StopsOf what = StopsOf::Calls);
QString stopsText(StopsOf what, std::uint64_t count); ///< "12 calls", "1 run"

/// The values that calls can be grouped by, in the order of a list; nothing stands for time.
const std::vector<std::optional<SpanText>>& stopGroupings();
QString groupingText(std::optional<SpanText> by); ///< "Prompt version"

/// A filter that leaves the calls of a word, or of a group; empty where the language cannot say it, as of runs: not all
/// agents and workflows are counted.
QString filterOfWord(StopsOf what, const StopLine& word);
QString filterOfGroup(StopsOf what, std::optional<SpanText> by, const StopLine& group);
/// A filter that leaves these spans by their ids; empty for more than 24 of them, and where one has no id.
QString filterOfSpans(const Corpus& corpus, const std::vector<Row>& rows);

} // namespace arcscope
