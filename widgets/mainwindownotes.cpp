// What is written in the main window: the panel of notes, the story, links and the state in which a bundle opens.
#include "annotationcommands.h"
#include "arcbook.h"
#include "arcsview.h"
#include "awaitedchoice.h"
#include "dashboardview.h"
#include "displaytext.h"
#include "findingsview.h"
#include "inspector.h"
#include "lensview.h"
#include "linkbook.h"
#include "mainwindow.h"
#include "notebook.h"
#include "notecommands.h"
#include "noteeditor.h"
#include "noteentry.h"
#include "notefilecommands.h"
#include "notespanel.h"
#include "noticebar.h"
#include "replayview.h"
#include "spantreeview.h"
#include "stateguide.h"
#include "stopsview.h"
#include "storybar.h"
#include "storycommands.h"
#include "storypanel.h"
#include "streamview.h"
#include "timelineview.h"
#include "toolsview.h"
#include "viewchoice.h"

#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenuBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace arcscope
{

/// The words of views in links, stories and bundles: they never change.
QWidget* MainWindow::viewNamed(const std::string& name) const
{
    const std::pair<const char*, QWidget*> named[] = {
        {"arcs", m_arcs},     {"timeline", m_timeline}, {"tools", m_tools},       {"stream", m_stream},
        {"tree", m_tree},     {"stops", m_stops},       {"findings", m_findings}, {"outcomes", m_dashboard},
        {"lenses", m_lenses}, {"replay", m_replay}};
    for (const auto& [word, view] : named) {
        if (name == word)
            return view;
    }
    return nullptr;
}

ViewState MainWindow::stateShown() const
{
    ViewState state = viewStateOf(*m_state);
    for (const char* word :
         {"arcs", "timeline", "tools", "stream", "tree", "stops", "findings", "outcomes", "lenses", "replay"}) {
        if (viewNamed(word) == m_views->currentWidget())
            state.view = word;
    }
    state.part = text(momentShown());
    state.chosen = m_choice->chosenIn(m_views->currentWidget());
    return state;
}

/// Of the stream of the selected span, where it is looked at.
PlacePart MainWindow::momentShown() const
{
    const bool looked = m_views->currentWidget() == m_stream && !m_stream->allShown() && m_state->span() != noRow;
    const std::uint32_t event = looked ? m_stream->canvas()->event() : noEvent;
    return event == noEvent ? PlacePart() : PlacePart{PlacePart::Of::Event, static_cast<std::int64_t>(event), 0};
}

QWidget* MainWindow::makeNotes()
{
    m_annotations = new AnnotationCommands(*m_state, *m_noteCommands, m_actions, this);
    m_story = new StoryCommands(*m_state, *m_noteCommands, m_actions, this);
    m_noteFiles = new NoteFileCommands(*m_state, *m_noteCommands, m_actions, this);
    m_guide = new StateGuide(*m_state, this);
    m_links = new LinkBook(*m_state, this);
    m_storyBar = new StoryBar(*m_story);
    m_notesPanel = new NotesPanel(*m_state, *m_annotations);
    m_storyPanel = new StoryPanel(*m_state, *m_story);
    m_notePages = new QStackedWidget;
    m_notePages->addWidget(m_notesPanel);
    m_notePages->addWidget(m_storyPanel);
    m_noteBar = new QTabBar;
    m_noteBar->setDrawBase(false);
    m_noteBar->setExpanding(false);
    m_noteBar->addTab(tr("Notes"));
    m_noteBar->addTab(tr("Story"));
    m_noteTabs = new QWidget;
    m_noteTabs->setFocusProxy(m_noteBar);
    auto* column = new QVBoxLayout(m_noteTabs);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_noteBar);
    column->addWidget(m_notePages, 1);
    connect(m_noteBar, &QTabBar::currentChanged, m_notePages, &QStackedWidget::setCurrentIndex);
    m_annotations->setMoment([this] { return momentShown(); });
    m_annotations->setMarked([this]() -> std::optional<PlacePart> {
        if (!m_inspector->hasMarkedText())
            return std::nullopt;
        return m_inspector->markedBytes().value_or(PlacePart());
    });
    m_annotations->setChosen(
        [this] { return parseViewChoice(m_choice->chosenIn(m_views->currentWidget())).value_or(ViewChoice()); });
    m_story->setHere([this] { return stateShown(); });
    m_noteFiles->setHere([this] { return stateShown(); });

    const auto say = [this](const QString& message) { statusBar()->showMessage(message, 8'000); };
    connect(m_annotations, &AnnotationCommands::said, this, say);
    connect(m_noteCommands, &NoteCommands::said, this, say);
    connect(m_noteFiles, &NoteFileCommands::said, this, say);
    connect(m_noteFiles, &NoteFileCommands::failed, m_notices, [this](const Error& error) {
        m_notices->add({oneLine(error.message), safeText(error.message), {}});
    });
    connect(m_annotations, &AnnotationCommands::toBeWritten, this,
            [this](const Annotation& made, const QString& about) {
                showNotes(m_notesPanel);
                m_notesPanel->write(made, about);
            });
    connect(m_annotations, &AnnotationCommands::toBeEdited, this, [this](const QString& identity) {
        showNotes(m_notesPanel);
        m_notesPanel->write(identity);
    });
    connect(&m_state->notes(), &NoteBook::closing, this, [this] {
        for (NoteEditor* editor : findChildren<NoteEditor*>())
            editor->commit();
        m_storyPanel->commitTitle();
    });
    connect(m_notesPanel, &NotesPanel::placeChosen, this, &MainWindow::goToNote);
    connect(m_story, &StoryCommands::added, this, [this](int step) {
        showNotes(m_storyPanel);
        m_storyPanel->write(step);
    });
    connect(m_story, &StoryCommands::stepChosen, m_guide, &StateGuide::goTo);
    connect(m_guide, &StateGuide::arrived, this, &MainWindow::showState);
    connect(&m_state->notes(), &NoteBook::keptElsewhere, m_notices, [this](const QString& file) {
        m_notices->add({tr("The folder of what is open cannot be written to: notes and verdicts are kept in %1.")
                            .arg(oneLine(file.toStdString())),
                        file,
                        {}});
    });
    const auto tell = [this](auto signal, const QString& sentence) {
        connect(&m_state->notes(), signal, m_notices, [this, sentence](const QString& reason, const QString& text) {
            m_notices->add({sentence.arg(oneLine(reason.toStdString())), text, {}});
        });
    };
    tell(&NoteBook::failed, tr("A note is not kept. %1"));
    tell(&NoteBook::verdictsFailed, tr("What was said of a finding is not kept. %1"));
    tell(&NoteBook::arcsFailed, tr("What was said of a task arc is not kept. %1"));
    tell(&NoteBook::replaysFailed, tr("What was said of a replay is not kept, or cannot be read. %1"));
    connect(&m_state->notes(), &NoteBook::viewFound, m_guide,
            [this](const std::shared_ptr<const ViewState>& view) { m_guide->goTo(*view); });
    connect(&m_state->notes(), &NoteBook::draftFound, this, &MainWindow::offerDraft);
    connectLinks();
    return m_noteTabs;
}

void MainWindow::showNotes(QWidget* page)
{
    m_notesDock->show();
    m_notesDock->raise();
    m_noteBar->setCurrentIndex(m_notePages->indexOf(page));
}

void MainWindow::makeNoteActions()
{
    auto* notes = new QMenu(tr("&Notes"), menuBar());
    menuBar()->insertMenu(menuBar()->actions().constLast(), notes); // help stays the last
    m_noteCommands->addNoteActions(notes);
    m_annotations->addActions(notes);
    connect(m_arcs, &ArcsView::noteWanted, m_actions.action(QStringLiteral("note.arc")), &QAction::trigger);
    notes->addSeparator();
    m_story->addActions(notes);
    QAction* panel = m_actions.add({"view.panel.notes",
                                    tr("&Show notes and story"),
                                    tr("Show or hide what was written, and the story"),
                                    {QKeySequence(Qt::ALT | Qt::Key_8)},
                                    {},
                                    true},
                                   notes, [] {});
    connect(panel, &QAction::toggled, this, [this](bool shown) { setPanelShown(m_notesDock, shown); });
    connect(m_notesDock, &QDockWidget::visibilityChanged, panel,
            [dock = m_notesDock, panel] { panel->setChecked(!dock->isHidden()); });
    notes->addSeparator();
    m_actions.add({"link.copy",
                   tr("Copy &link"),
                   tr("Copy a link to what is shown: it leads there wherever the same file is open"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C)},
                   {}},
                  notes, [this] { m_links->make(stateShown()); });
    m_actions.add({"link.follow",
                   tr("&Follow a link…"),
                   tr("Go to where a link leads, if its content is open or was before"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_L)},
                   {}},
                  notes, [this] { askForLink(); });
    notes->addSeparator();
    m_noteFiles->addActions(notes->addMenu(tr("F&iles")));
}

void MainWindow::goToNote(const NoteEntry& entry, const FoundPlace& found)
{
    const ViewChoice chosen = entry.of == NoteEntry::Of::Finding
                                  ? ViewChoice{ViewChoice::Of::Finding, entry.key.toStdString()}
                                  : parseViewChoice(entry.place).value_or(ViewChoice());
    if (chosen.of != ViewChoice::Of::Nothing) {
        QWidget* const views[] = {nullptr, m_arcs, m_findings, m_lenses};
        QWidget* const view = views[static_cast<std::size_t>(chosen.of)];
        m_views->setCurrentWidget(view);
        view->setFocus();
        m_choice->choose(text(chosen));
    } else if (entry.of == NoteEntry::Of::Replay) {
        m_views->setCurrentWidget(m_replay);
        m_replay->setFocus();
    } else if (found.row != noRow) {
        const bool moment = entry.part.of == PlacePart::Of::Event;
        showPlace(found.row, moment ? static_cast<std::uint32_t>(entry.part.from) : noEvent);
        if (entry.part.of == PlacePart::Of::Bytes) {
            m_inspectorDock->show();
            m_inspector->showBytes(found.row, entry.part);
        }
    } else if (found.trace) {
        m_state->setTrace(found.trace);
    } else if (entry.place == corpusPlace) {
        m_state->setTrace(std::nullopt);
    } else {
        statusBar()->showMessage(tr("The place of this note is not in what is open"), 8'000);
    }
    if (entry.part.of == PlacePart::Of::Time) {
        const TimeRange range{entry.part.from, entry.part.to};
        m_views->setCurrentWidget(m_timeline);
        m_state->setRange(range);
        m_state->setVisibleRange({range.start - range.length() / 2, range.end + range.length() / 2});
        m_timeline->setFocus();
    }
}

void MainWindow::showState(const ViewState& state, Row row, const QStringList& missing)
{
    QStringList lacking = missing;
    QWidget* view = viewNamed(state.view);
    if (!state.view.empty() && !view)
        lacking << tr("This version has no view called %1.").arg(oneLine(state.view));
    if (view)
        m_views->setCurrentWidget(view);
    const auto part = parsePlacePart(state.part).value_or(PlacePart());
    if (part.of == PlacePart::Of::Event && row != noRow) {
        m_stream->setAllShown(false);
        m_stream->goToEvent(row, static_cast<std::uint32_t>(part.from));
    } else if (part.of == PlacePart::Of::Bytes && row != noRow) {
        m_inspectorDock->show();
        m_inspector->showBytes(row, part);
    }
    m_lacking.clear();
    tellLacking(lacking);
    m_choice->choose(state.chosen);
}

/// What is not there of a state; what was chosen in it may turn out later.
void MainWindow::tellLacking(const QStringList& sentences)
{
    m_lacking << sentences;
    if (m_story->at())
        m_storyBar->setMissing(m_lacking.join(QLatin1Char(' ')));
    else if (!sentences.isEmpty())
        m_notices->add({sentences.join(QLatin1Char(' ')), {}, {}});
}

void MainWindow::makeChoice()
{
    m_choice = new AwaitedChoice(*m_state, *m_findingBook, *m_arcBook, {*m_arcs, *m_findings, *m_lenses}, this);
    connect(m_choice, &AwaitedChoice::awaited, this,
            [this](const QString& sentence) { statusBar()->showMessage(sentence, 8'000); });
    connect(m_choice, &AwaitedChoice::missing, this, [this](const QString& sentence) { tellLacking({sentence}); });
}

void MainWindow::offerDraft(const QString& where, const QString& text)
{
    m_notices->add({tr("A note was being written when the program ended: “%1”").arg(oneLine(text.toStdString(), 120)),
                    text,
                    {{tr("&Keep it"),
                      [this, where, text] {
                          m_notices->dismiss();
                          m_noteCommands->takeDraft(where, text);
                      }},
                     {tr("Dis&card it"), [this, where] {
                          m_notices->dismiss();
                          m_state->notes().keepDraft(where, {});
                      }}}});
}

void MainWindow::connectLinks()
{
    connect(m_links, &LinkBook::made, this, [this](const QString& link) {
        QGuiApplication::clipboard()->setText(link);
        statusBar()->showMessage(tr("Copied a link to what is shown"), 8'000);
    });
    const auto refuse = [this](const QString& reason) { m_notices->add({reason, {}, {}}); };
    connect(m_links, &LinkBook::notMade, this, refuse);
    connect(m_links, &LinkBook::refused, this, refuse);
    connect(m_links, &LinkBook::refused, statusBar(), &QStatusBar::clearMessage);
    connect(m_links, &LinkBook::leadsTo, statusBar(), &QStatusBar::clearMessage);
    connect(m_links, &LinkBook::leadsHere, statusBar(), &QStatusBar::clearMessage);
    connect(m_links, &LinkBook::leadsHere, m_guide, &StateGuide::goTo);
    connect(m_links, &LinkBook::leadsTo, this, [this](const QStringList& paths, const ViewState& state) {
        m_notices->add({tr("The link leads to %1, which was opened before.")
                            .arg(oneLine(paths.join(QStringLiteral(", ")).toStdString())),
                        {},
                        {{tr("&Open it"), [this, paths, state] {
                              m_notices->dismiss();
                              openAt(paths, state);
                          }}}});
    });
    connect(m_state, &AppState::loadingChanged, this, [this] {
        if (!m_state->loading() && !m_linkToFollow.isEmpty())
            followLink(std::exchange(m_linkToFollow, QString()));
        if (m_state->loading() || !m_openAt)
            return;
        const auto [paths, state] = *std::exchange(m_openAt, std::nullopt);
        if (m_state->isOpen() && paths == m_state->paths()) // else it could not be opened
            m_guide->goTo(state);
    });
}

void MainWindow::openAt(const QStringList& paths, const ViewState& state)
{
    m_openAt = {paths, state};
    open(paths);
}

void MainWindow::followLink(const QString& link)
{
    statusBar()->showMessage(tr("Looking for what the link leads to…"), 4'000);
    m_links->follow(link, m_recent.entries());
}

void MainWindow::askForLink()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Follow a link"));
    dialog->setLabelText(tr("A link that begins with arcscope:"));
    dialog->resize(560, dialog->sizeHint().height());
    const QString copied = QGuiApplication::clipboard()->text().trimmed();
    if (copied.startsWith(QLatin1String("arcscope:"), Qt::CaseInsensitive))
        dialog->setTextValue(copied);
    connect(dialog, &QInputDialog::textValueSelected, this, &MainWindow::followLink);
    dialog->open();
}

} // namespace arcscope
