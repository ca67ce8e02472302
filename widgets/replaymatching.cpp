// The replay tab: what a person says of runs and steps that belong together.
#include "displaytext.h"
#include "notebook.h"
#include "notecommands.h"
#include "replaycanvas.h"
#include "replaypairingbutton.h"
#include "replayphrases.h"
#include "replaysetup.h"
#include "replayview.h"

#include <QAction>
#include <QTableView>

#include <algorithm>

namespace arcscope
{

namespace
{

std::string traceOf(const FoundReplay& found, std::uint32_t run)
{
    return found.corpus->traceIdText(found.pairing.runs[run].traces.front());
}

} // namespace

/// A run of one task of the base with every run of the other task of the candidate; nothing where one has none.
std::vector<ReplayMatch> ReplayView::matchesOf(std::uint32_t base, std::uint32_t other) const
{
    std::vector<ReplayMatch> matches;
    const std::vector<std::uint32_t>& runs = m_taken->task(base).runs[0];
    const std::vector<std::uint32_t>& others = m_taken->task(other).runs[candidate() + 1];
    for (std::size_t i = 0; i < runs.size() && !others.empty(); ++i) {
        for (std::size_t j = 0; j < (i == 0 ? others.size() : 1); ++j)
            matches.push_back({traceOf(*m_taken, runs[i]), traceOf(*m_taken, others[j])});
    }
    return matches;
}

/// What the two selected tasks would be paired by.
std::vector<ReplayMatch> ReplayView::selectedMatches() const
{
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    if (!m_taken || candidate() >= m_taken->candidates() || rows.size() != 2)
        return {};
    std::sort(rows.begin(), rows.end());
    const auto one = m_model->taskAt(rows[0].row());
    const auto two = m_model->taskAt(rows[1].row());
    if (!one || !two)
        return {};
    // What has no counterpart is what is paired; else the first in the list gives the base.
    const auto lacksBase = [&](std::uint32_t task) { return m_taken->task(task).runs[0].empty(); };
    const auto lacksCandidate = [&](std::uint32_t task) { return m_taken->task(task).runs[candidate() + 1].empty(); };
    const bool turned = lacksBase(*one) || (lacksCandidate(*two) && !lacksCandidate(*one));
    return turned ? matchesOf(*two, *one) : matchesOf(*one, *two);
}

void ReplayView::pairSelected()
{
    std::vector<ReplayMatch> matches = selectedMatches();
    if (matches.empty()) {
        emit said(tr("Select two tasks: one with runs of the base, one with runs of the candidate"));
        return;
    }
    m_commands.matchReplays(std::move(matches), true);
    emit said(tr("Both tasks are one now"));
}

/// What a person said of runs of the task that is looked at.
std::vector<ReplayMatch> ReplayView::heldOfTask() const
{
    std::vector<ReplayMatch> held;
    if (!m_taken || !m_task)
        return held;
    std::vector<std::string> traces;
    for (const auto& side : m_taken->task(*m_task).runs) {
        for (const std::uint32_t run : side)
            traces.push_back(traceOf(*m_taken, run));
    }
    const auto isOf = [&](const std::string& trace) {
        return std::find(traces.begin(), traces.end(), trace) != traces.end();
    };
    for (const ReplayMatch& match : m_state.notes().replayDecisions().matches) {
        if (!match.isOfSteps() && isOf(match.base) && isOf(match.candidate))
            held.push_back(match);
    }
    return held;
}

void ReplayView::partTask()
{
    m_commands.matchReplays(heldOfTask(), false);
}

/// What a person said of the selected line.
std::vector<ReplayMatch> ReplayView::heldOfLine() const
{
    std::vector<ReplayMatch> held;
    const ReplayReadingPtr& reading = m_canvas->reading();
    const ReplayLine* const line = m_canvas->line();
    if (!reading || !line || !reading->of)
        return held;
    for (std::size_t column = 1; column <= reading->comparisons.size(); ++column) {
        const ReplaySide* const base = reading->side(*line, 0);
        const ReplaySide* const side = reading->side(*line, column);
        if (!base || !side)
            continue;
        const ReplayMatch match{traceOf(*reading->of, reading->runs[0]), traceOf(*reading->of, reading->runs[column]),
                                base->step, side->step};
        const ReplayMatch turned{match.candidate, match.base, match.candidateStep, match.baseStep};
        for (const ReplayMatch& each : m_state.notes().replayDecisions().matches) {
            if (each == match || each == turned)
                held.push_back(each);
        }
    }
    return held;
}

void ReplayView::partSteps()
{
    m_commands.matchReplays(heldOfLine(), false);
}

/// The first time: this step is to be aligned; then: with this one.
void ReplayView::alignStep()
{
    const ReplayReadingPtr& reading = m_canvas->reading();
    const ReplayLine* const line = m_canvas->line();
    const auto column = static_cast<std::size_t>(m_canvas->column());
    const ReplaySide* const side = reading && line ? reading->side(*line, column) : nullptr;
    if (!side || !reading->of) {
        emit said(tr("Choose a step of one run first"));
        return;
    }
    const Pinned here{traceOf(*reading->of, reading->runs[column]), side->step, column,
                      sideLetter(reading->sideOf(column))};
    if (!m_pinned || m_pinned->column == column) {
        const bool again = m_pinned && m_pinned->trace == here.trace && m_pinned->step == here.step;
        m_pinned = again ? std::nullopt : std::optional(here);
        emit said(again ? tr("No step waits to be aligned any more")
                        : tr("Now choose the step of another run that stands for it, and press K again"));
        showMatching();
        return;
    }
    if (m_pinned->column != 0 && column != 0) {
        emit said(tr("One of both steps has to be of the base A"));
        return;
    }
    const Pinned& base = column == 0 ? here : *m_pinned;
    const Pinned& other = column == 0 ? *m_pinned : here;
    std::vector<ReplayMatch> matches{{base.trace, other.trace, base.step, other.step}};
    m_pinned.reset();
    m_commands.matchReplays(std::move(matches), true);
    emit said(tr("These steps stand for each other now"));
}

/// Which of this can be done here.
void ReplayView::showMatching()
{
    const ReplayPairingButton& pairing = *m_setup->pairing();
    pairing.pairAction()->setEnabled(!selectedMatches().empty());
    pairing.partAction()->setEnabled(!heldOfTask().empty());
    pairing.alignAction()->setEnabled(m_canvas->line() != nullptr);
    pairing.alignAction()->setText(m_pinned ? tr("&Align this step with that of %1\tK").arg(m_pinned->side)
                                            : tr("&Align this step with another\tK"));
    pairing.partStepsAction()->setEnabled(!heldOfLine().empty());
}

} // namespace arcscope
