// What a lens gives: charts as values, a table with its spans, how much was counted, and what is not recorded.
#pragma once

#include "ids.h"
#include "times.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace arcscope
{

/// What a number counts. A painter writes values by it.
enum class LensUnit : std::uint8_t {
    None,   ///< a bare number, such as an exponent or a coefficient
    Number, ///< of whole things; the title of the axis or column says which
    Share,  ///< 0 to 1
    Length, ///< of time: nanoseconds
    Time,   ///< a point: nanoseconds since the epoch, UTC
    Tokens,
    TokensPerMinute,
    Characters,
    Money, ///< millionths of LensAxis::currency
};
std::string_view name(LensUnit unit); ///< "none", "count", "share", "ns", "time_ns", …

// ---- The table

struct LensNumber {
    double value = 0;
    LensUnit unit = LensUnit::Number;

    bool operator==(const LensNumber&) const = default;
};

/// A part of a whole, with the 95 % interval of Wilson's score. `of` is never 0.
struct LensShare {
    std::uint64_t part = 0;
    std::uint64_t of = 0;
    double low = 0;
    double high = 0;

    double value() const { return static_cast<double>(part) / static_cast<double>(of); }
    bool operator==(const LensShare&) const = default;
};

struct LensMoney {
    std::int64_t micros = 0;
    std::string currency; ///< ISO 4217; empty: not recorded

    bool operator==(const LensMoney&) const = default;
};

struct LensTime {
    Nanos at = noTime;

    bool operator==(const LensTime&) const = default;
};

/// monostate: not recorded, or it cannot be said. Never shown as 0. Text is untrusted.
using LensCell = std::variant<std::monostate, std::string, LensNumber, LensShare, LensMoney, LensTime>;

struct LensColumn {
    std::string key;   ///< for JSON and CSV: lower case, with _
    std::string title; ///< for people
};

struct LensRow {
    std::vector<LensCell> cells; ///< one a column
    std::vector<Row> spans;      ///< that it is made of, ascending
};

inline constexpr int countsNone = -1;
inline constexpr int countsRows = -2;

struct LensTable {
    std::vector<LensColumn> columns;
    std::vector<LensRow> rows;
    /// The column of counts whose sum over all rows is LensResult::n; countsRows: n is the number of rows; countsNone:
    /// rows overlap, or are no parts of n.
    int counts = countsNone;
};

// ---- Charts

enum class LensChartKind : std::uint8_t {
    Bars,        ///< x: index of xAxis.categories, y: value; several series stand side by side
    StackedBars, ///< likewise, one on the other
    Lines,       ///< x: value, y: value, low to high: the band around it
    StackedArea, ///< likewise; series have the same x
    Heatmap,     ///< x, y: indices of the categories of both axes, value: what is coloured
    Lorenz,      ///< x, y: shares; the diagonal belongs to it
    Waterfall,   ///< x: index of xAxis.categories, y: the change; where `total` is set, the level that is reached
    Scatter,     ///< x: value, y: value
    Lanes,       ///< y: index of yAxis.categories, x to `to`: from when to when
    Tree,        ///< nodes, no series
};
std::string_view name(LensChartKind kind); ///< "bars", "stacked_bars", …

inline constexpr double noValue = std::numeric_limits<double>::quiet_NaN();

struct LensPoint {
    double x = 0;
    double y = noValue; ///< noValue: not recorded; a line is broken there
    double low = noValue;
    double high = noValue; ///< of rates the 95 % interval, of distributions the band that the chart names
    double value = noValue;
    double to = noValue;
    bool total = false;
    std::uint64_t n = 0; ///< what it rests on
    std::string label;   ///< beside or above it; empty: none. Untrusted
    int row = -1;        ///< of the table, that says the same; -1: none does
    int column = -1;     ///< of that row, the cell with the same value; -1: none
    std::vector<Row> spans;
};

struct LensSeries {
    std::string name; ///< untrusted
    std::vector<LensPoint> points;
};

/// A thing that happened, on an axis of time: another prompt or model from here on, a refusal of a provider.
struct LensMarker {
    double x = 0;
    std::string kind;  ///< "prompt", "model", "tool", "429"
    std::string label; ///< "refund-check 42"
    Row row = noRow;
};

struct LensNode {
    int parent = -1; ///< index of a node before it; -1: a root
    std::string label;
    double share = noValue;
    std::uint64_t n = 0;
    int row = -1;
    std::vector<Row> spans;
};

struct LensAxis {
    std::string title;
    LensUnit unit = LensUnit::Number;
    std::string currency;                ///< of Money
    std::vector<std::string> categories; ///< not empty: positions count through them
    bool logarithmic = false;
};

struct LensChart {
    LensChartKind kind = LensChartKind::Bars;
    std::string title;
    LensAxis xAxis;
    LensAxis yAxis;
    LensAxis valueAxis; ///< of heatmaps
    std::string band;   ///< what low to high is: "95 % interval", "25 % to 75 %"; empty: there is none
    std::vector<LensSeries> series;
    std::vector<LensMarker> markers;
    std::vector<LensNode> nodes;
    double limit = noValue; ///< a line across at this y
    std::string limitLabel;
};

/// No point of it has a value, and it has no tree.
bool drawsNothing(const LensChart& chart);

// ---- The whole

/// A value that is needed and that not all spans have.
struct LensMissing {
    std::string field;  ///< as the filter language calls it, else in words
    std::string names;  ///< as others call it: "gen_ai.response.model (OpenTelemetry), …"
    std::string effect; ///< what cannot be said without it, in one sentence
    std::uint64_t lacking = 0;
    std::uint64_t of = 0;
};

struct LensResult {
    std::vector<LensChart> charts; ///< the first is the one to show
    LensTable table;
    std::uint64_t n = 0;              ///< things that were counted
    std::string of;                   ///< what they are: "model calls"
    std::string sentence;             ///< what is to be seen, for who cannot see it
    std::vector<std::string> caveats; ///< of this result, beside that of the lens
    std::vector<LensMissing> missing;
    /// Points stand for whole pieces of work (arcs, traces, sessions), of which their spans show where they are.
    bool wholeWork = false;
};

} // namespace arcscope
