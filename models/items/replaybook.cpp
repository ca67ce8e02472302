#include "replaybook.h"

#include "corpusloader.h"
#include "findingbook.h"
#include "notebook.h"
#include "placemap.h"
#include "replayreading.h"
#include "replaysearch.h"
#include "session.h"

#include <mutex>
#include <utility>

namespace arcscope
{
namespace
{

constexpr int pollMs = 100;
/// Tasks: fewer are compared before one could read that.
constexpr std::size_t leastShownEarly = 100;

/// The session of what is open, on a connection of its own.
template <typename Use>
auto withSession(const std::shared_ptr<OpenCorpus>& open, Use use) -> decltype(use(std::declval<Workspace&>()))
{
    auto workspace = Workspace::open(open->session->workspace.path());
    if (!workspace)
        return workspace.error();
    return use(*workspace);
}

} // namespace

/// What the comparing thread and the window share.
struct ReplayBook::Arriving {
    ReplayProgress tasks;
    std::mutex guard;
    ReplayPtr early;
};

ReplayBook::ReplayBook(AppState& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_fields(std::make_shared<ReplayFields>())
{
    m_timer.setInterval(pollMs);
    connect(&m_timer, &QTimer::timeout, this, &ReplayBook::poll);
    connect(&state, &AppState::loadingChanged, this, [this] {
        if (m_state.opening() != m_opening || !m_state.isOpen())
            forget();
        if (m_wanted)
            look();
    });
    connect(&state.notes(), &NoteBook::replaysChanged, this, [this] {
        if (m_stage == Stage::Closed || m_stage == Stage::Looking)
            return;
        if (sides() != m_compared || m_state.notes().replayDecisions().matches != m_matched)
            compare();
    });
}

ReplayBook::~ReplayBook() = default;

void ReplayBook::forget()
{
    m_lookTask.cancel();
    m_compareTask.cancel();
    m_readTask.cancel();
    m_timer.stop();
    m_opening = m_state.opening();
    m_fields = std::make_shared<ReplayFields>();
    m_likely = {};
    m_compared = {};
    m_matched.clear();
    m_found.reset();
    m_reading.reset();
    m_problem.clear();
    setStage(Stage::Closed);
    emit readingChanged();
}

void ReplayBook::setStage(Stage stage)
{
    m_stage = stage;
    emit changed();
}

void ReplayBook::look()
{
    m_wanted = true;
    if (m_stage != Stage::Closed || !m_state.isOpen() || m_state.loading())
        return;
    m_opening = m_state.opening();
    setStage(Stage::Looking);
    m_lookTask.start(
        [open = m_state.openCorpus(), corpus = m_state.recordedCorpus()](std::stop_token) {
            Looked looked;
            auto fields = withSession(open, [&](Workspace& workspace) { return fieldsOf(workspace, *corpus); });
            looked.fields = std::make_shared<ReplayFields>(fields ? std::move(*fields) : ReplayFields());
            looked.likely = likelySides(*looked.fields, *corpus);
            return looked;
        },
        [this](Looked looked) {
            m_fields = std::move(looked.fields);
            m_likely = std::move(looked.likely);
            compare();
        });
}

ReplaySides ReplayBook::sides() const
{
    return sidesNow(*m_fields, m_state.notes().replayDecisions().sides);
}

void ReplayBook::setSides(const ReplaySides& sides)
{
    const bool again = this->sides() == sides;
    m_state.notes().setReplaySides(sides); // and compares where they are others
    if (again || m_compared != sides)
        compare();
}

void ReplayBook::compare()
{
    const ReplaySides sides = this->sides();
    // Of the same runs, paired or matched in another way, what was found is shown until there is something newer.
    ReplaySides before = m_compared;
    before.key = sides.key;
    const bool known = m_found && m_found->report && m_stage == Stage::Done && before == sides &&
                       m_decided == m_state.notes().arcDecisions();
    m_compareTask.cancel();
    m_timer.stop();
    m_compared = sides;
    m_matched = m_state.notes().replayDecisions().matches;
    m_decided = m_state.notes().arcDecisions();
    m_problem.clear();
    if (known) {
        compareAs(sides, m_found);
        emit changed();
        return;
    }
    m_readTask.cancel();
    m_found.reset();
    m_reading.reset();
    emit readingChanged();
    if (!sides.chosen() || tracesOfSides(*m_fields, sides).empty()) {
        setStage(Stage::Unchosen);
        return;
    }
    setStage(Stage::Comparing);
    m_timer.start();
    compareAs(sides, nullptr);
}

void ReplayBook::compareAs(const ReplaySides& sides, const ReplayPtr& known)
{
    m_progress = std::make_shared<Progress>();
    m_arriving = std::make_shared<Arriving>();
    AskedReplay asked;
    asked.sides = sides;
    asked.matches = m_matched;
    asked.arcs = m_decided;
    asked.known = known;
    // Of clocks that were aligned, or of a state that has grown since, it is looked for anew.
    if (m_findings && m_findings->stage() == SearchStage::Done && m_findings->isCurrent() &&
        m_findings->stopsAreCurrent() && m_findings->pieces()->corpus &&
        m_findings->pieces()->in == m_state.openCorpus()) {
        asked.pieces = m_findings->pieces();
        asked.stops = m_findings->stops();
    }
    m_compareTask.start(
        [open = m_state.openCorpus(), corpus = m_state.recordedCorpus(), fields = m_fields, asked = std::move(asked),
         progress = m_progress, arriving = m_arriving](std::stop_token stop) mutable {
            Compared compared;
            asked.progress = &arriving->tasks;
            if (!asked.known)
                asked.early = [&](FoundReplay found) {
                    if (found.pairing.tasks.size() < leastShownEarly)
                        return;
                    found.in = open;
                    const std::lock_guard lock(arriving->guard);
                    arriving->early = std::make_shared<const FoundReplay>(std::move(found));
                };
            auto found = withSession(open, [&](Workspace& workspace) {
                return replayOf(workspace, corpus, *fields, asked, Control{stop, progress.get()});
            });
            if (found) {
                auto made = std::make_shared<FoundReplay>(std::move(*found));
                made->in = open;
                compared.found = std::move(made);
            } else {
                compared.problem = QString::fromStdString(found.error().message);
            }
            return compared;
        },
        [this](Compared compared) {
            m_timer.stop();
            if (compared.found) {
                setFound(std::move(compared.found));
                return;
            }
            m_found.reset();
            m_problem = std::move(compared.problem);
            setStage(Stage::Failed);
        });
}

void ReplayBook::poll()
{
    ReplayPtr early;
    if (m_arriving) {
        const std::lock_guard lock(m_arriving->guard);
        early = std::exchange(m_arriving->early, nullptr);
    }
    if (early && m_stage == Stage::Comparing)
        setEarly(std::move(early));
    emit progressed();
}

void ReplayBook::setEarly(ReplayPtr found)
{
    m_found = std::move(found);
    setStage(Stage::Comparing);
}

void ReplayBook::setFound(ReplayPtr found)
{
    m_found = std::move(found);
    setStage(Stage::Done);
}

std::uint64_t ReplayBook::spansDone() const
{
    return m_progress ? m_progress->spans.load() : 0;
}

std::uint64_t ReplayBook::tasksDone() const
{
    return m_arriving ? m_arriving->tasks.tasks.load() : 0;
}

std::uint64_t ReplayBook::tasks() const
{
    return m_arriving ? m_arriving->tasks.of.load() : 0;
}

void ReplayBook::cancel()
{
    m_compareTask.cancel();
    m_timer.stop();
    m_found.reset();
    if (m_stage == Stage::Comparing)
        setStage(Stage::Unchosen);
}

void ReplayBook::read(std::uint32_t task)
{
    if (!m_found || !m_found->in) {
        return;
    }
    m_readTask.start(
        [found = m_found, task](std::stop_token stop) {
            auto reading = withSession(std::const_pointer_cast<OpenCorpus>(found->in),
                                       [&](Workspace& workspace) -> Result<ReplayReading> {
                                           return readReplay(workspace, found, task, Control{stop, nullptr});
                                       });
            if (reading)
                return std::make_shared<const ReplayReading>(std::move(*reading));
            ReplayReading failed;
            failed.of = found;
            failed.task = task;
            failed.problem = reading.error().message;
            return std::make_shared<const ReplayReading>(std::move(failed));
        },
        [this](const ReplayReadingPtr& reading) { setReading(reading); });
    emit readingChanged();
}

void ReplayBook::setReading(ReplayReadingPtr reading)
{
    m_reading = std::move(reading);
    emit readingChanged();
}

Row ReplayBook::rowNow(Row row) const
{
    if (row == noRow || !m_found || !m_found->in || !m_state.isOpen())
        return row;
    if (m_found->in == m_state.openCorpus())
        return row;
    const Row rows[] = {row};
    return PlaceMap(*m_found->corpus, *m_state.corpus(), rows, {}).row(row);
}

} // namespace arcscope
