// Tokens a minute by workload, and where providers refused for too many.
#include "lenscosts.h"
#include "lensfields.h"
#include "lenstimes.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace arcscope
{
namespace
{

const std::array<LensParameter, 3>& parameters()
{
    static const auto workloads = std::to_array<std::string_view>(
        {"service", "agent", "trigger", "tenant", "plan", "model", "environment", "user", "task", "prompt_name"});
    static const std::array<LensParameter, 3> all{{
        {"by", "what a workload is", workloads},
        {"limit", "tokens a minute that the provider allows; 0: not known", {}, 0, 0, 1e9, "tokens a minute"},
        {"groups", "how many workloads get a band of their own", {}, 8, 1, 30, "workloads"},
    }};
    return all;
}

bool isRateLimit(std::string_view error)
{
    return error.find("429") != std::string_view::npos || error.find("rate_limit") != std::string_view::npos ||
           error.find("rate limit") != std::string_view::npos || error.find("RateLimit") != std::string_view::npos ||
           error.find("RESOURCE_EXHAUSTED") != std::string_view::npos ||
           error.find("too_many_requests") != std::string_view::npos ||
           error.find("ThrottlingException") != std::string_view::npos ||
           error.find("TooManyRequests") != std::string_view::npos;
}

struct Workload {
    std::int64_t tokens = 0;
    std::int64_t output = 0;
    double peak = 0; ///< tokens of its largest minute
    std::uint64_t refused = 0;
};

/// Tokens of the largest minute: those of a call count where it began.
double peakOf(const Corpus& corpus, const std::vector<Row>& rows, const std::unordered_map<Row, std::int64_t>& tokens)
{
    std::unordered_map<Nanos, double> minutes;
    double peak = 0;
    for (const Row row : rows) {
        const Nanos start = corpus.spans.start(row);
        if (const auto used = tokens.find(row); used != tokens.end() && start != noTime)
            peak = std::max(peak, minutes[start / oneMinute] += static_cast<double>(used->second));
    }
    return peak;
}

LensChart overTime(const std::vector<TagGroup>& groups, const TimeBins& bins,
                   const std::unordered_map<Row, std::int64_t>& tokens, double limit)
{
    LensChart chart;
    chart.kind = LensChartKind::StackedArea;
    chart.title = "Tokens a minute by workload";
    chart.xAxis = {"time, UTC", LensUnit::Time, {}, {}, false};
    chart.yAxis = {"tokens a minute", LensUnit::TokensPerMinute, {}, {}, false};
    std::unordered_map<Row, std::size_t> groupOf;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        chart.series.push_back({groups[i].name, {}});
        for (const Row row : groups[i].rows)
            groupOf.emplace(row, i);
    }
    const double minutes = static_cast<double>(bins.unit) / static_cast<double>(oneMinute);
    for (const TimeBin& bin : bins.bins) {
        const std::size_t at = chart.series.front().points.size();
        for (LensSeries& series : chart.series) {
            LensPoint& point = series.points.emplace_back();
            point.x = static_cast<double>(bin.start);
            point.y = 0; // a minute in which nothing of it began
            point.label = bin.name;
        }
        for (const Row row : bin.rows) {
            LensPoint& point = chart.series[groupOf.at(row)].points[at];
            const auto used = tokens.find(row);
            point.y += used == tokens.end() ? 0 : static_cast<double>(used->second) / minutes;
            point.spans.push_back(row);
            ++point.n;
        }
    }
    if (limit > 0) {
        chart.limit = limit;
        chart.limitLabel = "limit";
    }
    return chart;
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const std::vector<Row> calls = modelCalls(input);
    std::unordered_map<Row, std::int64_t> tokens;
    std::unordered_map<Row, std::int64_t> outputs;
    for (const auto& [row, usage] : countedUsage(input)) {
        tokens.emplace(row, usage.total());
        outputs.emplace(row, std::max<std::int64_t>(usage[UsageClass::Output], 0) +
                                 std::max<std::int64_t>(usage[UsageClass::Reasoning], 0));
    }
    if (input.control.stopped())
        return cancelledLens();
    const SpanText by = tagNamed(input.values.word(parameters()[0]));
    SpanTags tags(corpus);
    const auto groups =
        groupsBy(tags, by, corpus, calls, static_cast<std::size_t>(input.values.number(parameters()[2])));
    LensResult result;
    result.n = calls.size();
    result.of = "model calls";
    LensTable& table = result.table;
    table.columns = {
        {std::string(name(by)), tagTitle(by)}, {"calls", "Calls"},         {"tokens", "Tokens"},
        {"output_tokens", "Output tokens"},    {"peak", "Largest minute"}, {"refused", "Refused for rate"}};
    table.counts = 1;
    std::vector<LensMarker> marks;
    std::uint64_t refused = 0;
    for (const TagGroup& group : groups) {
        Workload sums;
        bool any = false;
        for (const Row row : group.rows) {
            if (const auto used = tokens.find(row); used != tokens.end()) {
                sums.tokens = saturatedSum(sums.tokens, used->second);
                sums.output = saturatedSum(sums.output, outputs.at(row));
                any = true;
            }
            if (!isRateLimit(corpus.text(SpanText::ErrorType, row)))
                continue;
            ++sums.refused;
            if (corpus.spans.start(row) != noTime)
                marks.push_back({static_cast<double>(corpus.spans.start(row)), "429", group.name, row});
        }
        refused += sums.refused;
        const double peak = peakOf(corpus, group.rows, tokens);
        const auto number = [&](double value, LensUnit unit) {
            return any ? LensCell(LensNumber{value, unit}) : LensCell();
        };
        table.rows.push_back({{group.recorded ? LensCell(group.name) : LensCell(), countCell(group.rows.size()),
                               number(static_cast<double>(sums.tokens), LensUnit::Tokens),
                               number(static_cast<double>(sums.output), LensUnit::Tokens),
                               number(peak, LensUnit::TokensPerMinute), shareCell(sums.refused, group.rows.size())},
                              group.rows});
    }
    const TimeBins bins = timeBins(corpus, calls, oneMinute);
    if (bins.bins.size() > 1 && !tokens.empty()) {
        LensChart chart = overTime(groups, bins, tokens, input.values.number(parameters()[1]));
        for (LensMarker& mark : markersAmong(input, calls))
            marks.push_back(std::move(mark));
        std::stable_sort(marks.begin(), marks.end(),
                         [](const LensMarker& a, const LensMarker& b) { return a.x < b.x; });
        chart.markers = std::move(marks);
        if (bins.unit > oneMinute)
            result.caveats.push_back("The chart shows means over " + durationText(bins.unit) +
                                     ": peaks of a minute are in the table, and flat there.");
        result.charts.push_back(std::move(chart));
    }
    const auto without = static_cast<std::uint64_t>(
        std::count_if(calls.begin(), calls.end(), [&](Row row) { return tokens.find(row) == tokens.end(); }));
    if (without > 0)
        result.missing.push_back(missingField("tokens", without, calls.size(), "They add nothing to any minute."));
    if (bins.untimed > 0)
        result.missing.push_back(missingField("start", bins.untimed, calls.size(), "They are in no minute."));
    if (const std::uint64_t lacking = lackingIn(tags, by, calls))
        result.missing.push_back(missingField(by, lacking, calls.size(), "They are one workload without a name."));
    if (calls.empty()) {
        result.sentence = "There are no model calls.";
        return result;
    }
    const auto named = static_cast<std::uint64_t>(
        std::count_if(groups.begin(), groups.end(), [](const TagGroup& group) { return group.recorded; }));
    result.sentence = countText(calls.size(), "model call") + " of " + countText(named, "workload") + "; ";
    const auto peak = std::max_element(table.rows.begin(), table.rows.end(), [](const LensRow& a, const LensRow& b) {
        const double left = valueOf(a.cells[4]);
        const double right = valueOf(b.cells[4]);
        return !(left == left) || left < right;
    });
    if (const double most = valueOf(peak->cells[4]); most == most)
        result.sentence += "the largest minute has " + tokensText(most) + " tokens (" +
                           (std::holds_alternative<std::string>(peak->cells[0]) ? std::get<std::string>(peak->cells[0])
                                                                                : std::string(notRecordedText)) +
                           "); ";
    result.sentence += refused == 0 ? "no call was refused for its rate."
                                    : countText(refused, "call") + (refused == 1 ? " was refused for its rate."
                                                                                 : " were refused for their rate.");
    return result;
}

} // namespace

Lens tokenRate()
{
    return {"token-rate",
            "Tokens a minute",
            "Which workload uses up the tokens a minute, and who is refused meanwhile?",
            "Only as complete as what is loaded: others may share the same quota. Tokens count where a call begins.",
            {.fields = {"start", "tokens", "error", "service", "agent", "trigger"},
             .columns = costLensColumns(),
             .facts = {},
             .marks = true},
            parameters(),
            run};
}

} // namespace arcscope
