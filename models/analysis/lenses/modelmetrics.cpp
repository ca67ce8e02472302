// All metrics of model calls, split by the model that answered or by any other value.
#include "lensfields.h"
#include "lensmetrics.h"
#include "lenstext.h"

namespace arcscope
{
namespace
{

const std::array<LensParameter, 3>& parameters()
{
    static const std::array<LensParameter, 3> all{{
        byParameter(),
        {"metric", "what the bars show", callMetricChoices()},
        groupsParameter(),
    }};
    return all;
}

Result<LensResult> run(const LensInput& input)
{
    CallsBy split(input, parameters()[0], parameters()[2]);
    if (input.control.stopped())
        return cancelledLens();
    const std::vector<Row>& calls = split.calls;
    const std::vector<TagGroup>& groups = split.groups;
    const CallMetricsReader& reader = split.reader;
    const SpanText by = split.by;
    const CallMetric& metric = callMetricNamed(input.values.word(parameters()[1]));
    LensResult result = split.begun();
    fillMetricTable(reader, groups, name(by), tagTitle(by), result.table);
    result.charts.push_back(metricBars(result.table, groups, metric, reader.costs().currency));
    result.charts.push_back(bucketBars(reader, groups));
    reader.addMissing(reader.of(calls), result);
    addCostCaveats(reader.costs(), result);
    if (calls.empty()) {
        result.sentence = "There are no model calls.";
        return result;
    }
    result.sentence =
        countText(calls.size(), "model call") + " by " + tagWords(by) + ". " + std::string(metric.title) + ": ";
    const auto column = static_cast<std::size_t>(&metric - callMetrics().data()) + 2;
    for (std::size_t i = 0; i < groups.size() && i < 4; ++i)
        result.sentence += (i == 0 ? "" : "; ") + groups[i].name + ' ' + textOf(result.table.rows[i].cells[column]);
    result.sentence += '.';
    return result;
}

} // namespace

Lens modelMetrics()
{
    return {"model-metrics",
            "Metrics by model",
            "How do the models that answered differ in how they end, how long they write, how fast, and at what cost?",
            "Models are given different work: a difference between rows is no comparison of models on the same tasks.",
            {[] {
                 auto fields = metricFields();
                 fields.insert(fields.begin(), "served");
                 return fields;
             }(),
             metricLensColumns(), metricFacts(), false, false, true},
            parameters(),
            run};
}

} // namespace arcscope
