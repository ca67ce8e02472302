#include "leavingnotes.h"

#include "annotations.h"
#include "notestore.h"
#include "tracebundle.h"
#include "verdictsbeside.h"
#include "workspace.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <unordered_set>

namespace arcscope
{
namespace
{

using Places = std::unordered_set<std::string>;

/// Of a key of a finding, which has no list of its places but their words: every word that looks like a place is one.
bool namesOnly(const std::string& key, const Places& places)
{
    bool some = false;
    for (std::size_t at = 0; at < key.size();) {
        const std::size_t end = std::min(key.find(' ', at), key.size());
        const std::string word = key.substr(at, end - at);
        at = end + 1;
        if (word.starts_with("cause:"))
            return false;
        if (!word.starts_with("trace:") && !word.starts_with("span-row:"))
            continue;
        if (places.count(word) == 0)
            return false;
        some = true;
    }
    return some;
}

/// All texts, with what they are for the tally.
void forEachText(KeptNotes& notes, const std::function<void(std::string&, const char*)>& take)
{
    for (Annotation& each : notes.annotations) {
        take(each.place, "note");
        take(each.body, "note");
    }
    for (KeptVerdict& each : notes.verdicts) {
        for (std::string* text : {&each.finding, &each.reason, &each.note})
            take(*text, "verdict");
    }
    for (ArcReview& each : notes.arcs.reviews) {
        take(each.arc, "review");
        take(each.note, "review");
    }
    for (StitchDecision& each : notes.arcs.stitches) {
        take(each.earlier, "stitch");
        take(each.later, "stitch");
    }
    for (ReplayReview& each : notes.replays.reviews) {
        for (std::string* text : {&each.task, &each.base, &each.candidate, &each.note})
            take(*text, "review");
    }
    for (ReplayMatch& each : notes.replays.matches) {
        take(each.base, "pairing");
        take(each.candidate, "pairing");
    }
    for (std::string* text : {&notes.replays.sides.field, &notes.replays.sides.base, &notes.replays.sides.key})
        take(*text, "pairing");
    for (std::string& text : notes.replays.sides.candidates)
        take(text, "pairing");
    take(notes.story.title, "story");
    for (StoryStep& step : notes.story.steps) {
        for (std::string* text : {&step.title, &step.text, &step.state.trace, &step.state.span, &step.state.filter})
            take(*text, "story");
    }
}

} // namespace

Result<KeptNotes> keptBeside(const std::vector<std::string>& paths)
{
    const std::string file = notesFileFor(paths);
    std::error_code ignored;
    if (!file.empty() && std::filesystem::exists(file, ignored)) {
        auto workspace = Workspace::open(file);
        return workspace ? keptNotes(*workspace) : Result<KeptNotes>(workspace.error());
    }
    if (paths.size() != 1 || paths.front() == "-" || !std::filesystem::is_regular_file(paths.front(), ignored))
        return KeptNotes();
    auto bundle = readBundle(paths.front());
    if (!bundle)
        return bundle.error();
    return *bundle ? std::move((**bundle).notes) : KeptNotes();
}

Result<Workspace> notesToChange(const std::vector<std::string>& paths)
{
    const std::string file = notesFileFor(paths);
    if (file.empty())
        return Error{ErrorCode::NotFound, "there is no file that notes could be kept beside"};
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        return Workspace::open(file);
    const auto there = keptBeside(paths);
    if (!there)
        return there.error();
    auto workspace = Workspace::create(file);
    if (!workspace || there->empty())
        return workspace;
    const auto merged = mergeNotes(*workspace, *there);
    return merged ? std::move(workspace) : Result<Workspace>(merged.error());
}

KeptNotes notesLeaving(const KeptNotes& notes, const Corpus& corpus, std::span<const Row> rows)
{
    const bool whole = rows.size() >= corpus.order.rows();
    Places places{std::string(corpusPlace)};
    for (const Row row : rows) {
        places.insert(placeOfSpan(corpus, row));
        places.insert(placeOfTrace(corpus, static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row))));
    }
    const auto leaves = [&](const std::string& place) {
        return places.count(place) > 0 || (whole && place.starts_with(placeOfArc({})));
    };
    KeptNotes leaving;
    if (whole) {
        leaving = notes;
        leaving.annotations.clear();
        leaving.story.steps.clear();
    } else {
        std::copy_if(notes.verdicts.begin(), notes.verdicts.end(), std::back_inserter(leaving.verdicts),
                     [&](const KeptVerdict& each) { return namesOnly(each.finding, places); });
        leaving.story.title = notes.story.title;
    }
    std::copy_if(notes.annotations.begin(), notes.annotations.end(), std::back_inserter(leaving.annotations),
                 [&](const Annotation& each) { return leaves(each.place); });
    std::copy_if(notes.story.steps.begin(), notes.story.steps.end(), std::back_inserter(leaving.story.steps),
                 [&](const StoryStep& step) {
                     return (step.state.trace.empty() || leaves(step.state.trace)) &&
                            (step.state.span.empty() || leaves(step.state.span));
                 });
    if (leaving.story.steps.empty())
        leaving.story = {};
    return leaving;
}

void collectNotes(const KeptNotes& notes, Redactor& redactor)
{
    KeptNotes copy = notes;
    forEachText(copy, [&](std::string& text, const char*) { redactor.collect(text); });
}

void strikeNotes(KeptNotes& notes, Redactor& redactor)
{
    forEachText(notes, [&](std::string& text, const char* what) { redactor.strike(text, {}, what); });
    for (Annotation& each : notes.annotations)
        each.author.clear();
}

} // namespace arcscope
