#include "arcgroups.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace arcscope
{
namespace
{

StringId idAt(const Corpus& corpus, TraceColumn column, std::uint32_t trace)
{
    return {static_cast<std::uint32_t>(corpus.traces.at(column, trace))};
}

/// Pieces of one task, by session, else each for itself, in the order of their first.
std::vector<std::vector<std::uint32_t>> bySession(const std::vector<PlacedPiece>& pieces,
                                                  const std::vector<std::uint32_t>& of)
{
    std::vector<std::vector<std::uint32_t>> parts;
    std::unordered_map<std::uint32_t, std::size_t> partOf;
    for (const std::uint32_t piece : of) {
        const StringId session = pieces[piece].session;
        const auto known = session ? partOf.find(session.value) : partOf.end();
        if (known != partOf.end()) {
            parts[known->second].push_back(piece);
            continue;
        }
        if (session)
            partOf.emplace(session.value, parts.size());
        parts.push_back({piece});
    }
    return parts;
}

/// A user who is known to be the same goes on; what nobody is named for starts anew.
bool startsAnew(const PlacedPiece& first, const PlacedPiece& again)
{
    const bool sameUser = first.user && first.user == again.user;
    return !sameUser && first.firstRequest() != 0 && first.firstRequest() == again.firstRequest();
}

/// Pieces of one task as trials, each in time.
std::vector<std::vector<std::uint32_t>> trialsOf(const std::vector<PlacedPiece>& pieces,
                                                 const std::vector<std::uint32_t>& of)
{
    std::vector<std::uint32_t> work;
    std::vector<std::uint32_t> labels;
    for (const std::uint32_t piece : of)
        (pieces[piece].piece.labelsOnly ? labels : work).push_back(piece);
    std::vector<std::vector<std::uint32_t>> trials;
    bool labelled = false;
    for (const std::vector<std::uint32_t>& part : bySession(pieces, work)) {
        const bool anyLabel = std::any_of(part.begin(), part.end(),
                                          [&](std::uint32_t piece) { return !pieces[piece].piece.labels.empty(); });
        for (const std::uint32_t piece : part) {
            const bool label = !pieces[piece].piece.labels.empty();
            const bool begins = piece == part.front();
            // Within a session a user's word on every answer makes no trials of them.
            const bool told = labelled && (begins ? anyLabel : label && !pieces[piece].user);
            const bool again = begins && !trials.empty() && startsAnew(pieces[trials.back().front()], pieces[piece]);
            if (trials.empty() || told || again) {
                trials.push_back({piece});
                labelled = label;
            } else {
                trials.back().push_back(piece);
                labelled = labelled || label;
            }
        }
    }
    // What a run says of its tasks: told of work that is not here, or of the only trial.
    if (trials.empty()) {
        for (const std::uint32_t label : labels)
            trials.push_back({label});
    } else if (trials.size() == 1 && !labelled) {
        trials[0].insert(trials[0].end(), labels.begin(), labels.end());
    }
    for (std::vector<std::uint32_t>& trial : trials)
        std::sort(trial.begin(), trial.end());
    return trials;
}

/// Short names of sessions ("1", "default") are used again by others: they count within one file. -1: of any.
std::int64_t fileOf(const Corpus& corpus, const PlacedPiece& piece)
{
    constexpr std::size_t shortName = 8;
    return corpus.strings[piece.session].size() < shortName ? corpus.traces.at(TraceColumn::Source, piece.trace) : -1;
}

/// A bare number ("12" of a sample) is a task of one file: others count theirs from 1, too. -1: of any.
std::int64_t taskFileOf(const Corpus& corpus, const PlacedPiece& piece)
{
    const std::string_view task = corpus.strings[piece.task];
    return task.find_first_not_of("0123456789") == task.npos ? corpus.traces.at(TraceColumn::Source, piece.trace) : -1;
}

std::string traceKey(const Corpus& corpus, std::uint32_t trace)
{
    std::string id = corpus.traceIdText(trace);
    return id.empty() ? "row " + std::to_string(trace) : id;
}

} // namespace

std::uint64_t PlacedPiece::firstRequest() const
{
    const auto first = std::find_if(piece.events.begin(), piece.events.end(), [](const ArcPieceEvent& event) {
        return event.step == ArcStep::Request && event.words != 0 && !event.history;
    });
    return first == piece.events.end() ? 0 : first->words;
}

std::vector<PlacedPiece> placed(const Corpus& corpus, std::vector<ArcPiece> pieces)
{
    std::vector<PlacedPiece> all;
    all.reserve(pieces.size());
    const auto isRow = [&](Row row) { return row < corpus.spans.rows(); };
    for (ArcPiece& piece : pieces) {
        if (!isRow(piece.row))
            continue;
        std::erase_if(piece.events, [&](const ArcPieceEvent& event) { return !isRow(event.place.row); });
        std::erase_if(piece.versions, [&](const VersionUse& use) { return !isRow(use.row); });
        std::erase_if(piece.labels, [&](const ArcLabel& label) { return !isRow(label.place.row); });
        if (!isRow(piece.end.place.row))
            piece.end.place.row = noRow;
        PlacedPiece one;
        one.trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, piece.row));
        one.start = corpus.traces.at(TraceColumn::Start, one.trace);
        const std::int64_t duration = corpus.traces.at(TraceColumn::Duration, one.trace);
        one.end = one.start == noTime || duration < 0 ? noTime : one.start + duration;
        one.session = idAt(corpus, TraceColumn::Session, one.trace);
        one.task = idAt(corpus, TraceColumn::Task, one.trace);
        one.user = idAt(corpus, TraceColumn::User, one.trace);
        if (piece.labelsOnly) {
            const TimeRange range = corpus.spans.range(piece.row);
            one.start = range.start;
            one.end = range.end;
            one.task = corpus.spans.text(SpanText::Task, piece.row);
            one.session = corpus.spans.text(SpanText::Session, piece.row);
        }
        one.piece = std::move(piece);
        all.push_back(std::move(one));
    }
    std::stable_sort(all.begin(), all.end(), [](const PlacedPiece& a, const PlacedPiece& b) {
        return std::tuple(a.start == noTime, a.start, a.trace, a.piece.row) <
               std::tuple(b.start == noTime, b.start, b.trace, b.piece.row);
    });
    return all;
}

std::vector<BaseArc> grouped(const Corpus& corpus, const std::vector<PlacedPiece>& pieces)
{
    using InFile = std::pair<std::uint32_t, std::int64_t>; // with the file of names that count within one
    std::map<InFile, std::vector<std::uint32_t>> tasks;
    std::map<InFile, std::vector<std::uint32_t>> sessions;
    std::unordered_map<std::uint32_t, std::size_t> piecesIn; // a session
    std::vector<BaseArc> groups;
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
        const PlacedPiece& piece = pieces[i];
        if (piece.session)
            ++piecesIn[piece.session.value];
        if (piece.task)
            tasks[{piece.task.value, taskFileOf(corpus, piece)}].push_back(i);
        else if (piece.session)
            sessions[{piece.session.value, fileOf(corpus, piece)}].push_back(i);
        else
            groups.push_back({ArcUnit::Trace, traceKey(corpus, piece.trace), {i}, false});
    }
    for (const auto& [session, of] : sessions)
        groups.push_back({ArcUnit::Session, std::string(corpus.strings[StringId{session.first}]), of, false});
    // The first trial has the name of the task, whatever comes later: what was decided of it holds.
    std::unordered_map<std::uint32_t, std::vector<std::vector<std::uint32_t>>> trialsOfTask;
    for (const auto& [task, of] : tasks) {
        for (std::vector<std::uint32_t>& trial : trialsOf(pieces, of))
            trialsOfTask[task.first].push_back(std::move(trial));
    }
    for (auto& [task, trials] : trialsOfTask) {
        std::sort(trials.begin(), trials.end());
        for (std::vector<std::uint32_t>& trial : trials) {
            const PlacedPiece& first = pieces[trial.front()];
            const bool alone = bool(first.session) && piecesIn[first.session.value] == trial.size();
            BaseArc arc{ArcUnit::Task, std::string(corpus.strings[StringId{task}]), {}, trials.size() > 1};
            if (&trial != &trials.front()) {
                arc.unit = alone ? ArcUnit::Session : ArcUnit::Trace;
                arc.key = alone ? std::string(corpus.strings[first.session]) : traceKey(corpus, first.trace);
            }
            arc.pieces = std::move(trial);
            groups.push_back(std::move(arc));
        }
    }
    std::sort(groups.begin(), groups.end(),
              [](const BaseArc& a, const BaseArc& b) { return a.pieces.front() < b.pieces.front(); });
    // What is told alike yet has a number.
    std::map<std::pair<ArcUnit, std::string>, std::uint32_t> known;
    for (BaseArc& group : groups) {
        if (const std::uint32_t before = known[{group.unit, group.key}]++; before > 0)
            group.key += "#" + std::to_string(before + 1);
    }
    return groups;
}

std::string keyOf(const BaseArc& group)
{
    return std::string(name(group.unit)) + ':' + group.key;
}

} // namespace arcscope
