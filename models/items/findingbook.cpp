#include "findingbook.h"

#include "findingcache.h"
#include "findingsearch.h"
#include "placemap.h"
#include "session.h"
#include "storedsettings.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace arcscope
{
namespace
{

constexpr int pollMs = 100;

StopsPtr stopsOf(CorpusPtr corpus, StopSurvey survey)
{
    std::sort(survey.begin(), survey.end(), [](const SpanStop& a, const SpanStop& b) { return a.row < b.row; });
    return std::make_shared<const FoundStops>(FoundStops{std::move(corpus), std::move(survey)});
}

/// The window says already which workspace it is.
std::string reasonIn(const Workspace& workspace, const Error& error)
{
    const std::string place = workspace.path() + ": ";
    return error.message.starts_with(place) ? error.message.substr(place.size()) : error.message;
}

} // namespace

/// What the searching threads and the window share.
struct FindingBook::Arriving {
    Progress progress;
    std::mutex guard;
    std::vector<std::shared_ptr<const std::vector<Finding>>> batches;
    std::size_t count = 0; ///< findings in them
    StopSurvey stops;      ///< in no order
    std::vector<std::shared_ptr<const std::vector<ArcPiece>>> pieces;
    std::vector<std::pair<Row, CallCounts>> calls;
    CorpusPtr corpus; ///< with the columns that keys need; null until the search has them
};

/// What was found in the traces of one opening: later states of it ask only for what is new.
struct FindingBook::Shelf {
    FindingCache cache;
    std::once_flag read;

    void readFrom(Workspace& workspace)
    {
        // What cannot be read is searched again.
        std::call_once(read, [&] { static_cast<void>(cache.load(workspace)); });
    }
};

struct FindingBook::Outcome {
    FoundPtr found; ///< null where there is a problem
    StopsPtr stops;
    PiecesPtr pieces;
    CallsPtr calls;
    std::string problem;
};

FindingBook::FindingBook(AppState& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_found(std::make_shared<FoundFindings>())
    , m_stops(std::make_shared<FoundStops>())
    , m_pieces(std::make_shared<FoundPieces>())
    , m_calls(std::make_shared<FoundCalls>())
{
    m_timer.setInterval(pollMs);
    connect(&m_timer, &QTimer::timeout, this, &FindingBook::poll);
    connect(&state, &AppState::corpusChanged, this, &FindingBook::look);
    connect(&state, &AppState::loadingChanged, this, &FindingBook::look);
    look();
}

FindingBook::~FindingBook() = default;

std::uint64_t FindingBook::spansDone() const
{
    return m_arriving ? std::min<std::uint64_t>(m_arriving->progress.spans, m_spansInAll) : 0;
}

void FindingBook::look()
{
    if (!m_state.isOpen() || m_state.loading()) {
        m_task.cancel();
        m_rankTask.cancel();
        m_stopTask.cancel();
        m_timer.stop();
        m_arriving.reset();
        m_searched.reset();
        m_stale = m_anyComplete = false;
        setFound(std::make_shared<FoundFindings>());
        setStops(std::make_shared<FoundStops>(), nullptr);
        setPieces(std::make_shared<FoundPieces>());
        setCalls(std::make_shared<FoundCalls>());
        setStage(m_state.loading() ? SearchStage::Reading : SearchStage::Nothing);
        return;
    }
    if (m_searched == m_state.openCorpus()) // clocks do not matter to what is found
        return;
    if (m_opening == m_state.opening() && m_stage == SearchStage::Stopped)
        return;
    if (m_opening == m_state.opening() && m_task.running()) { // what is searched is shown before what came since
        m_stale = true;
        return;
    }
    search();
}

void FindingBook::searchAgain()
{
    if (m_state.isOpen() && !m_state.loading())
        search();
}

void FindingBook::cancel()
{
    if (m_stage != SearchStage::Searching)
        return;
    m_task.cancel();
    m_rankTask.cancel();
    m_stopTask.cancel();
    m_timer.stop();
    m_stale = false;
    setStage(SearchStage::Stopped);
}

void FindingBook::search()
{
    if (m_opening != m_state.opening() || !m_shelf)
        m_shelf = std::make_shared<Shelf>();
    m_opening = m_state.opening();
    m_arriving = std::make_shared<Arriving>(); // a search that was cancelled may still write to its own
    m_rankTask.cancel();
    m_stopTask.cancel();
    m_searched = m_state.openCorpus();
    m_stale = false;
    m_ranked = m_stopsTaken = m_piecesTaken = m_callsTaken = 0;
    m_spansInAll = m_searched->corpus->order.rows();
    m_task.start(
        [open = m_searched, arriving = m_arriving,
         shelf = m_shelf](std::stop_token stop) -> std::shared_ptr<const Outcome> {
            auto outcome = std::make_shared<Outcome>();
            const Control control{stop, &arriving->progress};
            auto corpus = std::make_shared<Corpus>(*open->corpus); // shares its columns
            auto workspace = Workspace::open(open->session->workspace.path());
            if (!workspace) {
                outcome->problem = workspace.error().message;
                return outcome;
            }
            if (auto loaded = workspace->loadColumns(*corpus, findingColumns(), control); !loaded) {
                outcome->problem = loaded.error().message;
                return outcome;
            }
            {
                const std::lock_guard lock(arriving->guard);
                arriving->corpus = corpus;
            }
            shelf->readFrom(*workspace);
            FindingSearch search;
            search.cache = &shelf->cache;
            search.givesWay = true;
            auto settings = storedSettings(settingsFile());
            if (!settings) {
                outcome->problem = settings.error().message;
                return outcome;
            }
            search.settings = std::move(*settings);
            search.arrived = [&arriving](std::vector<Finding> findings) {
                if (findings.empty())
                    return;
                auto batch = std::make_shared<const std::vector<Finding>>(std::move(findings));
                const std::lock_guard lock(arriving->guard);
                arriving->count += batch->size();
                arriving->batches.push_back(std::move(batch));
            };
            search.factsArrived = [&arriving](std::string_view detector, std::span<const TraceFact> facts) {
                if (detector == arcDetector) {
                    auto pieces = std::make_shared<const std::vector<ArcPiece>>(arcPiecesOf(facts));
                    const std::lock_guard lock(arriving->guard);
                    arriving->pieces.push_back(std::move(pieces));
                    return;
                }
                if (detector == callCountsDetector) {
                    const std::lock_guard lock(arriving->guard);
                    for (const TraceFact& fact : facts) {
                        if (const auto counts = callCountsOf(fact))
                            arriving->calls.emplace_back(fact.place.row, *counts);
                    }
                    return;
                }
                StopSurvey stops;
                for (const TraceFact& fact : facts) {
                    if (const auto known = spanStopOf(fact))
                        stops.push_back(*known);
                }
                const std::lock_guard lock(arriving->guard);
                arriving->stops.insert(arriving->stops.end(), stops.begin(), stops.end());
            };
            auto findings = searchFindings(workspace->path(), *corpus, control, search);
            if (!findings) {
                outcome->problem = reasonIn(*workspace, findings.error());
                return outcome;
            }
            if (!open->session->workspace.isTemporary()) // one that cannot be written to is searched again next time
                static_cast<void>(shelf->cache.save(*workspace));
            outcome->found = foundOf(corpus, std::move(*findings));
            outcome->stops = stopsOf(corpus, std::move(arriving->stops));
            outcome->pieces =
                std::make_shared<const FoundPieces>(FoundPieces{corpus, open, std::move(arriving->pieces)});
            outcome->calls = std::make_shared<const FoundCalls>(FoundCalls{open, std::move(arriving->calls)});
            return outcome;
        },
        [this](const std::shared_ptr<const Outcome>& outcome) { take(outcome); });
    m_timer.start();
    setStage(SearchStage::Searching);
}

void FindingBook::take(const std::shared_ptr<const Outcome>& outcome)
{
    m_timer.stop();
    m_rankTask.cancel();
    m_stopTask.cancel();
    if (!outcome->found) {
        m_problem = QString::fromStdString(outcome->problem);
        setStage(SearchStage::Failed);
        m_ranked = m_stopsTaken = m_piecesTaken = m_callsTaken = 0;
        poll(); // all that has come, as no more will
        return;
    }
    m_anyComplete = true;
    m_problem.clear();
    setStops(outcome->stops, m_searched);
    setPieces(outcome->pieces);
    setCalls(outcome->calls);
    setFound(outcome->found);
    if (m_stale)
        search();
    else
        setStage(SearchStage::Done);
}

/// Ranks what has come so far whenever it is half as much again, so that all of this costs no more than the end. What
/// was complete before it grew stays until there is more.
void FindingBook::poll()
{
    emit progressed();
    pollStops();
    pollPieces();
    pollCalls();
    if (m_anyComplete || m_rankTask.running())
        return;
    std::vector<std::shared_ptr<const std::vector<Finding>>> batches;
    CorpusPtr corpus;
    {
        const std::lock_guard lock(m_arriving->guard);
        if (m_arriving->count <= m_ranked + m_ranked / 2)
            return;
        m_ranked = m_arriving->count;
        batches = m_arriving->batches;
        corpus = m_arriving->corpus;
    }
    m_rankTask.start(
        [batches = std::move(batches), corpus = std::move(corpus)](std::stop_token) {
            std::vector<Finding> findings;
            for (const auto& batch : batches)
                findings.insert(findings.end(), batch->begin(), batch->end());
            // In the order of traces, as at the end.
            std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) {
                return corpus->spans.at(SpanColumn::Trace, a.places.front().row) <
                       corpus->spans.at(SpanColumn::Trace, b.places.front().row);
            });
            return foundOf(corpus, std::move(findings));
        },
        [this](const FoundPtr& found) { setFound(found); });
}

/// As poll() does with findings.
void FindingBook::pollStops()
{
    if (m_anyComplete || m_stopTask.running())
        return;
    StopSurvey stops;
    CorpusPtr corpus;
    {
        const std::lock_guard lock(m_arriving->guard);
        if (m_arriving->stops.size() <= m_stopsTaken + m_stopsTaken / 2)
            return;
        stops = m_arriving->stops;
        corpus = m_arriving->corpus;
    }
    m_stopsTaken = stops.size();
    m_stopTask.start([stops = std::move(stops), corpus = std::move(corpus)](
                         std::stop_token) mutable { return stopsOf(std::move(corpus), std::move(stops)); },
                     [this](const StopsPtr& found) { setStops(found, m_searched); });
}

/// As with findings, whenever there is half as much again.
void FindingBook::pollPieces()
{
    if (m_anyComplete)
        return;
    auto made = std::make_shared<FoundPieces>();
    {
        const std::lock_guard lock(m_arriving->guard);
        if (m_arriving->pieces.size() <= m_piecesTaken + m_piecesTaken / 2)
            return;
        made->batches = m_arriving->pieces;
        made->corpus = m_arriving->corpus;
    }
    m_piecesTaken = made->batches.size();
    made->in = m_searched;
    setPieces(std::move(made));
}

void FindingBook::setPieces(PiecesPtr pieces)
{
    const bool nothing = !m_pieces->corpus && !pieces->corpus;
    m_pieces = std::move(pieces);
    if (!nothing)
        emit piecesChanged();
}

void FindingBook::pollCalls()
{
    if (m_anyComplete)
        return;
    auto made = std::make_shared<FoundCalls>();
    {
        const std::lock_guard lock(m_arriving->guard);
        if (m_arriving->calls.size() <= m_callsTaken + m_callsTaken / 2)
            return;
        made->traces = m_arriving->calls;
    }
    m_callsTaken = made->traces.size();
    made->in = m_searched;
    setCalls(std::move(made));
}

void FindingBook::setCalls(CallsPtr calls)
{
    const bool nothing = m_calls->traces.empty() && calls->traces.empty();
    m_calls = std::move(calls);
    if (!nothing)
        emit callsChanged();
}

bool FindingBook::isCurrent() const
{
    return m_foundIn && m_foundIn == m_state.openCorpus();
}

Row FindingBook::rowNow(Row row) const
{
    if (row == noRow || isCurrent())
        return row;
    const Row rows[] = {row};
    return PlaceMap(*m_found->corpus, *m_state.corpus(), rows, {}).row(row);
}

void FindingBook::setStage(SearchStage stage)
{
    if (std::exchange(m_stage, stage) != stage)
        emit stageChanged();
}

bool FindingBook::stopsAreCurrent() const
{
    return m_stopsIn && m_stopsIn == m_state.openCorpus();
}

void FindingBook::setStops(StopsPtr stops, std::shared_ptr<OpenCorpus> in)
{
    const bool nothing = m_stops->survey.empty() && stops->survey.empty();
    m_stops = std::move(stops);
    m_stopsIn = std::move(in);
    if (!nothing)
        emit stopsChanged();
}

void FindingBook::setFound(FoundPtr found)
{
    if (m_found->findings.empty() && found->findings.empty()) {
        m_found = std::move(found);
        m_foundIn = m_searched;
        return;
    }
    m_found = std::move(found);
    m_foundIn = m_searched;
    emit foundChanged();
}

} // namespace arcscope
