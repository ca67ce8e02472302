#include "command.h"
#include "leavingnotes.h"
#include "notesjson.h"
#include "notestore.h"
#include "notetransfer.h"
#include "session.h"
#include "verdictsbeside.h"

#include <algorithm>
#include <ostream>

namespace arcscope
{
namespace
{

constexpr OptionSpec notesOptions[] = {
    {"--find", "TEXT", "only those that say this, in either case"},
    {"--json", "", "one JSON object, schema arcscope.notes/1"},
    {"--export", "FILE", "writes all of them there, apart from the traces"},
    {"--import", "FILE", "takes what --export wrote: of two of one id the later change counts"},
    {"--story-out", "FILE", "writes the story as a text file"},
    {"--story-in", "FILE", "takes a story in the place of the one that is kept"}};

/// Letters of ASCII as small ones.
std::string folded(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

/// What is left of a list where a text is looked for.
template <typename T, typename Texts>
void keepThose(std::vector<T>& all, const std::string& wanted, Texts texts)
{
    std::erase_if(all, [&](const T& each) {
        for (const std::string_view text : texts(each)) {
            if (folded(text).find(wanted) != std::string::npos)
                return false;
        }
        return true;
    });
}

void keepFound(KeptNotes& notes, const std::string& wanted)
{
    using Texts = std::vector<std::string_view>;
    keepThose(notes.annotations, wanted, [](const Annotation& each) {
        return Texts{each.body, each.place, each.author, name(each.kind)};
    });
    keepThose(notes.verdicts, wanted, [](const KeptVerdict& each) {
        return Texts{each.finding, each.reason, each.note, name(each.verdict)};
    });
    keepThose(notes.arcs.reviews, wanted, [](const ArcReview& each) { return Texts{each.arc, each.note}; });
    keepThose(notes.replays.reviews, wanted, [](const ReplayReview& each) { return Texts{each.task, each.note}; });
    keepThose(notes.story.steps, wanted, [](const StoryStep& each) { return Texts{each.title, each.text}; });
    notes.arcs.stitches.clear();
    notes.replays.matches.clear();
    notes.replays.sides = {};
}

void printLine(std::ostream& out, std::string_view kind, const std::string& place, Nanos when, std::string_view author,
               std::string_view text)
{
    out << kind << "  " << printable(place);
    if (when != noTime)
        out << "  " << isoText(when);
    if (!author.empty())
        out << "  " << printable(author);
    out << '\n';
    if (!text.empty())
        out << "    " << printable(text) << '\n';
}

/// Its title, else the first line of its text.
std::string headingOf(const StoryStep& step)
{
    return step.title.empty() ? step.text.substr(0, step.text.find('\n')) : step.title;
}

void print(const KeptNotes& notes, std::ostream& out)
{
    for (const Annotation& each : notes.annotations)
        printLine(out, name(each.kind), each.place + (each.part.empty() ? "" : " " + each.part), each.changed,
                  each.author, each.body);
    for (const KeptVerdict& each : notes.verdicts)
        printLine(out, name(each.verdict), each.finding, each.changed, {},
                  each.reason + (each.reason.empty() || each.note.empty() ? "" : "; ") + each.note);
    for (const ArcReview& each : notes.arcs.reviews)
        printLine(out, each.outcome ? name(*each.outcome) : "review", placeOfArc(each.arc), each.changed, {},
                  each.note);
    for (const ReplayReview& each : notes.replays.reviews)
        printLine(out, each.opinion ? name(*each.opinion) : "review", each.task, each.changed, {}, each.note);
    if (!notes.story.empty())
        out << "story: " << printable(notes.story.title) << '\n';
    for (std::size_t i = 0; i < notes.story.steps.size(); ++i)
        out << "    " << i + 1 << ". " << printable(headingOf(notes.story.steps[i])) << '\n';
    if (notes.empty())
        out << "nothing was written\n";
}

Result<NotesMerge> taken(const Options& options, const PlaceAnchor& anchor)
{
    const std::string from = options.get("--import");
    const std::string story = options.get("--story-in");
    auto coming = from.empty() ? Result<KeptNotes>(KeptNotes()) : readNotesFile(from, anchor);
    if (!coming)
        return coming.error();
    KeptNotes told;
    if (!story.empty()) {
        auto read = readStoryFile(story, anchor);
        if (!read)
            return read.error();
        told.story = std::move(*read);
    }
    const bool inWorkspace = options.operands.size() == 1 && isWorkspace(options.operands.front());
    if (!inWorkspace) { // beside traces they are kept as they leave
        makePortable(*coming, anchor);
        makePortable(told, anchor);
    }
    auto workspace = notesToChange(options.operands);
    if (!workspace)
        return workspace.error();
    NotesMerge merge;
    if (!from.empty()) {
        auto merged = mergeNotes(*workspace, *coming);
        if (!merged)
            return merged;
        merge = std::move(*merged);
    }
    if (!story.empty()) {
        if (const auto kept = keepStory(*workspace, told.story); !kept)
            return kept.error();
    }
    return merge;
}

int runNotes(const Options& options, const Control&, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("notes", "of which files?", environment);
    if (notesFileFor(options.operands).empty())
        return failed({ErrorCode::NotFound, options.operands.front() + ": there is no such file, and no notes on it"},
                      environment);
    const auto anchor = anchorOf(options.operands);
    if (!anchor)
        return failed(anchor.error(), environment);
    if (options.has("--import") || options.has("--story-in")) {
        const auto merge = taken(options, *anchor);
        if (!merge)
            return failed(merge.error(), environment);
        if (options.has("--import"))
            environment.out << merge->added << " added, " << merge->changed << " changed, " << merge->kept
                            << " left as they were\n";
        if (merge->storyKept)
            environment.err
                << "arcscope: another story is kept already and was left as it is; --story-in replaces it\n";
    }
    auto notes = keptBeside(options.operands);
    if (!notes)
        return failed(notes.error(), environment);
    makePortable(*notes, *anchor);
    if (options.has("--export")) {
        if (const auto written = writeNotesFile(*notes, *anchor, options.get("--export")); !written)
            return failed(written.error(), environment);
    }
    if (options.has("--story-out")) {
        if (const auto written = writeStoryFile(notes->story, *anchor, options.get("--story-out")); !written)
            return failed(written.error(), environment);
    }
    const bool list = options.has("--json") || options.has("--find") || options.values.empty();
    if (options.has("--find"))
        keepFound(*notes, folded(options.get("--find")));
    if (options.has("--json"))
        environment.out << notesJson(*notes);
    else if (list)
        print(*notes, environment.out);
    return ExitDone;
}

} // namespace

Command notesCommand()
{
    return {"notes", "PATH... [--export FILE] [--import FILE] [--story-out FILE] [--story-in FILE]",
            "what people wrote and decided, apart from the traces", notesOptions, runNotes};
}

} // namespace arcscope
