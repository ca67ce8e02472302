#include "notestore.h"

#include "annotations.h"
#include "arcdecisions.h"
#include "replaydecisions.h"
#include "transaction.h"
#include "verdicts.h"
#include "workspace.h"

namespace arcscope
{
namespace
{

constexpr std::string_view storySetting = "story";

std::string settingText(const Story& story)
{
    return story.empty() ? std::string() : storyText(story);
}

template <typename T>
Result<void> keepEach(Workspace& workspace, const std::vector<T>& all, Result<void> (*keep)(Workspace&, const T&))
{
    for (const T& each : all) {
        if (auto kept = keep(workspace, each); !kept)
            return kept;
    }
    return {};
}

Result<void> keepTaken(Workspace& workspace, const KeptNotes& taken)
{
    auto done = keepEach(workspace, taken.annotations, &keepAnnotation);
    if (done)
        done = keepEach(workspace, taken.verdicts, &keepVerdict);
    if (done)
        done = keepEach(workspace, taken.arcs.reviews, &keepArcReview);
    if (done)
        done = keepEach(workspace, taken.arcs.stitches, &keepStitchDecision);
    if (done)
        done = keepEach(workspace, taken.replays.reviews, &keepReplayReview);
    for (const ReplayMatch& match : taken.replays.matches)
        done = done ? keepReplayMatch(workspace, match, true) : done;
    if (done && taken.replays.sides.chosen())
        done = keepReplaySides(workspace, taken.replays.sides);
    return done && !taken.story.empty() ? keepStory(workspace, taken.story) : done;
}

} // namespace

Result<void> keepStory(Workspace& workspace, const Story& story, const Story* before)
{
    if (before) {
        const auto there = setting(workspace, storySetting);
        if (!there)
            return there.error();
        if (there->value_or(std::string()) != settingText(*before))
            return Error{ErrorCode::Usage, "somebody else changed the story meanwhile"};
    }
    return setSetting(workspace, storySetting, settingText(story));
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
        if (!there)
            return there.error();
        merge = mergeOf(*there, coming);
        return keepTaken(workspace, merge.taken);
    });
    return done ? Result<NotesMerge>(std::move(merge)) : Result<NotesMerge>(done.error());
}

} // namespace arcscope
