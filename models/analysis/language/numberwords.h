// What numerals, months, weekdays, units and currencies stand for.
#pragma once

#include <optional>
#include <string_view>

namespace arcscope
{

std::optional<double> cardinalWord(std::string_view word);  ///< "seven", "twenty"
std::optional<double> ordinalWord(std::string_view word);   ///< "first" … "thirtieth"; "second" is one, too
std::optional<double> magnitudeWord(std::string_view word); ///< "hundred", "million", "k", "bn"
int monthWord(std::string_view word);                       ///< "january", "jan": 1 … 12; 0: none
int weekdayWord(std::string_view word);                     ///< "monday", "mon": 1 … 7; 0: none
std::string_view currencyWord(std::string_view word);       ///< "$", "usd", "dollars": "usd"; empty: none

struct Unit {
    std::string_view base; ///< what all units of the kind are counted in
    double factor = 1;
};
/// A unit of measure, also in the plural and abbreviated.
std::optional<Unit> unitWord(std::string_view word);

} // namespace arcscope
