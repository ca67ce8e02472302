#include "streamgroups.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace arcscope
{
namespace
{

constexpr std::array<std::string_view, streamGroupingCount> groupingNames{"none", "model", "prompt", "hour", "surface"};

constexpr Nanos hour = 3'600 * second;

/// What streams of one group have in common, and its place among groups that are not sorted by size.
struct Key {
    bool recorded = true;
    std::int64_t number = 0;
    StringId first;
    StringId second;

    auto parts() const { return std::tuple(!recorded, number, first.value, second.value); }
    bool operator<(const Key& other) const { return parts() < other.parts(); }
};

Nanos hourOf(Nanos time)
{
    const Nanos rest = time % hour;
    return time - (rest < 0 ? rest + hour : rest);
}

Key keyOf(const StreamSample& sample, StreamGrouping by)
{
    switch (by) {
    case StreamGrouping::None:
        return {};
    case StreamGrouping::Model:
        return {sample.model != StringId{}, 0, sample.model, {}};
    case StreamGrouping::Prompt:
        return {sample.promptName != StringId{} || sample.promptVersion != StringId{}, 0, sample.promptName,
                sample.promptVersion};
    case StreamGrouping::Hour:
        return {sample.start != noTime, sample.start == noTime ? 0 : hourOf(sample.start), {}, {}};
    case StreamGrouping::Surface:
        return {sample.surface != 0, sample.surface, {}, {}};
    }
    return {};
}

std::string nameOf(const Key& key, StreamGrouping by, const StreamSamples& samples, const StringTable& strings)
{
    if (!key.recorded)
        return {};
    switch (by) {
    case StreamGrouping::None:
        return {};
    case StreamGrouping::Model:
        return std::string(strings[key.first]);
    case StreamGrouping::Prompt: {
        std::string name(strings[key.first]);
        if (key.second != StringId{})
            name += (name.empty() ? "version " : " @ ") + std::string(strings[key.second]);
        return name;
    }
    case StreamGrouping::Hour: {
        const std::string iso = isoText(key.number); // 2026-11-02T09:00:00Z
        return iso.substr(0, 10) + ' ' + iso.substr(11, 5);
    }
    case StreamGrouping::Surface:
        return samples.surfaces[static_cast<std::size_t>(key.number)];
    }
    return {};
}

template <typename Number>
std::optional<double> ratio(Number part, Number whole)
{
    if (!(whole > 0))
        return {};
    return static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

std::string_view name(StreamGrouping by)
{
    return groupingNames[static_cast<std::size_t>(by)];
}

std::optional<StreamGrouping> streamGroupingNamed(std::string_view wanted)
{
    const auto found = std::find(groupingNames.begin(), groupingNames.end(), wanted);
    if (found == groupingNames.end())
        return {};
    return static_cast<StreamGrouping>(found - groupingNames.begin());
}

std::optional<double> StreamTotals::stalledShare() const
{
    return ratio(stalled, length);
}

std::optional<double> StreamTotals::acceptance() const
{
    return draftTokens > 0 ? ratio(acceptedTokens, draftTokens) : ratio(acceptedBytes, draftBytes);
}

std::optional<double> StreamTotals::withdrawnPerThousand() const
{
    return ratio(1000 * withdrawnBytes, shownBytes);
}

StreamTotals totalsOf(const StreamSamples& samples, const StreamGroup& group)
{
    StreamTotals totals;
    for (const std::uint32_t index : group.streams) {
        const StreamSample& sample = samples.all[index];
        ++totals.streams;
        totals.withStalls += sample.stalls > 0;
        totals.stalls += sample.stalls;
        if (sample.stalled != noTime && sample.length != noTime) {
            totals.stalled = saturatedSum(totals.stalled, sample.stalled);
            totals.length = saturatedSum(totals.length, sample.length);
        }
        totals.shownBytes += sample.shownBytes;
        totals.withdrawnBytes += sample.withdrawnBytes;
        totals.retractions += sample.retractions;
        totals.withRetractions += sample.retractions > 0;
        if (sample.draftTokens > 0) {
            totals.draftTokens += static_cast<std::uint64_t>(sample.draftTokens);
            totals.acceptedTokens += static_cast<std::uint64_t>(sample.acceptedTokens);
        } else {
            totals.draftBytes += sample.draftBytes;
            totals.acceptedBytes += sample.acceptedBytes;
        }
        ++totals.endings[static_cast<std::size_t>(sample.ending)];
    }
    return totals;
}

Distribution distributionOf(const StreamSamples& samples, const StreamGroup& group, StreamMetric metric)
{
    std::vector<DistributedValue> values;
    values.reserve(group.streams.size());
    for (const std::uint32_t index : group.streams) {
        if (const auto value = valueOf(samples.all[index], metric))
            values.push_back({value->value, index, value->source});
    }
    const std::size_t notRecorded = group.streams.size() - values.size();
    return distributionOf(std::move(values), notRecorded,
                          metric == StreamMetric::Acceptance ? BucketScale::Shares : BucketScale::Logarithmic);
}

std::vector<StreamGroup> groupStreams(const StreamSamples& samples, const StringTable& strings, StreamGrouping by,
                                      const std::vector<Row>* rows)
{
    std::map<Key, StreamGroup> byKey;
    std::map<Key, Nanos> begun;
    for (std::uint32_t i = 0; i < samples.all.size(); ++i) {
        const StreamSample& sample = samples.all[i];
        if (rows && !std::binary_search(rows->begin(), rows->end(), sample.row))
            continue;
        const Key key = keyOf(sample, by);
        byKey[key].streams.push_back(i);
        const auto [first, isNew] = begun.try_emplace(key, sample.start);
        if (!isNew && sample.start != noTime && (first->second == noTime || sample.start < first->second))
            first->second = sample.start;
    }
    std::vector<std::pair<Key, StreamGroup>> groups;
    for (auto& [key, group] : byKey) {
        group.name = nameOf(key, by, samples, strings);
        group.recorded = key.recorded;
        groups.emplace_back(key, std::move(group));
    }
    if (by != StreamGrouping::Hour) {
        std::sort(groups.begin(), groups.end(), [&](const auto& a, const auto& b) {
            const auto place = [&](const auto& each) {
                const auto& [key, group] = each;
                const bool prompt = by == StreamGrouping::Prompt;
                return std::tuple(!key.recorded, prompt ? std::string(strings[key.first]) : std::string(),
                                  prompt ? begun.at(key) : -static_cast<Nanos>(group.streams.size()), group.name);
            };
            return place(a) < place(b);
        });
    }
    std::vector<StreamGroup> sorted;
    sorted.reserve(groups.size());
    for (auto& [key, group] : groups)
        sorted.push_back(std::move(group));
    return sorted;
}

} // namespace arcscope
