#include "typedvalues.h"

#include "lexicon.h"
#include "notations.h"
#include "numberwords.h"
#include "valuejoining.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t furthestUnit = 3; ///< words between a number and the noun that it counts
constexpr double minutesOfHalfDay = 720;

using valuejoining::boundBefore;
using valuejoining::isOneOf;
using valuejoining::joinLast;

/// Finds the values from left to right; each function takes what begins at `m_at`, or nothing.
class Finder
{
public:
    explicit Finder(std::span<const SentenceWord> words)
        : m_words(words)
    {
    }

    std::vector<TypedValue> find()
    {
        while (m_at < m_words.size() && m_at < maxWords) {
            const std::size_t begin = m_at;
            TypedValue value;
            if (!identifier(value) && !money(value) && !clock(value) && !date(value) && !weekday(value) &&
                !amount(value)) {
                ++m_at;
                continue;
            }
            value.first = static_cast<std::uint16_t>(begin);
            value.end = static_cast<std::uint16_t>(m_at);
            if (!value.range)
                value.upper = value.number;
            value.bound = boundBefore(m_words, value.first);
            m_values.push_back(std::move(value));
            joinLast(m_values, m_words);
        }
        return std::move(m_values);
    }

private:
    static constexpr std::size_t maxWords = 60'000;

    const SentenceWord* word(std::size_t i) const { return i < m_words.size() ? &m_words[i] : nullptr; }
    std::string_view lower(std::size_t i) const { return i < m_words.size() ? m_words[i].lower : std::string_view(); }
    bool isNumber(std::size_t i) const { return i < m_words.size() && m_words[i].kind == WordKind::Number; }

    bool identifier(TypedValue& value)
    {
        if (const auto colour = notations::colourAt(m_words, m_at)) {
            value.type = ValueType::Identifier;
            value.text = colour->text;
            m_at += colour->size;
            return true;
        }
        if (m_words[m_at].kind != WordKind::Identifier)
            return false;
        value.type = ValueType::Identifier;
        value.text = m_words[m_at++].lower;
        return true;
    }

    /// The digits of a number and what is attached behind them.
    struct Digits {
        double number = 0;
        bool plain = true; ///< without commas and a point
        std::size_t count = 0;
        std::string_view suffix;
    };
    std::optional<Digits> digitsOf(std::size_t i) const
    {
        if (!isNumber(i))
            return std::nullopt;
        const std::string& text = m_words[i].lower;
        std::string bare;
        Digits digits;
        std::size_t end = 0;
        while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || text[end] == ',' || text[end] == '.')) {
            if (text[end] != ',')
                bare += text[end];
            ++end;
        }
        const auto read = std::from_chars(bare.data(), bare.data() + bare.size(), digits.number);
        if (read.ec != std::errc() || !std::isfinite(digits.number) ||
            (end < text.size() && (text[end] == ':' || text[end] == '-')))
            return std::nullopt;
        digits.plain = end == bare.size() && bare.find('.') == std::string::npos;
        digits.count = end;
        digits.suffix = std::string_view(text).substr(end);
        return digits;
    }

    /// Takes "hundred", "million", "k" behind a number.
    void magnitude(double& number)
    {
        while (const auto factor = magnitudeWord(lower(m_at))) {
            if (lower(m_at).size() == 1 && !m_words[m_at].glued)
                return;
            number *= *factor;
            ++m_at;
        }
    }

    /// A number in digits or words, with its magnitude; of ordinals and the like nothing.
    std::optional<double> plainNumber()
    {
        if (const auto digits = digitsOf(m_at)) {
            double number = digits->number;
            if (digits->suffix == "m" || digits->suffix == "b")
                number *= digits->suffix == "m" ? 1e6 : 1e9;
            else if (const auto factor = magnitudeWord(digits->suffix))
                number *= *factor;
            else if (!digits->suffix.empty())
                return std::nullopt;
            ++m_at;
            magnitude(number);
            return number;
        }
        return wordNumber();
    }

    std::optional<double> wordNumber()
    {
        if (isOneOf(lower(m_at), {"a", "an"})) {
            const auto factor = magnitudeWord(lower(m_at + 1));
            if (!factor || lower(m_at + 1).size() < 3)
                return std::nullopt;
            ++m_at;
            double number = 1;
            magnitude(number);
            return number;
        }
        if (!cardinalWord(lower(m_at)) || isPronoun())
            return std::nullopt;
        double all = 0;
        double part = 0;
        while (true) {
            const auto next = cardinalWord(lower(m_at));
            if (next) {
                const bool continues = part == 0 || (std::fmod(part, 100) == 0 && *next < 100) ||
                                       (std::fmod(part, 100) >= 20 && std::fmod(part, 10) == 0 && *next < 10);
                if (!continues)
                    break;
                part += *next;
                ++m_at;
            } else if (lower(m_at) == "-" && cardinalWord(lower(m_at + 1)) && std::fmod(part, 10) == 0 && part >= 20 &&
                       *cardinalWord(lower(m_at + 1)) < 10) {
                ++m_at;
                continue;
            } else if (lower(m_at) == "and" && part >= 100 && cardinalWord(lower(m_at + 1))) {
                ++m_at;
                continue;
            } else if (const auto factor = magnitudeWord(lower(m_at)); factor && lower(m_at).size() > 2) {
                part *= *factor;
                if (*factor > 100) {
                    all += part;
                    part = 0;
                }
                ++m_at;
            } else {
                break;
            }
        }
        return all + part;
    }

    /// "one of them", "no one", "the other one": no number.
    bool isPronoun() const
    {
        if (lower(m_at) != "one")
            return false;
        const std::string_view before = m_at > 0 ? lower(m_at - 1) : std::string_view();
        return isOneOf(before, {"no", "any", "every", "this", "that", "the", "another", "each", "which", "other",
                                "first", "last", "only", "some"}) ||
               isOneOf(lower(m_at + 1),
                       {"of", "another", "day", "can", "should", "must", "may", "might", "'s", "is", "has"});
    }

    bool money(TypedValue& value)
    {
        const std::size_t begin = m_at;
        std::string_view currency = currencyWord(lower(m_at));
        if (isOneOf(lower(m_at), {"us", "a", "ca", "au"}) && lower(m_at + 1) == "$" && m_words[m_at + 1].glued) {
            ++m_at;
            currency = "usd";
        }
        const bool sign = !currency.empty() && isNumber(m_at + 1);
        m_at += sign ? 1 : 0;
        const auto number = plainNumber();
        if (number && !sign) {
            currency = currencyWord(lower(m_at));
            if (isOneOf(lower(m_at), {"cents", "cent"}))
                currency = "cent";
            m_at += currency.empty() ? 0 : 1;
        } else if (number && sign && !currencyWord(lower(m_at)).empty() && lower(m_at).size() == 3) {
            ++m_at; // "$40 USD"
        }
        if (!number || currency.empty()) {
            m_at = begin;
            return false;
        }
        value.type = ValueType::Money;
        value.number = currency == "cent" ? *number / 100 : *number;
        value.unit = currency == "cent" ? "usd" : currency;
        return true;
    }

    bool clock(TypedValue& value)
    {
        if (isOneOf(lower(m_at), {"noon", "midnight", "midday"})) {
            value.type = ValueType::Clock;
            value.number = lower(m_at) == "midnight" ? 0 : minutesOfHalfDay;
            ++m_at;
            return true;
        }
        if (!isNumber(m_at))
            return false;
        const std::string_view text = lower(m_at);
        const std::size_t colon = text.find(':');
        int hour = 0;
        int minutes = 0;
        std::string_view suffix;
        if (colon != std::string_view::npos) {
            std::from_chars(text.data(), text.data() + colon, hour);
            std::from_chars(text.data() + colon + 1, text.data() + text.size(), minutes);
            suffix = text.substr(std::min(text.find_first_not_of("0123456789:"), text.size()));
        } else if (const auto digits = digitsOf(m_at); digits && digits->count <= 2 && digits->plain) {
            hour = static_cast<int>(digits->number);
            suffix = digits->suffix;
        } else {
            return false;
        }
        std::size_t end = m_at + 1;
        if (suffix.empty() && isOneOf(lower(end), {"am", "pm", "o'clock"}))
            suffix = lower(end++);
        const bool halves = suffix == "am" || suffix == "pm";
        if (hour > 24 || minutes > 59 || (colon == std::string_view::npos && !halves && suffix != "o'clock") ||
            (halves && hour > 12))
            return false;
        value.type = ValueType::Clock;
        value.number = hour % 24 * 60 + minutes;
        if (halves)
            value.number = std::fmod(value.number, minutesOfHalfDay) + (suffix == "pm" ? minutesOfHalfDay : 0);
        value.halfDay = !halves && hour > 0 && hour <= 12 && text[0] != '0';
        m_at = end;
        return true;
    }

    /// The day of a month at word `i`: "6", "6th", "sixth"; 0: none.
    int dayAt(std::size_t i) const
    {
        if (const auto digits = digitsOf(i);
            digits && digits->plain && digits->count <= 2 && digits->number >= 1 && digits->number <= 31 &&
            (digits->suffix.empty() || isOneOf(digits->suffix, {"st", "nd", "rd", "th"})))
            return static_cast<int>(digits->number);
        return 0;
    }

    int yearAt(std::size_t i) const
    {
        const auto digits = digitsOf(i);
        const bool is = digits && digits->plain && digits->count == 4 && digits->suffix.empty() &&
                        digits->number >= 1000 && digits->number <= 2100;
        return is ? static_cast<int>(digits->number) : 0;
    }

    int monthAt(std::size_t i) const
    {
        return i < m_words.size() && m_words[i].kind == WordKind::Word && m_words[i].capital ? monthWord(lower(i)) : 0;
    }

    bool date(TypedValue& value)
    {
        value.type = ValueType::Date;
        const std::string_view text = lower(m_at);
        if (isNumber(m_at) && text.size() == 10 && text[4] == '-' && text[7] == '-') {
            for (const auto& [from, size] : {std::pair(0, 4), std::pair(5, 2), std::pair(8, 2)}) {
                int part = 0;
                std::from_chars(text.data() + from, text.data() + from + size, part);
                value.number = value.number * 100 + part;
            }
            ++m_at;
            return true;
        }
        int day = 0;
        int month = monthAt(m_at);
        std::size_t end = m_at + 1;
        if (month > 0) { // "April 6, 1946", "April 1946"
            day = dayAt(end);
            const bool clockFollows = day > 0 && isOneOf(lower(end + 1), {"am", "pm"});
            day = clockFollows ? 0 : day;
            end += day > 0 ? 1 : 0;
        } else { // "6 April 1946", "the 6th of April"
            day = dayAt(m_at);
            const std::size_t then = end + (lower(end) == "of" ? 1 : 0);
            month = day > 0 ? monthAt(then) : 0;
            end = then + 1;
        }
        if (month == 0)
            return yearOnly(value);
        const std::size_t comma = lower(end) == "," || lower(end) == "of" ? 1 : 0;
        const int year = yearAt(end + comma);
        end += year > 0 ? comma + 1 : 0;
        const auto isNameAt = [this](std::size_t i) {
            return i < m_words.size() && m_words[i].kind == WordKind::Word && m_words[i].capital;
        };
        if (day == 0 && year == 0 && (isNameAt(end) || (m_at > 1 && isNameAt(m_at - 1))))
            return false; // "Friedrich August Albrecht"
        if (day == 0 && year == 0 && (lower(m_at) == "may" || lower(m_at) == "march" || lower(m_at).size() <= 4) &&
            !(m_at > 0 && isOneOf(lower(m_at - 1), {"in", "of", "since", "until", "by", "late", "early", "mid"})))
            return false;
        value.number = year * 10'000 + month * 100 + day;
        m_at = end;
        return true;
    }

    /// "1946", "the 1970s".
    bool yearOnly(TypedValue& value)
    {
        value.type = ValueType::Year;
        const auto digits = digitsOf(m_at);
        if (digits && digits->plain && digits->count == 4 && digits->suffix == "s" && digits->number >= 1000 &&
            digits->number <= 2100) {
            value.number = digits->number;
            value.range = true;
            value.upper = value.number + (std::fmod(value.number, 100) == 0 ? 99 : 9);
            ++m_at;
            return true;
        }
        value.number = yearAt(m_at);
        if (value.number == 0 || !currencyWord(lower(m_at + 1)).empty() || unitWord(lower(m_at + 1)) ||
            lower(m_at + 1) == "%" || magnitudeWord(lower(m_at + 1)) || countsPlural(m_at + 1))
            return false;
        ++m_at;
        return true;
    }

    /// A noun in the plural: what stands before it is how many.
    bool countsPlural(std::size_t i) const
    {
        if (i >= m_words.size() || m_words[i].kind != WordKind::Word || m_words[i].capital)
            return false;
        const std::string_view text = lower(i);
        if (text == "people")
            return true;
        return text.ends_with('s') && text.size() > 3 && !text.ends_with("ss") && !lexicon().find(text) &&
               lexicon().baseForm(text) != text;
    }

    bool weekday(TypedValue& value)
    {
        const SentenceWord& at = m_words[m_at];
        const int day = at.kind == WordKind::Word && at.capital ? weekdayWord(at.lower) : 0;
        value.type = ValueType::Weekday;
        value.number = day;
        m_at += day > 0 ? 1 : 0;
        return day > 0;
    }

    bool amount(TypedValue& value)
    {
        value.type = ValueType::Cardinal;
        if (ordinal(value))
            return true;
        const std::size_t begin = m_at;
        const bool minus = lower(m_at) == "-" && isNumber(m_at + 1) && m_words[m_at + 1].glued && !m_words[m_at].glued;
        m_at += minus ? 1 : 0;
        if (const auto digits = digitsOf(m_at); digits && !digits->suffix.empty() && !magnitudeWord(digits->suffix)) {
            if (const auto unit = unitWord(digits->suffix)) {
                value.number = digits->number * unit->factor * (minus ? -1 : 1);
                value.unit = unit->base;
                ++m_at;
                return true;
            }
            if (digits->suffix != "m" && digits->suffix != "b") { // "4x4", "3d"
                value.type = ValueType::Identifier;
                value.text = lower(m_at++);
                return true;
            }
        }
        const auto number = plainNumber();
        if (!number) {
            m_at = begin;
            return false;
        }
        value.number = minus ? -*number : *number;
        if (lower(m_at) == "%" || isOneOf(lower(m_at), {"percent", "pct", "percentage"})) {
            value.type = ValueType::Percent;
            ++m_at;
        } else if (lower(m_at) == "per" && lower(m_at + 1) == "cent") {
            value.type = ValueType::Percent;
            m_at += 2;
        } else {
            unitOf(value);
        }
        if (value.type == ValueType::Percent && isOneOf(lower(m_at), {"point", "points"})) {
            value.unit = "points";
            ++m_at;
        }
        return true;
    }

    bool ordinal(TypedValue& value)
    {
        value.type = ValueType::Ordinal;
        if (const auto digits = digitsOf(m_at); digits && isOneOf(digits->suffix, {"st", "nd", "rd", "th"})) {
            value.number = digits->number;
            ++m_at;
            return true;
        }
        std::size_t at = m_at;
        const auto tens = cardinalWord(lower(at));
        if (tens && *tens >= 20 && lower(at + 1) == "-")
            at += 2; // "twenty-first"
        const auto number = ordinalWord(lower(at));
        const std::string_view before = m_at > 0 ? lower(m_at - 1) : std::string_view();
        if (!number || m_words[at].kind != WordKind::Word ||
            (*number == 2 && at == m_at && isOneOf(before, {"", "per", "a", "each", "every", "one", ","})) ||
            (*number == 1 && at == m_at &&
             (isOneOf(before, {"", "at", ",", "when", "came"}) || lower(at + 1) == ",")) ||
            (before == "-" && m_words[m_at].glued)) {
            value.type = ValueType::Cardinal;
            return false;
        }
        value.number = *number + (at > m_at ? *tens : 0);
        m_at = at + 1;
        return true;
    }

    /// The unit behind a number, or the noun that it counts: the last of a compound, not beyond a sign.
    void unitOf(TypedValue& value)
    {
        const std::size_t begin = m_at;
        if (const auto unit = unitWord(lower(begin)); unit && (lower(begin).size() > 1 || m_words[begin].glued)) {
            value.unit = unit->base;
            value.number *= unit->factor;
            ++m_at;
            return;
        }
        const Lexicon& known = lexicon();
        std::size_t looked = 0;
        for (std::size_t i = begin; i < m_words.size() && looked < furthestUnit; ++i) {
            const SentenceWord& at = m_words[i];
            if (at.kind == WordKind::Sign && at.lower == "-")
                continue;
            if (at.kind != WordKind::Word || (at.capital && !value.unit.empty()) ||
                isOneOf(at.lower, {"of", "to", "in",  "on",  "at",   "by",  "for",  "from",  "and", "or",   "with",
                                   "as", "is", "was", "are", "were", "who", "that", "which", "but", "than", "per"}))
                return;
            ++looked;
            const std::string base = known.baseForm(at.lower);
            const auto id = known.find(base);
            if (!id || !known.isNoun(*id)) {
                if (!value.unit.empty())
                    return;
                continue;
            }
            value.unit = base;
            if (base != at.lower && at.lower.ends_with('s'))
                return; // a noun in the plural ends the compound
        }
    }

    std::span<const SentenceWord> m_words;
    std::size_t m_at = 0;
    std::vector<TypedValue> m_values;
};

} // namespace

std::vector<TypedValue> typedValues(std::span<const SentenceWord> words)
{
    return Finder(words).find();
}

} // namespace arcscope
