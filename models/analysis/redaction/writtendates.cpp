#include "writtendates.h"

#include "scantext.h"

#include <algorithm>
#include <array>
#include <optional>

namespace arcscope
{
namespace
{

constexpr int firstYear = 1850, lastYear = 2099;

/// Twelve of each language, in lower case.
constexpr auto months = std::to_array<std::string_view>(
    {"january",   "february", "march",    "april",    "may",        "june",    "july",      "august",
     "september", "october",  "november", "december", "januar",     "februar", "märz",      "april",
     "mai",       "juni",     "juli",     "august",   "september",  "oktober", "november",  "dezember",
     "janvier",   "février",  "mars",     "avril",    "mai",        "juin",    "juillet",   "août",
     "septembre", "octobre",  "novembre", "décembre", "enero",      "febrero", "marzo",     "abril",
     "mayo",      "junio",    "julio",    "agosto",   "septiembre", "octubre", "noviembre", "diciembre"});
constexpr std::size_t shortMonth = 3; ///< "Oct", of English

class Reader
{
public:
    Reader(std::string_view text, std::size_t at)
        : m_text(text)
        , m_at(at)
    {
    }

    std::size_t at() const { return m_at; }
    void goTo(std::size_t at) { m_at = at; }

    /// Of so many digits, with no other behind it.
    std::optional<int> number(std::size_t least, std::size_t most)
    {
        std::size_t to = m_at;
        int value = 0;
        for (; to < m_text.size() && to - m_at <= most && isAsciiDigit(m_text[to]); ++to)
            value = value * 10 + (m_text[to] - '0');
        if (to - m_at < least || to - m_at > most)
            return std::nullopt;
        m_at = to;
        return value;
    }
    bool take(std::string_view word)
    {
        if (lowered(m_text.substr(m_at, word.size())) != word)
            return false;
        m_at += word.size();
        return true;
    }
    void takeAny(std::string_view bytes)
    {
        while (m_at < m_text.size() && bytes.find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }
    /// 1 to 12; 0 for none.
    int month()
    {
        std::size_t to = m_at;
        while (to < m_text.size() && (isAsciiLetter(m_text[to]) || isUtf8Byte(m_text[to])))
            ++to;
        std::string word = lowered(m_text.substr(m_at, to - m_at));
        if (word == "sept")
            word = "sep";
        for (std::size_t i = 0; i < months.size(); ++i) {
            if (word == months[i] || (i < 12 && word == months[i].substr(0, shortMonth))) {
                m_at = to;
                take(".");
                return static_cast<int>(i % 12) + 1;
            }
        }
        return 0;
    }

private:
    std::string_view m_text;
    std::size_t m_at;
};

void keep(WrittenDate& date, int year, int month, int day)
{
    const CalendarDate one{year, month, day};
    const bool can = year >= firstYear && year <= lastYear && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    if (can && std::find(date.meanings.begin(), date.meanings.end(), one) == date.meanings.end())
        date.meanings.push_back(one);
}

/// "1984-05-03", "05/03/1984"
WrittenDate inNumbers(std::string_view text, std::size_t at)
{
    constexpr std::string_view dividers = "-/.";
    Reader reader(text, at);
    const auto first = reader.number(1, 4);
    const char divider = byteAt(text, reader.at());
    if (!first || dividers.find(divider) == std::string_view::npos)
        return {};
    const bool yearFirst = reader.at() - at == 4;
    reader.goTo(reader.at() + 1);
    const auto second = reader.number(1, 2);
    if (!second || byteAt(text, reader.at()) != divider)
        return {};
    reader.goTo(reader.at() + 1);
    const auto third = yearFirst ? reader.number(1, 2) : reader.number(4, 4);
    if (!third || (!yearFirst && *first > 31))
        return {};
    WrittenDate date{{}, reader.at() - at};
    if (yearFirst) {
        keep(date, *first, *second, *third);
    } else {
        keep(date, *third, *second, *first);
        if (divider != '.')
            keep(date, *third, *first, *second);
    }
    return date;
}

/// "3rd of May 1984", "3. Mai 1984", "3-May-1984"
WrittenDate dayFirst(std::string_view text, std::size_t at)
{
    Reader reader(text, at);
    const auto day = reader.number(1, 2);
    if (!day)
        return {};
    for (const std::string_view ending : {"st", "nd", "rd", "th", "er", "."}) {
        if (reader.take(ending))
            break;
    }
    reader.takeAny(" -");
    if (!reader.take("of "))
        reader.take("de ");
    const int month = reader.month();
    if (month == 0)
        return {};
    reader.takeAny(" -,");
    if (!reader.take("of "))
        reader.take("de ");
    const auto year = reader.number(4, 4);
    WrittenDate date{{}, reader.at() - at};
    if (year)
        keep(date, *year, month, *day);
    return date;
}

/// "May 3, 1984", "May 3rd 1984"
WrittenDate monthFirst(std::string_view text, std::size_t at)
{
    Reader reader(text, at);
    const int month = reader.month();
    reader.takeAny(" ");
    reader.take("the ");
    const auto day = month > 0 ? reader.number(1, 2) : std::nullopt;
    if (!day)
        return {};
    for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
        if (reader.take(ending))
            break;
    }
    reader.takeAny(" ,");
    const auto year = reader.number(4, 4);
    WrittenDate date{{}, reader.at() - at};
    if (year)
        keep(date, *year, month, *day);
    return date;
}

std::string ordinal(int day)
{
    const bool teen = day / 10 == 1;
    const int last = teen ? 0 : day % 10;
    return std::to_string(day) + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

std::string twoDigits(int number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

void addWays(const CalendarDate& date, std::vector<std::string>& made)
{
    const std::string year = std::to_string(date.year);
    const std::string month = twoDigits(date.month);
    const std::string day = twoDigits(date.day);
    for (const char* between : {"-", "/", ".", ""})
        made.push_back(year + between + month + between + day);
    const std::string name(months[static_cast<std::size_t>(date.month - 1)]);
    for (const std::string& word : {name, name.substr(0, shortMonth), name.substr(0, shortMonth) + '.'}) {
        for (const std::string& one : {day, std::to_string(date.day), ordinal(date.day)}) {
            for (const char* between : {", ", " "})
                made.push_back(word + ' ' + one + between + year);
            for (const char* of : {" ", " of ", "-"})
                made.push_back(one + of + word + (*of == '-' ? '-' : ' ') + year);
        }
    }
    const std::string german(months[static_cast<std::size_t>(date.month - 1) + 12]);
    for (const std::string& one : {day, std::to_string(date.day)})
        made.push_back(one + ". " + german + ' ' + year);
    for (const char divider : {'/', '.', '-'}) {
        for (const bool full : {true, false}) {
            const std::string one = full ? day : std::to_string(date.day);
            const std::string two = full ? month : std::to_string(date.month);
            made.push_back(one + divider + two + divider + year);
            made.push_back(two + divider + one + divider + year);
        }
    }
}

} // namespace

WrittenDate dateAt(std::string_view text, std::size_t at)
{
    for (const auto read : {inNumbers, dayFirst, monthFirst}) {
        WrittenDate date = read(text, at);
        if (!date.meanings.empty())
            return date;
    }
    return {};
}

std::vector<std::string> otherDates(std::string_view date)
{
    std::vector<std::string> made;
    for (const CalendarDate& one : dateAt(date, 0).meanings)
        addWays(one, made);
    return made;
}

} // namespace arcscope
