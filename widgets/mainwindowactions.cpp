// The commands of the main window.
#include "arcsview.h"
#include "clockdialog.h"
#include "copycommands.h"
#include "corpuspanel.h"
#include "displaytext.h"
#include "filterbar.h"
#include "findingsview.h"
#include "followcontrol.h"
#include "inspector.h"
#include "ledgerpanel.h"
#include "mainwindow.h"
#include "mappingdialog.h"
#include "notecommands.h"
#include "noticebar.h"
#include "pricecommands.h"
#include "sharecommands.h"
#include "spancommands.h"
#include "spantreeview.h"
#include "stopsview.h"
#include "streamview.h"
#include "timelineview.h"
#include "toolsview.h"
#include "tourbar.h"
#include "viewbar.h"
#include "welcomepage.h"

#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolBar>
#include <QVBoxLayout>

namespace arcscope
{

void MainWindow::makeActions()
{
    makeFileActions();
    makeViewActions();
    makeGoActions();
    makeNoteActions();
    makeButtons();
}

void MainWindow::makeFileActions()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    m_actions.add(
        {"file.open", tr("&Open files…"), tr("Open traces or a workspace"), {QKeySequence::Open}, "document-open"},
        file, [this] { openFiles(); });
    m_actions.add({"file.openFolder",
                   tr("Open &folder…"),
                   tr("Open all traces of a folder as one corpus"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O)},
                   "folder-open"},
                  file, [this] { openFolder(); });
    m_actions.add(
        {"file.map", tr("&Map a file…"), tr("Say what the fields of any JSON or CSV file mean, and open it"), {}, {}},
        file, [this] {
            mapFile(QFileDialog::getOpenFileName(
                this, tr("Map a file"), {},
                tr("JSON and CSV (*.json *.jsonl *.ndjson *.csv *.tsv *.gz *.zst);;All files (*)")));
        });
    const std::pair<QString, CommandSpec> samples[] = {
        {QStringLiteral("/incident"),
         {"file.openSample",
          tr("Open the &sample incident"),
          tr("Open the bundled session of a coding agent"),
          {},
          {}}},
        {QStringLiteral("/support-week"),
         {"file.openSampleWeek", tr("Open the sample &week"), tr("Open the bundled week of a support agent"), {}, {}}}};
    for (const auto& [folder, spec] : samples)
        m_actions.add(spec, file, [this, path = m_samplePath + folder] { open({path}); })
            ->setEnabled(QFileInfo::exists(m_samplePath + folder));
    m_actions.add(
        {"file.reload", tr("&Reload"), tr("Read the same files again"), {QKeySequence(Qt::CTRL | Qt::Key_R)}, "reload"},
        file, [this] { open(m_state->paths()); });
    m_follow->addAction(file);
    m_actions.add({"file.close", tr("&Close"), tr("Close what is open"), {QKeySequence(Qt::CTRL | Qt::Key_W)}, "close"},
                  file, [this] { m_state->close(); });
    file->addSeparator();
    m_shareCommands->addActions(m_actions, file);
    file->addSeparator();
    m_priceCommands->addActions(m_actions, file);
    file->addSeparator();
    m_actions.add({"file.settings",
                   tr("Se&ttings…"),
                   tr("Looks, language, what is remembered, and the keys of all commands"),
                   {QKeySequence(Qt::CTRL | Qt::Key_Comma)},
                   {}},
                  file, [this] { showSettings(false); });
    m_actions.add({"file.quit", tr("&Quit"), tr("Close the window"), {QKeySequence(Qt::CTRL | Qt::Key_Q)}, {}}, file,
                  [this] { close(); });

    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    m_noteCommands->addUndoActions(edit);
    edit->addSeparator();
    m_spanCommands->addCopyActions(edit);
    m_copyCommands->addActions(m_actions, edit);
    edit->addSeparator();
    m_actions.add({"find.filter",
                   tr("&Filter or search…"),
                   tr("Go to the filter field"),
                   {QKeySequence(Qt::CTRL | Qt::Key_L), QKeySequence(Qt::CTRL | Qt::Key_F)},
                   "filter"},
                  edit, [this] { m_filterBar->focusFilter(); });
    m_actions.add({"find.clearFilter",
                   tr("C&lear the filter"),
                   tr("Show all spans again"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)},
                   {}},
                  edit, [this] { m_state->setFilter({}); });
    m_spanCommands->addMatchActions(edit);
    m_actions.add({"find.command",
                   tr("Command &palette…"),
                   tr("Find a command by its name"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), QKeySequence(Qt::CTRL | Qt::Key_K)},
                   "command"},
                  edit, [this] {
                      m_topBar->show();
                      m_filterBar->openPalette();
                  });
}

void MainWindow::makeViewActions()
{
    QMenu* view = menuBar()->addMenu(tr("&View"));
    m_actions.add({"view.arcs",
                   tr("Task a&rcs"),
                   tr("Show what became of each piece of a user's work, over sessions and devices"),
                   {QKeySequence(Qt::CTRL | Qt::Key_1)},
                   {}},
                  view, [this] {
                      m_views->setCurrentWidget(m_arcs);
                      m_arcs->setFocus();
                  });
    m_actions.add(
        {"view.timeline", tr("&Timeline"), tr("Show the timeline"), {QKeySequence(Qt::CTRL | Qt::Key_2)}, "timeline"},
        view, [this] {
            m_views->setCurrentWidget(m_timeline);
            m_timeline->setFocus();
        });
    m_actions.add({"view.tools",
                   tr("Tools at &work"),
                   tr("Show who asked for which tool calls, what ran at once, and who was given the results"),
                   {QKeySequence(Qt::CTRL | Qt::Key_3)},
                   {}},
                  view, [this] {
                      m_views->setCurrentWidget(m_tools);
                      m_tools->setFocus();
                  });
    m_actions.add({"view.stream",
                   tr("Strea&m"),
                   tr("Show the stream of the selected span, chunk by chunk"),
                   {QKeySequence(Qt::CTRL | Qt::Key_7)},
                   {}},
                  view, [this] {
                      m_views->setCurrentWidget(m_stream);
                      m_stream->setAllShown(false);
                  });
    m_actions.add({"view.streams",
                   tr("All str&eams"),
                   tr("Compare all streams: waiting, stalls, speed, withdrawals"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)},
                   {}},
                  view, [this] {
                      m_views->setCurrentWidget(m_stream);
                      m_stream->setAllShown(true);
                  });
    m_actions.add({"view.tree",
                   tr("&Span tree"),
                   tr("Show the spans of the trace as a tree"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_T)},
                   "tree"},
                  view, [this] {
                      m_views->setCurrentWidget(m_tree);
                      m_tree->setFocus();
                  });
    m_actions.add({"view.stops",
                   tr("St&ops"),
                   tr("Compare what vendors say calls stopped for with what they show"),
                   {QKeySequence(Qt::CTRL | Qt::Key_4)},
                   {}},
                  view, [this] {
                      m_views->setCurrentWidget(m_stops);
                      m_stops->setFocus();
                  });
    m_actions.add({"view.findings",
                   tr("Findin&gs"),
                   tr("List what is wrong or worth a look, with what shows it"),
                   {QKeySequence(Qt::CTRL | Qt::Key_6)},
                   {}},
                  view, [this] {
                      m_views->setCurrentWidget(m_findings);
                      m_findings->setFocus();
                  });
    makeReplay(view);
    makeLenses(view);
    QAction* review = m_actions.add({"view.review",
                                     tr("Re&view task arcs"),
                                     tr("Go through task arcs and say what became of each"),
                                     {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R)},
                                     {},
                                     true},
                                    view, [] {});
    connect(review, &QAction::triggered, this, [this](bool on) {
        m_views->setCurrentWidget(m_arcs);
        m_arcs->setReviewing(on);
    });
    connect(m_arcs, &ArcsView::reviewingChanged, review, &QAction::setChecked);
    view->addSeparator();
    m_actions.add({"view.zoomIn",
                   tr("Zoom &in"),
                   tr("Show less time"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Equal)},
                   "zoom-in"},
                  view, [this] { m_timeline->canvas()->zoomIn(); });
    m_actions.add({"view.zoomOut",
                   tr("&Zoom out"),
                   tr("Show more time"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Minus)},
                   "zoom-out"},
                  view, [this] { m_timeline->canvas()->zoomOut(); });
    m_actions.add({"view.fitAll",
                   tr("&Fit all"),
                   tr("Show the whole time on the timeline"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_F)},
                   "fit-all"},
                  view, [this] { m_timeline->canvas()->fitAll(); });
    QAction* path = m_actions.add({"view.criticalPath",
                                   tr("&Critical path"),
                                   tr("Mark the chain of spans that decided how long the trace took"),
                                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K)},
                                   "critical-path",
                                   true},
                                  view, [] {});
    connect(path, &QAction::toggled, m_timeline, &TimelineView::setCriticalPathShown);
    connect(path, &QAction::toggled, m_tools, &ToolsView::setCriticalShown);
    QAction* ordinal = m_actions.add({"view.ordinal",
                                      tr("E&qual widths instead of time"),
                                      tr("Give every span the same width, in the order of the trace"),
                                      {},
                                      {},
                                      true},
                                     view, [] {});
    connect(ordinal, &QAction::toggled, m_timeline, &TimelineView::setOrdinal);
    m_actions.add({"view.alignClocks",
                   tr("Align cloc&ks…"),
                   tr("Compare the clocks of services and shift the times that are shown"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_A)},
                   {}},
                  view, [this] { editClocks(); });
    view->addSeparator();
    const std::pair<QDockWidget*, CommandSpec> docks[] = {{m_corpusDock,
                                                           {"view.panel.corpus",
                                                            tr("Tr&aces"),
                                                            tr("Show or hide the list of traces"),
                                                            {QKeySequence(Qt::ALT | Qt::Key_0)},
                                                            {},
                                                            true}},
                                                          {m_inspectorDock,
                                                           {"view.panel.inspector",
                                                            tr("I&nspector"),
                                                            tr("Show or hide the inspector"),
                                                            {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_0)},
                                                            {},
                                                            true}},
                                                          {m_ledgerDock,
                                                           {"view.panel.ledger",
                                                            tr("Fi&delity ledger"),
                                                            tr("Show or hide the ledger"),
                                                            {QKeySequence(Qt::ALT | Qt::Key_9)},
                                                            {},
                                                            true}}};
    for (const auto& [dock, spec] : docks) {
        QAction* action = m_actions.add(spec, view, [] {});
        connect(action, &QAction::toggled, this, [this, panel = dock](bool shown) { setPanelShown(panel, shown); });
        connect(dock, &QDockWidget::visibilityChanged, action,
                [action, shown = dock] { action->setChecked(!shown->isHidden()); });
    }
    m_actions.add({"view.resetLayout",
                   tr("Reset layout of &panels"),
                   tr("Put all panels back where they belong"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_0)},
                   {}},
                  view, [this] {
                      m_layout->reset();
                      makeRoom();
                  });
    makeLookActions(view);
}

void MainWindow::makeGoActions()
{
    QMenu* go = menuBar()->addMenu(tr("&Go"));
    QAction* back = m_actions.add(
        {"go.back", tr("&Back"), tr("Where you were before"), {QKeySequence(Qt::ALT | Qt::Key_Left)}, "go-previous"},
        go, [this] { m_state->goBack(); });
    QAction* forward = m_actions.add({"go.forward",
                                      tr("&Forward"),
                                      tr("Where you went back from"),
                                      {QKeySequence(Qt::ALT | Qt::Key_Right)},
                                      "go-next"},
                                     go, [this] { m_state->goForward(); });
    const auto showHistory = [this, back, forward] {
        back->setEnabled(m_state->canGoBack());
        forward->setEnabled(m_state->canGoForward());
    };
    connect(m_state, &AppState::historyChanged, this, showHistory);
    showHistory();
    m_actions.add({"go.wholeCorpus",
                   tr("&Whole corpus"),
                   tr("Show all traces on one timeline"),
                   {QKeySequence(Qt::ALT | Qt::Key_Up)},
                   "go-up"},
                  go, [this] { m_state->setTrace(std::nullopt); });
    m_actions.add({"go.nextStream",
                   tr("Next &stream"),
                   tr("Go to the next span with a recorded stream"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N)},
                   {}},
                  go, [this] {
                      m_views->setCurrentWidget(m_stream);
                      m_stream->showNext();
                  });
    makeFindingActions(go);
    m_actions.add(
        {"go.nextPanel", tr("&Next panel"), tr("Move the focus to the next panel"), {QKeySequence(Qt::Key_F6)}, {}}, go,
        [this] { focusNextPanel(1); });
    m_actions.add({"go.previousPanel",
                   tr("&Previous panel"),
                   tr("Move the focus to the panel before"),
                   {QKeySequence(Qt::SHIFT | Qt::Key_F6)},
                   {}},
                  go, [this] { focusNextPanel(-1); });
    makeHelpActions();
}

void MainWindow::makeFindingActions(QMenu* go)
{
    m_actions.add({"go.nextFinding",
                   tr("Next fin&ding"),
                   tr("Go to the next finding of the list"),
                   {QKeySequence(Qt::CTRL | Qt::Key_BracketRight)},
                   {}},
                  go, [this] { stepFinding(1); });
    m_actions.add({"go.previousFinding",
                   tr("P&revious finding"),
                   tr("Go to the finding before"),
                   {QKeySequence(Qt::CTRL | Qt::Key_BracketLeft)},
                   {}},
                  go, [this] { stepFinding(-1); });
}

void MainWindow::makeButtons()
{
    for (const char* id : {"file.open", "go.back", "go.forward", "go.wholeCorpus"})
        m_filterBar->addButton(m_actions.action(QLatin1String(id)));
}

/// The filter, and below it the names of the views.
QWidget* MainWindow::makeTop()
{
    auto* top = new QWidget;
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_filterBar);
    column->addWidget(m_viewBar);
    return top;
}

void MainWindow::openFiles()
{
    open(QFileDialog::getOpenFileNames(this, tr("Open traces"), {},
                                       tr("Traces and workspaces (*.json *.jsonl *.ndjson *.csv *.txt *.sse *.gz *.zst "
                                          "*.zip *.arcscope);;All files (*)")));
}

void MainWindow::openFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a folder of traces"));
    if (!folder.isEmpty())
        open({folder});
}

void MainWindow::mapFile(const QString& path)
{
    if (path.isEmpty())
        return;
    auto* const dialog = new MappingDialog(path, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, path] { open({path}); });
    dialog->open();
}

void MainWindow::editClocks()
{
    ClockDialog dialog(m_state->recordedCorpus(), m_state->clocks(), this);
    if (dialog.exec() == QDialog::Accepted)
        m_noteCommands->setClocks(dialog.clocks());
}

} // namespace arcscope
