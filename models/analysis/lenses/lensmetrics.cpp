#include "lensmetrics.h"

#include "lensfields.h"

#include <algorithm>

namespace arcscope
{
namespace
{

std::uint64_t of(const CallMetrics& m, StopBucket bucket)
{
    return m.buckets[static_cast<std::size_t>(bucket)];
}

LensCell middle(const std::vector<double>& values, LensUnit unit, double share = 0.5)
{
    return numberCell(quantile(values, share), unit);
}

constexpr auto
    metrics =
        std::
            to_array<CallMetric>(
                {
                    {"complete", "Complete", LensUnit::Share,
                     [](const CallMetrics& m, const std::string&) {
                         return shareCell(of(m, StopBucket::Complete) + of(m, StopBucket::Handoff), m.judged);
                     }},
                    {"declined", "Declined", LensUnit::Share,
                     [](const CallMetrics& m, const std::string&) {
                         return shareCell(of(m, StopBucket::Declined), m.judged);
                     }},
                    {"cut", "Cut off", LensUnit::Share,
                     [](const CallMetrics& m, const std::string&) {
                         return shareCell(of(m, StopBucket::BudgetCut) + of(m, StopBucket::SilentTruncation), m.judged);
                     }},
                    {"false_completion", "False completion", LensUnit::Share,
                     [](const CallMetrics& m, const std::string&) {
                         return shareCell(of(m, StopBucket::FalseCompletion), m.judged);
                     }},
                    {"error", "Error", LensUnit::Share,
                     [](const CallMetrics& m, const std::string&) { return shareCell(m.errors, m.calls); }},
                    {"tool_calls", "Asks for tools", LensUnit::Share,
                     [](const CallMetrics& m, const std::string&) { return shareCell(m.withCalls, m.answers); }},
                    {"valid_json", "Valid JSON", LensUnit::Share,
                     [](const CallMetrics& m, const std::string&) { return shareCell(m.validJson, m.json); }},
                    {"characters", "Characters, median", LensUnit::Characters,
                     [](const CallMetrics& m, const std::string&) {
                         return middle(m.characters, LensUnit::Characters);
                     }},
                    {"input_tokens", "Input tokens, median", LensUnit::Tokens,
                     [](const CallMetrics& m, const std::string&) { return middle(m.inputTokens, LensUnit::Tokens); }},
                    {"output_tokens", "Output tokens, median", LensUnit::Tokens,
                     [](const CallMetrics& m, const std::string&) { return middle(m.outputTokens, LensUnit::Tokens); }},
                    {"ttft", "First token, median", LensUnit::Length,
                     [](const CallMetrics& m, const std::string&) { return middle(m.firstToken, LensUnit::Length); }},
                    {"duration", "Duration, median", LensUnit::Length,
                     [](const CallMetrics& m, const std::string&) { return middle(m.duration, LensUnit::Length); }},
                    {"duration_p90", "Duration, 90 %", LensUnit::Length,
                     [](
                         const CallMetrics& m,
                         const std::string&) { return middle(m.duration, LensUnit::Length, 0.9); }},
                    {"cost", "Cost a call, mean", LensUnit::Money,
                     [](const CallMetrics& m, const std::string& currency) {
                         return m.costed == 0
                                    ? LensCell()
                                    : LensCell(LensMoney{m.cost / static_cast<std::int64_t>(m.costed), currency});
                     }},
                });

constexpr auto choices = [] {
    std::array<std::string_view, metrics.size()> words{};
    for (std::size_t i = 0; i < metrics.size(); ++i)
        words[i] = metrics[i].key;
    return words;
}();

} // namespace

std::span<const CallMetric> callMetrics()
{
    return metrics;
}

std::span<const std::string_view> callMetricChoices()
{
    return choices;
}

const CallMetric& callMetricNamed(std::string_view key)
{
    return *std::find_if(metrics.begin(), metrics.end(), [&](const CallMetric& one) { return one.key == key; });
}

std::vector<SpanColumn> metricLensColumns()
{
    return costLensColumns({SpanColumn::FirstToken});
}

std::vector<std::string_view> metricFacts()
{
    return {stopDetector, callFactsDetector};
}

std::vector<std::string_view> metricFields()
{
    return {"stop", "messages", "tokens", "ttft", "start", "cost"};
}

CallMetricsReader::CallMetricsReader(const LensInput& input)
    : m_input(input)
    , m_costs(costsOf(input))
    , m_facts(callFactsIn(input.factsOf(callFactsDetector)))
{
    for (const SpanStop& stop : input.stops)
        m_stops.emplace(stop.row, &stop);
    for (const CountedCost& cost : m_costs.costs)
        m_cost.emplace(cost.row, cost.micros);
}

const CallFacts* CallMetricsReader::facts(Row row) const
{
    const auto at = std::lower_bound(m_facts.begin(), m_facts.end(), row,
                                     [](const CallFacts& call, Row wanted) { return call.row < wanted; });
    return at == m_facts.end() || at->row != row ? nullptr : &*at;
}

const SpanStop* CallMetricsReader::stop(Row row) const
{
    const auto found = m_stops.find(row);
    return found == m_stops.end() ? nullptr : found->second;
}

CallMetrics CallMetricsReader::of(const std::vector<Row>& calls) const
{
    const SpanTable& spans = m_input.corpus.spans;
    CallMetrics m;
    m.calls = calls.size();
    for (const Row row : calls) {
        m.errors += spans.status(row) == SpanStatus::Error ? 1 : 0;
        if (const SpanStop* const stopped = stop(row); stopped && stopped->bucket != StopBucket::Unknown) {
            ++m.buckets[static_cast<std::size_t>(stopped->bucket)];
            ++m.judged;
        }
        if (const CallFacts* const call = facts(row); call && call->form != AnswerForm::NotRecorded) {
            ++m.answers;
            m.withCalls += call->calls > 0 ? 1 : 0;
            m.json += call->form == AnswerForm::WholeJson || call->form == AnswerForm::BrokenJson ? 1 : 0;
            m.validJson += call->form == AnswerForm::WholeJson ? 1 : 0;
            if (call->characters > 0)
                m.characters.push_back(static_cast<double>(call->characters));
        }
        const Usage usage = spans.usage(row);
        const auto known = [&](UsageClass c) { return std::max<std::int64_t>(usage[c], 0); };
        if (usage[UsageClass::Output] != noTokens || usage[UsageClass::Reasoning] != noTokens)
            m.outputTokens.push_back(static_cast<double>(known(UsageClass::Output) + known(UsageClass::Reasoning) +
                                                         known(UsageClass::PredictionAccepted) +
                                                         known(UsageClass::AudioOutput)));
        if (usage[UsageClass::Input] != noTokens)
            m.inputTokens.push_back(static_cast<double>(
                known(UsageClass::Input) + known(UsageClass::CacheRead) + known(UsageClass::CacheWrite) +
                known(UsageClass::CacheWriteLong) + known(UsageClass::AudioInput)));
        if (const std::int64_t first = spans.at(SpanColumn::FirstToken, row); first >= 0)
            m.firstToken.push_back(static_cast<double>(first));
        if (const Nanos duration = spans.duration(row); duration >= 0)
            m.duration.push_back(static_cast<double>(duration));
        if (const auto cost = m_cost.find(row); cost != m_cost.end()) {
            m.cost = saturatedSum(m.cost, cost->second);
            ++m.costed;
        }
    }
    return m;
}

void CallMetricsReader::addMissing(const CallMetrics& all, LensResult& result) const
{
    const auto add = [&](std::string_view field, std::uint64_t has, std::string_view effect) {
        if (has < all.calls)
            result.missing.push_back(missingField(field, all.calls - has, all.calls, effect));
    };
    add("messages", all.answers,
        "They are in no number about answers: form, length, calls, and mostly how they ended.");
    add("ttft", all.firstToken.size(), "They are in no median of the first token.");
    add("start", all.duration.size(), "They are in no duration.");
    add("tokens", all.outputTokens.size(), "They are in no median of tokens.");
    add("cost", all.costed, "They are in no mean cost.");
}

void fillMetricTable(const CallMetricsReader& reader, const std::vector<TagGroup>& groups, std::string_view key,
                     std::string_view title, LensTable& table)
{
    table.columns = {{std::string(key), std::string(title)}, {"calls", "Calls"}};
    for (const CallMetric& metric : metrics)
        table.columns.push_back({std::string(metric.key), std::string(metric.title)});
    table.counts = 1;
    for (const TagGroup& group : groups) {
        const CallMetrics sums = reader.of(group.rows);
        LensRow& row = table.rows.emplace_back();
        row.cells = {group.recorded ? LensCell(group.name) : LensCell(), countCell(group.rows.size())};
        for (const CallMetric& metric : metrics)
            row.cells.push_back(metric.cell(sums, reader.costs().currency));
        row.spans = group.rows;
    }
}

LensChart metricBars(const LensTable& table, const std::vector<TagGroup>& groups, const CallMetric& metric,
                     const std::string& currency)
{
    const auto column = static_cast<std::size_t>(&metric - metrics.data()) + 2;
    LensChart chart;
    chart.kind = LensChartKind::Bars;
    chart.title = metric.title;
    chart.xAxis.title = table.columns.front().title;
    chart.yAxis = {
        std::string(metric.title), metric.unit, metric.unit == LensUnit::Money ? currency : std::string(), {}, false};
    chart.band = metric.unit == LensUnit::Share ? "95 % interval" : "";
    chart.series.push_back({std::string(metric.title), {}});
    for (std::size_t i = 0; i < groups.size(); ++i) {
        chart.xAxis.categories.push_back(groups[i].name);
        chart.series[0].points.push_back(pointOf(table, i, column, static_cast<double>(i)));
    }
    return chart;
}

LensChart bucketBars(const CallMetricsReader& reader, const std::vector<TagGroup>& groups)
{
    LensChart chart;
    chart.kind = LensChartKind::StackedBars;
    chart.title = "What calls stopped for";
    chart.yAxis = {"share of model calls", LensUnit::Share, {}, {}, false};
    for (int bucket = 0; bucket < stopBucketCount; ++bucket)
        chart.series.push_back({std::string(label(static_cast<StopBucket>(bucket))), {}});
    for (std::size_t i = 0; i < groups.size(); ++i) {
        chart.xAxis.categories.push_back(groups[i].name);
        std::vector<std::vector<Row>> rows(static_cast<std::size_t>(stopBucketCount));
        for (const Row row : groups[i].rows) {
            const SpanStop* const stopped = reader.stop(row);
            rows[static_cast<std::size_t>(stopped ? stopped->bucket : StopBucket::Unknown)].push_back(row);
        }
        for (std::size_t bucket = 0; bucket < rows.size(); ++bucket) {
            LensPoint& point = chart.series[bucket].points.emplace_back();
            point.x = static_cast<double>(i);
            point.n = groups[i].rows.size();
            if (point.n > 0)
                point.y = static_cast<double>(rows[bucket].size()) / static_cast<double>(point.n);
            point.row = static_cast<int>(i);
            point.spans = std::move(rows[bucket]);
        }
    }
    return chart;
}

LensParameter byParameter()
{
    return {"by", "what calls are split by", tagChoices()};
}

LensParameter groupsParameter()
{
    return {"groups", "how many values get a row of their own", {}, 12, 1, 100, "values"};
}

CallsBy::CallsBy(const LensInput& input, const LensParameter& tag, const LensParameter& most)
    : calls(modelCalls(input))
    , by(tagNamed(input.values.word(tag)))
    , tags(input.corpus)
    , groups(groupsBy(tags, by, input.corpus, calls, static_cast<std::size_t>(input.values.number(most))))
    , reader(input)
{
}

LensResult CallsBy::begun()
{
    LensResult result;
    result.n = calls.size();
    result.of = "model calls";
    if (const std::uint64_t lacking = lackingIn(tags, by, calls))
        result.missing.push_back(missingField(by, lacking, calls.size(), "They are in a row of their own."));
    return result;
}

} // namespace arcscope
