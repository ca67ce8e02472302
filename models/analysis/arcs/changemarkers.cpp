#include "changemarkers.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace arcscope
{
namespace
{

/// Whose values follow each other.
struct Owner {
    SpanText what;
    std::uint32_t service;
    std::uint32_t agent;
    std::uint32_t prompt;

    auto operator<=>(const Owner&) const = default;
};

struct Use {
    Nanos time;
    std::uint32_t value;
    Row row;
};

void addMarkers(const Owner& owner, std::vector<Use>& uses, const MarkerRules& rules,
                std::vector<ChangeMarker>& markers)
{
    std::stable_sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.time < b.time; });
    const Nanos begin = uses.front().time;
    const auto settled = begin + static_cast<Nanos>(rules.beginning * static_cast<double>(uses.back().time - begin));
    std::map<std::uint32_t, std::uint32_t> total;
    for (const Use& use : uses)
        ++total[use.value];
    std::map<std::uint32_t, std::uint32_t> seen;
    for (std::uint32_t i = 0; i < uses.size(); ++i) {
        const Use& use = uses[i];
        const bool isNew = ++seen[use.value] == 1;
        if (!isNew || i < rules.least || use.time <= settled || total[use.value] < rules.least)
            continue;
        ChangeMarker marker;
        marker.what = owner.what;
        marker.service = StringId{owner.service};
        marker.agent = StringId{owner.agent};
        marker.prompt = StringId{owner.prompt};
        marker.value = StringId{use.value};
        std::uint32_t most = 0;
        for (const auto& [value, count] : seen) {
            if (value != use.value && count > most) {
                most = count;
                marker.before = StringId{value};
            }
        }
        marker.time = use.time;
        marker.row = use.row;
        marker.spansBefore = i;
        marker.spansSince = total[use.value];
        marker.othersSince = static_cast<std::uint32_t>(uses.size()) - i - marker.spansSince;
        markers.push_back(marker);
    }
}

} // namespace

std::vector<SpanColumn> markerColumns()
{
    std::vector<SpanColumn> columns{SpanColumn::Start, SpanColumn::Flags, columnOf(SpanText::Service),
                                    columnOf(SpanText::Agent), columnOf(SpanText::PromptName)};
    for (const SpanText what : markedTexts)
        columns.push_back(columnOf(what));
    return columns;
}

std::vector<ChangeMarker> changeMarkers(const Corpus& corpus, const MarkerRules& rules)
{
    std::map<Owner, std::vector<Use>> uses;
    Row first = 0;
    for (const auto& chunk : corpus.spans.chunks()) {
        for (const SpanText what : markedTexts) {
            const Column& values = chunk[columnOf(what)];
            if (values.max() == 0)
                continue; // none of the chunk has one
            for (std::uint32_t i = 0; i < chunk.rows; ++i) {
                const auto value = static_cast<std::uint32_t>(values[i]);
                const Nanos time = chunk[SpanColumn::Start][i];
                if (value == 0 || time == noTime || (chunk[SpanColumn::Flags][i] & bit(SpanFlag::Superseded)) != 0)
                    continue;
                const auto text = [&](SpanText of) { return static_cast<std::uint32_t>(chunk[columnOf(of)][i]); };
                const Owner owner{what, text(SpanText::Service), text(SpanText::Agent),
                                  what == SpanText::PromptVersion ? text(SpanText::PromptName) : 0};
                uses[owner].push_back({time, value, first + i});
            }
        }
        first += chunk.rows;
    }
    std::vector<ChangeMarker> markers;
    for (auto& [owner, list] : uses)
        addMarkers(owner, list, rules, markers);
    std::stable_sort(markers.begin(), markers.end(), [](const ChangeMarker& a, const ChangeMarker& b) {
        return std::tie(a.time, a.row) < std::tie(b.time, b.row);
    });
    return markers;
}

MarkerWindows windowsOf(const ChangeMarker& marker, const std::vector<ChangeMarker>& all, const TimeRange& recorded,
                        Nanos longest)
{
    MarkerWindows windows{{std::max(recorded.start, marker.time - longest), marker.time},
                          {marker.time, std::min(recorded.end, marker.time + longest)}};
    for (const ChangeMarker& other : all) {
        if (other.service != marker.service)
            continue;
        if (other.time < marker.time)
            windows.before.start = std::max(windows.before.start, other.time);
        else if (other.time > marker.time)
            windows.after.end = std::min(windows.after.end, other.time);
    }
    return windows;
}

} // namespace arcscope
