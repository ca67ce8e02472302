// What is told of a set of model calls: how they ended, how long and how valid their answers are, how fast, at what
// cost.
#pragma once

#include "answerfacts.h"
#include "lenscosts.h"
#include "stopsurvey.h"

#include <array>
#include <string_view>
#include <unordered_map>

namespace arcscope
{

/// Sums over calls; what is not recorded of a call is in no number.
struct CallMetrics {
    std::uint64_t calls = 0;
    std::uint64_t errors = 0;
    std::array<std::uint64_t, stopBucketCount> buckets{}; ///< of `judged` calls
    std::uint64_t judged = 0;                             ///< whose bucket is known
    std::uint64_t answers = 0;                            ///< whose output is recorded
    std::uint64_t withCalls = 0;                          ///< of them, those that ask for tools
    std::uint64_t json = 0;                               ///< answers that are or were to be JSON
    std::uint64_t validJson = 0;
    std::vector<double> characters;   ///< of answers with text
    std::vector<double> outputTokens; ///< visible and reasoning
    std::vector<double> inputTokens;  ///< of all classes
    std::vector<double> firstToken;   ///< nanoseconds
    std::vector<double> duration;
    std::int64_t cost = 0; ///< millionths, of `costed` calls
    std::uint64_t costed = 0;
};

/// A metric as a column of a table.
struct CallMetric {
    std::string_view key;
    std::string_view title;
    LensUnit unit = LensUnit::Share;
    LensCell (*cell)(const CallMetrics& metrics, const std::string& currency);
};
std::span<const CallMetric> callMetrics();
/// Words for a parameter: the keys of callMetrics(), shares first.
std::span<const std::string_view> callMetricChoices();
const CallMetric& callMetricNamed(std::string_view key);

/// The facts of detectors and columns that it needs.
std::vector<SpanColumn> metricLensColumns();
std::vector<std::string_view> metricFacts();
std::vector<std::string_view> metricFields();

class CallMetricsReader
{
public:
    explicit CallMetricsReader(const LensInput& input);
    CallMetrics of(const std::vector<Row>& calls) const;
    const CostLedger& costs() const { return m_costs; }
    const CallFacts* facts(Row row) const;
    const SpanStop* stop(Row row) const;

    /// What the calls lack that the metrics need, into the result.
    void addMissing(const CallMetrics& all, LensResult& result) const;

private:
    const LensInput& m_input;
    CostLedger m_costs;
    std::vector<CallFacts> m_facts; ///< by row
    std::unordered_map<Row, const SpanStop*> m_stops;
    std::unordered_map<Row, std::int64_t> m_cost;
};

/// A table with a row a group: its name, its calls, and all metrics. `first`: the heading of the names.
void fillMetricTable(const CallMetricsReader& reader, const std::vector<TagGroup>& groups, std::string_view key,
                     std::string_view title, LensTable& table);
/// Bars of one metric with intervals where it is a share.
LensChart metricBars(const LensTable& table, const std::vector<TagGroup>& groups, const CallMetric& metric,
                     const std::string& currency);
/// Stacked bars of what calls stopped for.
LensChart bucketBars(const CallMetricsReader& reader, const std::vector<TagGroup>& groups);

/// What lenses begin with that split all model calls by a value.
struct CallsBy {
    /// `by` and `groups`: the parameters that say which value, and how many get a row of their own.
    CallsBy(const LensInput& input, const LensParameter& by, const LensParameter& groups);
    /// n of "model calls", and how many of them have no such value.
    LensResult begun();

    std::vector<Row> calls;
    SpanText by;
    SpanTags tags;
    std::vector<TagGroup> groups;
    CallMetricsReader reader;
};
LensParameter byParameter();
LensParameter groupsParameter();

} // namespace arcscope
