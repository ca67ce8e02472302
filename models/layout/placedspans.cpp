#include "placedspans.h"

#include "axis.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace arcscope
{

std::uint16_t lookOf(std::int64_t kind, std::int64_t status, std::int64_t spanFlags, std::int64_t provenanceBits)
{
    const ProvenanceSet provenance(static_cast<std::uint32_t>(provenanceBits));
    const auto has = [&](SpanFlag flag) { return (spanFlags & bit(flag)) != 0; };
    unsigned flags = 0;
    flags |= provenance.of(Fact::Start) == Provenance::Inferred ? unsigned{SpanLook::InferredStart} : 0u;
    flags |= provenance.of(Fact::End) == Provenance::Inferred ? unsigned{SpanLook::InferredEnd} : 0u;
    flags |= has(SpanFlag::NotExecuted) ? unsigned{SpanLook::NotExecuted} : 0u;
    flags |= has(SpanFlag::Synthetic) ? unsigned{SpanLook::Synthetic} : 0u;
    flags |= has(SpanFlag::Streamed) ? unsigned{SpanLook::Streamed} : 0u;
    flags |= has(SpanFlag::Orphan) ? unsigned{SpanLook::Orphan} : 0u;
    flags |= has(SpanFlag::OutsideParent) || has(SpanFlag::EndsBeforeStart) ? unsigned{SpanLook::OutOfPlace} : 0u;
    return SpanLook(static_cast<SpanKind>(kind), static_cast<SpanStatus>(status), static_cast<std::uint16_t>(flags))
        .bits();
}

void append(PlacedSpans& spans, Row row, Nanos start, Nanos duration, std::uint16_t look, std::uint16_t lane)
{
    spans.rows.push_back(row);
    spans.starts.push_back(start);
    spans.ends.push_back(saturatingAdd(start, std::max<Nanos>(duration, 0)));
    spans.looks.push_back(duration < 0 ? static_cast<std::uint16_t>(look | SpanLook::OpenEnd) : look);
    spans.lanes.push_back(lane);
}

void placeByOrder(PlacedSpans& spans, std::span<const std::uint16_t> depths)
{
    Nanos now = 0;
    std::vector<std::size_t> open;
    const auto closeTo = [&](std::size_t depth) {
        while (open.size() > depth) {
            const std::size_t i = open.back();
            open.pop_back();
            if (spans.starts[i] == now)
                now += orderStep;
            spans.ends[i] = now;
        }
    };
    for (std::size_t i = 0; i < spans.size(); ++i) {
        closeTo(depths[i]);
        spans.starts[i] = now;
        spans.looks[i] = static_cast<std::uint16_t>(spans.looks[i] & ~unsigned{SpanLook::OpenEnd});
        open.push_back(i);
    }
    closeTo(0);
}

namespace
{

/// Sorts keys whose upper bits, above `low`, are a time of `bits` bits: one pass into time slices, then each slice by
/// itself while it is in the cache. False where stopped.
bool sortKeys(std::vector<std::uint64_t>& keys, int low, int bits, const Control& control)
{
    const int sliceBits = std::clamp(static_cast<int>(std::bit_width(keys.size() / 64)), 0, std::min(17, bits));
    const int shift = low + bits - sliceBits;
    std::vector<std::uint32_t> ends((std::size_t{1} << sliceBits) + 1);
    const auto sliceOf = [&](std::uint64_t key) { return shift > 63 ? 0 : static_cast<std::size_t>(key >> shift); };
    for (const std::uint64_t key : keys)
        ++ends[sliceOf(key) + 1];
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<std::uint64_t> sorted(keys.size());
    for (const std::uint64_t key : keys)
        sorted[ends[sliceOf(key)]++] = key;
    keys.swap(sorted);
    std::uint32_t begin = 0;
    for (std::size_t slice = 0; slice + 1 < ends.size(); ++slice) {
        if (slice % 1024 == 0 && control.stopped())
            return false;
        std::sort(keys.begin() + begin, keys.begin() + ends[slice]);
        begin = ends[slice];
    }
    return true;
}

} // namespace

std::vector<std::uint32_t> byStart(const PlacedSpans& spans, const Control& control)
{
    std::vector<std::uint32_t> order(spans.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        if (spans.starts[a] != spans.starts[b])
            return spans.starts[a] < spans.starts[b];
        return spans.ends[a] != spans.ends[b] ? spans.ends[a] > spans.ends[b] : a < b;
    };
    if (order.empty() || std::is_sorted(order.begin(), order.end(), before))
        return order;

    const auto [low, high] = std::minmax_element(spans.starts.begin(), spans.starts.end());
    const Nanos first = *low;
    const int timeBits = static_cast<int>(std::bit_width(lengthOf({first, *high})));
    const int indexBits = static_cast<int>(std::bit_width(spans.size()));
    if (timeBits + indexBits > 64) { // centuries: broken clocks are among them
        std::sort(order.begin(), order.end(), before);
        return order;
    }
    // Start and index in one number compare without a look at the arrays.
    std::vector<std::uint64_t> keys(spans.size());
    for (std::uint32_t i = 0; i < spans.size(); ++i)
        keys[i] = (static_cast<std::uint64_t>(spans.starts[i]) - static_cast<std::uint64_t>(first)) << indexBits | i;
    if (!sortKeys(keys, indexBits, timeBits, control))
        return {};
    const std::uint64_t indexMask = (std::uint64_t{1} << indexBits) - 1;
    for (std::size_t i = 0; i < keys.size(); ++i)
        order[i] = static_cast<std::uint32_t>(keys[i] & indexMask);
    for (std::size_t i = 0; i < keys.size();) {
        std::size_t end = i + 1;
        while (end < keys.size() && keys[end] >> indexBits == keys[i] >> indexBits)
            ++end;
        if (end - i > 1)
            std::sort(order.begin() + static_cast<std::ptrdiff_t>(i), order.begin() + static_cast<std::ptrdiff_t>(end),
                      before);
        i = end;
    }
    return order;
}

} // namespace arcscope
