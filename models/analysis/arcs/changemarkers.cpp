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

std::vector<LensMarker> marksOf(const Corpus& corpus, const std::vector<ChangeMarker>& changes)
{
    std::vector<LensMarker> marks;
    for (const ChangeMarker& change : changes) {
        const std::string_view kind = change.what == SpanText::PromptVersion ? "prompt"
                                      : change.what == SpanText::Tool        ? "tool"
                                                                             : "model";
        std::string label(corpus.strings[change.value]);
        if (change.prompt)
            label = std::string(corpus.strings[change.prompt]) + ' ' + label;
        marks.push_back({static_cast<double>(change.time), std::string(kind), std::move(label), change.row});
    }
    return marks;
}

std::vector<LensMarker> versionMarks(const Corpus& corpus, std::vector<VersionUse> uses)
{
    std::erase_if(uses, [](const VersionUse& use) { return use.time == noTime; });
    std::stable_sort(uses.begin(), uses.end(), [](const VersionUse& a, const VersionUse& b) {
        return std::tie(a.time, a.row) < std::tie(b.time, b.row);
    });
    // Of one thing of one service: how often each version was used.
    using Thing = std::tuple<bool, std::uint32_t, std::string_view>;
    const auto thingOf = [&](const VersionUse& use) {
        return Thing{use.index, corpus.spans.text(SpanText::Service, use.row).value, use.name};
    };
    std::map<Thing, std::map<std::string_view, std::uint32_t>> total;
    for (const VersionUse& use : uses)
        ++total[thingOf(use)][use.version];
    std::map<Thing, std::map<std::string_view, std::uint32_t>> seen;
    std::map<Thing, std::uint32_t> before;
    struct Change {
        const VersionUse* use;
        std::size_t further = 0; ///< things that changed with it
    };
    std::map<std::pair<bool, Row>, Change> changes;
    for (const VersionUse& use : uses) {
        const Thing thing = thingOf(use);
        const bool isNew = ++seen[thing][use.version] == 1;
        const std::uint32_t used = before[thing]++;
        if (!isNew || used < leastVersionUses || total[thing][use.version] < leastVersionUses)
            continue;
        const auto [change, first] = changes.try_emplace({use.index, use.row}, Change{&use, 0});
        change->second.further += first ? 0 : 1;
    }
    std::vector<LensMarker> marks;
    for (const auto& [at, change] : changes) {
        std::string label = change.use->name + ' ' + change.use->version;
        if (change.further > 0)
            label += " and " + std::to_string(change.further) + " more";
        marks.push_back(
            {static_cast<double>(change.use->time), at.first ? "index" : "tool", std::move(label), change.use->row});
    }
    return marks;
}

std::vector<LensMarker> allMarks(const Corpus& corpus, std::vector<VersionUse> uses)
{
    std::vector<LensMarker> marks = marksOf(corpus, changeMarkers(corpus));
    for (LensMarker& mark : versionMarks(corpus, std::move(uses)))
        marks.push_back(std::move(mark));
    std::stable_sort(marks.begin(), marks.end(), [](const LensMarker& a, const LensMarker& b) {
        return std::tie(a.x, a.row) < std::tie(b.x, b.row);
    });
    return marks;
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
