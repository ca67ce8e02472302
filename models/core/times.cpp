#include "times.h"

#include <array>
#include <cstdio>

namespace arcscope
{
namespace
{

constexpr std::int64_t secondsPerDay = 86'400;

/// Days since 1970-01-01 of a proleptic Gregorian date, counted in 400-year eras that begin on 1 March.
constexpr std::int64_t daysFromCivil(std::int64_t year, int month, int day)
{
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146'097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719'468;
}

struct CivilDate {
    std::int64_t year;
    int month;
    int day;
};

constexpr CivilDate civilFromDays(std::int64_t days)
{
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const std::int64_t dayOfEra = days - era * 146'097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1'460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shifted = (5 * dayOfYear + 2) / 153;
    const int day = static_cast<int>(dayOfYear - (153 * shifted + 2) / 5 + 1);
    const int month = static_cast<int>(shifted + (shifted < 10 ? 3 : -9));
    return {yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

constexpr int daysInMonth(std::int64_t year, int month)
{
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

/// Reads `count` digits at `at` and moves past them; -1 where a character is no digit.
int digits(std::string_view text, std::size_t& at, int count)
{
    int value = 0;
    for (int i = 0; i < count; ++i, ++at) {
        if (at >= text.size() || text[at] < '0' || text[at] > '9')
            return -1;
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

bool skip(std::string_view text, std::size_t& at, char c)
{
    if (at >= text.size() || text[at] != c)
        return false;
    ++at;
    return true;
}

/// The zone behind the time, in seconds east of UTC; nothing where it is malformed.
std::optional<int> zoneSeconds(std::string_view text, std::size_t& at, bool& given)
{
    given = at < text.size();
    if (!given)
        return 0;
    if (text[at] == 'Z' || text[at] == 'z') {
        ++at;
        return 0;
    }
    const int sign = text[at] == '+' ? 1 : text[at] == '-' ? -1 : 0;
    if (sign == 0)
        return std::nullopt;
    ++at;
    const int hours = digits(text, at, 2);
    skip(text, at, ':');
    const int minutes = at < text.size() ? digits(text, at, 2) : 0;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return std::nullopt;
    return sign * (hours * 3600 + minutes * 60);
}

} // namespace

std::optional<IsoTime> parseIsoTime(std::string_view text)
{
    std::size_t at = 0;
    const int year = digits(text, at, 4);
    if (year < 0 || !skip(text, at, '-'))
        return std::nullopt;
    const int month = digits(text, at, 2);
    if (month < 1 || month > 12 || !skip(text, at, '-'))
        return std::nullopt;
    const int day = digits(text, at, 2);
    if (day < 1 || day > daysInMonth(year, month))
        return std::nullopt;
    if (!skip(text, at, 'T') && !skip(text, at, ' ') && !skip(text, at, 't'))
        return std::nullopt;
    const int hour = digits(text, at, 2);
    if (hour < 0 || hour > 23 || !skip(text, at, ':'))
        return std::nullopt;
    const int minute = digits(text, at, 2);
    if (minute < 0 || minute > 59)
        return std::nullopt;
    int seconds = 0;
    Nanos fraction = 0;
    if (skip(text, at, ':')) {
        seconds = digits(text, at, 2);
        if (seconds < 0 || seconds > 60)
            return std::nullopt;
        if (skip(text, at, '.') || skip(text, at, ',')) {
            Nanos unit = second / 10;
            for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
                fraction += (text[at] - '0') * unit;
        }
    }
    IsoTime result;
    const auto zone = zoneSeconds(text, at, result.zoneGiven);
    if (!zone || at != text.size())
        return std::nullopt;
    std::int64_t wholeSeconds =
        daysFromCivil(year, month, day) * secondsPerDay + hour * 3600 + minute * 60 + seconds - *zone;
    if (wholeSeconds < 0 && fraction > 0) { // the first second of the range starts before it
        ++wholeSeconds;
        fraction -= second;
    }
    if (__builtin_mul_overflow(wholeSeconds, second, &result.time) ||
        __builtin_add_overflow(result.time, fraction, &result.time) || result.time == noTime)
        return std::nullopt;
    return result;
}

std::string isoText(Nanos time)
{
    if (time == noTime)
        return {};
    std::int64_t wholeSeconds = time / second;
    Nanos fraction = time % second;
    if (fraction < 0) {
        fraction += second;
        --wholeSeconds;
    }
    std::int64_t days = wholeSeconds / secondsPerDay;
    std::int64_t rest = wholeSeconds % secondsPerDay;
    if (rest < 0) {
        rest += secondsPerDay;
        --days;
    }
    const CivilDate date = civilFromDays(days);
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04lld-%02d-%02dT%02d:%02d:%02d", static_cast<long long>(date.year),
                  date.month, date.day, static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60),
                  static_cast<int>(rest % 60));
    std::string out = buffer.data();
    if (fraction != 0) {
        std::snprintf(buffer.data(), buffer.size(), ".%09lld", static_cast<long long>(fraction));
        out += buffer.data();
        while (out.ends_with("000"))
            out.resize(out.size() - 3);
    }
    return out + 'Z';
}

std::string durationText(Nanos length)
{
    if (length == noTime)
        return {};
    if (length < 0)
        return "-" + durationText(-length);
    std::array<char, 64> buffer{};
    const auto print = [&](const char* format, auto... values) {
        std::snprintf(buffer.data(), buffer.size(), format, values...);
        return std::string(buffer.data());
    };
    const auto value = static_cast<double>(length);
    if (length == 0)
        return "0";
    if (length < microsecond)
        return print("%lld ns", static_cast<long long>(length));
    if (length < millisecond)
        return print("%.3g µs", value / 1e3);
    if (length < second)
        return print(length < 100 * millisecond ? "%.3g ms" : "%.0f ms", value / 1e6);
    if (length < 60 * second)
        return print("%.2f s", value / 1e9);
    const long long total = length / second;
    if (total < 3600)
        return print("%lld min %02lld s", total / 60, total % 60);
    if (total < 48 * 3600)
        return print("%lld h %02lld min", total / 3600, total / 60 % 60);
    return print("%lld d %02lld h", total / 86'400, total / 3600 % 24);
}

} // namespace arcscope
