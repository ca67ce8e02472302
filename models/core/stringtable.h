// The strings of a corpus: each text once, found by StringId; immutable values that threads share.
#pragma once

#include "ids.h"

#include <cassert>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Strings of one segment: texts laid end to end.
struct StringSegment {
    std::string text;
    std::vector<std::uint32_t> ends; ///< ends[i] is where string i ends in `text`

    std::string_view operator[](std::size_t i) const
    {
        const std::uint32_t begin = i == 0 ? 0 : ends[i - 1];
        return std::string_view(text).substr(begin, ends[i] - begin);
    }
};

/// A snapshot: StringId -> text. Id 0 is the empty string. Copying shares the segments.
class StringTable
{
public:
    std::uint32_t size() const { return m_size; } ///< including id 0
    std::string_view operator[](StringId id) const;
    /// The id of a text, by scanning: for command-line words and filters, not for rows.
    StringId find(std::string_view text) const;
    /// Appends a segment, whose strings get the next ids.
    void append(std::shared_ptr<const StringSegment> segment);

private:
    struct Part {
        std::uint32_t first;
        std::shared_ptr<const StringSegment> segment;
    };
    std::vector<Part> m_parts;
    std::uint32_t m_size = 1;
};

/// Gives each different text an id; one thread. takeNew() hands over what came since the last call, as a segment for a
/// StringTable, so that ids in both agree.
class StringPool
{
public:
    StringPool() = default;
    /// Continues the ids of an existing table.
    explicit StringPool(const StringTable& table);

    StringId intern(std::string_view text);
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_texts.size()) + 1; }
    /// Null where nothing is new.
    std::shared_ptr<const StringSegment> takeNew();

private:
    /// Part of the hash lies in the slot, so that few texts have to be looked at: several are asked for with each span.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t id = 0; ///< 0: free
    };
    void grow();

    std::deque<std::string> m_texts; ///< text of id i + 1
    std::vector<Slot> m_slots;       ///< a power of two, at most half of them taken
    std::size_t m_taken = 0;
};

} // namespace arcscope
