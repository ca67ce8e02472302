#include "stalls.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

namespace arcscope
{

namespace
{

Nanos thresholdOver(const std::vector<Nanos>& sorted, double quantile, const StallRules& rules)
{
    if (sorted.empty())
        return rules.least;
    const double rank = std::ceil(quantile * static_cast<double>(sorted.size()));
    const auto index = std::clamp<std::size_t>(static_cast<std::size_t>(rank), 1, sorted.size()) - 1;
    const double scaled = rules.factor * static_cast<double>(sorted[index]);
    return scaled < 9e18 ? std::max(rules.least, static_cast<Nanos>(scaled)) : sorted.back();
}

/// The last gaps, in order of size for the quantile and in order of time to forget the oldest.
class RollingGaps
{
public:
    explicit RollingGaps(const StallRules& rules)
        : m_rules(rules)
    {
    }

    void add(Nanos gap)
    {
        m_sorted.insert(std::ranges::upper_bound(m_sorted, gap), gap);
        m_inOrder.push_back(gap);
        if (m_inOrder.size() <= m_rules.window)
            return;
        m_sorted.erase(std::ranges::lower_bound(m_sorted, m_inOrder.front()));
        m_inOrder.pop_front();
    }

    std::size_t size() const { return m_sorted.size(); }
    Nanos threshold() const { return thresholdOver(m_sorted, m_rules.quantile, m_rules); }

private:
    const StallRules& m_rules;
    std::deque<Nanos> m_inOrder;
    std::vector<Nanos> m_sorted;
};

Nanos between(Nanos from, Nanos to)
{
    if (to <= from)
        return 0;
    constexpr Nanos most = std::numeric_limits<Nanos>::max();
    const std::uint64_t length = static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
    return length > static_cast<std::uint64_t>(most) ? most : static_cast<Nanos>(length);
}

StallPlace placeOf(StreamMark ending, bool anyContent)
{
    if (!anyContent)
        return StallPlace::BeforeFirst;
    switch (ending) {
    case StreamMark::ToolCall:
        return StallPlace::BeforeToolCall;
    case StreamMark::ToolArguments:
        return StallPlace::InToolCall;
    case StreamMark::Close:
        return StallPlace::AfterLast;
    case StreamMark::Open:
    case StreamMark::Content:
    case StreamMark::Other:
        break;
    }
    return StallPlace::MidText;
}

/// What a gap has to be longer than because of the first ones of its stream, itself left out: of so few the median, as
/// one of them may be a stall.
Nanos startThreshold(std::vector<Nanos> first, std::size_t index, const StallRules& rules)
{
    first.erase(first.begin() + static_cast<std::ptrdiff_t>(index));
    std::ranges::sort(first);
    return thresholdOver(first, 0.5, rules);
}

/// Every gap with the two moments around it, its threshold and its place.
std::vector<Stall> allGaps(std::span<const TimedMark> moments, const StallRules& rules)
{
    std::vector<Stall> all;
    bool any = false;
    bool anyContent = false;
    std::size_t before = 0;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const TimedMark& moment = moments[i];
        if (moment.time == noTime || moment.what == StreamMark::Other)
            continue;
        if (any) {
            const Nanos from = moments[before].time;
            all.push_back({before, i, from, std::max(moment.time, from), between(from, moment.time),
                           rules.leastBeforeFirst, placeOf(moment.what, anyContent)});
        }
        any = true;
        anyContent = anyContent || (moment.what != StreamMark::Open && moment.what != StreamMark::Close);
        before = i;
    }
    const auto inText =
        std::ranges::find_if(all, [](const Stall& gap) { return gap.place != StallPlace::BeforeFirst; });
    std::vector<Nanos> first;
    for (auto gap = inText; gap != all.end() && first.size() <= rules.fewest; ++gap)
        first.push_back(gap->length);
    RollingGaps known(rules);
    for (auto gap = inText; gap != all.end(); ++gap) {
        gap->threshold = known.threshold();
        if (known.size() < rules.fewest)
            gap->threshold = std::max(gap->threshold, startThreshold(first, known.size(), rules));
        known.add(gap->length);
    }
    return all;
}

} // namespace

std::string_view name(StallPlace place)
{
    switch (place) {
    case StallPlace::BeforeFirst:
        return "before the first token";
    case StallPlace::MidText:
        return "within the text";
    case StallPlace::BeforeToolCall:
        return "before a tool call";
    case StallPlace::InToolCall:
        return "within a tool call";
    case StallPlace::AfterLast:
        return "after the last token";
    }
    return "";
}

std::vector<Stall> findStalls(std::span<const TimedMark> moments, const StallRules& rules)
{
    std::vector<Stall> stalls = allGaps(moments, rules);
    std::erase_if(stalls, [](const Stall& gap) { return gap.length <= gap.threshold; });
    return stalls;
}

std::vector<Nanos> stallThresholds(std::span<const TimedMark> moments, const StallRules& rules)
{
    std::vector<Nanos> thresholds(moments.size(), -1);
    for (const Stall& gap : allGaps(moments, rules))
        thresholds[gap.last] = gap.threshold;
    return thresholds;
}

} // namespace arcscope
