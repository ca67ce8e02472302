#include "lenstimes.h"

#include <algorithm>
#include <array>
#include <map>

namespace arcscope
{
namespace
{

constexpr Nanos oneWeek = 7 * oneDay;
constexpr Nanos firstMonday = 4 * oneDay; ///< 1970-01-05
constexpr auto units = std::to_array<Nanos>(
    {oneMinute, 5 * oneMinute, 15 * oneMinute, oneHour, 3 * oneHour, 6 * oneHour, oneDay, oneWeek});

Nanos floored(Nanos time, Nanos unit)
{
    const Nanos from = unit == oneWeek ? firstMonday : 0;
    const Nanos behind = (time - from) % unit;
    return time - (behind < 0 ? behind + unit : behind);
}

std::string nameOf(Nanos start, Nanos unit)
{
    const std::string iso = isoText(start);
    if (unit < oneDay)
        return iso.substr(0, 10) + ' ' + iso.substr(11, 5);
    return (unit == oneWeek ? "week of " : "") + iso.substr(0, 10);
}

} // namespace

TimeBins timeBins(const Corpus& corpus, const std::vector<Row>& rows, Nanos least)
{
    TimeBins result;
    Nanos first = noTime;
    Nanos last = noTime;
    for (const Row row : rows) {
        const Nanos start = corpus.spans.start(row);
        if (start == noTime) {
            ++result.untimed;
            continue;
        }
        first = first == noTime ? start : std::min(first, start);
        last = last == noTime ? start : std::max(last, start);
    }
    if (first == noTime)
        return result;
    const auto needed = [&](Nanos unit) {
        return static_cast<std::uint64_t>(floored(last, unit) / unit - floored(first, unit) / unit) + 1;
    };
    result.unit = oneWeek;
    for (const Nanos unit : units) {
        if (unit >= least && needed(unit) <= mostBins) {
            result.unit = unit;
            break;
        }
    }
    std::map<Nanos, std::vector<Row>> byStart;
    if (needed(result.unit) <= mostBins) {
        for (Nanos start = floored(first, result.unit); start <= last; start += result.unit)
            byStart[start];
    }
    for (const Row row : rows) {
        if (const Nanos start = corpus.spans.start(row); start != noTime)
            byStart[floored(start, result.unit)].push_back(row);
    }
    for (auto& [start, in] : byStart)
        result.bins.push_back({start, nameOf(start, result.unit), std::move(in)});
    return result;
}

int hourOf(Nanos time)
{
    return static_cast<int>((time - floored(time, oneDay)) / oneHour);
}

int weekdayOf(Nanos time)
{
    return static_cast<int>((floored(time, oneDay) - floored(time, oneWeek)) / oneDay);
}

std::string_view weekdayName(int weekday)
{
    constexpr std::array<std::string_view, 7> names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return names[static_cast<std::size_t>(weekday)];
}

std::vector<LensMarker> markersAmong(const LensInput& input, const std::vector<Row>& spans, std::size_t most)
{
    Nanos first = noTime;
    Nanos last = noTime;
    for (const Row row : spans) {
        const Nanos start = input.corpus.spans.start(row);
        if (start == noTime)
            continue;
        first = first == noTime ? start : std::min(first, start);
        last = last == noTime ? start : std::max(last, start);
    }
    std::vector<LensMarker> markers;
    if (!input.marks || first == noTime)
        return markers;
    for (const LensMarker& mark : *input.marks) {
        if (mark.x >= static_cast<double>(first) && mark.x <= static_cast<double>(last) && markers.size() < most)
            markers.push_back(mark);
    }
    return markers;
}

} // namespace arcscope
