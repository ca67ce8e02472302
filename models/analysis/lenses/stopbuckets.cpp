// What model calls really stopped for, by any value of theirs.
#include "lensfields.h"
#include "lensmetrics.h"

namespace arcscope
{
namespace
{

const std::array<LensParameter, 2>& parameters()
{
    static const std::array<LensParameter, 2> all{{
        byParameter(),
        groupsParameter(),
    }};
    return all;
}

Result<LensResult> run(const LensInput& input)
{
    CallsBy split(input, parameters()[0], parameters()[1]);
    if (input.control.stopped())
        return cancelledLens();
    const std::vector<Row>& calls = split.calls;
    const std::vector<TagGroup>& groups = split.groups;
    const CallMetricsReader& reader = split.reader;
    const SpanText by = split.by;
    LensResult result = split.begun();
    LensTable& table = result.table;
    table.columns = {
        {std::string(name(by)), tagTitle(by)}, {"calls", "Calls"}, {"disagree", "Vendor’s word disagrees"}};
    for (int bucket = 0; bucket < stopBucketCount; ++bucket)
        table.columns.push_back(
            {std::string(name(static_cast<StopBucket>(bucket))), std::string(label(static_cast<StopBucket>(bucket)))});
    table.counts = 1;
    std::uint64_t unknown = 0;
    std::uint64_t disagree = 0;
    for (const TagGroup& group : groups) {
        std::array<std::uint64_t, stopBucketCount> counts{};
        std::uint64_t others = 0;
        for (const Row row : group.rows) {
            const SpanStop* const stop = reader.stop(row);
            ++counts[static_cast<std::size_t>(stop ? stop->bucket : StopBucket::Unknown)];
            others += stop && stop->disagrees ? 1 : 0;
        }
        unknown += counts[static_cast<std::size_t>(StopBucket::Unknown)];
        disagree += others;
        LensRow& row = table.rows.emplace_back();
        row.cells = {group.recorded ? LensCell(group.name) : LensCell(), countCell(group.rows.size()),
                     shareCell(others, group.rows.size())};
        for (const std::uint64_t count : counts)
            row.cells.push_back(shareCell(count, group.rows.size()));
        row.spans = group.rows;
    }
    result.charts.push_back(bucketBars(reader, groups));
    if (unknown > 0)
        result.missing.push_back(
            missingField("stop", unknown, calls.size(), "Neither a word nor an answer tells what they stopped for."));
    result.sentence = calls.empty() ? "There are no model calls."
                                    : "The vendor’s word says something else than what the call left for " +
                                          partText(disagree, calls.size()) + " of the model calls; what " +
                                          partText(unknown, calls.size()) + " stopped for is not known.";
    return result;
}

} // namespace

Lens stopBuckets()
{
    return {"stop-buckets",
            "Stop reasons by value",
            "What did calls really stop for, and for which model, prompt version, plan or tenant more often?",
            "The bucket is derived by rules from what a call left; the vendor’s word stands beside each call.",
            {{"stop", "messages"}, costLensColumns({SpanColumn::FirstToken}), metricFacts()},
            parameters(),
            run};
}

} // namespace arcscope
