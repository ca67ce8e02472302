#include "accessrules.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr std::size_t mostBefore = 200;

const std::uint64_t* valueAt(const Access& access, std::string_view pointer)
{
    const auto found = std::ranges::find(access.values, pointer, &std::pair<std::string, std::uint64_t>::first);
    return found == access.values.end() ? nullptr : &found->second;
}

/// The pointer at which the later write puts another value than the earlier one; both may be of the whole.
std::optional<std::string> replaced(const Access& earlier, const Access& later)
{
    for (const auto& [pointer, value] : later.values) {
        const std::uint64_t* const before = valueAt(earlier, pointer);
        if (before && *before != value)
            return pointer;
    }
    return std::nullopt;
}

std::string inWords(const std::string& pointer)
{
    return pointer.empty() ? "all of it" : pointer;
}

Finding& addFinding(std::vector<Finding>& into, std::string_view rule, std::string what, const Access& access)
{
    Finding& finding = into.emplace_back();
    finding.rule = rule;
    finding.level = FindingLevel::Check;
    finding.what = std::move(what);
    finding.cause = access.resource;
    finding.facts.push_back({"resource", access.resource});
    return finding;
}

std::optional<double> numberOf(const std::string& text)
{
    double number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return result.ec == std::errc() && result.ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool isEnded(const Access& access, const Access& before)
{
    return access.end == noTime || before.start == noTime || access.end <= before.start;
}

} // namespace

void findLostUpdates(const Accesses& accesses, std::vector<Finding>& into)
{
    std::unordered_map<std::string, std::size_t> seen; ///< by actor the last access
    for (std::size_t i = 0; i < accesses.size(); ++i) {
        const Access& now = *accesses[i];
        const auto known = seen.find(now.actor);
        const std::size_t from =
            std::max(known == seen.end() ? i : known->second + 1, i < mostBefore ? 0 : i - mostBefore);
        for (std::size_t j = i; now.write && !now.checked && !now.actor.empty() && j-- > from;) {
            const Access& other = *accesses[j];
            if (!other.write || other.actor.empty() || other.actor == now.actor)
                continue;
            const auto pointer = replaced(other, now);
            if (!pointer)
                continue;
            const bool sameVersion = !now.version.empty() && now.version == other.version;
            Finding& finding =
                addFinding(into, "workspace.lost_update",
                           now.actor + " replaces what " + other.actor + " wrote, without having seen it.", now);
            finding.facts.push_back({"replaced", inWords(*pointer)});
            finding.facts.push_back({"based on", sameVersion ? "both on version " + now.version
                                                             : "what " + now.actor + " had seen before that write"});
            finding.places = {now.place, other.place, accesses[known->second]->place};
            break;
        }
        // Two writes on one version, of writers that are not known to have read.
        if (known == seen.end() && now.write && !now.version.empty()) {
            for (std::size_t j = i; j-- > (i < mostBefore ? 0 : i - mostBefore);) {
                const Access& other = *accesses[j];
                if (!other.write || other.version != now.version || other.actor == now.actor || !replaced(other, now))
                    continue;
                Finding& finding = addFinding(into, "workspace.lost_update",
                                              "Two writes that are based on one version both succeeded.", now);
                finding.facts.push_back({"based on", "both on version " + now.version});
                finding.places = {now.place, other.place};
                break;
            }
        }
        seen[now.actor] = i;
    }
}

void findStaleReads(const Accesses& accesses, std::vector<Finding>& into)
{
    for (std::size_t i = 0; i < accesses.size(); ++i) {
        const Access& now = *accesses[i];
        if (now.write)
            continue;
        const std::size_t first = i < mostBefore ? 0 : i - mostBefore;
        bool found = false;
        for (const auto& [pointer, value] : now.values) {
            const Access* last = nullptr;
            const Access* older = nullptr;
            for (std::size_t j = i; j-- > first && !older;) {
                const Access& before = *accesses[j];
                const std::uint64_t* const known = valueAt(before, pointer);
                if (!known || (before.write && !isEnded(before, now)))
                    continue;
                if (!last && (!before.write || before.checked || *known == value))
                    break; // a later read agrees with what it saw, or nothing has changed
                if (!last)
                    last = &before;
                else if (*known == value)
                    older = &before;
            }
            if (!last || !older)
                continue;
            Finding& finding = addFinding(into, "memory.stale_read",
                                          "A read returns what had been there before a write that was over.", now);
            finding.facts.push_back({"value", inWords(pointer)});
            finding.places = {now.place, last->place, older->place};
            found = true;
            break;
        }
        for (std::size_t j = i; !found && j-- > first;) {
            const Access& before = *accesses[j];
            if (!before.write || before.newVersion.empty() || !isEnded(before, now))
                continue;
            const auto read = numberOf(now.version);
            const auto written = numberOf(before.newVersion);
            if (read && written && *read < *written) {
                Finding& finding =
                    addFinding(into, "memory.stale_read", "A read returns an older version than was written.", now);
                finding.facts.push_back({"version", now.version + " after " + before.newVersion});
                finding.places = {now.place, before.place};
            }
            break;
        }
    }
}

void eachResource(const std::vector<Access>& accesses, const std::function<void(const Accesses&)>& use)
{
    std::map<std::string_view, Accesses> byResource;
    for (const Access& access : accesses)
        byResource[access.resource].push_back(&access);
    for (const auto& [resource, all] : byResource) {
        if (all.size() > 1)
            use(all);
    }
}

void collectAccesses(TraceReading& trace, std::vector<TraceFact>& into)
{
    for (const Access& access : accessesOf(trace)) {
        std::string_view scope;
        for (const SpanText what : {SpanText::Tenant, SpanText::Session, SpanText::Service}) {
            if (scope.empty())
                scope = nearest(trace.corpus(), what, access.place.row);
        }
        if (scope.empty() || access.end == noTime)
            continue;
        TraceFact& fact = into.emplace_back();
        fact.key = std::string(scope) + '\x1f' + access.resource;
        fact.value = encoded(access);
        fact.place = access.place;
    }
}

void concludeAccesses(const Corpus& corpus, std::span<const TraceFact> facts,
                      void (*find)(const Accesses&, std::vector<Finding>&), std::vector<Finding>& into)
{
    std::map<std::string_view, std::vector<Access>> byKey;
    for (const TraceFact& fact : facts)
        byKey[fact.key].push_back(accessOf(fact.value, fact.place));
    for (auto& [key, accesses] : byKey) {
        std::ranges::stable_sort(accesses, {}, &Access::end);
        Accesses all;
        for (const Access& access : accesses)
            all.push_back(&access);
        std::vector<Finding> found;
        find(all, found);
        for (Finding& finding : found) {
            const auto traceOf = [&](const FindingPlace& place) {
                return corpus.spans.at(SpanColumn::Trace, place.row);
            };
            if (traceOf(finding.places[0]) != traceOf(finding.places[1]))
                into.push_back(std::move(finding));
        }
    }
}

} // namespace arcscope
