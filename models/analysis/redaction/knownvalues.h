// KnownValues: finds many known values in a text at once.
#pragma once

#include "recognizer.h"

#include <array>
#include <bitset>
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
    static constexpr std::size_t shortest = 4; ///< shorter ones are not looked for

    /// `id` comes back with what is found. The value is copied. Letters of ASCII are the same in both cases unless
    /// `exact`.
    void add(std::string_view value, std::uint32_t id, bool exact = false);
    bool empty() const { return m_values.empty(); }

    struct Found {
        SensitiveRange range;
        std::uint32_t id = 0;
    };
    /// The longest value at each place, in order, not overlapping. Short ones may not go on as words where `edges`:
    /// "anna" is not in "banana". O(n), and the values that begin alike.
    std::vector<Found> find(std::string_view text, bool edges = true) const;

private:
    struct Value {
        std::string text; ///< lower case where not exact
        std::uint32_t id = 0;
        bool exact = false;
        bool isShort = false;
    };

    std::vector<Value> m_values;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> m_byHead; ///< the first four bytes
    std::bitset<65'536> m_heads;                                            ///< the first two
};

} // namespace arcscope
