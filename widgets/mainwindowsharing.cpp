// What of the main window is copied, exported and shared.
#include "arcsview.h"
#include "awaitedchoice.h"
#include "bundlefile.h"
#include "copycommands.h"
#include "dashboardview.h"
#include "findingsview.h"
#include "lensview.h"
#include "mainwindow.h"
#include "replayview.h"
#include "sharecommands.h"
#include "spantreeview.h"
#include "stopsview.h"
#include "streamview.h"
#include "timelineview.h"
#include "toolsview.h"

#include <QStatusBar>
#include <QTabWidget>

#include <utility>

namespace arcscope
{

void MainWindow::makeSharing()
{
    const auto title = [this] { return titleOfView(); };
    const auto say = [this](const QString& message) { statusBar()->showMessage(message, 8'000); };
    m_copyCommands = new CopyCommands(*m_state, *m_views, title, this);
    m_shareCommands = new ShareCommands(*m_state, *m_views, m_copyCommands->origin(), *m_notices,
                                        ShareCommands::Telling{[this](const QWidget* view) { return nameOfView(view); },
                                                               title, [this] { return stateJson(stateShown()); },
                                                               [this] { return chosenToDraw(); }},
                                        this);
    connect(m_copyCommands, &CopyCommands::said, this, say);
    connect(m_shareCommands, &ShareCommands::said, this, say);
}

/// Of a lens the name of the view tells it.
QString MainWindow::chosenToDraw() const
{
    return m_views->currentWidget() == m_lenses ? QString()
                                                : QString::fromStdString(m_choice->chosenIn(m_views->currentWidget()));
}

QString MainWindow::titleOfView() const
{
    return QStringLiteral("%1: %2").arg(m_views->tabText(m_views->currentIndex()), titleOfState());
}

QString MainWindow::nameOfView(const QWidget* view) const
{
    const std::pair<const QWidget*, const char*> names[] = {
        {m_arcs, "arcs"},     {m_timeline, "timeline"},  {m_tools, "tools"},
        {m_stream, "stream"}, {m_findings, "findings"},  {m_stops, "stops"},
        {m_replay, "replay"}, {m_dashboard, "outcomes"}, {m_tree, "spans"}};
    for (const auto& [known, name] : names) {
        if (view == known)
            return QLatin1String(name);
    }
    if (view == m_lenses && !m_lenses->chosenName().isEmpty())
        return QStringLiteral("lens:") + m_lenses->chosenName();
    return {};
}

} // namespace arcscope
