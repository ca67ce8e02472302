// The start of the main window with nothing to open, and the steps of its tour.
#include "mainwindow.h"
#include "sessionkeeper.h"
#include "tourbar.h"

#include <QAction>

namespace arcscope
{

void MainWindow::begin(bool restore)
{
    if (restore && m_session->restore())
        return;
    if (m_settings.tourSeen())
        return;
    m_settings.setTourSeen(); // it is offered once
    m_tour->start(tourSteps(), false);
}

void MainWindow::startTour()
{
    m_tour->start(tourSteps(), true);
}

std::vector<TourStep> MainWindow::tourSteps()
{
    const auto key = [this](const char* id) {
        const QString keys = m_actions.action(QLatin1String(id))->shortcut().toString(QKeySequence::NativeText);
        return keys.isEmpty() ? m_actions.action(QLatin1String(id))->text().remove(QLatin1Char('&')) : keys;
    };
    const auto run = [this](const char* id) {
        return [action = m_actions.action(QLatin1String(id))] { action->trigger(); };
    };
    const auto showSample = [this] {
        QAction* const sample = m_actions.action(QStringLiteral("file.openSampleWeek"));
        if (!m_state->isOpen() && !m_state->loading() && sample->isEnabled())
            sample->trigger();
        m_actions.action(QStringLiteral("view.timeline"))->trigger();
    };
    return {
        {tr("What Arcscope shows"),
         tr("A tour in six steps, a minute or two. It opens the week of an invented support agent where nothing is "
            "open. The window can be used meanwhile; %1 leads back to this bar.")
             .arg(key("go.nextPanel")),
         {}},
        {tr("Time"),
         tr("Every span is a box: agents, model calls, tools. Arrows go from span to span, W and S zoom, F fits the "
            "selected one; the inspector on the right has its messages, facts and untouched record."),
         showSample},
        {tr("What is wrong"),
         tr("Rules have read everything: what was claimed against what the tools said, stalls, loops, retries. Each "
            "finding has the quotes that show it; Return goes to the place, C confirms, D dismisses."),
         run("view.findings")},
        {tr("Other questions"),
         tr("%1 shows what became of each piece of a user's work, %2 who called which tools, %3 why calls ended, "
            "%4 two runs against each other, %5 questions over everything.")
             .arg(key("view.arcs"), key("view.tools"), key("view.stops"), key("view.replay"), key("view.lenses")),
         run("view.arcs")},
        {tr("Finding and noting"),
         tr("%1 leads to the field on top: words, or conditions such as “kind:tool duration>2s”; %2 goes from match "
            "to match. %3 writes a note on the selected span. %4 goes back to what was seen before.")
             .arg(key("find.filter"), key("find.next"), key("note.span"), key("go.back")),
         run("view.timeline")},
        {tr("When in doubt"),
         tr("%1 explains the part of the window that has the keyboard, %2 lists all keys, %3 finds any command by "
            "its name. What a file did not tell, or what could not be read, is in the ledger.")
             .arg(key("help.view"), key("help.shortcuts"), key("find.command")),
         {}}};
}

} // namespace arcscope
