#include "arrange.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace arcscope
{

namespace
{

constexpr std::uint32_t traceLines = 64;
constexpr std::uint8_t mostBands = 120;
constexpr std::uint16_t noLane = 0xffff;
constexpr std::size_t stopCheckSpans = 1u << 16;

Error cancelled()
{
    return {ErrorCode::Cancelled, "cancelled"};
}

/// The lanes of one trace while its spans are walked in pre-order.
class AgentLanes
{
public:
    AgentLanes(const Corpus& corpus, std::uint32_t maxLanes)
        : m_corpus(corpus)
        , m_maxLanes(std::clamp<std::uint32_t>(maxLanes, 1, noLane))
    {
    }

    struct Place {
        std::uint16_t lane = noLane;
        std::uint16_t callerLane = noLane;
        std::uint8_t band = 0;
    };

    Place next(Row row, std::size_t depth)
    {
        m_open.resize(std::min(depth, m_open.size()));
        const bool below = !m_open.empty();
        const Place caller = below ? m_open.back() : Place{};
        const bool isAgent = m_corpus.spans.kind(row) == SpanKind::Agent;
        StringId name = m_corpus.spans.text(SpanText::Agent, row);
        if (isAgent && !name)
            name = m_corpus.spans.text(SpanText::Name, row);

        Place place;
        place.callerLane = caller.lane;
        if (name) {
            place.lane = isAgent && !(below && m_names[caller.lane] == name) ? laneOf(caller.lane, name)
                                                                             : laneAbove(caller.lane, name);
        } else {
            place.lane = below ? caller.lane : laneOf(noLane, serviceOf(row));
        }
        if (below && place.lane == caller.lane)
            place.band = std::min<std::uint8_t>(static_cast<std::uint8_t>(caller.band + 1), mostBands - 1);
        m_open.push_back(place);
        return place;
    }

    std::size_t count() const { return m_names.size(); }
    std::uint16_t parentOf(std::uint16_t lane) const { return m_parents[lane]; }
    StringId nameOf(std::uint16_t lane) const { return m_names[lane]; }

private:
    StringId serviceOf(Row row) const
    {
        const StringId service = m_corpus.spans.text(SpanText::Service, row);
        return service ? service : m_corpus.spans.text(SpanText::Name, row);
    }

    /// The lane of that name among the given one and those it lies in; a new one where there is none.
    std::uint16_t laneAbove(std::uint16_t lane, StringId name)
    {
        for (std::uint16_t above = lane; above != noLane; above = m_parents[above]) {
            if (m_names[above] == name)
                return above;
        }
        return laneOf(lane, name);
    }

    std::uint16_t laneOf(std::uint16_t parent, StringId name)
    {
        const auto known = m_lanes.find({parent, name.value});
        if (known != m_lanes.end())
            return known->second;
        if (m_names.size() >= m_maxLanes)
            return parent == noLane ? std::uint16_t{0} : parent;
        const auto lane = static_cast<std::uint16_t>(m_names.size());
        m_lanes.emplace(std::pair(parent, name.value), lane);
        m_parents.push_back(parent);
        m_names.push_back(name);
        return lane;
    }

    const Corpus& m_corpus;
    std::uint32_t m_maxLanes;
    std::vector<Place> m_open; ///< by depth
    std::map<std::pair<std::uint16_t, std::uint32_t>, std::uint16_t> m_lanes;
    std::vector<std::uint16_t> m_parents;
    std::vector<StringId> m_names;
};

/// Lanes from top to bottom: below its caller, by first start. Returns old numbers in the new order.
std::vector<std::uint16_t> nestedOrder(const AgentLanes& lanes, std::span<const Nanos> firstStarts)
{
    std::vector<std::vector<std::uint16_t>> below(lanes.count() + 1);
    const auto count = static_cast<std::uint16_t>(lanes.count()); // at most noLane
    for (std::uint16_t lane = 0; lane < count; ++lane) {
        const std::uint16_t parent = lanes.parentOf(lane);
        below[parent == noLane ? lanes.count() : parent].push_back(lane);
    }
    for (auto& group : below)
        std::sort(group.begin(), group.end(), [&](std::uint16_t a, std::uint16_t b) {
            return firstStarts[a] != firstStarts[b] ? firstStarts[a] > firstStarts[b] : a > b;
        });
    std::vector<std::uint16_t> order;
    std::vector<std::uint16_t> stack = below[lanes.count()];
    while (!stack.empty()) {
        const std::uint16_t lane = stack.back();
        stack.pop_back();
        order.push_back(lane);
        stack.insert(stack.end(), below[lane].begin(), below[lane].end());
    }
    return order;
}

void labelLanes(const AgentLanes& lanes, std::span<const std::uint16_t> order, TimelineData& data)
{
    data.lanes.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        TimelineLane& lane = data.lanes[i];
        lane.label = data.corpus.strings[lanes.nameOf(order[i])];
        const std::uint16_t parent = lanes.parentOf(order[i]);
        if (parent != noLane)
            lane.group = data.corpus.strings[lanes.nameOf(parent)];
        for (std::uint16_t above = parent; above != noLane; above = lanes.parentOf(above))
            ++lane.level;
    }
}

} // namespace

Result<std::shared_ptr<const TimelineData>> traceTimeline(const Corpus& corpus, std::uint32_t trace,
                                                          const TimelineOptions& options, const Control& control)
{
    auto data = std::make_shared<TimelineData>();
    data->corpus = corpus;
    data->trace = trace;
    const SpanTable& table = corpus.spans;
    const std::vector<Row> rows = corpus.rowsOf(trace);
    data->ordinal =
        options.ordinal || std::none_of(rows.begin(), rows.end(), [&](Row row) { return table.start(row) != noTime; });

    AgentLanes lanes(corpus, options.maxLanes);
    PlacedSpans spans;
    std::vector<std::uint16_t> depths;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % stopCheckSpans == 0 && control.stopped())
            return cancelled();
        const Row row = rows[i];
        const auto depth = static_cast<std::size_t>(table.at(SpanColumn::Depth, row));
        const AgentLanes::Place place = lanes.next(row, depth);
        const Nanos start = table.start(row);
        data->untimed += start == noTime ? 1 : 0;
        if (start == noTime && !data->ordinal)
            continue;
        append(spans, row, start, table.duration(row),
               lookOf(table.at(SpanColumn::Kind, row), table.at(SpanColumn::Status, row),
                      table.at(SpanColumn::Flags, row), table.at(SpanColumn::Provenance, row)),
               place.lane);
        spans.bands.push_back(place.band);
        depths.push_back(static_cast<std::uint16_t>(depth));
        if (place.callerLane != noLane && place.callerLane != place.lane)
            data->links.push_back({table.parent(row), row});
    }
    if (data->ordinal)
        placeByOrder(spans, depths);

    std::vector<Nanos> firstStarts(lanes.count(), std::numeric_limits<Nanos>::max());
    for (std::size_t i = 0; i < spans.size(); ++i)
        firstStarts[spans.lanes[i]] = std::min(firstStarts[spans.lanes[i]], spans.starts[i]);
    const std::vector<std::uint16_t> order = nestedOrder(lanes, firstStarts);
    std::vector<std::uint16_t> numbers(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        numbers[order[i]] = static_cast<std::uint16_t>(i);
    for (std::uint16_t& lane : spans.lanes)
        lane = numbers[lane];
    labelLanes(lanes, order, *data);

    if (!arrange(spans, options.maxLines == 0 ? traceLines : options.maxLines, control, *data))
        return cancelled();
    std::erase_if(data->links, [&](const TimelineLink& link) { return !data->place(link.parent); });
    std::stable_sort(data->links.begin(), data->links.end(),
                     [](const TimelineLink& a, const TimelineLink& b) { return a.parent < b.parent; });
    return std::shared_ptr<const TimelineData>(std::move(data));
}

} // namespace arcscope
