#include "stalls.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

namespace arcscope
{

namespace
{

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

    Nanos threshold() const
    {
        if (m_sorted.empty())
            return m_rules.least;
        const double rank = std::ceil(m_rules.quantile * static_cast<double>(m_sorted.size()));
        const auto index = std::clamp<std::size_t>(static_cast<std::size_t>(rank), 1, m_sorted.size()) - 1;
        const double scaled = m_rules.factor * static_cast<double>(m_sorted[index]);
        return scaled < 9e18 ? std::max(m_rules.least, static_cast<Nanos>(scaled)) : m_sorted.back();
    }

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

/// Calls `gap` with the two moments around every gap, its threshold and its place.
template <typename Function>
void eachGap(std::span<const TimedMark> moments, const StallRules& rules, Function gap)
{
    RollingGaps gaps(rules);
    bool any = false;
    bool anyContent = false;
    std::size_t before = 0;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const TimedMark& moment = moments[i];
        if (moment.time == noTime || moment.what == StreamMark::Other)
            continue;
        if (any) {
            const StallPlace place = placeOf(moment.what, anyContent);
            const Nanos threshold = anyContent ? gaps.threshold() : rules.leastBeforeFirst;
            const Nanos from = moments[before].time;
            const Nanos length = between(from, moment.time);
            gap(Stall{before, i, from, std::max(moment.time, from), length, threshold, place});
            if (anyContent)
                gaps.add(length);
        }
        any = true;
        anyContent = anyContent || (moment.what != StreamMark::Open && moment.what != StreamMark::Close);
        before = i;
    }
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
    std::vector<Stall> stalls;
    eachGap(moments, rules, [&](const Stall& gap) {
        if (gap.length > gap.threshold)
            stalls.push_back(gap);
    });
    return stalls;
}

std::vector<Nanos> stallThresholds(std::span<const TimedMark> moments, const StallRules& rules)
{
    std::vector<Nanos> thresholds(moments.size(), -1);
    eachGap(moments, rules, [&](const Stall& gap) { thresholds[gap.last] = gap.threshold; });
    return thresholds;
}

} // namespace arcscope
