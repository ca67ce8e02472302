#include "clockskew.h"

#include <algorithm>
#include <limits>
#include <map>
#include <queue>

namespace arcscope
{
namespace
{

/// Disagreements up to this may come from rounding.
constexpr Nanos tolerance = millisecond;
/// Calls that end after their caller and do not begin before it: that many have to agree.
constexpr std::uint64_t leastLate = 3;
constexpr std::uint32_t stopCheckRows = 65'536;

/// What one call says of the offset of the later service of a pair against the first: it lies from low to high.
struct Bounds {
    Nanos low;
    Nanos high;
};

/// All calls between two services, `first` with the smaller StringId, in both directions.
struct Border {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    std::vector<Bounds> calls;
    Row row = noRow;

    Nanos low = 0; ///< what the most calls allow
    Nanos high = 0;
    std::uint64_t agreed = 0;
    bool trusted = false; ///< the two clocks can be compared
    /// Middle of what is allowed, or 0 where 0 is.
    Nanos offset() const { return (low <= tolerance && high >= -tolerance) ? 0 : low + (high - low) / 2; }
    Nanos bound() const { return (high - low) / 2; }
};

bool measured(const SpanTable& spans, Row row, std::uint32_t flags)
{
    constexpr std::uint32_t without = bit(SpanFlag::Superseded) | bit(SpanFlag::Synthetic) |
                                      bit(SpanFlag::EndsBeforeStart) | bit(SpanFlag::NotExecuted);
    const ProvenanceSet provenance = spans.provenance(row);
    return !(flags & without) && spans.start(row) != noTime && spans.duration(row) >= 0 &&
           provenance.of(Fact::Start) != Provenance::Inferred && provenance.of(Fact::End) != Provenance::Inferred;
}

/// The offsets that a call allows for the clock of the called service. False where it is no use.
bool boundsOf(const SpanTable& spans, Row caller, Row called, Bounds& bounds)
{
    const Nanos room = spans.duration(caller) - spans.duration(called);
    if (room < 0)
        return false;
    Nanos low = 0;
    Nanos high = 0;
    if (__builtin_sub_overflow(spans.start(caller), spans.start(called), &low) ||
        __builtin_add_overflow(low, room, &high) || low < -(Nanos{1} << 61) || high > Nanos{1} << 61)
        return false;
    bounds = {low, high};
    return true;
}

/// The offsets that the most calls allow: the ends are walked in order, counting who is inside.
void intersect(Border& border)
{
    struct End {
        Nanos at;
        int step; ///< +1: a call begins to allow; -1: it ends to
    };
    std::vector<End> ends;
    ends.reserve(2 * border.calls.size());
    for (const Bounds& call : border.calls) {
        ends.push_back({call.low, 1});
        ends.push_back({call.high, -1});
    }
    std::sort(ends.begin(), ends.end(),
              [](const End& a, const End& b) { return a.at != b.at ? a.at < b.at : a.step > b.step; });
    std::uint64_t inside = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (ends[i].step < 0) {
            --inside;
            continue;
        }
        if (++inside > border.agreed) {
            border.agreed = inside;
            border.low = ends[i].at;
            border.high = ends[i + 1].at; // the best place ends with whatever comes next
        }
    }
}

/// Whether so many calls agree, and in such a way, that the clocks can be compared.
void judge(Border& border, std::uint64_t early)
{
    const bool most = 2 * border.agreed > border.calls.size();
    const bool asRecorded = border.offset() == 0;
    border.trusted = most && (asRecorded || early > 0 || border.agreed >= leastLate);
}

using Borders = std::map<std::pair<std::uint32_t, std::uint32_t>, Border>;

Result<Borders> bordersOf(const SpanTable& spans, std::span<const std::int32_t> parentRow,
                          std::span<const std::uint32_t> flags, const Control& control)
{
    Borders borders;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> early;
    for (Row row = 0; row < parentRow.size(); ++row) {
        if (row % stopCheckRows == 0 && control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        if (parentRow[row] < 0)
            continue;
        const auto caller = static_cast<Row>(parentRow[row]);
        const std::uint32_t mine = spans.text(SpanText::Service, row).value;
        const std::uint32_t its = spans.text(SpanText::Service, caller).value;
        if (mine == its || mine == 0 || its == 0 || !measured(spans, row, flags[row]) ||
            !measured(spans, caller, flags[caller]))
            continue;
        Bounds bounds{};
        if (!boundsOf(spans, caller, row, bounds))
            continue;
        early[std::minmax(mine, its)] += bounds.low > tolerance; // it begins before who called it
        if (mine < its)
            bounds = {-bounds.high, -bounds.low};
        Border& border = borders[std::minmax(mine, its)];
        border.first = std::min(mine, its);
        border.second = std::max(mine, its);
        border.row = std::min(border.row, row);
        border.calls.push_back(bounds);
    }
    for (auto& [services, border] : borders) {
        intersect(border);
        judge(border, early[services]);
    }
    return borders;
}

/// Calls into other services less calls from them: who calls most and is called least, has the clock of the group.
std::map<std::uint32_t, std::int64_t> callersOf(const SpanTable& spans, std::span<const std::int32_t> parentRow)
{
    std::map<std::uint32_t, std::int64_t> balance;
    for (Row row = 0; row < parentRow.size(); ++row) {
        if (parentRow[row] < 0)
            continue;
        const std::uint32_t mine = spans.text(SpanText::Service, row).value;
        const std::uint32_t its = spans.text(SpanText::Service, static_cast<Row>(parentRow[row])).value;
        if (mine != its) {
            --balance[mine];
            ++balance[its];
        }
    }
    return balance;
}

/// Compares all that can be reached from `reference`, over the borders with the most agreeing calls first.
void compareFrom(std::uint32_t reference, const Borders& borders, std::map<std::uint32_t, ServiceClock>& clocks)
{
    using Step = std::tuple<std::uint64_t, std::uint32_t, std::uint32_t>; // agreed, from, to
    std::priority_queue<Step> next;
    const auto reach = [&](std::uint32_t from) {
        for (const auto& [services, border] : borders) {
            const bool ends = border.first == from || border.second == from;
            const std::uint32_t to = border.first == from ? border.second : border.first;
            if (ends && border.trusted && !clocks.contains(to))
                next.push({border.agreed, from, to});
        }
    };
    clocks[reference] = {StringId{reference}, StringId{reference}, 0, 0, 0, 0, noRow};
    reach(reference);
    while (!next.empty()) {
        const auto [agreed, from, to] = next.top();
        next.pop();
        if (clocks.contains(to))
            continue;
        const Border& border = borders.at(std::minmax(from, to));
        const ServiceClock& known = clocks.at(from);
        const Nanos step = border.second == to ? border.offset() : -border.offset();
        clocks[to] = {
            StringId{to}, StringId{reference}, known.offset + step, known.bound + border.bound(), border.calls.size(),
            agreed,       border.row};
        reach(to);
    }
}

std::vector<std::int32_t> parentsOf(const SpanTable& spans)
{
    const std::vector<std::int64_t> values = spans.values(SpanColumn::ParentRow);
    return {values.begin(), values.end()};
}

} // namespace

Result<std::vector<ServiceClock>> estimateClocks(const SpanTable& spans, std::span<const std::int32_t> parentRow,
                                                 std::span<const std::uint32_t> flags, const Control& control)
{
    const auto borders = bordersOf(spans, parentRow, flags, control);
    if (!borders)
        return borders.error();
    if (borders->empty())
        return std::vector<ServiceClock>();
    std::vector<std::pair<std::int64_t, std::uint32_t>> callers;
    for (const auto& [service, balance] : callersOf(spans, parentRow))
        callers.emplace_back(-balance, service);
    std::sort(callers.begin(), callers.end());
    std::map<std::uint32_t, ServiceClock> clocks;
    for (const auto& [balance, service] : callers) {
        if (!clocks.contains(service))
            compareFrom(service, *borders, clocks);
    }
    std::vector<ServiceClock> found;
    for (const auto& [service, clock] : clocks)
        found.push_back(clock);
    return found;
}

Result<std::vector<ServiceClock>> estimateClocks(const Corpus& corpus, const Control& control)
{
    const std::vector<std::int64_t> values = corpus.spans.values(SpanColumn::Flags);
    std::vector<std::uint32_t> flags(values.size());
    std::transform(values.begin(), values.end(), flags.begin(),
                   [](std::int64_t value) { return static_cast<std::uint32_t>(value); });
    return estimateClocks(corpus.spans, parentsOf(corpus.spans), flags, control);
}

ClockOffsets offsetsOf(const std::vector<ServiceClock>& clocks)
{
    ClockOffsets offsets;
    for (const ServiceClock& clock : clocks) {
        if (clock.offset != 0)
            offsets.push_back({clock.service, clock.offset});
    }
    return offsets;
}

std::string clockText(const ServiceClock& clock, std::string_view service, std::string_view reference)
{
    const std::string length = durationText(clock.offset < 0 ? -clock.offset : clock.offset);
    return "the clock of " + std::string(service) + " is " + length + (clock.offset < 0 ? " ahead of" : " behind") +
           " that of " + std::string(reference) + " (± " + durationText(clock.bound) + ", from " +
           std::to_string(clock.agreed) + " of " + std::to_string(clock.pairs) +
           (clock.pairs == 1 ? " call)" : " calls)");
}

} // namespace arcscope
