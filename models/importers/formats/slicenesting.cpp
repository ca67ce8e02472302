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
    return endOf(outer) >= endOf(inner) && outer.start <= inner.start && outer.trace == inner.trace &&
           outer.order != inner.order;
}

bool isBefore(const Slice& slice, const Slice& other)
{
    return comesBefore(slice, other);
}

bool isBefore(const Slice* slice, const Slice* other)
{
    return comesBefore(*slice, *other);
}

/// A stack of slices, or of pointers to them.
template <typename Entry>
void insert(std::vector<Entry>& stack, const Entry& entry)
{
    auto place = stack.end();
    while (place != stack.begin() && isBefore(entry, *(place - 1)))
        --place;
    stack.insert(place, entry);
}

} // namespace

/// By track, then by comesBefore(). Slices of one track mostly come in order, those of different tracks mixed.
void SliceNesting::sort(std::vector<Slice>& slices)
{
    struct Track {
        std::uint64_t track = 0;
        std::uint32_t number = 0; ///< in the order in which they occur
        std::size_t slices = 0;
    };
    std::vector<Track> tracks;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    m_trackNumbers.clear();
    for (const Slice& slice : slices) {
        if (m_trackNumbers.empty() || tracks[m_trackNumbers.back()].track != slice.track) {
            const auto [found, isNew] = numbers.try_emplace(slice.track, static_cast<std::uint32_t>(tracks.size()));
            if (isNew)
                tracks.push_back({slice.track, found->second, 0});
            m_trackNumbers.push_back(found->second);
        } else {
            m_trackNumbers.push_back(m_trackNumbers.back());
        }
        ++tracks[m_trackNumbers.back()].slices;
    }
    std::sort(tracks.begin(), tracks.end(), [](const Track& a, const Track& b) { return a.track < b.track; });
    std::vector<std::size_t> next(tracks.size());
    std::size_t begin = 0;
    for (const Track& track : tracks) {
        next[track.number] = begin;
        begin += track.slices;
    }
    m_sorted.resize(slices.size());
    for (std::size_t i = 0; i < slices.size(); ++i)
        m_sorted[next[m_trackNumbers[i]]++] = slices[i];
    slices.swap(m_sorted);
    auto first = slices.begin();
    for (const Track& track : tracks) {
        const auto last = first + static_cast<std::ptrdiff_t>(track.slices);
        if (!std::is_sorted(first, last, comesBefore))
            std::sort(first, last, comesBefore);
        first = last;
    }
}

void SliceNesting::place(std::vector<Slice>& slices)
{
    m_lastKept = nullptr;
    sort(slices);
    std::vector<const Slice*> stack;
    for (std::size_t first = 0; first < slices.size();) {
        std::size_t next = first;
        const std::uint64_t track = slices[first].track;
        const auto kept = m_kept.find(track);
        stack.clear();
        if (kept != m_kept.end()) {
            for (const Slice& slice : kept->second)
                stack.push_back(&slice);
        }
        for (; next < slices.size() && slices[next].track == track; ++next) {
            Slice& slice = slices[next];
            while (!stack.empty() && endOf(*stack.back()) < slice.start)
                stack.pop_back();
            auto outer = stack.end(); // a plain loop: find_if() would call contains() for each
            while (outer != stack.begin() && !contains(**(outer - 1), slice))
                --outer;
            slice.parent = outer == stack.begin() ? Id{} : (*(outer - 1))->id;
            if (stack.size() == maxKept)
                stack.erase(stack.begin() + maxKept / 2);
            insert(stack, static_cast<const Slice*>(&slice));
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
    if (!m_lastKept || m_lastTrack != slice.track)
        m_lastKept = &m_kept[slice.track];
    m_lastTrack = slice.track;
    std::vector<Slice>& kept = *m_lastKept;
    while (!kept.empty() && endOf(kept.back()) < slice.start)
        kept.pop_back();
    if (kept.size() == maxKept)
        kept.erase(kept.begin() + maxKept / 2);
    insert(kept, slice);
}

void SliceNesting::forget(Nanos before)
{
    m_lastKept = nullptr;
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
