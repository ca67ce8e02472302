// KnownValues: finds many known values in a text at once.
#pragma once

#include "recognizer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

class KnownValues
{
public:
    static constexpr std::size_t shortest = 4;      ///< shorter ones are not looked for
    static constexpr std::size_t unmistakable = 12; ///< bytes that stand for themselves also inside of a word

    /// `id` comes back with what is found. The value is copied. Letters of ASCII are the same in both cases unless
    /// `exact`.
    void add(std::string_view value, std::uint32_t id, bool exact = false);
    bool empty() const { return m_values.empty(); }
    std::size_t longest() const { return m_longest; } ///< bytes of the longest value

    struct Found {
        SensitiveRange range;
        std::uint32_t id = 0;
    };
    /// The longest value at each place, in order, not overlapping. Short ones may not go on as words where `edges`:
    /// "anna" is not in "banana". O(n), and the values that begin alike.
    std::vector<Found> find(std::string_view text, bool edges = true) const;

    /// Whether a value may begin with these four bytes, in lower case, the first in the highest: a filter, which is
    /// wrong about some. Nothing begins where it says no.
    bool mayBegin(std::uint32_t four) const
    {
        const std::uint32_t bit = four * 0x9E3779B1u >> (32 - filterBits);
        return (m_filter[bit / 64] >> (bit % 64) & 1) != 0;
    }
    /// Whether a value stands at a place; or its first `enough` bytes do, and `cuts` holds the byte behind what is the
    /// same, or the text ends there.
    bool standsAt(std::string_view text, std::size_t at, bool edges, std::size_t enough, std::string_view cuts) const;
    /// Calls `visit` with the first four bytes of each value, in lower case.
    template <typename Visit>
    void eachHead(Visit visit) const
    {
        for (const auto& [four, head] : m_heads)
            visit(four);
    }

private:
    static constexpr unsigned filterBits = 18;

    struct Value {
        std::string text; ///< lower case where not exact
        std::uint32_t id = 0;
        bool exact = false;
    };
    /// Indices of values, the longest first.
    using Bucket = std::vector<std::uint32_t>;
    struct Head {
        Bucket brief;                                       ///< below unmistakable
        std::unordered_map<std::uint64_t, Bucket> ordinary; ///< by the eight bytes behind the first four
    };

    const Value* longestAt(std::string_view text, std::size_t at, std::uint32_t four, bool edges) const;
    static bool isAt(const Value& value, std::string_view text, std::size_t at, bool edges);

    std::vector<Value> m_values;
    std::size_t m_longest = 0;
    std::unordered_map<std::uint32_t, Head> m_heads; ///< the first four bytes
    std::vector<std::uint64_t> m_filter = std::vector<std::uint64_t>((std::size_t{1} << filterBits) / 64);
};

} // namespace arcscope
