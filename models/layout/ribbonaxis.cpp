#include "ribbonaxis.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr Nanos leastFold = 10 * second;

void add(std::vector<TimeRange>& busy, Nanos from, Nanos to)
{
    if (from != noTime && to != noTime)
        busy.push_back({std::min(from, to), std::max(from, to)});
}

/// When something happened: from a user's step to its answer, and stretches before their first and behind their last
/// step.
void addBusy(std::vector<TimeRange>& busy, const ArcRibbon& ribbon)
{
    for (const RibbonStretch& stretch : ribbon.stretches) {
        Nanos first = noTime;
        Nanos last = noTime;
        bool waits = false; // for an answer
        for (std::uint32_t i = stretch.firstStep; i < stretch.firstStep + stretch.steps; ++i) {
            const RibbonStep& step = ribbon.steps[i];
            if (step.time == noTime)
                continue;
            add(busy, waits && step.step == ArcStep::Response ? last : step.time, step.time);
            waits = step.step != ArcStep::Response;
            first = first == noTime ? step.time : first;
            last = step.time;
        }
        add(busy, stretch.time.start, first == noTime ? stretch.time.end : first);
        add(busy, last, stretch.time.end);
    }
}

} // namespace

RibbonAxis::RibbonAxis(std::span<const ArcRibbon> ribbons, const RibbonViewport& viewport)
{
    const bool timed = std::any_of(ribbons.begin(), ribbons.end(), [](const ArcRibbon& r) { return r.timed; });
    m_ordinal = viewport.scale == RibbonScale::Turns || !timed;
    for (const ArcRibbon& ribbon : ribbons) {
        m_steps.emplace_back(ribbon.steps.size());
        m_stretches.emplace_back(ribbon.stretches.size());
    }
    const double from = viewport.margin + viewport.step / 2.0;
    // The sign of the end stands behind.
    const double to = std::max(from + 1, viewport.width - viewport.margin - 1.5 * viewport.step - 5);
    if (m_ordinal) {
        byOrder(ribbons, viewport, from, to);
    } else {
        byTime(ribbons, viewport, from, to);
        placeSteps(ribbons);
    }
}

void RibbonAxis::byTime(std::span<const ArcRibbon> ribbons, const RibbonViewport& viewport, double from, double to)
{
    std::vector<TimeRange> ranges;
    for (const ArcRibbon& ribbon : ribbons)
        addBusy(ranges, ribbon);
    const std::vector<TimeRange> busy = united(std::move(ranges));
    if (busy.empty())
        return;
    m_from = from;
    m_time = {busy.front().start, busy.back().end};
    double active = 0;
    for (const TimeRange& range : busy)
        active += static_cast<double>(range.length());
    if (viewport.scale == RibbonScale::Folded)
        m_axis = FoldedAxis(m_time, from, to, busy, std::max(leastFold, static_cast<Nanos>(active / 4)), viewport.fold);
    else
        m_axis = FoldedAxis(m_time, from, to);
}

double RibbonAxis::x(Nanos time) const
{
    return m_time.start == noTime ? m_from : m_axis.x(std::clamp(time, m_time.start, m_time.end));
}

/// Steps without a time lie evenly between those beside them, or at the edge of their stretch.
void RibbonAxis::placeSteps(std::span<const ArcRibbon> ribbons)
{
    for (std::size_t lane = 0; lane < ribbons.size(); ++lane) {
        const ArcRibbon& ribbon = ribbons[lane];
        double reached = m_from;
        for (std::size_t s = 0; s < ribbon.stretches.size(); ++s) {
            const RibbonStretch& stretch = ribbon.stretches[s];
            const double start = stretch.time.start == noTime ? reached : x(stretch.time.start);
            const double end = stretch.time.end == noTime ? start : x(stretch.time.end);
            double last = start;
            for (std::uint32_t i = stretch.firstStep; i < stretch.firstStep + stretch.steps;) {
                std::uint32_t next = i;
                while (next < stretch.firstStep + stretch.steps && ribbon.steps[next].time == noTime)
                    ++next;
                const bool found = next < stretch.firstStep + stretch.steps;
                const double target = found ? x(ribbon.steps[next].time) : std::max(last, end);
                for (std::uint32_t at = i; at < next; ++at)
                    m_steps[lane][at] = last + (target - last) * (at - i + 1) / (next - i + 1);
                if (found)
                    m_steps[lane][next] = target;
                last = target;
                i = next + 1;
            }
            double from = start;
            double to = std::max(start, end);
            for (std::uint32_t i = stretch.firstStep; i < stretch.firstStep + stretch.steps; ++i) {
                from = std::min(from, m_steps[lane][i]);
                to = std::max(to, m_steps[lane][i]);
            }
            m_stretches[lane][s] = {from, to};
            reached = to;
        }
    }
}

void RibbonAxis::byOrder(std::span<const ArcRibbon> ribbons, const RibbonViewport& viewport, double from, double to)
{
    // Stretches of all ribbons by their start: one that is proposed lies before or behind.
    struct Place {
        Nanos start;
        std::uint32_t lane;
        std::uint32_t stretch;
    };
    std::vector<Place> places;
    double slots = 0;
    for (std::size_t lane = 0; lane < ribbons.size(); ++lane) {
        Nanos start = noTime;
        for (std::size_t s = 0; s < ribbons[lane].stretches.size(); ++s) {
            const RibbonStretch& stretch = ribbons[lane].stretches[s];
            start = std::max(start, stretch.time.start); // those without a time follow the one before
            places.push_back({start, static_cast<std::uint32_t>(lane), static_cast<std::uint32_t>(s)});
            slots += std::max<std::uint32_t>(1, stretch.steps);
        }
    }
    if (places.empty())
        return;
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.start < b.start; });
    const auto pauses = static_cast<double>(places.size() - 1);
    const double slot = std::min<double>(viewport.slot, (to - from) / (slots + pauses));
    double at = from - viewport.step / 2.0;
    for (const Place& place : places) {
        const RibbonStretch& stretch = ribbons[place.lane].stretches[place.stretch];
        const double begin = at;
        for (std::uint32_t i = 0; i < stretch.steps; ++i)
            m_steps[place.lane][stretch.firstStep + i] = begin + (i + 0.5) * slot;
        at += std::max<std::uint32_t>(1, stretch.steps) * slot;
        m_stretches[place.lane][place.stretch] = {begin, at};
        at += slot; // a pause
    }
}

} // namespace arcscope
