// The values of many texts, in prose and in JSON alike, and in which text each one first stands.
#pragma once

#include "typedvalues.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// A number, date, time of day or identifier as it can be looked up: equal where the values are.
struct EvidenceKey {
    enum class Kind : std::uint8_t { Number, Day, DayOfYear, OpenDay, Minute, Word };
    Kind kind = Kind::Number;
    double number = 0; ///< Day: yyyymmdd, DayOfYear: mmdd, OpenDay: mmdd without a year, Minute: of the day
    std::string word;  ///< in lower case

    std::uint64_t hash() const;
};

/// Every value that stands in a text, by any reading of it: "2024-05-15T10:00:00" is a day and a minute, "05/06/2024"
/// two days, "1,200.50" one number, an epoch in seconds or milliseconds a day and a minute in UTC. O(bytes).
std::vector<EvidenceKey> evidenceKeys(std::string_view text);

class ValueEvidence
{
public:
    static constexpr std::uint32_t none = ~std::uint32_t(0);

    /// Texts come in the order of their numbers.
    void add(std::string_view text, std::uint32_t number);
    /// The first text that says the value; `written` as the statement has it. Numbers may be rounded to the digits
    /// that are written, "about" allows 5 %; times may be half a day off where one side does not say which half.
    std::uint32_t first(const TypedValue& value, std::string_view written) const;
    /// A sum and the like, which has no written form.
    std::uint32_t firstNumber(double number, int decimals = 2) const;
    bool empty() const { return m_first.empty(); }

private:
    std::uint32_t find(EvidenceKey::Kind kind, double number, std::string_view word = {}) const;

    std::unordered_map<std::uint64_t, std::uint32_t> m_first;
    std::vector<std::pair<double, std::uint32_t>> m_fractions; ///< numbers that are not whole
};

/// The number of digits behind the decimal point of the first number in it.
int decimalsOf(std::string_view written);

} // namespace arcscope
