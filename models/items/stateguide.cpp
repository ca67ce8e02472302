#include "stateguide.h"

#include "displaytext.h"
#include "notebook.h"

namespace arcscope
{

ViewState viewStateOf(const AppState& state)
{
    ViewState now;
    const Corpus& corpus = *state.corpus();
    if (const auto trace = state.trace())
        now.trace = NoteBook::placeOfTrace(corpus, *trace).toStdString();
    if (const Row row = state.span(); row != noRow && row < corpus.spans.rows())
        now.span = NoteBook::placeOfSpan(corpus, row).toStdString();
    now.range = state.range();
    now.visible = state.visibleRange();
    now.filter = state.filterText().toStdString();
    return now;
}

StateGuide::StateGuide(AppState& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
{
    connect(&state, &AppState::loadingChanged, this, [this] {
        if (!m_state.isOpen())
            m_task.cancel();
    });
}

void StateGuide::goTo(const ViewState& state)
{
    if (!m_state.isOpen())
        return;
    m_task.start([corpus = m_state.corpus(), places = std::vector<std::string>{state.trace, state.span}](
                     const std::stop_token&) { return findPlaces(*corpus, places); },
                 [this, state, revision = m_state.revision()](const std::vector<FoundPlace>& found) {
                     if (revision == m_state.revision())
                         arrive(state, found);
                     else
                         goTo(state); // it has grown since
                 });
}

void StateGuide::arrive(const ViewState& state, const std::vector<FoundPlace>& found)
{
    QStringList missing;
    const auto [trace, span] = std::pair(found[0], found[1]);
    if (!state.trace.empty() && !trace.trace)
        missing << tr("The trace %1 is not here.").arg(oneLine(state.trace));
    if (!state.span.empty() && span.row == noRow)
        missing << tr("The span %1 is not here.").arg(oneLine(state.span));
    if (const auto error = m_state.setFilter(QString::fromStdString(state.filter)))
        missing << tr("The filter %1 cannot be read: %2").arg(oneLine(state.filter), oneLine(error->message));
    m_state.setTrace(trace.trace);
    m_state.setSpan(span.row);
    m_state.setRange(state.range);
    m_state.setVisibleRange(state.visible);
    emit arrived(state, span.row, missing);
}

} // namespace arcscope
