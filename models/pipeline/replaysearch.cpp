#include "replaysearch.h"

#include "arcsearch.h"
#include "findingsearch.h"
#include "knownverdicts.h"
#include "replaycodec.h"
#include "replaystore.h"
#include "runpairs.h"
#include "runreader.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace arcscope
{
namespace
{

constexpr unsigned mostThreads = 4;
/// Raised where the same runs are paired in another way; see comparisonOf(), too.
constexpr std::string_view replayForm = "replay 3";

Error cancelled()
{
    return {ErrorCode::Cancelled, "cancelled"};
}

/// Runs `use` on several threads at once, for so many pieces that they take one after the other.
template <typename Use>
void onThreads(std::size_t pieces, Use use)
{
    const unsigned wanted = std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads);
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < std::min<std::size_t>(wanted, pieces); ++i)
        threads.emplace_back(use);
    use();
    for (std::thread& thread : threads)
        thread.join();
}

struct Work {
    const ReplayRequest& request;
    const Control& control;
    const KeptStops& stops;
    const KnownVerdicts& known;
    ReplayPairing& pairing;
    bool judged = false;                                ///< it was read who judged the runs
    std::vector<std::vector<ReplayVerdict>> verdicts{}; ///< by task
    std::atomic<std::size_t> compared = 0;
    std::atomic<std::size_t> next = 0;
    std::mutex arriving{};
    std::mutex failing{};
    std::optional<Error> error{};

    void run()
    {
        RunReader reader(request, stops);
        if (!opened(reader))
            return;
        RunComparer comparer;
        for (std::size_t i = next++; i < pairing.tasks.size() && !control.stopped(); i = next++)
            compareTask(reader, comparer, i);
        if (reader.unread())
            fail(*reader.unread());
    }

    void judge()
    {
        RunReader reader(request, stops);
        if (!opened(reader))
            return;
        for (std::size_t i = next++; i < pairing.runs.size() && !control.stopped(); i = next++) {
            if (!known.enter(static_cast<std::uint32_t>(i), pairing.runs[i]))
                reader.judge(pairing.runs[i]);
        }
        if (reader.unread())
            fail(*reader.unread());
    }

private:
    bool opened(RunReader& reader)
    {
        const auto done = reader.open();
        if (!done)
            fail(done.error());
        return done.has_value();
    }

    void fail(const Error& why)
    {
        const std::lock_guard lock(failing);
        error = why;
    }

    void compareTask(RunReader& reader, RunComparer& comparer, std::size_t number)
    {
        const std::vector<RunPair> pairs = pairsOf(pairing.tasks[number]);
        if (request.progress)
            request.progress->tasks.fetch_add(1, std::memory_order_relaxed);
        std::map<std::uint32_t, RunSteps> steps;
        std::uint64_t spans = 0;
        for (const RunPair& pair : pairs) {
            const bool isKnown = known.find(pair) != nullptr;
            for (const std::uint32_t run : {pair.base, pair.candidate}) {
                if (isKnown)
                    known.enter(run, pairing.runs[run]);
                else if (!steps.contains(run) && !control.stopped())
                    steps.emplace(run, reader.steps(pairing.runs[run], judged, spans));
            }
        }
        for (const RunPair& pair : pairs) {
            if (control.stopped())
                return;
            const ReplayVerdict* const verdict = known.find(pair);
            verdicts[number].push_back(verdict ? *verdict : comparedPair(comparer, pair, steps));
            verdicts[number].back().base = pair.base;
            verdicts[number].back().candidate = pair.candidate;
        }
        if (control.progress)
            control.progress->spans.fetch_add(spans, std::memory_order_relaxed);
    }

    ReplayVerdict comparedPair(RunComparer& comparer, const RunPair& pair,
                               const std::map<std::uint32_t, RunSteps>& steps)
    {
        const ReplayRun& base = pairing.runs[pair.base];
        const ReplayRun& candidate = pairing.runs[pair.candidate];
        ReplayComparison comparison = comparer.compare(steps.at(pair.base), steps.at(pair.candidate), base, candidate,
                                                       anchorsBetween(request, base, candidate));
        comparison.verdict.base = pair.base;
        comparison.verdict.candidate = pair.candidate;
        ++compared;
        if (request.arrived) {
            const std::lock_guard lock(arriving);
            request.arrived(comparison);
        }
        return comparison.verdict;
    }
};

/// What is known without looking at any step.
ReplayReport outcomesOf(const ReplayPairing& pairing)
{
    ReplayReport report;
    report.pairing = pairing;
    for (const ReplayTask& task : pairing.tasks) {
        for (const RunPair& pair : pairsOf(task)) {
            ReplayVerdict& verdict = report.verdicts.emplace_back();
            verdict.base = pair.base;
            verdict.candidate = pair.candidate;
            verdict.change = changeBetween(pairing.runs[pair.base], pairing.runs[pair.candidate]);
            verdict.flip = flipBetween(pairing.runs[pair.base], pairing.runs[pair.candidate]);
        }
    }
    return report;
}

/// Who judged the runs, on several threads.
Result<void> judgeAll(const ReplayRequest& request, const KnownVerdicts& known, ReplayPairing& pairing,
                      const Control& control)
{
    const KeptStops none;
    Work work{request, control, none, known, pairing};
    onThreads(pairing.runs.size(), [&work] { work.judge(); });
    if (work.error)
        return *work.error;
    return control.stopped() ? Result<void>(cancelled()) : Result<void>();
}

Result<void> compareAll(const ReplayRequest& request, const KnownVerdicts& known, bool judged, ReplayReport& report,
                        const Control& control)
{
    const auto stops = keptStops(request, control);
    if (!stops)
        return stops.error();
    Work work{request, control, *stops, known, report.pairing, judged};
    work.verdicts.resize(report.pairing.tasks.size());
    if (request.progress)
        request.progress->of = report.pairing.tasks.size();
    onThreads(report.pairing.tasks.size(), [&work] { work.run(); });
    if (work.error)
        return *work.error;
    if (control.stopped())
        return cancelled();
    for (std::vector<ReplayVerdict>& of : work.verdicts)
        report.verdicts.insert(report.verdicts.end(), of.begin(), of.end());
    for (const ReplayVerdict& verdict : report.verdicts) {
        const auto& runs = report.pairing.runs;
        report.anchored.push_back(anchoredBy(anchorsBetween(request, runs[verdict.base], runs[verdict.candidate])));
    }
    report.compared = work.compared;
    return {};
}

/// Whether requests have to be read: by their tasks alone some runs stay without another.
bool needsRequests(const std::vector<std::vector<PairableRun>>& sides, PairingRules::By by)
{
    if (by == PairingRules::By::Input)
        return true;
    if (by != PairingRules::By::Anything)
        return false;
    std::vector<std::unordered_set<std::string>> tasks;
    for (const auto& side : sides) {
        std::unordered_set<std::string>& known = tasks.emplace_back();
        for (const PairableRun& run : side)
            known.insert(run.task);
    }
    bool baseAlone = false;
    bool candidateAlone = false;
    for (std::size_t side = 0; side < sides.size(); ++side) {
        for (const PairableRun& run : sides[side]) {
            const bool there = side > 0 ? tasks[0].contains(run.task)
                                        : std::any_of(tasks.begin() + 1, tasks.end(),
                                                      [&](const auto& known) { return known.contains(run.task); });
            if (!run.task.empty() && (there || sides.size() == 1))
                continue;
            (side == 0 ? baseAlone : candidateAlone) = true;
        }
    }
    return baseAlone && (candidateAlone || sides.size() == 1);
}

/// What the traces of a corpus show, looked for once for all sides that are of it.
struct KnownPieces {
    const Corpus* corpus = nullptr;
    std::vector<ArcPiece> pieces;
};

/// The task arcs that some of the traces make.
Result<ArcCorpus> arcsOfSide(const ReplaySource& source, KnownPieces& known, const DetectorSettings& settings,
                             const Control& control)
{
    if (!source.pieces && known.corpus != source.corpus) {
        auto pieces = searchArcPieces(*source.workspace, *source.corpus, settings, control, true);
        if (!pieces)
            return pieces.error();
        known = {source.corpus, std::move(*pieces)};
    }
    return joinArcsOf(*source.corpus, source.pieces ? *source.pieces : known.pieces, *source.traces, source.decisions,
                      settings, control);
}

/// The task arcs of each side; those of one workspace are searched once.
Result<std::vector<std::shared_ptr<const ArcCorpus>>> arcsOf(const ReplayRequest& request, const Control& control)
{
    if (request.known && request.known->arcs.size() == request.sources.size())
        return request.known->arcs;
    std::vector<std::shared_ptr<const ArcCorpus>> all;
    KnownPieces pieces;
    for (std::size_t i = 0; i < request.sources.size(); ++i) {
        const ReplaySource& source = request.sources[i];
        if (source.arcs) {
            all.emplace_back(std::shared_ptr<void>(), source.arcs);
            continue;
        }
        const auto end = request.sources.begin() + static_cast<std::ptrdiff_t>(i);
        const auto same = std::find_if(request.sources.begin(), end, [&](const ReplaySource& other) {
            return other.corpus == source.corpus && !other.traces && !source.traces;
        });
        if (same != end) {
            all.push_back(all[static_cast<std::size_t>(same - request.sources.begin())]);
            continue;
        }
        auto arcs = source.traces ? arcsOfSide(source, pieces, request.settings, control)
                                  : searchArcs(*source.workspace, *source.corpus, source.decisions, request.settings,
                                               control, {nullptr, {}, true});
        if (!arcs)
            return arcs.error();
        all.push_back(std::make_shared<const ArcCorpus>(std::move(*arcs)));
    }
    return all;
}

Result<ReplayPairing> pairAll(const ReplayRequest& request, const std::vector<std::shared_ptr<const ArcCorpus>>& arcs,
                              const Control& control)
{
    std::optional<RunKey> key;
    if (request.rules.by == PairingRules::By::Expression) {
        auto read = RunKey::read(request.expression);
        if (!read)
            return read.error();
        key = std::move(*read);
    }
    ReplayRunFields fields{request.rules.by == PairingRules::By::Input, key ? &*key : nullptr};
    for (;;) {
        std::vector<std::vector<PairableRun>> sides;
        for (std::size_t i = 0; i < request.sources.size(); ++i) {
            auto runs = replayRuns(request.sources[i], *arcs[i], fields, control);
            if (!runs)
                return runs.error();
            sides.push_back(std::move(*runs));
        }
        if (fields.requests || !needsRequests(sides, request.rules.by))
            return pairRuns(std::move(sides), request.rules);
        fields.requests = true;
    }
}

void add(ContentDigest& digest, std::string_view text)
{
    const auto size = static_cast<std::uint64_t>(text.size());
    digest.add({reinterpret_cast<const char*>(&size), sizeof size});
    digest.add(text);
}

void add(ContentDigest& digest, std::uint64_t number)
{
    digest.add({reinterpret_cast<const char*>(&number), sizeof number});
}

DigestValue stampOf(const ReplayRequest& request)
{
    ContentDigest digest(DigestKey{});
    add(digest, replayForm);
    for (const Detector& detector : detectors()) {
        if (detector.name == stopDetector)
            add(digest, static_cast<std::uint64_t>(versionOf(detector, request.settings)));
    }
    for (const ReplaySource& source : request.sources) {
        for (const std::uint64_t half : arcStamp(*source.corpus, source.decisions, request.settings))
            add(digest, half);
        add(digest, source.traces ? source.traces->size() + 1 : 0);
        for (std::size_t i = 0; source.traces && i < source.traces->size(); ++i)
            add(digest, (*source.traces)[i]);
    }
    add(digest, static_cast<std::uint64_t>(request.rules.by));
    add(digest, request.expression);
    for (const ManualPair& pair : request.rules.manual) {
        add(digest, pair.base);
        add(digest, pair.side);
        add(digest, pair.candidate);
    }
    for (const ReplayAnchors& anchors : request.anchors) {
        add(digest, anchors.base);
        add(digest, anchors.side);
        add(digest, anchors.candidate);
        for (const StepAnchor& anchor : anchors.anchors) {
            add(digest, anchor.base);
            add(digest, anchor.candidate);
        }
    }
    return digest.value();
}

/// What is known of the pairs before any is compared. `keeper`: null where nothing is kept.
KnownVerdicts knownOf(const ReplayRequest& request, const ReplayReport& report, Workspace* keeper)
{
    KnownVerdicts known(request, report);
    if (request.arrived)
        return known;
    if (request.known)
        known.take(*request.known);
    if (keeper && !known.whole()) // what cannot be read is compared again
        static_cast<void>(eachKeptReplay(*keeper, [&](std::string_view bytes) {
            if (const auto earlier = decodedReplay(bytes))
                known.take(*earlier);
            return !known.whole();
        }));
    return known;
}

/// What is kept is of these sources: its traces and rows are there.
bool isOf(const ReplayRecord& record, const std::vector<ReplaySource>& sources)
{
    return record.pairing.sides == sources.size() &&
           std::ranges::all_of(record.pairing.runs, [&](const ReplayRun& run) {
               const Corpus& corpus = *sources[run.side].corpus;
               return (run.outcomeRow == noRow || run.outcomeRow < corpus.spans.rows()) &&
                      std::ranges::all_of(run.traces,
                                          [&](std::uint32_t trace) { return trace < corpus.traces.rows(); });
           });
}

} // namespace

std::span<const SpanColumn> replayColumns()
{
    return findingColumns();
}

Result<ReplayReport> searchReplay(const ReplayRequest& request, const Control& control)
{
    if (request.sources.empty())
        return ReplayReport{};
    Workspace& keeper = *request.sources.front().workspace;
    const bool kept = !request.pairOnly && std::ranges::none_of(request.sources, [](const ReplaySource& source) {
        return source.workspace->isTemporary();
    });
    const DigestValue stamp = kept ? stampOf(request) : DigestValue{};
    if (kept && !request.arrived) {
        if (const auto bytes = keptReplay(keeper, stamp); bytes && *bytes) {
            if (auto known = decodedReplay(**bytes); known && isOf(*known, request.sources)) // else it is made anew
                return ReplayReport{std::move(*known), {}, request.anchors};
        }
    }
    auto arcs = arcsOf(request, control);
    if (!arcs)
        return arcs.error();
    auto pairing = pairAll(request, *arcs, control);
    if (!pairing)
        return pairing.error();
    ReplayReport report{{std::move(*pairing), {}}, std::move(*arcs), request.anchors};
    if (request.pairOnly)
        return report;
    report.comparison = comparisonOf(request);
    report.contents = contentsOf(request, report.pairing);
    const KnownVerdicts known = knownOf(request, report, kept ? &keeper : nullptr);
    bool judged = false;
    if (request.paired) {
        judged = report.pairing.runs.size() <= mostJudgedEarly;
        if (auto done = judged ? judgeAll(request, known, report.pairing, control) : Result<void>(); !done)
            return done.error();
        ReplayReport outcomes = outcomesOf(report.pairing);
        outcomes.judged = judged;
        request.paired(outcomes);
    }
    if (auto done = compareAll(request, known, judged, report, control); !done)
        return done.error();
    if (kept) // one that cannot be written to is compared again next time
        static_cast<void>(keepReplay(keeper, stamp, encodedReplay(report)));
    return report;
}

Result<ReplayComparison> compareRuns(const ReplayRequest& request, const ReplayPairing& pairing, std::uint32_t base,
                                     std::uint32_t candidate, const Control& control)
{
    const KeptStops stops(request.sources.size()); // of two runs they are found at once
    ReplayRun a = pairing.runs[base];
    ReplayRun b = pairing.runs[candidate];
    RunReader reader(request, stops);
    if (auto opened = reader.open(); !opened)
        return opened.error();
    std::uint64_t spans = 0;
    const RunSteps ofBase = reader.steps(a, false, spans);
    const RunSteps ofCandidate = reader.steps(b, false, spans);
    if (control.stopped())
        return cancelled();
    if (reader.unread())
        return *reader.unread();
    ReplayComparison comparison = RunComparer().compare(ofBase, ofCandidate, a, b, anchorsBetween(request, a, b));
    comparison.verdict.base = base;
    comparison.verdict.candidate = candidate;
    return comparison;
}

} // namespace arcscope
