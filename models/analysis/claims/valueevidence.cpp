#include "valueevidence.h"

#include "languagewords.h"
#include "notations.h"
#include "numberwords.h"
#include "proselines.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace arcscope
{
namespace
{

constexpr double minutesOfDay = 1440;
constexpr double halfDay = 720;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Reads a text once from left to right.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    std::vector<EvidenceKey> run()
    {
        while (m_at < m_text.size()) {
            if (const auto colour = colourHere()) {
                m_keys.push_back({EvidenceKey::Kind::Word, 0, colour->text});
                m_at += m_text[m_at] == '#' ? 1 : channelsBegin; // what it is made of counts, too
            } else if (isDigit(m_text[m_at]))
                number();
            else if (isLetter(m_text[m_at]) || m_text[m_at] == '_')
                word();
            else
                ++m_at;
        }
        return std::move(m_keys);
    }

private:
    static constexpr std::size_t channelsBegin = 3; ///< behind "rgb"

    char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }

    std::optional<notations::Colour> colourHere() const
    {
        const bool may = m_text[m_at] == '#' ||
                         ((m_text[m_at] | 0x20) == 'r' && (m_at == 0 || !prose::isWordByte(m_text[m_at - 1])));
        return may ? notations::colourAt(m_text.substr(m_at)) : std::nullopt;
    }

    std::optional<int> digits(std::size_t from, std::size_t least, std::size_t most) const
    {
        std::size_t end = from;
        while (isDigit(at(end)))
            ++end;
        if (end - from < least || end - from > most)
            return std::nullopt;
        int value = 0;
        std::from_chars(m_text.data() + from, m_text.data() + end, value);
        return value;
    }

    std::size_t endOfDigits(std::size_t from) const
    {
        while (isDigit(at(from)))
            ++from;
        return from;
    }

    void add(EvidenceKey::Kind kind, double value) { m_keys.push_back({kind, value, {}}); }

    void addDay(int year, int month, int day)
    {
        if (month < 1 || month > 12 || day < 1 || day > 31)
            return;
        add(EvidenceKey::Kind::DayOfYear, month * 100 + day);
        add(year > 0 ? EvidenceKey::Kind::Day : EvidenceKey::Kind::OpenDay, year * 10'000 + month * 100 + day);
        if (year > 0)
            add(EvidenceKey::Kind::Number, year);
    }

    void addEpoch(double seconds)
    {
        const auto days = static_cast<std::int64_t>(seconds) / 86'400;
        add(EvidenceKey::Kind::Minute, std::floor(std::fmod(seconds, 86'400) / 60));
        // Civil date of a count of days, by years that begin in March.
        const std::int64_t shifted = days + 719'468;
        const std::int64_t era = shifted / 146'097;
        const std::int64_t dayOfEra = shifted - era * 146'097;
        const std::int64_t year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
        const std::int64_t dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100);
        const std::int64_t month = (5 * dayOfYear + 2) / 153;
        const int civil = static_cast<int>(month < 10 ? month + 3 : month - 9);
        addDay(static_cast<int>(year + era * 400 + (civil <= 2 ? 1 : 0)), civil,
               static_cast<int>(dayOfYear - (153 * month + 2) / 5 + 1));
    }

    /// 2024-05-15, 15.05.2024, 05/15/2024, 5/15. Its end; 0: none stands there.
    std::size_t date()
    {
        const std::size_t first = endOfDigits(m_at);
        const char sign = at(first);
        if (sign != '-' && sign != '/' && sign != '.')
            return 0;
        const std::size_t second = endOfDigits(first + 1);
        const std::size_t third = at(second) == sign ? endOfDigits(second + 1) : second;
        const auto a = digits(m_at, 1, 4);
        const auto b = digits(first + 1, 1, 2);
        const auto c = at(second) == sign ? digits(second + 1, 1, 4) : std::nullopt;
        if (!a || !b)
            return 0;
        if (first - m_at == 4 && c && *c <= 31) {
            addDay(*a, *b, *c);
            return third;
        }
        if (first - m_at > 2 || (!c && sign != '/'))
            return 0;
        const int year = !c ? 0 : *c < 100 ? 2000 + *c : *c;
        addDay(year, *a, *b);
        addDay(year, *b, *a);
        return c ? third : second;
    }

    /// 10:30, 10:30:00, 10:30 pm. Its end; 0: none.
    std::size_t time()
    {
        const std::size_t colon = endOfDigits(m_at);
        const auto hour = digits(m_at, 1, 2);
        if (!hour || *hour > 24)
            return 0;
        std::size_t end = colon;
        int minute = 0;
        if (at(colon) == ':') {
            const auto read = digits(colon + 1, 2, 2);
            if (!read || *read > 59)
                return 0;
            minute = *read;
            end = colon + 3;
            if (at(end) == ':' && digits(end + 1, 2, 2))
                end += 3;
        }
        std::size_t half = end;
        while (at(half) == ' ')
            ++half;
        const char letter = static_cast<char>(at(half) | 0x20);
        const std::size_t behind = at(half + 1) == '.' ? half + 2 : half + 1;
        const bool said = (letter == 'a' || letter == 'p') && (at(behind) | 0x20) == 'm' && !isLetter(at(behind + 1));
        if (end == colon && !said)
            return 0;
        int at24 = *hour % 24 * 60 + minute;
        if (said)
            at24 = (*hour % 12 + (letter == 'p' ? 12 : 0)) * 60 + minute;
        add(EvidenceKey::Kind::Minute, at24);
        const bool open = !said && at(m_at) != '0' && *hour >= 1 && *hour <= 12 && at(end) != ':' &&
                          (m_at == 0 || (at(m_at - 1) | 0x20) != 't');
        if (open)
            add(EvidenceKey::Kind::Minute, std::fmod(at24 + halfDay, minutesOfDay));
        return said ? behind + 1 : end;
    }

    void number()
    {
        const std::size_t begin = m_at;
        if (std::size_t end = date()) {
            m_at = end;
            if ((at(end) | 0x20) == 't' && isDigit(at(end + 1)))
                ++m_at;
            return;
        }
        if (const std::size_t end = time()) {
            m_at = end;
            return;
        }
        std::string digitsOnly;
        std::size_t end = m_at;
        while (isDigit(at(end)) || (at(end) == ',' && isDigit(at(end + 1)) && isDigit(at(end + 2)) &&
                                    isDigit(at(end + 3)) && !isDigit(at(end + 4)))) {
            if (at(end) != ',')
                digitsOnly += at(end);
            ++end;
        }
        const bool whole = !(at(end) == '.' && isDigit(at(end + 1)));
        if (!whole) {
            digitsOnly += '.';
            for (++end; isDigit(at(end)); ++end)
                digitsOnly += at(end);
        }
        double value = 0;
        std::from_chars(digitsOnly.data(), digitsOnly.data() + digitsOnly.size(), value);
        add(EvidenceKey::Kind::Number, value);
        if (at(end) == '%')
            add(EvidenceKey::Kind::Number, value / 100);
        if (whole && value >= 1e9 && value < 4e9)
            addEpoch(value);
        if (whole && value >= 1e12 && value < 4e12)
            addEpoch(value / 1000);
        dayBeside(begin, end, value);
        m_at = end;
        if (isLetter(at(end)) || at(end) == '_' || at(end) == '-') { // "20ms", and "4f0c-11"
            m_at = begin;
            word();
            m_at = std::max(m_at, end);
        }
    }

    /// "15 May 2024", "May 15th, 2024".
    void dayBeside(std::size_t begin, std::size_t end, double value)
    {
        if (value < 1 || value > 31 || end - begin > 2)
            return;
        const auto yearAt = [&](std::size_t i) {
            while (at(i) == ' ' || at(i) == ',')
                ++i;
            const auto year = digits(i, 4, 4);
            return year && *year >= 1000 && *year <= 2999 ? *year : 0;
        };
        std::size_t next = end;
        if (isLetter(at(next)) && isLetter(at(next + 1)) && !isLetter(at(next + 2)))
            next += 2; // "th"
        const int day = static_cast<int>(value);
        if (m_month > 0)
            addDay(yearAt(next), m_month, day);
        std::size_t word = next;
        while (at(word) == ' ' || at(word) == '-')
            ++word;
        if (m_text.substr(word, 3) == "of ")
            word += 3;
        std::size_t wordEnd = word;
        while (isLetter(at(wordEnd)))
            ++wordEnd;
        if (const int month = monthWord(prose::lower(m_text.substr(word, wordEnd - word))))
            addDay(yearAt(wordEnd), month, day);
    }

    void word()
    {
        std::size_t end = m_at;
        bool digit = false;
        bool letter = false;
        const auto joins = [&](std::size_t i) {
            return (at(i) == '-' || at(i) == '.' || at(i) == '@' || at(i) == '+') && prose::isWordByte(at(i + 1));
        };
        while (prose::isWordByte(at(end)) || (end > m_at && joins(end))) {
            digit = digit || isDigit(at(end));
            letter = letter || isLetter(at(end));
            ++end;
            if (end >= m_text.size())
                break;
        }
        const std::string lower = prose::lower(m_text.substr(m_at, end - m_at));
        if (digit || lower.find('@') != std::string::npos) {
            addWords(lower);
        } else if (const int month = monthWord(lower)) {
            m_month = month;
            m_at = end;
            while (at(m_at) == ' ' || at(m_at) == '.')
                ++m_at;
            if (isDigit(at(m_at)))
                number();
            m_month = 0;
            return;
        }
        m_at = std::max(end, m_at + 1);
    }

    /// A word with signs within is also each of its parts.
    void addWords(const std::string& lower)
    {
        m_keys.push_back({EvidenceKey::Kind::Word, 0, lower});
        if (const auto number = notations::hexadecimal(lower))
            add(EvidenceKey::Kind::Number, *number);
        // "card_8191784" is the card 8191784, which ends in 1784.
        const std::size_t before = lower.find_last_not_of("0123456789");
        const std::size_t digits = before == std::string::npos ? lower.size() : lower.size() - 1 - before;
        if (digits >= 4 && digits <= 15) {
            m_keys.push_back({EvidenceKey::Kind::Number, std::stod(lower.substr(lower.size() - 4)), {}});
            m_keys.push_back({EvidenceKey::Kind::Number, std::stod(lower.substr(lower.size() - digits)), {}});
        }
        if (lower.find_first_of("-.@+") == std::string::npos)
            return;
        for (std::size_t from = 0; from < lower.size();) {
            const std::size_t end = std::min(lower.find_first_of("-.@+", from), lower.size());
            if (end - from > 2)
                m_keys.push_back({EvidenceKey::Kind::Word, 0, lower.substr(from, end - from)});
            from = end + 1;
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_month = 0; ///< that stands before the number
    std::vector<EvidenceKey> m_keys;
};

double rounded(double number, int decimals)
{
    const double scale = std::pow(10.0, decimals);
    return std::round(number * scale) / scale;
}

} // namespace

std::uint64_t EvidenceKey::hash() const
{
    const auto cents = static_cast<std::int64_t>(std::llround(std::clamp(number, -9e13, 9e13) * 1e4));
    const std::uint64_t of = word.empty() ? static_cast<std::uint64_t>(cents) * 0x9e3779b97f4a7c15u : wordKey(word);
    return of ^ (static_cast<std::uint64_t>(kind) + 1) << 60u;
}

std::vector<EvidenceKey> evidenceKeys(std::string_view text)
{
    return Scanner(text).run();
}

int decimalsOf(std::string_view written)
{
    const std::size_t first = written.find_first_of("0123456789");
    const std::size_t point = first == std::string_view::npos ? first : written.find('.', first);
    if (point == std::string_view::npos)
        return 0;
    std::size_t end = point + 1;
    while (end < written.size() && isDigit(written[end]))
        ++end;
    return static_cast<int>(std::min<std::size_t>(end - point - 1, 6));
}

void ValueEvidence::add(std::string_view text, std::uint32_t number)
{
    for (const EvidenceKey& key : evidenceKeys(text)) {
        const bool isNew = m_first.try_emplace(key.hash(), number).second;
        if (isNew && key.kind == EvidenceKey::Kind::Number && key.number != std::floor(key.number))
            m_fractions.emplace_back(key.number, number);
    }
}

std::uint32_t ValueEvidence::find(EvidenceKey::Kind kind, double number, std::string_view word) const
{
    const auto found = m_first.find(EvidenceKey{kind, number, std::string(word)}.hash());
    return found == m_first.end() ? none : found->second;
}

std::uint32_t ValueEvidence::firstNumber(double number, int decimals) const
{
    std::uint32_t best = find(EvidenceKey::Kind::Number, number);
    for (const auto& [fraction, text] : m_fractions) {
        if (text < best && rounded(fraction, decimals) == rounded(number, decimals))
            best = text;
    }
    return best;
}

std::uint32_t ValueEvidence::first(const TypedValue& value, std::string_view written) const
{
    std::uint32_t best = none;
    const auto consider = [&](std::uint32_t found) { best = std::min(best, found); };
    switch (value.type) {
    case ValueType::Date: {
        const auto whole = static_cast<std::int64_t>(value.number);
        if (whole % 100 == 0) // a month
            return 0;
        if (whole < 10'000'000)
            return find(EvidenceKey::Kind::DayOfYear, static_cast<double>(whole));
        consider(find(EvidenceKey::Kind::Day, static_cast<double>(whole)));
        consider(find(EvidenceKey::Kind::OpenDay, static_cast<double>(whole % 10'000)));
        return best;
    }
    case ValueType::Clock:
        consider(find(EvidenceKey::Kind::Minute, value.number));
        if (value.halfDay)
            consider(find(EvidenceKey::Kind::Minute, std::fmod(value.number + halfDay, minutesOfDay)));
        return best;
    case ValueType::Identifier:
        if (const auto number = notations::hexadecimal(value.text))
            consider(find(EvidenceKey::Kind::Number, *number));
        if (value.text.starts_with('#')) // a colour, or the number of something
            consider(find(EvidenceKey::Kind::Word, 0, value.text.substr(1)));
        consider(find(EvidenceKey::Kind::Word, 0, value.text));
        return best;
    default:
        break;
    }
    const int decimals = decimalsOf(written);
    consider(firstNumber(value.number, decimals));
    for (const EvidenceKey& key : evidenceKeys(written)) { // as it is written, whatever the unit
        if (key.kind == EvidenceKey::Kind::Number)
            consider(firstNumber(key.number, decimals));
    }
    if (value.type == ValueType::Percent)
        consider(firstNumber(value.number / 100, decimals + 2));
    if (value.type == ValueType::Money)
        consider(find(EvidenceKey::Kind::Number, value.number * 100)); // in cents
    return best;
}

} // namespace arcscope
