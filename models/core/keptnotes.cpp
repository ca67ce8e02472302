#include "keptnotes.h"

#include <map>
#include <set>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>

namespace arcscope
{
namespace
{

template <typename T, typename Key>
void takeNewer(const std::vector<T>& there, const std::vector<T>& coming, Key key, std::vector<T>& taken,
               NotesMerge& merge)
{
    std::map<std::invoke_result_t<Key, const T&>, Nanos> known;
    for (const T& each : there)
        known.emplace(key(each), each.changed);
    for (const T& each : coming) {
        const auto [at, isNew] = known.emplace(key(each), each.changed);
        if (!isNew && at->second >= each.changed) {
            ++merge.kept;
            continue;
        }
        at->second = each.changed;
        taken.push_back(each);
        ++(isNew ? merge.added : merge.changed);
    }
}

/// The same for what says the same of the same place, made at the same time.
std::string contentOf(const Annotation& annotation)
{
    std::string content(name(annotation.kind));
    for (const std::string& text : {annotation.part, std::to_string(annotation.created), annotation.place})
        content.append(1, '\0').append(text);
    return content.append(1, '\0').append(annotation.body);
}

void takeAnnotations(const std::vector<Annotation>& there, const std::vector<Annotation>& coming, NotesMerge& merge)
{
    struct Times {
        Nanos created;
        Nanos changed;
    };
    std::unordered_map<std::int64_t, Times> byId;
    std::unordered_set<std::string> contents;
    for (const Annotation& each : there) {
        byId.emplace(each.id, Times{each.created, each.changed});
        contents.insert(contentOf(each));
    }
    for (Annotation each : coming) {
        if (!contents.insert(contentOf(each)).second) {
            ++merge.kept;
            continue;
        }
        auto known = byId.find(each.id);
        if (known != byId.end() && known->second.created == each.created) {
            if (known->second.changed >= each.changed) {
                ++merge.kept;
                continue;
            }
            known->second.changed = each.changed;
            ++merge.changed;
        } else {
            while (each.id <= 0 || known != byId.end()) {
                each.id = newAnnotationId();
                known = byId.find(each.id);
            }
            byId.emplace(each.id, Times{each.created, each.changed});
            ++merge.added;
        }
        merge.taken.annotations.push_back(std::move(each));
    }
}

void takeMatches(const std::vector<ReplayMatch>& there, const std::vector<ReplayMatch>& coming, NotesMerge& merge)
{
    const auto keyOf = [](const ReplayMatch& match) {
        return std::tuple(match.base, match.candidate, match.baseStep, match.candidateStep);
    };
    std::set<decltype(keyOf(ReplayMatch()))> known;
    for (const ReplayMatch& match : there)
        known.insert(keyOf(match));
    for (const ReplayMatch& match : coming) {
        const bool isNew = known.insert(keyOf(match)).second;
        ++(isNew ? merge.added : merge.kept);
        if (isNew)
            merge.taken.replays.matches.push_back(match);
    }
}

} // namespace

NotesMerge mergeOf(const KeptNotes& there, const KeptNotes& coming)
{
    NotesMerge merge;
    KeptNotes& taken = merge.taken;
    takeAnnotations(there.annotations, coming.annotations, merge);
    takeNewer(
        there.verdicts, coming.verdicts, [](const KeptVerdict& each) { return each.finding; }, taken.verdicts, merge);
    takeNewer(
        there.arcs.reviews, coming.arcs.reviews, [](const ArcReview& each) { return each.arc; }, taken.arcs.reviews,
        merge);
    takeNewer(
        there.arcs.stitches, coming.arcs.stitches,
        [](const StitchDecision& each) { return std::pair(each.earlier, each.later); }, taken.arcs.stitches, merge);
    takeNewer(
        there.replays.reviews, coming.replays.reviews,
        [](const ReplayReview& each) { return std::tuple(each.task, each.base, each.candidate); },
        taken.replays.reviews, merge);
    takeMatches(there.replays.matches, coming.replays.matches, merge);
    if (coming.replays.sides.chosen() && !there.replays.sides.chosen())
        taken.replays.sides = coming.replays.sides;
    if (!coming.story.empty() && coming.story != there.story) {
        merge.storyKept = !there.story.empty();
        if (!merge.storyKept) {
            taken.story = coming.story;
            merge.added += coming.story.steps.size();
        }
    }
    return merge;
}

} // namespace arcscope
