// Where the keyboard goes in the main window: by Tab, from panel to panel, and back.
#include "corpuspanel.h"
#include "filterbar.h"
#include "inspector.h"
#include "ledgerpanel.h"
#include "mainwindow.h"
#include "noticebar.h"
#include "taborder.h"
#include "tourbar.h"
#include "welcomepage.h"

#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>

#include <algorithm>

namespace arcscope
{

/// What is being written is handed in when the keyboard leaves it: while all that it goes through is there.
MainWindow::~MainWindow()
{
    hide();
}

/// Tab goes as the window is read.
bool MainWindow::focusNextPrevChild(bool next)
{
    return tabAlong(*this, next);
}

void MainWindow::focusNextPanel(int step)
{
    QList<QWidget*> panels{m_filterBar->edit(), m_notices,         m_tour,
                           m_corpus->table(),   m_welcome,         m_views->currentWidget(),
                           m_inspector->tabs(), m_ledger->table(), m_noteTabs};
    panels.erase(std::remove_if(panels.begin(), panels.end(), [](QWidget* panel) { return !panel->isVisible(); }),
                 panels.end());
    if (panels.isEmpty())
        return;
    qsizetype at = step > 0 ? -1 : 0;
    for (qsizetype i = 0; i < panels.size(); ++i) {
        QWidget* focus = QApplication::focusWidget();
        if (focus && (panels[i] == focus || panels[i]->isAncestorOf(focus)))
            at = i;
    }
    QWidget* next = panels[(at + step + panels.size()) % panels.size()];
    QWidget* const target = next == m_notices ? m_notices->focusTarget()
                            : next == m_tour  ? m_tour->focusTarget()
                                              : next;
    target->setFocus(Qt::ShortcutFocusReason);
}

/// A panel that goes with the keyboard in it gives the keyboard to the view.
void MainWindow::setPanelShown(QDockWidget* panel, bool shown)
{
    const QWidget* const focus = QApplication::focusWidget();
    const bool within = focus && panel->isAncestorOf(focus);
    panel->setVisible(shown);
    if (within && !shown)
        (m_pages->currentWidget() == m_welcome ? m_welcome : m_views->currentWidget())->setFocus();
}

/// Only what no part of the window took for itself comes here.
void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape || event->modifiers() != Qt::NoModifier || !stepBack())
        QMainWindow::keyPressEvent(event);
}

/// One step for each press: what is searched for in a list, the keyboard in a panel, reading, the whole screen. False:
/// there is nothing to take back.
bool MainWindow::stepBack()
{
    QWidget* const focus = QApplication::focusWidget();
    auto* const search = qobject_cast<QLineEdit*>(focus);
    QWidget* const view = m_pages->currentWidget() == m_welcome ? m_welcome : m_views->currentWidget();
    if (search && search->isClearButtonEnabled() && !search->text().isEmpty())
        search->clear();
    else if (focus && focus != this && focus != view && !view->isAncestorOf(focus))
        view->setFocus(Qt::ShortcutFocusReason);
    else if (m_state->loading())
        m_state->cancelLoading();
    else if (isFullScreen())
        m_actions.action(QStringLiteral("view.fullScreen"))->trigger();
    else
        return false;
    return true;
}

} // namespace arcscope
