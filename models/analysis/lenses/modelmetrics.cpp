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
        {"by", "what calls are split by", tagChoices()},
        {"metric", "what the bars show", callMetricChoices()},
        {"groups", "how many values get a row of their own", {}, 12, 1, 100, "values"},
    }};
    return all;
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const std::vector<Row> calls = modelCalls(input);
    const SpanText by = tagNamed(input.values.word(parameters()[0]));
    const CallMetric& metric = callMetricNamed(input.values.word(parameters()[1]));
    SpanTags tags(corpus);
    const auto groups =
        groupsBy(tags, by, corpus, calls, static_cast<std::size_t>(input.values.number(parameters()[2])));
    const CallMetricsReader reader(input);
    if (input.control.stopped())
        return cancelledLens();
    LensResult result;
    result.n = calls.size();
    result.of = "model calls";
    fillMetricTable(reader, groups, name(by), tagTitle(by), result.table);
    result.charts.push_back(metricBars(result.table, groups, metric, reader.costs().currency));
    result.charts.push_back(bucketBars(reader, groups));
    if (const std::uint64_t lacking = lackingIn(tags, by, calls))
        result.missing.push_back(missingField(by, lacking, calls.size(), "They are in a row of their own."));
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
