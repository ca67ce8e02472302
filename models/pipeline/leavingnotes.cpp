#include "leavingnotes.h"

#include "annotations.h"
#include "notesjson.h"
#include "notestore.h"
#include "tracebundle.h"
#include "verdictsbeside.h"
#include "viewchoice.h"
#include "workspace.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// The places of what leaves, and what they are when it is read again.
class LeavingPlaces
{
public:
    LeavingPlaces(const Corpus& corpus, std::span<const Row> rows)
    {
        m_places.emplace(corpusPlace, Place{std::string(corpusPlace), true});
        std::unordered_map<std::uint32_t, std::size_t> traces;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, rows[i]));
            const std::string ofSpan = placeOfSpan(corpus, rows[i]);
            const bool kept = corpus.text(SpanText::Format, rows[i]).starts_with("otlp-");
            m_places.emplace(ofSpan, Place{ofSpan.starts_with(rowWord) ? rowWord + std::to_string(i) : ofSpan, kept});
            if (const auto [at, isNew] = traces.emplace(trace, traces.size()); isNew) {
                const std::string ofTrace = placeOfTrace(corpus, trace);
                const bool counted = ofTrace.starts_with(traceRowWord);
                m_places.emplace(ofTrace, Place{counted ? traceRowWord + std::to_string(at->second) : ofTrace, true});
            }
        }
    }

    bool has(const std::string& place) const { return m_places.contains(place); }
    /// False: it stays.
    bool take(std::string& place, std::string& part) const
    {
        const auto found = m_places.find(place);
        if (found == m_places.end())
            return false;
        const auto parsed = parsePlacePart(part);
        if (!found->second.recordKept && parsed && parsed->of == PlacePart::Of::Bytes)
            part.clear();
        place = found->second.later;
        return true;
    }

private:
    struct Place {
        std::string later;
        bool recordKept = true; ///< byte for byte
    };
    static inline const std::string rowWord = "span-row:";
    static inline const std::string traceRowWord = "trace-row:";
    std::unordered_map<std::string, Place> m_places;
};

/// Of a key of a finding, which has no list of its places but their words: every word that looks like a place is one.
bool namesOnly(const std::string& key, const LeavingPlaces& places)
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
        if (!places.has(word))
            return false;
        some = true;
    }
    return some;
}

/// Whether all that it names leaves.
bool choiceLeaves(const std::string& chosen, const Corpus& corpus, std::span<const Row> rows,
                  const LeavingPlaces& places)
{
    const ViewChoice choice = parseViewChoice(chosen).value_or(ViewChoice());
    if (choice.of == ViewChoice::Of::Finding)
        return namesOnly(choice.name, places);
    if (choice.of != ViewChoice::Of::Arc || places.has(choice.name)) // an arc of one trace is called as that
        return true;
    for (const auto& [word, field] : {std::pair("session:", SpanText::Session), std::pair("task:", SpanText::Task)}) {
        if (!choice.name.starts_with(word))
            continue;
        const std::string_view id = std::string_view(choice.name).substr(std::string_view(word).size());
        return std::any_of(rows.begin(), rows.end(), [&, of = field](Row row) { return corpus.text(of, row) == id; });
    }
    return false;
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
        for (std::string* text :
             {&step.title, &step.text, &step.state.trace, &step.state.span, &step.state.filter, &step.state.chosen})
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
    const LeavingPlaces places(corpus, rows);
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
    for (Annotation each : notes.annotations) {
        const auto chosen = parseViewChoice(each.place).value_or(ViewChoice()).of;
        const bool ofChoice =
            chosen != ViewChoice::Of::Nothing &&
            (whole || (chosen != ViewChoice::Of::Arc && choiceLeaves(each.place, corpus, rows, places)));
        if (ofChoice || places.take(each.place, each.part))
            leaving.annotations.push_back(std::move(each));
    }
    for (StoryStep step : notes.story.steps) {
        std::string none;
        ViewState& state = step.state;
        if (!whole && !choiceLeaves(state.chosen, corpus, rows, places))
            state.chosen.clear();
        if ((state.trace.empty() || places.take(state.trace, none)) &&
            (state.span.empty() || places.take(state.span, state.part)))
            leaving.story.steps.push_back(std::move(step));
    }
    if (leaving.story.steps.empty())
        leaving.story = {};
    return leaving;
}

std::string viewLeaving(const std::string& view, const Corpus& corpus, std::span<const Row> rows)
{
    auto state = parseView(view);
    if (!state || rows.size() >= corpus.order.rows() ||
        choiceLeaves(state->chosen, corpus, rows, LeavingPlaces(corpus, rows)))
        return view;
    state->chosen.clear();
    return viewJson(*state);
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
