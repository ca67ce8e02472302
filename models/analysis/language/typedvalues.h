// Values in a sentence by what they are: amounts, shares, dates, times, identifiers, each in one normal form.
#pragma once

#include "sentencewords.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

enum class ValueType : std::uint8_t { Cardinal, Percent, Money, Ordinal, Year, Date, Weekday, Clock, Identifier };

std::string_view name(ValueType type); ///< "number", "percentage", …

/// What stands in front of a value.
enum class ValueBound : std::uint8_t {
    Exact,
    About,   ///< "about", "nearly", "some"
    AtLeast, ///< "over", "at least", "more than"
    AtMost,  ///< "up to", "under", "at most"
};

struct TypedValue {
    ValueType type = ValueType::Cardinal;
    ValueBound bound = ValueBound::Exact;
    bool range = false;
    /// The value, or the lower end of a range. Dates are year * 10,000 + month * 100 + day, with 0 for what is not
    /// said; weekdays 1 (Monday) to 7; clock times minutes after midnight.
    double number = 0;
    double upper = 0; ///< the other end of a range, else as `number`
    /// Of cardinals the base form of the noun they count, or a unit; "s", "byte", "m", "g" for all units of time,
    /// storage, length and weight, in which `number` is then. Of money the currency: "usd", or "$".
    std::string unit;
    bool halfDay = false;    ///< of clock times: may be before or after noon
    std::string text;        ///< of identifiers, in lower case; of colours "#rrggbb", however they are written
    std::uint16_t first = 0; ///< its words, up to but not including `end`
    std::uint16_t end = 0;
};

/// The value in one spelling: "15000 spectator", "12.5 %", "1946-04-06", "--04-06", "15:30", "1970 to 1979".
std::string normalised(const TypedValue& value);

/// Whether two values can be the same: of one type and unit equal, one part of the other ("1946" and "6 April 1946"),
/// or but for rounding; of others the same in another notation ("25 %" and "0.25", "0x1f" and "31"; notations.h).
/// `tolerance` is the share of the larger by which numbers may differ.
bool agree(const TypedValue& a, const TypedValue& b, double tolerance = 0.006);

/// The values of a sentence, in order; no two of them share a word. O(words).
std::vector<TypedValue> typedValues(std::span<const SentenceWord> words);

} // namespace arcscope
