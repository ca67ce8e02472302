// The views of the main window that count over the whole corpus.
#include "lensview.h"
#include "mainwindow.h"

#include <QLabel>
#include <QStatusBar>
#include <QTabWidget>

namespace arcscope
{

void MainWindow::makeLenses(QMenu* view)
{
    m_lenses = new LensView(*m_state);
    m_views->addTab(m_lenses, tr("Lenses"));
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
    connect(m_lenses, &LensView::said, this,
            [this](const QString& message) { statusBar()->showMessage(message, 8'000); });
}

} // namespace arcscope
