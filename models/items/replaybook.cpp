#include "replaybook.h"

#include "corpusloader.h"
#include "notebook.h"
#include "placemap.h"
#include "replayreading.h"
#include "session.h"

#include <utility>

namespace arcscope
{
namespace
{

constexpr int pollMs = 100;

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

ReplayBook::ReplayBook(AppState& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_fields(std::make_shared<ReplayFields>())
{
    m_timer.setInterval(pollMs);
    connect(&m_timer, &QTimer::timeout, this, &ReplayBook::progressed);
    connect(&state, &AppState::loadingChanged, this, [this] {
        if (m_state.opening() != m_opening || !m_state.isOpen())
            forget();
        if (m_wanted)
            look();
    });
    connect(&state.notes(), &NoteBook::replaysChanged, this, [this] {
        if (m_stage != Stage::Closed && m_stage != Stage::Looking &&
            m_state.notes().replayDecisions().sides != m_compared)
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
    return m_state.notes().replayDecisions().sides;
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
    m_compareTask.cancel();
    m_readTask.cancel();
    m_timer.stop();
    m_compared = sides;
    m_found.reset();
    m_reading.reset();
    m_problem.clear();
    emit readingChanged();
    if (!sides.chosen() || tracesOfSides(*m_fields, sides).empty()) {
        setStage(Stage::Unchosen);
        return;
    }
    m_progress = std::make_shared<Progress>();
    setStage(Stage::Comparing);
    m_timer.start();
    m_compareTask.start(
        [open = m_state.openCorpus(), corpus = m_state.recordedCorpus(), fields = m_fields, sides,
         progress = m_progress](std::stop_token stop) {
            Compared compared;
            auto found = withSession(open, [&](Workspace& workspace) {
                return replayOf(workspace, corpus, *fields, sides, Control{stop, progress.get()});
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
            m_problem = std::move(compared.problem);
            setStage(Stage::Failed);
        });
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

void ReplayBook::cancel()
{
    m_compareTask.cancel();
    m_timer.stop();
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
