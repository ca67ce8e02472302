#include "stopsurvey.h"

#include "detector.h"
#include "stoprules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <tuple>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr Nanos hour = 3'600 * second;
constexpr Nanos day = 24 * hour;
constexpr Nanos week = 7 * day;
constexpr Nanos firstMonday = 4 * day; ///< 1970-01-05
constexpr Nanos mostTimes = 60;

Nanos floored(Nanos time, Nanos unit, Nanos from)
{
    const Nanos behind = (time - from) % unit;
    return time - (behind < 0 ? behind + unit : behind);
}

std::string nameOf(Nanos start, Nanos unit)
{
    const std::string iso = isoText(start);
    if (unit == hour)
        return iso.substr(0, 10) + ' ' + iso.substr(11, 5);
    return (unit == week ? "week of " : "") + iso.substr(0, 10);
}

template <typename Call>
void eachShown(const StopSurvey& survey, const std::vector<Row>* shown, Call call)
{
    std::size_t at = 0;
    for (const SpanStop& stop : survey) {
        while (shown && at < shown->size() && (*shown)[at] < stop.row)
            ++at;
        if (!shown || (at < shown->size() && (*shown)[at] == stop.row))
            call(stop);
    }
}

template <typename Group>
void count(Group& group, const SpanStop& stop)
{
    group.rows.resize(static_cast<std::size_t>(stopBucketCount));
    group.rows[static_cast<std::size_t>(stop.bucket)].push_back(stop.row);
    ++group.calls;
    group.disagreements += stop.disagrees ? 1 : 0;
}

/// A number behind a blank.
template <typename Number>
bool readNumber(std::string_view& text, Number& number, int base)
{
    if (!text.starts_with(' '))
        return false;
    text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc();
}

} // namespace

TraceFact stopFact(const SpanStop& stop)
{
    TraceFact fact;
    fact.key = stopFactKey;
    fact.value = stop.rule;
    const auto add = [&](unsigned number) {
        std::array<char, 12> digits{};
        const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
        fact.value += ' ';
        fact.value.append(digits.data(), end);
    };
    add(stop.disagrees ? 1 : 0);
    add(stop.flags);
    add(stop.also);
    add(static_cast<unsigned>(stop.claim));
    fact.place.row = stop.row;
    fact.place.text = stop.place;
    fact.place.from = stop.from;
    fact.place.to = stop.to;
    return fact;
}

std::optional<SpanStop> spanStopOf(const TraceFact& fact)
{
    if (fact.key != stopFactKey)
        return std::nullopt;
    std::string_view value = fact.value;
    const StopRule* const rule = stopRuleNamed(value.substr(0, value.find(' ')));
    if (!rule)
        return std::nullopt;
    value.remove_prefix(rule->name.size());
    SpanStop stop;
    unsigned disagrees = 0;
    unsigned claim = 0;
    if (!readNumber(value, disagrees, 16) || !readNumber(value, stop.flags, 16) || !readNumber(value, stop.also, 16) ||
        !readNumber(value, claim, 16) || claim >= stopClaimCount)
        return std::nullopt;
    stop.row = fact.place.row;
    stop.bucket = rule->bucket;
    stop.rule = rule->name;
    stop.claim = static_cast<StopClaim>(claim);
    stop.disagrees = disagrees != 0;
    stop.place = fact.place.text;
    stop.from = static_cast<std::int32_t>(fact.place.from);
    stop.to = static_cast<std::int32_t>(fact.place.to);
    return stop;
}

StopMatrix stopMatrix(const Corpus& corpus, const StopSurvey& survey, const std::vector<Row>* shown)
{
    StopMatrix matrix;
    std::unordered_map<std::uint32_t, std::size_t> wordOf; // by the number of its text
    eachShown(survey, shown, [&](const SpanStop& stop) {
        const StringId text = corpus.spans.text(SpanText::StopReason, stop.row);
        const auto [at, isNew] = wordOf.try_emplace(text.value, matrix.words.size());
        if (isNew) {
            StopMatrix::Word& word = matrix.words.emplace_back();
            word.text = corpus.strings[text];
            const bool listed = word.text.empty() || isKnownStopWord(word.text);
            // Of a number its call says what it means, where its vendor is known to write numbers.
            word.known = listed || stop.claim != StopClaim::Unknown;
            word.claim = listed ? claimOf(word.text) : stop.claim;
        }
        count(matrix.words[at->second], stop);
        ++matrix.calls;
        matrix.disagreements += stop.disagrees ? 1 : 0;
    });
    std::sort(matrix.words.begin(), matrix.words.end(), [](const auto& a, const auto& b) {
        return std::tuple(b.disagreements, b.calls, std::string_view(a.text)) <
               std::tuple(a.disagreements, a.calls, std::string_view(b.text));
    });
    return matrix;
}

StopTrend stopTrend(const Corpus& corpus, const StopSurvey& survey, const std::vector<Row>* shown, SpanText by)
{
    StopTrend trend;
    std::unordered_map<std::uint32_t, std::size_t> groupOf;
    eachShown(survey, shown, [&](const SpanStop& stop) {
        StringId text = corpus.spans.text(by, stop.row);
        if (!text && by == SpanText::ModelServed)
            text = corpus.spans.text(SpanText::ModelRequested, stop.row);
        const auto [at, isNew] = groupOf.try_emplace(text.value, trend.groups.size());
        if (isNew)
            trend.groups.emplace_back().name = corpus.strings[text];
        count(trend.groups[at->second], stop);
    });
    std::sort(trend.groups.begin(), trend.groups.end(),
              [](const auto& a, const auto& b) { return a.calls != b.calls ? a.calls > b.calls : a.name < b.name; });
    return trend;
}

StopTrend stopTrendByTime(const Corpus& corpus, const StopSurvey& survey, const std::vector<Row>* shown)
{
    Nanos first = noTime;
    Nanos last = noTime;
    eachShown(survey, shown, [&](const SpanStop& stop) {
        const Nanos start = corpus.spans.start(stop.row);
        if (start == noTime)
            return;
        first = first == noTime ? start : std::min(first, start);
        last = last == noTime ? start : std::max(last, start);
    });
    StopTrend trend;
    if (first == noTime)
        return trend;
    const auto groups = [&](Nanos unit) {
        const Nanos from = unit == week ? firstMonday : 0;
        return floored(last, unit, from) / unit - floored(first, unit, from) / unit + 1;
    };
    const Nanos unit = groups(hour) <= mostTimes ? hour : groups(day) <= mostTimes ? day : week;
    const Nanos from = unit == week ? firstMonday : 0;
    std::map<Nanos, StopTrend::Group> byStart;
    for (Nanos start = floored(first, unit, from); groups(unit) <= mostTimes && start <= last; start += unit)
        byStart[start].rows.resize(static_cast<std::size_t>(stopBucketCount));
    eachShown(survey, shown, [&](const SpanStop& stop) {
        if (const Nanos start = corpus.spans.start(stop.row); start != noTime)
            count(byStart[floored(start, unit, from)], stop);
    });
    for (auto& [start, group] : byStart) {
        group.name = nameOf(start, unit);
        trend.groups.push_back(std::move(group));
    }
    return trend;
}

} // namespace arcscope
