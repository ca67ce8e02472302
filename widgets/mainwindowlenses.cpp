// The views of the main window that count over the whole corpus.
#include "arcsview.h"
#include "brieflabel.h"
#include "dashboardview.h"
#include "displaytext.h"
#include "lensview.h"
#include "mainwindow.h"
#include "replaybook.h"
#include "replayview.h"
#include "streamview.h"
#include "viewbar.h"

#include <QLabel>
#include <QStatusBar>
#include <QTabWidget>

namespace arcscope
{

void MainWindow::makeLenses(QMenu* view)
{
    m_dashboard = new DashboardView(*m_state, *m_arcBook);
    m_lenses = new LensView(*m_state, *m_arcBook);
    m_viewBar->add(m_dashboard, tr("Outcomes"));
    m_viewBar->add(m_lenses, tr("Lenses"));
    m_actions.add({"view.outcomes",
                   tr("Outcomes &by any tag"),
                   tr("Show what became of all task arcs, by any tag and over time"),
                   {QKeySequence(Qt::CTRL | Qt::Key_9)},
                   {}},
                  view, [this] {
                      m_views->setCurrentWidget(m_dashboard);
                      m_dashboard->setFocus();
                  });
    m_actions.add({"view.lenses",
                   tr("&Lenses"),
                   tr("Ask one of the known questions about all that is open"),
                   {QKeySequence(Qt::CTRL | Qt::Key_8)},
                   {}},
                  view, [this] {
                      m_views->setCurrentWidget(m_lenses);
                      m_lenses->setFocus();
                  });
    connect(m_lenses, &LensView::spanChosen, this, [this](Row row) { showPlace(row, noEvent); });
    connect(m_lenses, &LensView::hovered, m_hoverStatus, &QLabel::setText);
    const auto say = [this](const QString& message) { statusBar()->showMessage(message, 8'000); };
    connect(m_lenses, &LensView::said, this, say);
    connect(m_dashboard, &DashboardView::said, this, say);
    connect(m_dashboard, &DashboardView::hovered, m_hoverStatus, &QLabel::setText);
    connect(m_dashboard, &DashboardView::arcsChosen, this,
            [this, say](const ArcsPtr& of, const std::vector<std::uint32_t>& arcs, const QString& what) {
                if (arcs.empty())
                    return;
                m_arcs->showOnly(of, arcs);
                m_views->setCurrentWidget(m_arcs);
                m_arcs->setFocus();
                say(what);
            });
}

void MainWindow::makeReplay(QMenu* view)
{
    auto* const book = new ReplayBook(*m_state, this);
    book->takeFrom(*m_findingBook);
    m_replay = new ReplayView(*m_state, *book, *m_noteCommands);
    m_viewBar->add(m_replay, tr("Replay"));
    m_actions.add({"view.replay",
                   tr("Repla&y"),
                   tr("Hold runs of the same tasks against each other: another model, another prompt, another day"),
                   {QKeySequence(Qt::CTRL | Qt::Key_5)},
                   {}},
                  view, [this] {
                      m_views->setCurrentWidget(m_replay);
                      m_replay->setFocus();
                  });
    connect(m_replay, &ReplayView::goRequested, this, [this](Row row) { showPlace(row, noEvent); });
    connect(m_replay, &ReplayView::streamsRequested, this, [this](Row base, Row candidate) {
        m_views->setCurrentWidget(m_stream);
        m_stream->compare(base, candidate);
        m_stream->setFocus();
    });
    connect(m_replay, &ReplayView::openRequested, this, &MainWindow::openFiles);
    connect(m_replay, &ReplayView::hovered, m_hoverStatus, &QLabel::setText);
    connect(m_replay, &ReplayView::said, this,
            [this](const QString& message) { statusBar()->showMessage(message, 8'000); });
}

} // namespace arcscope
