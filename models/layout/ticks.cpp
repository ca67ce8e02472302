#include "ticks.h"

#include "axis.h"
#include "foldedticks.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace arcscope
{

namespace
{

constexpr Nanos minute = 60 * second;
constexpr Nanos hour = 60 * minute;
constexpr Nanos day = 24 * hour;
/// Labels longer than this many digits are split into a base and a rest.
constexpr int mostDigits = 7;
/// What the least distance between labels has room for, and what of it stays free, in characters.
constexpr int labelCharacters = 15;
constexpr int labelGap = 3;

struct Step {
    Nanos length;
    int minor; ///< parts between labels
};

/// Steps above a second.
constexpr std::array longSteps{
    Step{second, 5},      Step{2 * second, 4},  Step{5 * second, 5}, Step{10 * second, 5}, Step{15 * second, 3},
    Step{30 * second, 3}, Step{minute, 6},      Step{2 * minute, 4}, Step{5 * minute, 5},  Step{10 * minute, 5},
    Step{15 * minute, 3}, Step{30 * minute, 3}, Step{hour, 6},       Step{2 * hour, 4},    Step{3 * hour, 3},
    Step{6 * hour, 6},    Step{12 * hour, 4},   Step{day, 4},        Step{2 * day, 2},     Step{7 * day, 7},
};

Step stepFor(const TimeRange& range, int width, int pixels, TickMode mode)
{
    const double length = static_cast<double>(std::max<std::uint64_t>(lengthOf(range), 1));
    const double least = length * std::max(pixels, 1) / std::max(width, 1);
    const auto decimal = [&](Nanos unit, Nanos end) -> Step {
        for (; unit < end; unit *= 10) {
            for (const int factor : {1, 2, 5}) {
                if (static_cast<double>(unit * factor) >= least)
                    return {unit * factor, unit * factor < 2 ? 1 : factor == 2 ? 2 : 5};
            }
        }
        return {0, 1};
    };
    if (mode == TickMode::Ordinal) {
        const Step step = decimal(orderStep, orderStep * 1'000'000'000'000);
        return {step.length, step.length == orderStep ? 1 : step.minor};
    }
    if (const Step step = decimal(1, second); step.length > 0)
        return step;
    for (const Step& step : longSteps) {
        if (static_cast<double>(step.length) >= least)
            return step;
    }
    const Step step = decimal(10 * day, 10 * day * 10'000);
    return step.length > 0 ? step : Step{10 * day * 10'000, 1};
}

Nanos floorTo(Nanos value, Nanos step)
{
    const Nanos rest = value % step;
    return saturatingAdd(value, rest < 0 ? -rest - step : -rest);
}

/// value / unit with as many decimals as `step` needs: "12.345".
std::string decimalText(Nanos value, Nanos unit, Nanos step)
{
    int digits = 0;
    for (Nanos u = unit; u > 1 && step % u != 0; u /= 10)
        ++digits;
    const bool negative = value < 0;
    const auto magnitude = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    std::string text = std::to_string(magnitude / static_cast<std::uint64_t>(unit));
    if (digits > 0) {
        const std::string fraction =
            std::to_string(magnitude % static_cast<std::uint64_t>(unit) + static_cast<std::uint64_t>(unit));
        text += '.' + fraction.substr(1, static_cast<std::size_t>(digits));
    }
    return (negative ? "-" : "+") + text;
}

std::string twoDigits(Nanos value)
{
    return (value < 10 ? "0" : "") + std::to_string(value);
}

/// "+14:17.3", "+2:41:17.300": where seconds have decimals, words would need more room than there is.
std::string stopwatchText(Nanos value, Nanos step)
{
    const Nanos magnitude = value < 0 ? -value : value;
    const std::string seconds = decimalText(magnitude % minute, second, step).substr(1);
    std::string text = value < 0 ? "-" : "+";
    if (magnitude >= hour)
        text += std::to_string(magnitude / hour) + ':' + twoDigits(magnitude % hour / minute);
    else
        text += std::to_string(magnitude / minute);
    return text + (seconds.find('.') == 1 ? ":0" : ":") + seconds;
}

/// "+1.5 s", "+2 min 03 s", "+14:17.3", "+5 h 10 min", "+3 d 06 h": as exact as the step needs, no further.
std::string sinceText(Nanos value, Nanos step)
{
    if (value == 0)
        return "0";
    const auto magnitude = value < 0 ? -value : value;
    if (magnitude < microsecond)
        return decimalText(value, 1, step) + " ns";
    if (magnitude < millisecond && step < millisecond)
        return decimalText(value, microsecond, step) + " \u00b5s";
    if (magnitude < second && step < second)
        return decimalText(value, millisecond, step) + " ms";
    if (magnitude < minute)
        return decimalText(value, second, step) + " s";
    if (step < second)
        return stopwatchText(value, step);
    const std::string sign = value < 0 ? "-" : "+";
    std::string text;
    if (magnitude >= day)
        text = std::to_string(magnitude / day) + " d" +
               (step < day ? ' ' + twoDigits(magnitude % day / hour) + " h" : "") +
               (step < hour ? ' ' + twoDigits(magnitude % hour / minute) + " min" : "");
    else if (magnitude >= hour)
        text = std::to_string(magnitude / hour) + " h" +
               (step < hour ? ' ' + twoDigits(magnitude % hour / minute) + " min" : "");
    else
        text = std::to_string(magnitude / minute) + " min";
    if (step < minute)
        text += ' ' + twoDigits(magnitude % minute / second) + " s";
    return sign + text;
}

/// The last digits after a point that say nothing, and a point that nothing follows, are left out.
std::string withoutLastZeros(std::string text)
{
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.')
            text.pop_back();
    }
    return text;
}

/// "+4 min 52.243 s": all digits that are not zero, in the units that people count in.
std::string exactSinceText(Nanos value)
{
    const Nanos rest = value % minute;
    const Nanos whole = value - rest;
    const std::string seconds = withoutLastZeros(decimalText(rest < 0 ? -rest : rest, second, 1).substr(1));
    const std::string sign = value < 0 ? "-" : "+";
    if (whole == 0)
        return sign + seconds + " s";
    const bool padded = seconds.size() == 1 || seconds[1] == '.';
    return sinceText(whole, minute) + (padded ? " 0" : " ") + seconds + " s";
}

/// A point in time that labels are added to, in no more digits than it has.
std::string baseText(Nanos time, TickMode mode, Nanos origin)
{
    if (mode == TickMode::SinceOrigin)
        return exactSinceText(saturatingAdd(time, -origin));
    std::string text = isoText(time);
    if (!text.empty() && text.back() == 'Z')
        text = withoutLastZeros(text.substr(0, text.size() - 1)) + 'Z';
    return text;
}

/// "12:03", "12:03:04.5", "2026-01-02" at midnight.
std::string clockText(Nanos time, Nanos step)
{
    const std::string iso = isoText(floorTo(time, second));
    const Nanos inDay = time - floorTo(time, day);
    if (inDay == 0 || step >= day)
        return iso.substr(0, 10);
    std::string text = iso.substr(11, step < minute ? 8 : 5);
    if (step < second)
        text += decimalText(time - floorTo(time, second), second, step).substr(2);
    return text;
}

std::string labelOf(Nanos time, Nanos step, TickMode mode, Nanos origin)
{
    switch (mode) {
    case TickMode::SinceOrigin:
        return sinceText(saturatingAdd(time, -origin), step);
    case TickMode::Absolute:
        return clockText(time, step);
    case TickMode::Ordinal:
        return '#' + std::to_string(saturatingAdd(time, -origin) / orderStep + 1);
    }
    return {};
}

} // namespace

Nanos tickStep(const TimeRange& range, int width, int pixels)
{
    return stepFor(range, width, pixels, TickMode::SinceOrigin).length;
}

namespace
{

/// Characters of the longest label; the two bytes of "\u00b5" count as one.
int longestLabel(const TickScale& scale)
{
    std::size_t most = 0;
    for (const Tick& tick : scale.ticks) {
        const auto tails = std::count_if(tick.label.begin(), tick.label.end(),
                                         [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; });
        most = std::max(most, tick.label.size() - static_cast<std::size_t>(tails));
    }
    return static_cast<int>(most);
}

TickScale scaleOf(const Step& step, const TimeRange& range, int width, TickMode mode, Nanos origin)
{
    TickScale scale;
    scale.step = step.length;
    const Nanos zero = mode == TickMode::Absolute ? 0 : origin;
    Nanos labelOrigin = zero;
    TickMode labelMode = mode;

    // Where the labels would differ only in their last digits, the common part is written once.
    const double largest = std::max(std::abs(static_cast<double>(range.start) - static_cast<double>(zero)),
                                    std::abs(static_cast<double>(range.end) - static_cast<double>(zero)));
    const Nanos coarse = step.length < second ? step.length * 1000 : 0;
    if (mode != TickMode::Ordinal && coarse > 0 && step.length < millisecond &&
        largest > static_cast<double>(step.length) * std::pow(10.0, mostDigits - 1)) {
        labelOrigin = saturatingAdd(zero, floorTo(saturatingAdd(range.start, -zero), coarse));
        scale.base = baseText(labelOrigin, mode, origin);
        labelMode = TickMode::SinceOrigin;
    }

    const Nanos minor = std::max<Nanos>(step.length / step.minor, 1);
    const auto most = static_cast<std::size_t>(width) + 2;
    for (Nanos t = saturatingAdd(zero, floorTo(saturatingAdd(range.start, -zero), step.length)); t < range.end;
         t = saturatingAdd(t, minor)) {
        if (scale.ticks.size() >= most)
            break;
        if (t < range.start)
            continue;
        const Nanos fromZero = saturatingAdd(t, -zero);
        const bool major = fromZero % step.length == 0;
        scale.ticks.push_back({t, static_cast<int>(std::floor(xOf(t, range, width))),
                               major ? labelOf(t, step.length, labelMode, labelOrigin) : std::string()});
    }
    return scale;
}

} // namespace

TickScale ticks(const TimeRange& range, int width, int pixels, TickMode mode, Nanos origin)
{
    if (width < 1 || !range.recorded())
        return {};
    if (origin == noTime)
        origin = range.start;
    const Step sure = stepFor(range, width, pixels, mode);
    const Step close = stepFor(range, width, pixels * 2 / 3, mode);
    if (close.length < sure.length) {
        TickScale scale = scaleOf(close, range, width, mode, origin);
        const double apart = static_cast<double>(close.length) * width /
                             static_cast<double>(std::max<std::uint64_t>(lengthOf(range), 1));
        if ((longestLabel(scale) + labelGap) * pixels <= apart * labelCharacters)
            return scale;
    }
    return scaleOf(sure, range, width, mode, origin);
}

TickScale ticks(const FoldedAxis& axis, int width, int pixels, Nanos origin)
{
    TickScale scale;
    if (width < 1 || !axis.range().recorded() || axis.scale() <= 0)
        return scale;
    const auto whole = static_cast<Nanos>(width / axis.scale());
    Step step = stepFor({0, std::max<Nanos>(whole, 1)}, width, pixels, TickMode::SinceOrigin);
    if (step.length < millisecond)
        step = {millisecond, 1};
    const double perCharacter = static_cast<double>(pixels) / labelCharacters;
    double taken = -1; // pixels that labels have
    const auto put = [&](Nanos time, Nanos unit, bool labelled, double until) {
        const double x = axis.x(time);
        std::string label = labelled ? sinceText(saturatingAdd(time, -origin), unit) : std::string();
        const double end = x + static_cast<double>(label.size() + labelGap) * perCharacter;
        if (x < taken || end > until)
            label.clear();
        if (!label.empty())
            taken = end;
        scale.ticks.push_back({time, static_cast<int>(std::floor(x)), std::move(label)});
    };
    scale.step = step.length;
    const Nanos minor = std::max<Nanos>(step.length / step.minor, 1);
    const auto folds = axis.folds();
    for (std::size_t i = 0; i <= folds.size(); ++i) {
        const Nanos from = i == 0 ? axis.timeAt(0) : folds[i - 1].pause.end;
        const Nanos to = i == folds.size() ? axis.timeAt(width) : folds[i].pause.start;
        const double until = i == folds.size() ? 2.0 * width : folds[i].from;
        const Nanos first = saturatingAdd(origin, floorTo(saturatingAdd(from, -origin), step.length));
        // The first round moment behind a fold.
        const Nanos nextLabel = first < from ? saturatingAdd(first, step.length) : first;
        constexpr double near = 6;
        for (const Nanos unit : {minute, second, second / 10, second / 100, millisecond}) {
            const Nanos below = saturatingAdd(origin, floorTo(saturatingAdd(from, -origin), unit));
            const Nanos round = below < from ? saturatingAdd(below, unit) : below;
            if (axis.x(round) - axis.x(from) > near || round > to)
                continue;
            if (i > 0 && round < nextLabel)
                put(round, unit, true, until);
            break;
        }
        for (Nanos t = first; t <= to && scale.ticks.size() < static_cast<std::size_t>(width) + 2;
             t = saturatingAdd(t, minor)) {
            if (t >= from)
                put(t, step.length, saturatingAdd(t, -origin) % step.length == 0, until);
        }
    }
    std::stable_sort(scale.ticks.begin(), scale.ticks.end(),
                     [](const Tick& a, const Tick& b) { return a.time < b.time; });
    return scale;
}

std::string pointText(Nanos time, TickMode mode, Nanos origin)
{
    if (time == noTime || (origin == noTime && mode != TickMode::Absolute))
        return {};
    switch (mode) {
    case TickMode::SinceOrigin: {
        const Nanos since = saturatingAdd(time, -origin);
        return since == 0 ? "0" : decimalText(since, second, 1) + " s";
    }
    case TickMode::Absolute:
        return isoText(time);
    case TickMode::Ordinal:
        return labelOf(time, orderStep, mode, origin);
    }
    return {};
}

} // namespace arcscope
