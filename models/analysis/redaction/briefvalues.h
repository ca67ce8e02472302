// BriefValues: finds values that are too short to be looked for in every notation, where they stand as whole words.
#pragma once

#include "knownvalues.h"

#include <bitset>

namespace arcscope
{

/// Values of two or three bytes with a letter: "Mia", "Bo". Digits so short are counts, days and prices, too: they are
/// not taken.
class BriefValues
{
public:
    static constexpr std::size_t shortest = 2;

    static bool takes(std::string_view value);

    /// `value`: one that it takes. Letters of ASCII are the same in both cases unless `exact`.
    void add(std::string_view value, std::uint32_t id, bool exact);
    bool empty() const { return m_values.empty(); }
    /// Whole words, in order, not overlapping. One character of a script without spaces between words is found only
    /// where no letter is beside it. O(n).
    std::vector<KnownValues::Found> find(std::string_view text) const;
    /// Whether all of a text is one of them.
    bool holds(std::string_view text) const;

private:
    struct Value {
        std::string text;
        std::uint32_t id = 0;
        bool exact = false;
    };

    const Value* valueAt(std::string_view text, std::size_t at) const;

    std::vector<Value> m_values; ///< those of three bytes first
    std::bitset<65'536> m_heads; ///< two bytes in lower case
};

} // namespace arcscope
