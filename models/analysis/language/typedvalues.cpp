#include "typedvalues.h"

#include "notations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr double minutesOfHalfDay = 720;

bool partsAgree(double a, double b)
{
    for (int part = 0; part < 3; ++part) {
        const double scale = part == 2 ? 1e6 : 100;
        const double left = std::fmod(a, scale);
        const double right = std::fmod(b, scale);
        if (left != 0 && right != 0 && left != right)
            return false;
        a = std::floor(a / 100);
        b = std::floor(b / 100);
    }
    return true;
}

bool numbersAgree(const TypedValue& a, double left, double right, double tolerance)
{
    switch (a.type) {
    case ValueType::Cardinal:
        if (a.unit == "byte")
            return notations::areBytes(left, right, tolerance);
        [[fallthrough]];
    case ValueType::Percent:
    case ValueType::Money:
        return std::abs(left - right) <= tolerance * std::max(std::abs(left), std::abs(right));
    case ValueType::Date:
        return partsAgree(left, right);
    default:
        return left == right;
    }
}

/// Values of two types, in the order of those.
bool agreeAcross(const TypedValue& a, const TypedValue& b, double tolerance)
{
    if (a.type == ValueType::Year && b.type == ValueType::Date) {
        const double said = std::floor(b.number / 10'000);
        return said == 0 || (said >= a.number && said <= a.upper);
    }
    if (a.type == ValueType::Cardinal && b.type == ValueType::Year) // "1,200" and "1200"
        return a.unit.empty() && !a.range && !b.range && a.number == b.number;
    if (a.type == ValueType::Cardinal && b.type == ValueType::Percent)
        return a.unit.empty() && !a.range && !b.range && notations::isShareOf(b.number, a.number, tolerance);
    if (a.type == ValueType::Cardinal && b.type == ValueType::Identifier)
        return !a.range && notations::hexadecimal(b.text) == a.number;
    return false;
}

std::string digitsOf(double number)
{
    std::array<char, 32> text{};
    const bool whole = number == std::floor(number) && std::abs(number) < 1e15;
    const auto written = whole ? std::to_chars(text.data(), text.data() + text.size(), static_cast<long long>(number))
                               : std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), written.ptr};
}

std::string padded(int number, std::size_t size)
{
    const std::string digits = std::to_string(number);
    return std::string(size - std::min(size, digits.size()), '0') + digits;
}

std::string oneNumber(const TypedValue& value, double number)
{
    constexpr std::array weekdays{"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    const int whole = static_cast<int>(std::clamp(number, -1e9, 1e9));
    switch (value.type) {
    case ValueType::Date: {
        const int year = whole / 10'000;
        const int day = whole % 100;
        return (year > 0 ? padded(year, 4) : std::string("-")) + "-" + padded(whole / 100 % 100, 2) +
               (day > 0 ? "-" + padded(day, 2) : std::string());
    }
    case ValueType::Weekday:
        return whole >= 1 && whole <= 7 ? weekdays[static_cast<std::size_t>(whole)] : std::string();
    case ValueType::Clock:
        return padded(whole / 60, 2) + ":" + padded(whole % 60, 2);
    default:
        return digitsOf(number);
    }
}

} // namespace

std::string_view name(ValueType type)
{
    constexpr std::array<std::string_view, 9> names{"number", "percentage", "amount of money", "ordinal",   "year",
                                                    "date",   "weekday",    "time of day",     "identifier"};
    return names[static_cast<std::size_t>(type)];
}

std::string normalised(const TypedValue& value)
{
    if (value.type == ValueType::Identifier)
        return value.text;
    std::string text = oneNumber(value, value.number);
    if (value.range)
        text += " to " + oneNumber(value, value.upper);
    if (value.type == ValueType::Percent)
        text += " %";
    if (value.type == ValueType::Ordinal)
        text += ".";
    return value.unit.empty() ? text : text + " " + value.unit;
}

bool agree(const TypedValue& a, const TypedValue& b, double tolerance)
{
    if (a.type == ValueType::Identifier && b.type == ValueType::Identifier)
        return a.text == b.text;
    if (a.type != b.type)
        return b.type < a.type ? agreeAcross(b, a, tolerance) : agreeAcross(a, b, tolerance);
    if (a.range && b.range)
        return numbersAgree(a, a.number, b.number, tolerance) && numbersAgree(a, a.upper, b.upper, tolerance);
    if (a.range != b.range && a.type != ValueType::Date) {
        const TypedValue& range = a.range ? a : b;
        const double value = a.range ? b.number : a.number;
        return value >= std::min(range.number, range.upper) && value <= std::max(range.number, range.upper);
    }
    if (a.type == ValueType::Clock && (a.halfDay || b.halfDay))
        return std::fmod(a.number, minutesOfHalfDay) == std::fmod(b.number, minutesOfHalfDay);
    return numbersAgree(a, a.number, b.number, tolerance);
}

} // namespace arcscope
