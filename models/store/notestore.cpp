#include "notestore.h"

#include "annotations.h"
#include "arcdecisions.h"
#include "replaydecisions.h"
#include "transaction.h"
#include "verdicts.h"
#include "workspace.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::string_view storySetting = "story";

/// What to do with each of `coming`, beside the one of `there` that `same` finds.
template <typename T, typename Same, typename Keep>
Result<void> bring(const std::vector<T>& coming, const std::vector<T>& there, NotesMerge& merge, Same same, Keep keep)
{
    for (const T& each : coming) {
        const auto before = std::find_if(there.begin(), there.end(), [&](const T& other) { return same(other, each); });
        const bool known = before != there.end();
        if (known && before->changed >= each.changed) {
            ++merge.kept;
            continue;
        }
        if (auto kept = keep(each); !kept)
            return kept;
        ++(known ? merge.changed : merge.added);
    }
    return {};
}

/// Two workspaces may have counted their notes from 1: the same number is the same note only where it was made at the
/// same time.
Annotation withOwnId(Annotation annotation, const std::vector<Annotation>& there)
{
    const bool taken = std::any_of(there.begin(), there.end(), [&](const Annotation& other) {
        return other.id == annotation.id && other.created != annotation.created;
    });
    if (taken || annotation.id <= 0)
        annotation.id = newAnnotationId();
    return annotation;
}

bool sameContent(const Annotation& a, const Annotation& b)
{
    return a.kind == b.kind && a.place == b.place && a.part == b.part && a.body == b.body && a.created == b.created;
}

Result<void> bringAll(Workspace& workspace, const KeptNotes& there, const KeptNotes& coming, NotesMerge& merge)
{
    std::vector<Annotation> annotations;
    for (const Annotation& each : coming.annotations) {
        const bool same = std::any_of(there.annotations.begin(), there.annotations.end(),
                                      [&](const Annotation& other) { return sameContent(other, each); });
        if (same)
            ++merge.kept;
        else
            annotations.push_back(withOwnId(each, there.annotations));
    }
    const auto ofId = [](const Annotation& a, const Annotation& b) { return a.id == b.id; };
    const auto ofFinding = [](const KeptVerdict& a, const KeptVerdict& b) { return a.finding == b.finding; };
    const auto ofArc = [](const ArcReview& a, const ArcReview& b) { return a.arc == b.arc; };
    const auto ofArcs = [](const StitchDecision& a, const StitchDecision& b) {
        return a.earlier == b.earlier && a.later == b.later;
    };
    const auto ofTask = [](const ReplayReview& a, const ReplayReview& b) {
        return a.task == b.task && a.base == b.base && a.candidate == b.candidate;
    };
    auto done = bring(annotations, there.annotations, merge, ofId,
                      [&](const Annotation& each) { return keepAnnotation(workspace, each); });
    if (done)
        done = bring(coming.verdicts, there.verdicts, merge, ofFinding,
                     [&](const KeptVerdict& each) { return keepVerdict(workspace, each); });
    if (done)
        done = bring(coming.arcs.reviews, there.arcs.reviews, merge, ofArc,
                     [&](const ArcReview& each) { return keepArcReview(workspace, each); });
    if (done)
        done = bring(coming.arcs.stitches, there.arcs.stitches, merge, ofArcs,
                     [&](const StitchDecision& each) { return keepStitchDecision(workspace, each); });
    if (done)
        done = bring(coming.replays.reviews, there.replays.reviews, merge, ofTask,
                     [&](const ReplayReview& each) { return keepReplayReview(workspace, each); });
    for (const ReplayMatch& match : coming.replays.matches) {
        const auto& matches = there.replays.matches;
        const bool known = std::find(matches.begin(), matches.end(), match) != matches.end();
        ++(known ? merge.kept : merge.added);
        if (done && !known)
            done = keepReplayMatch(workspace, match, true);
    }
    if (done && coming.replays.sides.chosen() && !there.replays.sides.chosen())
        done = keepReplaySides(workspace, coming.replays.sides);
    if (!done || coming.story.empty() || coming.story == there.story)
        return done;
    merge.storyKept = !there.story.empty();
    if (merge.storyKept)
        return {};
    merge.added += coming.story.steps.size();
    return keepStory(workspace, coming.story);
}

} // namespace

Result<void> keepStory(Workspace& workspace, const Story& story)
{
    return setSetting(workspace, storySetting, story.empty() ? std::string() : storyText(story));
}

Result<Story> keptStory(Workspace& workspace)
{
    const auto text = setting(workspace, storySetting);
    if (!text)
        return text.error();
    if (!*text || (*text)->empty())
        return Story();
    auto story = parseStory(**text);
    return story ? std::move(story) : Result<Story>(within(story.error(), "the story that is kept"));
}

Result<KeptNotes> keptNotes(Workspace& workspace)
{
    auto written = annotations(workspace);
    if (!written)
        return written.error();
    auto said = verdicts(workspace);
    if (!said)
        return said.error();
    auto arcs = arcDecisions(workspace);
    if (!arcs)
        return arcs.error();
    auto replays = replayDecisions(workspace);
    if (!replays)
        return replays.error();
    auto story = keptStory(workspace);
    if (!story)
        return story.error();
    return KeptNotes{std::move(*written), std::move(*said), std::move(*arcs), std::move(*replays), std::move(*story)};
}

Result<NotesMerge> mergeNotes(Workspace& workspace, const KeptNotes& coming)
{
    NotesMerge merge;
    const auto done = inTransaction(workspace.database(), [&]() -> Result<void> {
        const auto there = keptNotes(workspace);
        return there ? bringAll(workspace, *there, coming, merge) : Result<void>(there.error());
    });
    return done ? Result<NotesMerge>(merge) : Result<NotesMerge>(done.error());
}

} // namespace arcscope
