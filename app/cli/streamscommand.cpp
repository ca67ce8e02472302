#include "command.h"
#include "streamsampling.h"
#include "ttftregressions.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec streamsOptions[] = {
    {"--by", "WHAT", "model (the default), prompt, hour, surface, or none: all streams together"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.streams/1"}};

constexpr std::array<std::string_view, streamMetricCount> titles{
    "time to the first token",
    "time to the first text that is read",
    "longest stall behind the first token (0: none)",
    "tokens a second",
    "bytes a second, where tokens are not counted",
    "accepted of what was drafted",
    "bytes withdrawn",
};

constexpr std::size_t longestName = 40;

std::string nameOf(const StreamGroup& group)
{
    return !group.recorded ? "not recorded" : group.name.empty() ? "all streams" : printable(group.name);
}

/// Columns of text: the first one to the left, the others to the right.
class TextTable
{
public:
    void add(std::vector<std::string> cells)
    {
        m_widths.resize(std::max(m_widths.size(), cells.size()));
        for (std::size_t i = 0; i < cells.size(); ++i)
            m_widths[i] = std::max(m_widths[i], cells[i].size());
        m_rows.push_back(std::move(cells));
    }
    void print(std::ostream& out) const
    {
        for (const std::vector<std::string>& row : m_rows) {
            std::string line = "  " + row.front() + std::string(m_widths.front() - row.front().size(), ' ');
            for (std::size_t i = 1; i < row.size(); ++i)
                line += std::string(2 + m_widths[i] - row[i].size(), ' ') + row[i];
            out << line << '\n';
        }
    }

private:
    std::vector<std::vector<std::string>> m_rows;
    std::vector<std::size_t> m_widths;
};

/// The streams of a workspace in groups.
struct Streams {
    StreamSamples samples;
    StreamGrouping by = StreamGrouping::Model;
    std::vector<StreamGroup> groups;
    std::vector<TtftComparison> comparisons;

    std::size_t comparisonsOf(TtftVerdict verdict) const
    {
        return static_cast<std::size_t>(std::count_if(comparisons.begin(), comparisons.end(),
                                                      [&](const auto& each) { return each.verdict == verdict; }));
    }
};

std::size_t countOf(const Distribution& distribution, Provenance source)
{
    return distribution.bySource[static_cast<std::size_t>(source)];
}

Json valueJson(StreamMetric metric, double value)
{
    if (isDuration(metric))
        return static_cast<Nanos>(std::llround(value * second));
    return metric == StreamMetric::Withdrawn ? Json(static_cast<std::uint64_t>(value)) : Json(value);
}

Json toJson(const Distribution& distribution, StreamMetric metric)
{
    Json json{{"count", distribution.count}, {"not_recorded", distribution.notRecorded}};
    for (const Provenance source : {Provenance::Measured, Provenance::Declared, Provenance::Inferred})
        json[std::string(name(source))] = countOf(distribution, source);
    if (distribution.count == 0)
        return json;
    json["min"] = valueJson(metric, distribution.min);
    json["p50"] = valueJson(metric, distribution.p50);
    json["p90"] = valueJson(metric, distribution.p90);
    json["p99"] = valueJson(metric, distribution.p99);
    json["max"] = valueJson(metric, distribution.max);
    json["buckets"] = Json::array();
    for (const Bucket& bucket : distribution.buckets) {
        const BucketBounds bounds = boundsOf(bucket.number, distribution.scale);
        json["buckets"].push_back({{"from", valueJson(metric, bounds.from)},
                                   {"to", valueJson(metric, bounds.to)},
                                   {"count", bucket.indices.size()}});
    }
    return json;
}

Json optional(const std::optional<double>& value)
{
    return value ? Json(*value) : Json();
}

Json toJson(const Streams& streams, const StreamGroup& group)
{
    const StreamTotals totals = totalsOf(streams.samples, group);
    Json json{{"name", group.recorded && !group.name.empty() ? Json(group.name) : Json()},
              {"streams", totals.streams},
              {"with_stalls", totals.withStalls},
              {"stalls", totals.stalls},
              {"stalled_share", optional(totals.stalledShare())},
              {"shown_bytes", totals.shownBytes},
              {"withdrawn_bytes", totals.withdrawnBytes},
              {"withdrawn_per_thousand", optional(totals.withdrawnPerThousand())},
              {"retractions", totals.retractions},
              {"with_retractions", totals.withRetractions},
              {"acceptance", optional(totals.acceptance())}};
    json["endings"] = Json::object();
    for (int i = 0; i < streamEndingCount; ++i)
        json["endings"][std::string(name(static_cast<StreamEnding>(i)))] = totals.endings[static_cast<std::size_t>(i)];
    json["metrics"] = Json::object();
    for (int i = 0; i < streamMetricCount; ++i) {
        const auto metric = static_cast<StreamMetric>(i);
        json["metrics"][std::string(name(metric)) + (isDuration(metric) ? "_ns" : "")] =
            toJson(distributionOf(streams.samples, group, metric), metric);
    }
    return json;
}

Json toJson(const TtftComparison& each)
{
    return {{"by", name(each.by)},
            {"before", each.before},
            {"after", each.after},
            {"cohort", each.cohort},
            {"streams_before", each.baseline.size()},
            {"streams_after", each.current.size()},
            {"median_before_ns", valueJson(StreamMetric::FirstToken, each.baselineMedian)},
            {"median_after_ns", valueJson(StreamMetric::FirstToken, each.currentMedian)},
            {"ratio", each.ratio},
            {"ratio_interval", {each.ratioLow, each.ratioHigh}},
            {"p", each.p},
            {"p_adjusted", each.adjusted}};
}

Json toJson(const Streams& streams)
{
    Json json{{"schema", "arcscope.streams/1"},
              {"by", name(streams.by)},
              {"streams", streams.samples.all.size()},
              {"groups", Json::array()},
              {"ttft_regressions", Json::array()}};
    for (const StreamGroup& group : streams.groups)
        json["groups"].push_back(toJson(streams, group));
    for (const TtftComparison& each : streams.comparisons) {
        if (each.verdict == TtftVerdict::Slower)
            json["ttft_regressions"].push_back(toJson(each));
    }
    json["ttft_compared"] = streams.comparisons.size() - streams.comparisonsOf(TtftVerdict::TooFew);
    json["ttft_too_few"] = streams.comparisonsOf(TtftVerdict::TooFew);
    return json;
}

void print(const Streams& streams, StreamMetric metric, std::ostream& out)
{
    TextTable table;
    table.add(
        {std::string(name(streams.by)), "streams", "min", "p50", "p90", "p99", "max", "not measured", "not recorded"});
    bool any = false;
    for (const StreamGroup& group : streams.groups) {
        const Distribution made = distributionOf(streams.samples, group, metric);
        std::vector<std::string> cells{nameOf(group).substr(0, longestName), std::to_string(made.count)};
        for (const double value : {made.min, made.p50, made.p90, made.p99, made.max})
            cells.push_back(made.count > 0 ? metricText(metric, value) : "-");
        cells.push_back(std::to_string(made.count - countOf(made, Provenance::Measured)));
        cells.push_back(std::to_string(made.notRecorded));
        table.add(std::move(cells));
        any = any || made.count > 0;
    }
    out << titles[static_cast<std::size_t>(metric)] << (any ? "\n" : ": not recorded\n");
    if (any)
        table.print(out);
}

std::string shareText(const std::optional<double>& share)
{
    return share ? std::to_string(std::lround(*share * 100)) + " %" : "-";
}

void printTotals(const Streams& streams, std::ostream& out)
{
    TextTable table;
    table.add({std::string(name(streams.by)), "streams", "stalls", "time stalled", "taken back", "of 1,000 bytes",
               "accepted", "ended", "stopped", "failed", "broke off", "end not recorded"});
    for (const StreamGroup& group : streams.groups) {
        const StreamTotals totals = totalsOf(streams.samples, group);
        const auto perThousand = totals.withdrawnPerThousand();
        std::vector<std::string> cells{
            nameOf(group).substr(0, longestName), std::to_string(totals.streams),
            std::to_string(totals.stalls),        shareText(totals.stalledShare()),
            std::to_string(totals.retractions),   perThousand ? metricText(StreamMetric::ByteSpeed, *perThousand) : "-",
            shareText(totals.acceptance())};
        for (const std::size_t count : totals.endings)
            cells.push_back(std::to_string(count));
        table.add(std::move(cells));
    }
    out << "all in all\n";
    table.print(out);
}

void printComparisons(const Streams& streams, std::ostream& out)
{
    const std::size_t tooFew = streams.comparisonsOf(TtftVerdict::TooFew);
    const std::size_t slower = streams.comparisonsOf(TtftVerdict::Slower);
    out << "first tokens that come later than before: " << slower << " of "
        << counted(streams.comparisons.size() - tooFew, "comparison") << "; " << tooFew << " with too few streams\n";
    for (const TtftComparison& each : streams.comparisons) {
        if (each.verdict != TtftVerdict::Slower)
            continue;
        const auto times = [](double ratio) { return metricText(StreamMetric::TokenSpeed, ratio); };
        out << "  " << name(each.by) << ' ' << printable(each.after) << " after " << printable(each.before) << ": "
            << times(each.ratio) << " times as long (95 %: " << times(each.ratioLow) << " to " << times(each.ratioHigh)
            << "), median " << metricText(StreamMetric::FirstToken, each.baselineMedian) << " -> "
            << metricText(StreamMetric::FirstToken, each.currentMedian) << ", " << each.baseline.size() << " and "
            << counted(each.current.size(), "stream") << ", adjusted p "
            << (each.adjusted < 0.0001 ? "below 0.0001" : metricText(StreamMetric::TokenSpeed, each.adjusted)) << "; "
            << printable(each.cohort) << '\n';
    }
}

std::vector<SpanColumn> neededColumns()
{
    return {sampleColumns().begin(), sampleColumns().end()};
}

int runStreams(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("streams", "which files?", environment);
    Streams streams;
    if (options.has("--by")) {
        const auto by = streamGroupingNamed(options.get("--by"));
        if (!by)
            return wrongUsage("streams", "--by is one of model, prompt, hour, surface, none", environment);
        streams.by = *by;
    }
    auto session = openSession(options.operands, neededColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    auto samples = sampleStreams(session->workspace.path(), session->corpus, control);
    if (!samples)
        return failed(samples.error(), environment);
    streams.samples = std::move(*samples);
    streams.groups = groupStreams(streams.samples, session->corpus.strings, streams.by);
    streams.comparisons = ttftRegressions(streams.samples, session->corpus.strings);
    if (options.has("--json")) {
        environment.out << toJson(streams).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    } else if (streams.groups.empty()) {
        environment.out << "no streams are recorded here\n";
    } else {
        for (int i = 0; i < streamMetricCount; ++i)
            print(streams, static_cast<StreamMetric>(i), environment.out);
        printTotals(streams, environment.out);
        printComparisons(streams, environment.out);
    }
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command streamsCommand()
{
    return {"streams", "PATH... [--by WHAT] [--json]",
            "all streams together: first tokens, stalls, speed, drafts, withdrawals, and what has become slower",
            streamsOptions, runStreams};
}

} // namespace arcscope
