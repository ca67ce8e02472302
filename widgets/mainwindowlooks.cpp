// How the main window looks, which keys it has, and its help.
#include "aboutdialog.h"
#include "appearance.h"
#include "arcsview.h"
#include "brieflabel.h"
#include "corpuspanel.h"
#include "dashboardview.h"
#include "filterbar.h"
#include "findingsview.h"
#include "followcontrol.h"
#include "helppages.h"
#include "helpwindow.h"
#include "inspector.h"
#include "ledgerpanel.h"
#include "lensview.h"
#include "mainwindow.h"
#include "replayview.h"
#include "settingsdialog.h"
#include "shortcutsheet.h"
#include "spantreeview.h"
#include "stopsview.h"
#include "streamview.h"
#include "systemcolours.h"
#include "timelineview.h"
#include "toolsview.h"
#include "welcomepage.h"

#include <QActionGroup>
#include <QApplication>
#include <QLabel>
#include <QMenuBar>
#include <QStatusBar>
#include <QTabBar>
#include <QToolButton>

namespace arcscope
{

void MainWindow::makeLookActions(QMenu* view)
{
    QMenu* text = view->addMenu(tr("Te&xt size"));
    m_actions.add({"view.text.bigger",
                   tr("&Bigger text"),
                   tr("Make all text bigger"),
                   {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
                   {}},
                  text, [this] { m_textSize.bigger(); });
    m_actions.add({"view.text.smaller",
                   tr("&Smaller text"),
                   tr("Make all text smaller"),
                   {QKeySequence(Qt::CTRL | Qt::Key_Minus)},
                   {}},
                  text, [this] { m_textSize.smaller(); });
    m_actions.add({"view.text.normal",
                   tr("&Normal text size"),
                   tr("Text as big as the system has it"),
                   {QKeySequence(Qt::CTRL | Qt::Key_0)},
                   {}},
                  text, [this] { m_textSize.normal(); });
    view->addSeparator();
    QMenu* colours = view->addMenu(tr("Dark or lig&ht"));
    auto* appearance = new QActionGroup(this);
    const std::pair<Appearance, CommandSpec> looks[] = {
        {Appearance::System,
         {"view.appearance.system",
          tr("Colours of the s&ystem"),
          tr("Follow the colours of the desktop"),
          {},
          {},
          true}},
        {Appearance::Light, {"view.appearance.light", tr("Lig&ht"), tr("Dark text on light ground"), {}, {}, true}},
        {Appearance::Dark, {"view.appearance.dark", tr("&Dark"), tr("Light text on dark ground"), {}, {}, true}},
        {Appearance::ContrastDark,
         {"view.appearance.contrastDark",
          tr("High contrast on &black"),
          tr("White text on black ground, strong colours and frames"),
          {},
          {},
          true}},
        {Appearance::ContrastLight,
         {"view.appearance.contrastLight",
          tr("High contrast on &white"),
          tr("Black text on white ground, strong colours and frames"),
          {},
          {},
          true}}};
    for (const auto& [look, spec] : looks) {
        QAction* action = m_actions.add(spec, colours, [this, look = look] { setAppearance(look); });
        action->setActionGroup(appearance);
        action->setData(static_cast<int>(look));
    }
    m_actions.add(
        {"view.fullScreen", tr("F&ull screen"), tr("Use the whole screen"), {QKeySequence(Qt::Key_F11)}, {}, true},
        view, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
}

void MainWindow::setAppearance(Appearance appearance)
{
    m_settings.setAppearance(appearance);
    for (QAction* action : m_actions.all()) {
        if (ActionRegistry::idOf(action).startsWith(QStringLiteral("view.appearance.")))
            action->setChecked(action->data().toInt() == static_cast<int>(appearance));
    }
    applyAppearance(appearance, m_systemColours->dark(), m_systemColours->contrast());
}

void MainWindow::makeStatusBar()
{
    for (BriefLabel* label : {m_selectionStatus, m_hoverStatus}) {
        label->setBrief(true);
        label->setTextInteractionFlags(Qt::NoTextInteraction);
        label->setMinimumWidth(10);
        statusBar()->addWidget(label, 1);
    }
    m_ledgerStatus->setAutoRaise(true);
    m_ledgerStatus->setToolTip(tr("Show the fidelity ledger"));
    m_clockStatus->setAutoRaise(true);
    m_clockStatus->setToolTip(tr("Times are not shown as recorded: edit how clocks are aligned"));
    connect(m_clockStatus, &QToolButton::clicked, this, &MainWindow::editClocks);
    connect(m_follow, &FollowControl::endRequested, m_timeline, &TimelineView::showEnd);
    connect(m_state, &AppState::corpusChanged, this, &MainWindow::showStatus);
    statusBar()->addPermanentWidget(m_follow->status());
    statusBar()->addPermanentWidget(m_clockStatus);
    statusBar()->addPermanentWidget(m_ledgerStatus);
    statusBar()->setContentsMargins(6, 0, 0, 0);
    connect(m_ledgerStatus, &QToolButton::clicked, this, &MainWindow::showLedger);
}

/// Tabs of panels are made by Qt, without a name.
void MainWindow::nameTabs()
{
    for (QTabBar* tabs : findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
        tabs->setAccessibleName(tr("Panels"));
}

void MainWindow::makeHelpActions()
{
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    m_actions.add({"help.view",
                   tr("&Help on this view"),
                   tr("Explain the part of the window that has the keyboard"),
                   {QKeySequence(Qt::Key_F1)},
                   {}},
                  help, [this] { showHelp(); });
    m_actions.add({"help.shortcuts",
                   tr("&Keys"),
                   tr("List all keys"),
                   {QKeySequence(Qt::Key_Question), QKeySequence(Qt::CTRL | Qt::Key_Question)},
                   "keys"},
                  help, [this] { showShortcuts(); });
    m_actions.add({"help.tour", tr("&Tour"), tr("Show in a few steps what the window can do"), {}, {}}, help,
                  [this] { startTour(); });
    m_actions.add({"help.about", tr("&About Arcscope"), tr("Version and licence"), {}, "about"}, help,
                  [this] { showAbout(); });
    const std::pair<QWidget*, QString> topics[] = {
        {m_arcs, QStringLiteral("arcs")},           {m_timeline, QStringLiteral("timeline")},
        {m_tools, QStringLiteral("tools")},         {m_stream, QStringLiteral("stream")},
        {m_tree, QStringLiteral("tree")},           {m_stops, QStringLiteral("stops")},
        {m_findings, QStringLiteral("findings")},   {m_replay, QStringLiteral("replay")},
        {m_dashboard, QStringLiteral("outcomes")},  {m_lenses, QStringLiteral("lenses")},
        {m_filterBar, QStringLiteral("filter")},    {m_corpus, QStringLiteral("traces")},
        {m_inspector, QStringLiteral("inspector")}, {m_ledger, QStringLiteral("ledger")},
        {m_welcome, QStringLiteral("window")}};
    for (const auto& [part, topic] : topics)
        setHelpTopic(*part, topic);
}

void MainWindow::showHelp()
{
    const QString topic = helpTopicOf(QApplication::focusWidget());
    if (!m_help)
        m_help = new HelpWindow(this);
    m_help->showTopic(topic);
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

void MainWindow::showSettings(bool keys)
{
    SettingsDialog dialog(m_settings, m_actions, m_keyBindings, this);
    if (keys)
        dialog.showShortcuts();
    connect(&dialog, &SettingsDialog::appearanceChosen, this, &MainWindow::setAppearance);
    connect(&dialog, &SettingsDialog::textSizeChosen, this, [this](int percent) { m_textSize.set(percent); });
    connect(&dialog, &SettingsDialog::historyChanged, m_welcome, &WelcomePage::showRecent);
    connect(&dialog, &SettingsDialog::tourRequested, this, &MainWindow::startTour, Qt::QueuedConnection);
    dialog.exec();
}

void MainWindow::showShortcuts()
{
    ShortcutSheet sheet(m_actions, this);
    connect(
        &sheet, &ShortcutSheet::editRequested, this, [this] { showSettings(true); }, Qt::QueuedConnection);
    sheet.exec();
}

void MainWindow::showAbout()
{
    AboutDialog(this).exec();
}

} // namespace arcscope
