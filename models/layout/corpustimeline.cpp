#include "arrange.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace arcscope
{

namespace
{

constexpr std::uint32_t corpusLines = 12;

Error cancelled()
{
    return {ErrorCode::Cancelled, "cancelled"};
}

/// A service and what runs in it: StringIds.
struct LaneKey {
    std::uint32_t service = 0;
    std::uint32_t name = 0;

    bool operator==(const LaneKey&) const = default;
};

struct LaneKeyHash {
    std::size_t operator()(const LaneKey& key) const
    {
        return std::hash<std::uint64_t>()(std::uint64_t{key.service} << 32 | key.name);
    }
};

struct FoundLane {
    LaneKey key;
    Nanos firstStart = std::numeric_limits<Nanos>::max();
    std::uint32_t spans = 0;
};

/// Numbers lanes as they come; spans of one lane often follow each other.
class LaneFinder
{
public:
    std::uint32_t find(const LaneKey& key)
    {
        if (m_last < lanes.size() && lanes[m_last].key == key)
            return m_last;
        const auto [lane, isNew] = m_numbers.try_emplace(key, static_cast<std::uint32_t>(lanes.size()));
        if (isNew)
            lanes.push_back({key});
        return m_last = lane->second;
    }

    std::vector<FoundLane> lanes;

private:
    std::unordered_map<LaneKey, std::uint32_t, LaneKeyHash> m_numbers;
    std::uint32_t m_last = 0;
};

/// Reads every span that is placed; the lanes of `spans` are numbers of `finder`. False where stopped.
bool readSpans(const Corpus& corpus, const Control& control, TimelineData& data, PlacedSpans& spans,
               std::vector<std::uint32_t>& laneOf, LaneFinder& finder)
{
    constexpr std::array columns{SpanColumn::Start,  SpanColumn::Duration,       SpanColumn::Kind,
                                 SpanColumn::Status, SpanColumn::Flags,          SpanColumn::Provenance,
                                 SpanColumn::Lane,   columnOf(SpanText::Service)};
    enum Read : std::uint8_t { Start, Duration, Kind, Status, Flags, ProvenanceBits, Lane, Service };
    std::array<std::vector<std::int64_t>, columns.size()> values;
    spans.rows.reserve(corpus.spans.rows());
    spans.starts.reserve(corpus.spans.rows());
    spans.ends.reserve(corpus.spans.rows());
    spans.looks.reserve(corpus.spans.rows());
    laneOf.reserve(corpus.spans.rows());
    Row first = 0;
    for (const SpanTable::Chunk& chunk : corpus.spans.chunks()) {
        if (control.stopped())
            return false;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            values[i].resize(chunk.rows);
            chunk[columns[i]].read(0, values[i]);
        }
        for (std::uint32_t i = 0; i < chunk.rows; ++i) {
            if (values[Flags][i] & bit(SpanFlag::Superseded))
                continue;
            const Nanos start = values[Start][i];
            if (start == noTime) {
                ++data.untimed;
                continue;
            }
            const std::uint32_t lane = finder.find(
                {static_cast<std::uint32_t>(values[Service][i]), static_cast<std::uint32_t>(values[Lane][i])});
            ++finder.lanes[lane].spans;
            finder.lanes[lane].firstStart = std::min(finder.lanes[lane].firstStart, start);
            append(spans, first + i, start, values[Duration][i],
                   lookOf(values[Kind][i], values[Status][i], values[Flags][i], values[ProvenanceBits][i]), 0);
            laneOf.push_back(lane);
        }
        first += chunk.rows;
    }
    return true;
}

/// Places all spans by their order in the corpus; the lanes as in readSpans.
void readOrder(const Corpus& corpus, PlacedSpans& spans, std::vector<std::uint32_t>& laneOf, LaneFinder& finder)
{
    const SpanTable& table = corpus.spans;
    std::vector<std::uint16_t> depths;
    for (std::uint32_t i = 0; i < corpus.order.rows(); ++i) {
        const auto row = static_cast<Row>(corpus.order.at(OrderColumn::SpanRow, i));
        const std::uint32_t lane = finder.find(
            {table.text(SpanText::Service, row).value, static_cast<std::uint32_t>(table.at(SpanColumn::Lane, row))});
        ++finder.lanes[lane].spans;
        append(spans, row, 0, 0,
               lookOf(table.at(SpanColumn::Kind, row), table.at(SpanColumn::Status, row),
                      table.at(SpanColumn::Flags, row), table.at(SpanColumn::Provenance, row)),
               0);
        laneOf.push_back(lane);
        depths.push_back(static_cast<std::uint16_t>(table.at(SpanColumn::Depth, row)));
    }
    placeByOrder(spans, depths);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        Nanos& start = finder.lanes[laneOf[i]].firstStart;
        start = std::min(start, spans.starts[i]);
    }
}

/// Makes the lanes of `data`: services by first start, their agents below them by first start; the smallest lanes
/// beyond the limit share the last. Returns the new number of each.
std::vector<std::uint16_t> makeLanes(const std::vector<FoundLane>& found, std::uint32_t maxLanes, TimelineData& data)
{
    std::vector<std::uint32_t> kept(found.size());
    std::iota(kept.begin(), kept.end(), 0u);
    const bool tooMany = kept.size() > maxLanes;
    if (tooMany) {
        std::stable_sort(kept.begin(), kept.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return found[a].spans > found[b].spans; });
        kept.resize(maxLanes - 1);
    }
    std::unordered_map<std::uint32_t, Nanos> serviceStart;
    for (const std::uint32_t lane : kept) {
        const auto [start, isNew] = serviceStart.try_emplace(found[lane].key.service, found[lane].firstStart);
        start->second = std::min(start->second, found[lane].firstStart);
    }
    std::sort(kept.begin(), kept.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto sortKey = [&](std::uint32_t lane) {
            return std::tuple(serviceStart[found[lane].key.service], found[lane].key.service, found[lane].firstStart,
                              lane);
        };
        return sortKey(a) < sortKey(b);
    });

    std::vector<std::uint16_t> numbers(found.size(), static_cast<std::uint16_t>(kept.size()));
    for (const std::uint32_t lane : kept) {
        numbers[lane] = static_cast<std::uint16_t>(data.lanes.size());
        TimelineLane& made = data.lanes.emplace_back();
        const StringId name{found[lane].key.name != 0 ? found[lane].key.name : found[lane].key.service};
        made.label = data.corpus.strings[name];
        if (found[lane].key.service != name.value)
            made.group = data.corpus.strings[StringId{found[lane].key.service}];
    }
    if (tooMany)
        data.lanes.emplace_back().label = std::to_string(found.size() - kept.size()) + " more";
    return numbers;
}

} // namespace

Result<std::shared_ptr<const TimelineData>> corpusTimeline(const Corpus& corpus, const TimelineOptions& options,
                                                           const Control& control)
{
    auto data = std::make_shared<TimelineData>();
    data->corpus = corpus;
    PlacedSpans spans;
    std::vector<std::uint32_t> laneOf;
    LaneFinder finder;
    if (!options.ordinal && !readSpans(corpus, control, *data, spans, laneOf, finder))
        return cancelled();
    if (spans.size() == 0) {
        data->ordinal = true;
        readOrder(corpus, spans, laneOf, finder);
    }
    const std::uint32_t maxLanes = std::clamp<std::uint32_t>(options.maxLanes, 2, 4096);
    const std::vector<std::uint16_t> numbers = makeLanes(finder.lanes, maxLanes, *data);
    for (std::size_t i = 0; i < spans.size(); ++i)
        spans.lanes[i] = numbers[laneOf[i]];
    laneOf = {};
    if (!arrange(spans, options.maxLines == 0 ? corpusLines : options.maxLines, control, *data))
        return cancelled();
    return std::shared_ptr<const TimelineData>(std::move(data));
}

} // namespace arcscope
