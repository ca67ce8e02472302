#include "slicenesting.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace arcscope
{
namespace
{

Nanos endOf(const Slice& slice)
{
    return slice.end == noTime ? std::numeric_limits<Nanos>::max() : slice.end;
}

/// Outer slices first.
bool comesBefore(const Slice& a, const Slice& b)
{
    if (a.start != b.start)
        return a.start < b.start;
    if (endOf(a) != endOf(b))
        return endOf(a) > endOf(b);
    return a.order < b.order;
}

bool contains(const Slice& outer, const Slice& inner)
{
    return outer.start <= inner.start && endOf(outer) >= endOf(inner) && outer.trace == inner.trace &&
           outer.order != inner.order;
}

void insert(std::vector<Slice>& stack, const Slice& slice)
{
    auto place = stack.end();
    while (place != stack.begin() && comesBefore(slice, *(place - 1)))
        --place;
    stack.insert(place, slice);
}

} // namespace

void SliceNesting::place(std::vector<Slice>& slices)
{
    std::sort(slices.begin(), slices.end(), [](const Slice& a, const Slice& b) {
        return a.track != b.track ? a.track < b.track : comesBefore(a, b);
    });
    std::vector<Slice> stack;
    for (std::size_t first = 0; first < slices.size();) {
        std::size_t next = first;
        const std::uint64_t track = slices[first].track;
        const auto kept = m_kept.find(track);
        stack.clear();
        if (kept != m_kept.end())
            stack = kept->second;
        for (; next < slices.size() && slices[next].track == track; ++next) {
            Slice& slice = slices[next];
            while (!stack.empty() && endOf(stack.back()) < slice.start)
                stack.pop_back();
            const auto outer =
                std::find_if(stack.rbegin(), stack.rend(), [&](const Slice& each) { return contains(each, slice); });
            slice.parent = outer == stack.rend() ? Id{} : outer->id;
            if (stack.size() == maxKept)
                stack.erase(stack.begin() + maxKept / 2);
            insert(stack, slice);
        }
        if (kept != m_kept.end()) {
            const Nanos last = slices[next - 1].start;
            std::erase_if(kept->second, [&](const Slice& each) { return endOf(each) < last; });
            if (kept->second.empty())
                m_kept.erase(kept);
        }
        first = next;
    }
}

void SliceNesting::keep(const Slice& slice)
{
    std::vector<Slice>& kept = m_kept[slice.track];
    while (!kept.empty() && endOf(kept.back()) < slice.start)
        kept.pop_back();
    if (kept.size() == maxKept)
        kept.erase(kept.begin() + maxKept / 2);
    insert(kept, slice);
}

void SliceNesting::forget(Nanos before)
{
    for (auto track = m_kept.begin(); track != m_kept.end();) {
        std::erase_if(track->second, [&](const Slice& each) { return endOf(each) < before; });
        track = track->second.empty() ? m_kept.erase(track) : std::next(track);
    }
}

const Slice* sliceAround(std::uint64_t track, Nanos time, const std::vector<Slice>& placed)
{
    Slice point;
    point.track = track;
    point.start = point.end = time;
    point.order = std::numeric_limits<std::uint64_t>::max();
    auto place = std::upper_bound(placed.begin(), placed.end(), point, [](const Slice& a, const Slice& b) {
        return a.track != b.track ? a.track < b.track : comesBefore(a, b);
    });
    for (std::size_t tried = 0; place != placed.begin() && tried < SliceNesting::maxKept; ++tried) {
        --place;
        if (place->track != track)
            break;
        if (endOf(*place) >= time)
            return &*place;
    }
    return nullptr;
}

} // namespace arcscope
