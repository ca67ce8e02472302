#include "mainwindow.h"

#include "accessibleitems.h"
#include "arcbook.h"
#include "arcsview.h"
#include "awaitedchoice.h"
#include "brieflabel.h"
#include "corpuspanel.h"
#include "displaytext.h"
#include "enterkey.h"
#include "evidencepane.h"
#include "filterbar.h"
#include "findingbook.h"
#include "findingsview.h"
#include "focusring.h"
#include "followcontrol.h"
#include "inspector.h"
#include "ledgerpanel.h"
#include "loadbar.h"
#include "notebook.h"
#include "notecommands.h"
#include "noticebar.h"
#include "opennotices.h"
#include "paneltitle.h"
#include "pricecommands.h"
#include "readingstyle.h"
#include "sessionkeeper.h"
#include "spancommands.h"
#include "spantreeview.h"
#include "stopbook.h"
#include "stopsview.h"
#include "stopwords.h"
#include "storybar.h"
#include "streamview.h"
#include "systemcolours.h"
#include "timelineview.h"
#include "toolsview.h"
#include "tourbar.h"
#include "viewbar.h"
#include "welcomepage.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace arcscope
{
namespace
{
QStringList localPaths(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

bool isLinkText(const QString& text)
{
    return text.startsWith(QLatin1String("arcscope:"), Qt::CaseInsensitive);
}

QStringList withoutLinks(QStringList paths)
{
    paths.erase(std::remove_if(paths.begin(), paths.end(), isLinkText), paths.end());
    return paths;
}

AppState* openingState(const QStringList& paths, QObject* parent)
{
    auto* state = new AppState(parent);
    if (const QStringList files = withoutLinks(paths); !files.isEmpty())
        state->open(files);
    return state;
}

} // namespace

MainWindow::MainWindow(const QString& samplePath, const Settings& settings, const QStringList& paths, QWidget* parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_textSize(settings)
    , m_systemColours(new SystemColours(this))
    , m_state(openingState(paths, this))
    , m_actions(this)
    , m_keyBindings(m_actions, settings)
    , m_spanCommands(new SpanCommands(*m_state, m_actions, this))
    , m_noteCommands(new NoteCommands(*m_state, m_actions, this))
    , m_recent(settings)
    , m_samplePath(samplePath)
    , m_welcome(new WelcomePage(settings))
    , m_pages(new QStackedWidget)
    , m_views(new QTabWidget)
    , m_viewBar(new ViewBar(*m_views))
    , m_timeline(new TimelineView(*m_state))
    , m_tools(new ToolsView(*m_state))
    , m_stream(new StreamView(*m_state))
    , m_tree(new SpanTreeView(*m_state))
    , m_findingBook(new FindingBook(*m_state, this))
    , m_stopBook(new StopBook(*m_state, *m_findingBook, this))
    , m_stops(new StopsView(*m_state, *m_findingBook, *m_stopBook))
    , m_arcBook(new ArcBook(*m_state, *m_findingBook, this))
    , m_arcs(new ArcsView(*m_state, *m_findingBook, *m_arcBook, *m_noteCommands))
    , m_findings(new FindingsView(*m_state, *m_findingBook, *m_noteCommands))
    , m_corpus(new CorpusPanel(*m_state))
    , m_inspector(new Inspector(*m_state, *m_noteCommands))
    , m_ledger(new LedgerPanel(*m_state))
    , m_filterBar(new FilterBar(*m_state, m_actions))
    , m_topBar(new QToolBar(tr("Filter"), this))
    , m_loadBar(new LoadBar(*m_state))
    , m_notices(new NoticeBar)
    , m_tour(new TourBar)
    , m_priceCommands(new PriceCommands(m_state->prices(), m_settings, *m_notices, this))
    , m_selectionStatus(new BriefLabel)
    , m_hoverStatus(new BriefLabel)
    , m_ledgerStatus(new QToolButton)
    , m_clockStatus(new QToolButton)
{
    setAcceptDrops(true);
    setMinimumSize(720, 420);
    resize(1280, 800);
    m_views->setObjectName(QStringLiteral("views"));
    m_views->setDocumentMode(true);
    m_viewBar->add(m_arcs, tr("Arcs"));
    m_viewBar->add(m_timeline, tr("Timeline"));
    m_viewBar->add(m_tools, tr("Tools"));
    m_viewBar->add(m_stream, tr("Stream"));
    m_viewBar->add(m_tree, tr("Span tree"));
    m_viewBar->add(m_stops, tr("Stops"));
    m_viewBar->add(m_findings, tr("Findings"));
    m_views->setCurrentWidget(m_timeline);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_views);
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_loadBar);
    column->addWidget(m_notices);
    QWidget* notes = makeNotes();
    column->addWidget(m_storyBar);
    column->addWidget(m_tour);
    column->addWidget(m_pages, 1);
    setCentralWidget(centre);
    m_topBar->setObjectName(QStringLiteral("bar.top"));
    m_topBar->setMovable(false);
    m_topBar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_topBar->toggleViewAction()->setVisible(false);
    m_topBar->addWidget(makeTop());
    addToolBar(m_topBar);
    makeSharing();
    m_follow = new FollowControl(*m_state, m_actions, *m_notices, this);
    makeDocks(notes);
    makeActions();
    m_keyBindings.apply();
    makeStatusBar();

    connect(m_welcome, &WelcomePage::openFilesRequested, this, &MainWindow::openFiles);
    connect(m_welcome, &WelcomePage::openFolderRequested, this, &MainWindow::openFolder);
    connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::open);
    connect(m_welcome, &WelcomePage::openSampleRequested, this,
            [this] { m_actions.action(QStringLiteral("file.openSample"))->trigger(); });
    connect(m_filterBar, &FilterBar::left, m_views, [this] { m_views->currentWidget()->setFocus(); });
    auto* const notices = new OpenNotices(*m_state, *m_notices);
    connect(notices, &OpenNotices::ledgerRequested, this, &MainWindow::showLedger);
    connect(notices, &OpenNotices::mapRequested, this, &MainWindow::mapFile);
    connect(m_inspector, &Inspector::left, m_views, [this] { m_views->currentWidget()->setFocus(); });
    connect(m_noteCommands, &NoteCommands::editRequested, m_inspectorDock, &QDockWidget::show);
    connect(m_notices, &NoticeBar::left, m_views, [this] { m_views->currentWidget()->setFocus(); });
    connect(m_state, &AppState::loadingChanged, this, &MainWindow::showOpenState);
    connect(m_state, &AppState::spanChanged, this, &MainWindow::showStatus);
    connect(m_state, &AppState::rangeChanged, this, &MainWindow::showStatus);
    connect(m_state, &AppState::traceChanged, this, &MainWindow::showStatus);
    connect(m_spanCommands, &SpanCommands::said, this,
            [this](const QString& message) { statusBar()->showMessage(message, 4'000); });
    connect(m_timeline->canvas(), &TimelineCanvas::contextMenuRequested, m_spanCommands,
            [this](Row row, const QPoint& at) {
                if (row != noRow)
                    m_spanCommands->popUp(at);
            });
    connect(m_tree, &SpanTreeView::contextMenuRequested, m_spanCommands, &SpanCommands::popUp);
    connect(m_timeline, &TimelineView::ledgerRequested, this, &MainWindow::showLedger);
    connect(m_timeline, &TimelineView::openRequested, this, &MainWindow::openFiles);
    const auto say = [this](const QString& message) { statusBar()->showMessage(message, 8'000); };
    connect(m_timeline, &TimelineView::hovered, m_hoverStatus, &QLabel::setText);
    connect(m_arcs, &ArcsView::hovered, m_hoverStatus, &QLabel::setText);
    connect(m_arcs, &ArcsView::said, this, say);
    connect(m_arcs, &ArcsView::goRequested, this, [this](Row row) { showPlace(row, noEvent); });
    connect(m_stream, &StreamView::hovered, m_hoverStatus, &QLabel::setText);
    connect(m_tools, &ToolsView::hovered, m_hoverStatus, &QLabel::setText);
    connect(m_tools, &ToolsView::said, this, say);
    connect(m_tools, &ToolsView::activated, this, [this] {
        if (m_state->span() != noRow)
            showPlace(m_state->span(), noEvent);
        m_views->setCurrentWidget(m_timeline);
        m_timeline->setFocus();
    });
    m_inspector->setStops(*m_stopBook);
    m_tree->setStops(*m_stopBook);
    m_stream->setStops(*m_stopBook);
    m_tools->setStops(*m_stopBook);
    m_tools->setFindings(*m_findingBook);
    m_findings->setStops(*m_stopBook);
    m_timeline->canvas()->setRemarks([this](Row row) { return m_stopBook->pair(row).text(); });
    connect(m_stops, &StopsView::spanChosen, this, [this](Row row) { showPlace(row, noEvent); });
    connect(m_stops, &StopsView::disagreementsChanged, this, [this](std::uint64_t count) {
        m_viewBar->rename(m_stops,
                          count == 0 ? tr("Stops") : tr("Stops %1").arg(countText(static_cast<qint64>(count))));
    });
    connect(m_stops, &StopsView::hovered, m_hoverStatus, &QLabel::setText);
    connect(m_stops, &StopsView::said, this, say);
    connect(m_findings, &FindingsView::placeChosen, this, &MainWindow::showPlace);
    connect(m_findings, &FindingsView::said, this, say);
    connect(m_findings, &FindingsView::marksChanged, this, [this] {
        FindingsView::Marks marks = m_findings->marks();
        std::vector<Row> rows;
        for (const TimelineFinding& place : marks.places) {
            rows.push_back(place.row);
            if (place.other != noRow)
                rows.push_back(place.other);
        }
        m_tree->setFlagged(std::move(rows));
        m_timeline->setFindings(std::move(marks.places), std::move(marks.texts));
        m_timeline->setChosenFinding(m_findings->chosenMark());
    });
    connect(m_findings, &FindingsView::chosenChanged, this,
            [this] { m_timeline->setChosenFinding(m_findings->chosenMark()); });
    connect(m_timeline->canvas(), &TimelineCanvas::findingClicked, m_findings, &FindingsView::chooseMark);
    connect(m_findings, &FindingsView::openCountChanged, this, [this](std::size_t count) {
        m_viewBar->rename(m_findings,
                          count == 0 ? tr("Findings") : tr("Findings %1").arg(countText(static_cast<qint64>(count))));
    });

    m_filterBar->setHistory(m_settings.filters());
    connect(m_filterBar, &FilterBar::historyChanged, this,
            [this](const QStringList& filters) { m_settings.setFilters(filters); });
    connect(m_tour, &TourBar::left, m_pages, [this] {
        (m_pages->currentWidget() == m_views ? m_views->currentWidget() : m_pages->currentWidget())->setFocus();
    });
    makeChoice();
    m_session =
        new SessionKeeper(*m_state, m_settings, *m_views, *m_timeline->canvas()->lanesScroll(), *m_notices, this);
    m_session->setChoice([this] { return QString::fromStdString(m_choice->chosenIn(m_views->currentWidget())); },
                         [this](const QString& chosen) { m_choice->choose(chosen.toStdString()); });
    EnterKey::install();
    FocusRing::install();
    keepFocusTrue();
    m_layout.emplace(*this, m_settings);
    m_layout->restore();
    connect(m_systemColours, &SystemColours::changed, this, [this] { setAppearance(m_settings.appearance()); });
    setAppearance(m_settings.appearance());
    showOpenState();
    takeLinks(paths);
}

void MainWindow::makeDocks(QWidget* notes)
{
    const auto dock = [this](const QString& id, const QString& title, QWidget* content, Qt::DockWidgetArea area) {
        auto* widget = new QDockWidget(title, this);
        widget->setObjectName(id);
        widget->setWidget(content);
        widget->setTitleBarWidget(new PanelTitle(*widget));
        addDockWidget(WindowLayout::sideOf(area), widget);
        return widget;
    };
    m_corpusDock = dock(QStringLiteral("dock.corpus"), tr("Traces"), m_corpus, Qt::LeftDockWidgetArea);
    m_inspectorDock = dock(QStringLiteral("dock.inspector"), tr("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_ledgerDock = dock(QStringLiteral("dock.ledger"), tr("Fidelity ledger"), m_ledger, Qt::BottomDockWidgetArea);
    m_notesDock = dock(QStringLiteral("dock.notes"), tr("Notes"), notes, Qt::BottomDockWidgetArea);
    tabifyDockWidget(m_ledgerDock, m_notesDock);
    m_notesDock->hide();
    shareWidth();
    resizeDocks({m_ledgerDock, m_notesDock}, {160, 200}, Qt::Vertical);
}

void MainWindow::showLedger()
{
    m_ledgerDock->show();
    m_ledgerDock->raise();
    m_ledger->table()->setFocus();
}

void MainWindow::open(const QStringList& paths)
{
    if (const QStringList files = withoutLinks(paths); !files.isEmpty())
        m_state->open(files);
    takeLinks(paths);
}

/// The last one, when what is being opened is there.
void MainWindow::takeLinks(const QStringList& paths)
{
    const auto link = std::find_if(paths.rbegin(), paths.rend(), isLinkText);
    if (link == paths.rend())
        return;
    m_linkToFollow = *link;
    if (!m_state->loading())
        followLink(std::exchange(m_linkToFollow, QString()));
}

bool MainWindow::isSample(const QStringList& paths) const
{
    return !m_samplePath.isEmpty() && !paths.isEmpty() && paths.constFirst().startsWith(m_samplePath);
}

void MainWindow::rememberOpening()
{
    if (!m_state->isOpen() || isSample(m_state->paths()))
        return;
    QStringList paths = m_state->paths();
    for (const PathProblem& problem : m_state->openCorpus()->problems) {
        if (!problem.opened)
            paths.removeAll(QString::fromStdString(problem.path));
    }
    m_recent.add(paths);
    m_welcome->showRecent();
}

void MainWindow::showOpenState()
{
    const bool busy = m_state->loading() || m_state->isOpen();
    rememberOpening();
    m_pages->setCurrentWidget(busy ? static_cast<QWidget*>(m_views) : m_welcome);
    if (m_busy != busy) { // else panels are where the user wants them
        m_busy = busy;
        m_topBar->setVisible(busy);
        m_viewBar->setVisible(busy);
        for (QDockWidget* dock : {m_corpusDock, m_inspectorDock})
            dock->setVisible(busy);
        m_ledgerDock->hide();
        m_notesDock->hide();
        makeRoom();
    }
    const QString name = m_state->paths().isEmpty() ? QString() : QFileInfo(m_state->paths().constFirst()).fileName();
    setWindowTitle(busy && !name.isEmpty() ? tr("%1 — Arcscope").arg(name) : tr("Arcscope"));
    for (const char* id : {"file.close", "file.exportPicture", "view.fitAll", "view.alignClocks", "view.criticalPath",
                           "view.ordinal", "find.filter"})
        m_actions.action(QLatin1String(id))->setEnabled(m_state->isOpen());
    if (m_state->isOpen() && m_shownOpening != m_state->opening()) {
        m_shownOpening = m_state->opening();
        if (m_state->openCorpus()->refused > 0)
            m_ledgerDock->show();
        if (!m_tour->isAncestorOf(QApplication::focusWidget()))
            m_views->currentWidget()->setFocus();
        if (std::exchange(m_alignNext, false))
            m_state->useEstimatedClocks();
    }
    showStatus();
}

/// What the place of a finding is in shows it: the stream, or the timeline; other views of spans stay.
void MainWindow::showPlace(Row row, std::uint32_t event)
{
    // In a whole corpus a span may be smaller than a pixel, or without a time to be drawn at.
    m_state->setTrace(static_cast<std::uint32_t>(m_state->corpus()->spans.at(SpanColumn::Trace, row)));
    m_state->setSpan(row);
    if (event != noEvent) {
        m_views->setCurrentWidget(m_stream);
        m_stream->goToEvent(row, event);
        m_stream->setFocus();
    } else if (m_views->currentWidget() != m_timeline && m_views->currentWidget() != m_tree) {
        m_views->setCurrentWidget(m_timeline);
        m_timeline->setFocus();
    }
}

void MainWindow::stepFinding(int by)
{
    m_findings->step(by);
    if (const QString what = m_findings->evidence()->title(); !what.isEmpty())
        statusBar()->showMessage(what, 8'000);
}

QString MainWindow::titleOfState() const
{
    const CorpusPtr& corpus = m_state->corpus();
    if (const auto trace = m_state->trace(); trace && *trace < corpus->traces.rows())
        return oneLine(
            corpus->strings[StringId{static_cast<std::uint32_t>(corpus->traces.at(TraceColumn::Name, *trace))}], 80);
    return counted(corpus->traces.rows(), tr("Whole corpus, %1 trace"), tr("Whole corpus, %1 traces"));
}

void MainWindow::showStatus()
{
    const CorpusPtr& corpus = m_state->corpus();
    QStringList parts;
    if (const Row row = m_state->span(); row != noRow && row < corpus->spans.rows()) {
        const Nanos length = corpus->spans.duration(row);
        parts << QStringLiteral("%1 %2").arg(kindText(corpus->spans.kind(row)),
                                             oneLine(corpus->text(SpanText::Name, row), 60));
        parts << (length < 0 ? tr("no end recorded") : QString::fromStdString(durationText(length)));
    } else if (m_state->isOpen()) {
        const auto trace = m_state->trace();
        const std::int64_t spans = trace && *trace < corpus->traces.rows()
                                       ? corpus->traces.at(TraceColumn::Spans, *trace)
                                       : static_cast<std::int64_t>(corpus->spans.rows());
        parts << titleOfState() << counted(spans, tr("%1 span"), tr("%1 spans"));
    }
    if (m_state->range().recorded())
        parts << tr("range %1").arg(QString::fromStdString(durationText(m_state->range().length())));
    m_selectionStatus->setText(inDirection(layoutDirection(), parts.join(QStringLiteral("  ·  "))));
    const auto shifted = static_cast<std::int64_t>(corpus->clocks.size());
    m_clockStatus->setVisible(shifted > 0);
    m_clockStatus->setText(counted(shifted, tr("\u2248 the clock of %1 service is aligned"),
                                   tr("\u2248 the clocks of %1 services are aligned")));
    const auto& open = m_state->openCorpus();
    m_ledgerStatus->setVisible(open != nullptr);
    if (open)
        m_ledgerStatus->setText(open->issueRows == 0 ? tr("ledger: nothing lost")
                                                     : counted(static_cast<std::int64_t>(open->issueRows),
                                                               tr("ledger: %1 row"), tr("ledger: %1 rows")));
}

void MainWindow::followNext()
{
    m_follow->followNext();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_layout->save();
    m_session->save();
    m_state->notes().tellClosing();
    event->accept();
}

/// The mouse reaches the window itself only between the panels, where they are dragged.
bool MainWindow::event(QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress)
        m_pressedWidths = panelWidths();
    else if (event->type() == QEvent::MouseButtonRelease && panelWidths() != m_pressedWidths)
        m_layout->setOwnWidths();
    else if (event->type() == QEvent::LayoutRequest) // panels that share a place have just got tabs
        nameTabs();
    const bool done = QMainWindow::event(event);
    if (event->type() == QEvent::FontChange)
        makeRoom();
    return done;
}

std::pair<int, int> MainWindow::panelWidths() const
{
    return {m_corpusDock->width(), m_inspectorDock->width()};
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    makeRoom();
}

/// Until the user drags them, panels keep their share of the window. In a narrow one they give way even then: the views
/// keep two fifths of the width.
void MainWindow::makeRoom()
{
    if (m_layout)
        m_layout->fold(*m_corpusDock, *m_inspectorDock);
    const int panels = (m_corpusDock->isHidden() ? 0 : m_corpusDock->width()) +
                       (m_inspectorDock->isHidden() ? 0 : m_inspectorDock->width());
    if ((m_layout && !m_layout->ownWidths()) || width() - panels < width() * 2 / 5)
        shareWidth();
}

void MainWindow::shareWidth()
{
    const int traces = m_layout && m_layout->folded() ? 40 : 20;
    resizeDocks({m_corpusDock, m_inspectorDock}, {width() * traces / 100, width() * 29 / 100}, Qt::Horizontal);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    open(localPaths(event->mimeData()));
    event->acceptProposedAction();
}

} // namespace arcscope
