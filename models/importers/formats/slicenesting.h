// SliceNesting: which slice of a track lies in which, from times alone, with slices in any order within a window.
#pragma once

#include "ids.h"
#include "times.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// A slice to be placed. `end` is noTime while it is open.
struct Slice {
    std::uint64_t track = 0; ///< of a thread, or of an asynchronous id
    Nanos start = noTime;
    Nanos end = noTime;
    std::uint64_t order = 0; ///< in the input: of two slices with the same times the earlier contains the later
    Id id;
    Id trace;              ///< slices of different traces are in no relation
    std::uint32_t tag = 0; ///< the caller's
    bool declared = false; ///< the caller's: its parent is known otherwise
    Id parent;             ///< found by place()
};

/// Keeps per track the slices given before that later ones may lie in.
class SliceNesting
{
public:
    /// Finds the parents of these slices among them and among those kept; sorts them by track and start.
    void place(std::vector<Slice>& slices);
    /// The slice will not be given again: it is kept for as long as others may lie in it.
    void keep(const Slice& slice);
    /// Drops what ended before this time.
    void forget(Nanos before);

    /// Of one track; slices that overlap without nesting could pile up.
    static constexpr std::size_t maxKept = 1'024;

private:
    void sort(std::vector<Slice>& slices);

    std::unordered_map<std::uint64_t, std::vector<Slice>> m_kept;
    std::vector<Slice>* m_lastKept = nullptr; ///< of m_lastTrack, where it is known
    std::uint64_t m_lastTrack = 0;
    std::vector<Slice> m_sorted; ///< memory of sort()
    std::vector<std::uint32_t> m_trackNumbers;
};

/// The innermost slice of a track around a time, among those that were placed; null for none.
const Slice* sliceAround(std::uint64_t track, Nanos time, const std::vector<Slice>& placed);

} // namespace arcscope
