// Dates as people write them: read from a text, and written in other ways.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct CalendarDate {
    int year = 0; ///< 1850 to 2099
    int month = 0;
    int day = 0;

    bool operator==(const CalendarDate&) const = default;
};

struct WrittenDate {
    std::vector<CalendarDate> meanings; ///< two of "02/03/1979", none where there is no date
    std::size_t bytes = 0;
};

/// The date that begins at a place, with its year in four digits: "1984-05-03", "3.5.1984", "05/03/1984", "3rd of May
/// 1984", "May 3, 1984"; months also in German, French and Spanish. Digits do not go on behind it.
WrittenDate dateAt(std::string_view text, std::size_t at);

/// A date, or a text that begins with one, in the ways of English, American and German texts: "October 5, 1957",
/// "5 Oct 1957", "10/05/1957", "05.10.1957", "5. Oktober 1957". Nothing for any other text.
std::vector<std::string> otherDates(std::string_view date);

} // namespace arcscope
