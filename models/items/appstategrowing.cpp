// What happens to the state while a corpus grows, or its clocks are aligned: the user stays where he is.
#include "appstate.h"
#include "clockskew.h"
#include "notebook.h"
#include "placemap.h"
#include "session.h"

#include <algorithm>

namespace arcscope
{

bool AppState::canFollow() const
{
    return m_open && m_open->session->workspace.isTemporary() && !m_paths.contains(QStringLiteral("-"));
}

void AppState::setFollowing(bool on)
{
    if (on == following() || (on && !canFollow()))
        return;
    m_newSpans = 0;
    if (on)
        m_follower.start(m_paths);
    else
        m_follower.stop();
    changed(FollowChange);
}

void AppState::markSeen()
{
    if (std::exchange(m_newSpans, 0) != 0)
        changed(FollowChange);
}

void AppState::takeStep(std::shared_ptr<OpenCorpus> opened)
{
    if (!m_open)
        return;
    const auto spans = [](const OpenCorpus& open) { return static_cast<std::int64_t>(open.corpus->order.rows()); };
    m_newSpans += std::max<std::int64_t>(0, spans(*opened) - spans(*m_open));
    m_open = std::move(opened);
    changed(FollowChange);
    if (m_clocks.isEmpty())
        showGrown(m_open->corpus);
    else
        alignClocks(); // what is shown stays until then
}

/// Shows a later state of what is shown.
void AppState::showGrown(CorpusPtr corpus)
{
    std::vector<Row> rows{m_place.span};
    std::vector<std::uint32_t> traces;
    for (const Place& place : m_history)
        rows.push_back(place.span);
    for (const Place& place : m_history) {
        if (place.trace)
            traces.push_back(*place.trace);
    }
    if (m_place.trace)
        traces.push_back(*m_place.trace);
    const PlaceMap map(*m_corpus, *corpus, rows, traces);
    const auto moved = [&](Place place) {
        place.span = map.row(place.span);
        place.trace = place.trace ? map.trace(*place.trace) : std::nullopt;
        return place;
    };
    const Place before = m_place;
    for (Place& place : m_history)
        place = moved(place);
    m_place = moved(m_place);
    setCorpus(std::move(corpus));
    changed(Grown | (before.trace != m_place.trace ? TraceChange : 0u) |
            (before.span != m_place.span ? SpanChange : 0u));
    if (!m_filter.empty())
        runFilter(true);
}

void AppState::setClocks(const ClockSettings& clocks)
{
    if (!m_open || clocks == m_clocks)
        return;
    m_clocks = clocks;
    m_notes->setClocks(clockSettingsText(clocks));
    alignClocks();
}

void AppState::useEstimatedClocks()
{
    if (!m_open)
        return;
    m_estimateTask.start(
        [recorded = m_open->corpus](const std::stop_token& stop) {
            ClockSettings clocks;
            const auto found = estimateClocks(*recorded, {stop, nullptr});
            for (const ClockOffset& clock : found ? offsetsOf(*found) : ClockOffsets()) {
                const std::string service(recorded->strings[clock.service]);
                clocks.insert(QString::fromStdString(service), clock.offset);
            }
            return clocks;
        },
        [this](const ClockSettings& clocks) {
            if (clocks == m_clocks)
                return;
            m_clocks = clocks;
            alignClocks();
        });
}

/// Shows the times of what is open by the clocks that are set.
void AppState::alignClocks()
{
    const CorpusPtr recorded = m_open->corpus;
    const ClockOffsets offsets = clockOffsets(m_clocks, recorded->strings);
    m_alignTask.start(
        [recorded, offsets](const std::stop_token&) -> CorpusPtr {
            return offsets.empty() ? recorded
                                   : std::make_shared<const Corpus>(arcscope::alignClocks(*recorded, offsets));
        },
        [this](const CorpusPtr& corpus) { showGrown(corpus); });
}

} // namespace arcscope
