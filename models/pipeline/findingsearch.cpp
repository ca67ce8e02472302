#include "findingsearch.h"

#include "calltree.h"
#include "giveway.h"
#include "joinedtraces.h"
#include "storedtrace.h"
#include "streamcontent.h"
#include "workspace.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <thread>

namespace arcscope
{
namespace
{

constexpr unsigned mostThreads = 4;

/// What a thread looks through at a time.
struct Piece {
    /// A trace of a joined session is looked through alone by those who do not join, and with the others by those who
    /// do.
    enum class Of : std::uint8_t { Trace, JoinedTrace, Session };
    JoinedTraces traces; ///< one, but of a session
    Of of = Of::Trace;
};

std::vector<Piece> piecesOf(const Corpus& corpus)
{
    const std::vector<JoinedTraces> sessions = joinedTraces(corpus);
    std::vector<Piece> pieces(corpus.traces.rows());
    for (std::uint32_t trace = 0; trace < pieces.size(); ++trace)
        pieces[trace].traces = {trace};
    for (const JoinedTraces& session : sessions) {
        for (const std::uint32_t trace : session)
            pieces[trace].of = Piece::Of::JoinedTrace;
        pieces.push_back({session, Piece::Of::Session});
    }
    return pieces;
}

struct FoundInTrace {
    std::uint32_t trace = 0;
    bool joined = false; ///< found in the session of the trace
    std::vector<Finding> findings;
    std::vector<std::pair<std::size_t, std::vector<TraceFact>>> facts; ///< with the index of the detector
};

/// What is kept of a detector whose findings are not looked for in the trace alone.
std::string factsOf(const Detector& detector)
{
    return std::string(detector.name) + "/facts";
}

/// What all threads work on.
struct Work {
    const std::string& path;
    const Corpus& corpus;
    const Control& control;
    const FindingSearch& search;
    const std::vector<Piece> pieces;
    std::atomic<std::size_t> next = 0;
    std::mutex arriving;

    void arrived(const std::vector<Finding>& findings)
    {
        if (!search.arrived || findings.empty())
            return;
        const std::lock_guard lock(arriving);
        search.arrived(findings);
    }
    void arrived(const Detector& detector, const std::vector<TraceFact>& facts)
    {
        if (!search.factsArrived || facts.empty())
            return;
        const std::lock_guard lock(arriving);
        search.factsArrived(detector.name, facts);
    }
    bool asksFor(const Detector& detector) const
    {
        return search.only.empty() ||
               std::find(search.only.begin(), search.only.end(), detector.name) != search.only.end();
    }
};

constexpr int anyVersion = 0; ///< none has it

/// What a detector of this version made of the trace before.
const DetectorFindings* knownOf(std::string_view detector, int version, const std::vector<DetectorFindings>& known)
{
    const auto found = std::find_if(known.begin(), known.end(), [&](const DetectorFindings& one) {
        return one.detector == detector && (one.version == version || version == anyVersion);
    });
    return found == known.end() ? nullptr : &*found;
}

/// One thread: takes piece after piece.
struct Searcher {
    std::vector<FoundInTrace> found;
    std::optional<Error> error;

    void run(Work& work)
    {
        auto workspace = Workspace::open(work.path);
        if (!workspace) {
            error = workspace.error();
            return;
        }
        for (std::size_t i = work.next++; i < work.pieces.size() && !work.control.stopped(); i = work.next++) {
            const Piece& piece = work.pieces[i];
            const std::vector<Row> rows = rowsOf(work.corpus, piece.traces);
            FoundInTrace one = lookThrough(work, *workspace, piece, rows);
            if (work.control.stopped())
                return;
            if (work.control.progress && piece.of != Piece::Of::JoinedTrace) // its session counts them
                work.control.progress->spans.fetch_add(rows.size(), std::memory_order_relaxed);
            work.arrived(one.findings);
            if (!one.findings.empty() || !one.facts.empty())
                found.push_back(std::move(one));
        }
    }

private:
    static bool runs(const Detector& detector, const Piece& piece)
    {
        return piece.of == Piece::Of::Trace || detector.joinsSessions == (piece.of == Piece::Of::Session);
    }
    static bool collects(const Detector& detector, const Piece& piece)
    {
        return detector.collect && piece.of != Piece::Of::Session;
    }

    /// Those that are held against facts of other traces.
    static std::vector<TraceFact> heldAgainst(std::vector<TraceFact> facts)
    {
        std::erase_if(facts, [](const TraceFact& fact) { return fact.key.starts_with('-'); });
        return facts;
    }

    static DetectorFindings made(const Detector& detector, const Piece& piece, TraceReading& reading)
    {
        DetectorFindings made;
        if (detector.run && runs(detector, piece))
            detector.run(reading, made.findings);
        if (collects(detector, piece))
            detector.collect(reading, made.facts);
        return made;
    }

    FoundInTrace lookThrough(Work& work, Workspace& workspace, const Piece& piece, const std::vector<Row>& rows)
    {
        FindingCache* const cache = work.search.cache;
        const DigestValue stamp = cache ? stampOf(work.corpus, rows) : DigestValue{};
        std::vector<DetectorFindings> known = cache ? cache->find(stamp, rows) : std::vector<DetectorFindings>();
        std::vector<DetectorFindings> all; // made or known, each behind its index
        std::vector<std::size_t> indices;
        bool isNew = false;
        StoredTrace reading(workspace, work.corpus, rows);
        reading.setSettings(work.search.settings);
        for (std::size_t i = 0; i < detectors().size(); ++i) {
            const Detector& detector = detectors()[i];
            if (work.control.stopped())
                return {};
            if (!runs(detector, piece) && !collects(detector, piece))
                continue;
            const bool asked = work.asksFor(detector);
            const int version = asked ? versionOf(detector, work.search.settings) : anyVersion;
            const std::string name = runs(detector, piece) ? std::string(detector.name) : factsOf(detector);
            const DetectorFindings* const before = knownOf(name, version, known);
            if (!before && !asked)
                continue;
            indices.push_back(i);
            all.push_back(before ? *before : made(detector, piece, reading));
            all.back().detector = name;
            all.back().version = before ? before->version : version;
            isNew = isNew || !before;
        }
        if (reading.unread() && !error)
            error = reading.unread();
        if (cache && isNew && !reading.unread())
            cache->put(stamp, all, rows);
        FoundInTrace one{piece.traces.front(), piece.of == Piece::Of::Session, {}, {}};
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Detector& detector = detectors()[indices[i]];
            if (!work.asksFor(detector))
                continue;
            work.arrived(detector, all[i].facts);
            for (Finding& finding : all[i].findings)
                finding.scope = work.corpus.traceIdText(piece.traces.front());
            std::move(all[i].findings.begin(), all[i].findings.end(), std::back_inserter(one.findings));
            // Only what is held against other traces is kept until all are through.
            if (!all[i].facts.empty() && work.search.only.empty() && (detector.conclude || detector.concludeSet))
                one.facts.emplace_back(indices[i], heldAgainst(std::move(all[i].facts)));
        }
        return one;
    }
};

/// What detectors find between traces.
std::vector<Finding> concluded(const Corpus& corpus, std::vector<FoundInTrace>& all, const DetectorSettings& settings,
                               const Control& control)
{
    std::vector<std::vector<TraceFact>> facts(detectors().size());
    for (FoundInTrace& one : all) {
        for (auto& [detector, found] : one.facts)
            std::move(found.begin(), found.end(), std::back_inserter(facts[detector]));
    }
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < facts.size() && !control.stopped(); ++i) {
        if (detectors()[i].conclude)
            detectors()[i].conclude(corpus, facts[i], findings);
        if (detectors()[i].concludeSet)
            detectors()[i].concludeSet(corpus, facts[i], settings, findings);
    }
    return findings;
}

} // namespace

std::span<const SpanColumn> findingColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all{SpanColumn::Flags,    SpanColumn::Trace,        SpanColumn::Provenance,
                                    SpanColumn::Messages, SpanColumn::CallsAsked,   SpanColumn::ResponseHash,
                                    SpanColumn::Source,   SpanColumn::SourceByte,   SpanColumn::ParentRow,
                                    SpanColumn::Depth,    SpanColumn::UsageDialect, SpanColumn::Cost};
        for (int i = 0; i < spanTextCount; ++i)
            all.push_back(columnOf(static_cast<SpanText>(i)));
        for (int i = 0; i < usageClassCount; ++i)
            all.push_back(static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i));
        for (const auto& more : {streamColumns(), stampColumns(), callTreeColumns()})
            all.insert(all.end(), more.begin(), more.end());
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }();
    return columns;
}

Result<std::vector<Finding>> searchFindings(const std::string& path, const Corpus& corpus, const Control& control,
                                            const FindingSearch& search)
{
    Work work{path, corpus, control, search, piecesOf(corpus), {}, {}};
    const unsigned wanted = std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads);
    std::vector<Searcher> searchers(std::min<std::size_t>(wanted, std::max<std::size_t>(work.pieces.size(), 1)));
    std::vector<std::thread> threads;
    const std::size_t mine = search.givesWay ? 0 : 1; // the thread of a caller keeps its rank
    for (std::size_t i = mine; i < searchers.size(); ++i) {
        threads.emplace_back([&work, &searcher = searchers[i]] {
            if (work.search.givesWay)
                giveWay();
            searcher.run(work);
        });
    }
    if (mine > 0)
        searchers[0].run(work);
    for (std::thread& thread : threads)
        thread.join();
    if (control.stopped())
        return Error{ErrorCode::Cancelled, "cancelled"};
    std::vector<FoundInTrace> all;
    for (Searcher& searcher : searchers) {
        if (searcher.error)
            return *searcher.error;
        std::move(searcher.found.begin(), searcher.found.end(), std::back_inserter(all));
    }
    std::sort(all.begin(), all.end(), [](const FoundInTrace& a, const FoundInTrace& b) {
        return std::pair(a.trace, a.joined) < std::pair(b.trace, b.joined);
    });
    std::vector<Finding> between;
    if (search.only.empty())
        between = concluded(corpus, all, search.settings, control);
    if (control.stopped())
        return Error{ErrorCode::Cancelled, "cancelled"};
    work.arrived(between);
    std::vector<Finding> findings;
    for (FoundInTrace& one : all)
        std::move(one.findings.begin(), one.findings.end(), std::back_inserter(findings));
    if (work.pieces.size() > corpus.traces.rows()) { // those of a session lie in several traces
        std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
            return corpus.spans.at(SpanColumn::Trace, a.places.front().row) <
                   corpus.spans.at(SpanColumn::Trace, b.places.front().row);
        });
    }
    std::move(between.begin(), between.end(), std::back_inserter(findings));
    return findings;
}

Result<std::vector<Finding>> searchKeptFindings(Workspace& workspace, const Corpus& corpus, const Control& control,
                                                const DetectorSettings& settings)
{
    if (workspace.isTemporary())
        return searchFindings(workspace.path(), corpus, control, {nullptr, {}, settings});
    FindingCache cache;
    if (auto loaded = cache.load(workspace); !loaded)
        return loaded.error();
    auto findings = searchFindings(workspace.path(), corpus, control, {&cache, {}, settings});
    if (findings)
        static_cast<void>(cache.save(workspace)); // one that cannot be written to is looked through again next time
    return findings;
}

} // namespace arcscope
