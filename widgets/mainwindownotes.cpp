// What is written in the main window: the panel of notes, the story, links and the state in which a bundle opens.
#include "annotationcommands.h"
#include "arcbook.h"
#include "arcsview.h"
#include "dashboardview.h"
#include "displaytext.h"
#include "findingsview.h"
#include "inspector.h"
#include "lensview.h"
#include "linkbook.h"
#include "mainwindow.h"
#include "notebook.h"
#include "notecommands.h"
#include "noteentry.h"
#include "notefile.h"
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

#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
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
    m_story->setHere([this] { return stateShown(); });

    const auto say = [this](const QString& message) { statusBar()->showMessage(message, 8'000); };
    connect(m_annotations, &AnnotationCommands::said, this, say);
    connect(m_annotations, &AnnotationCommands::toBeWritten, this, [this](const QString& identity) {
        showNotes(m_notesPanel);
        m_notesPanel->write(identity);
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
    connect(&m_state->notes(), &NoteBook::failed, m_notices, [this](const QString& reason, const QString& text) {
        m_notices->add({tr("A note is not kept. %1").arg(oneLine(reason.toStdString())), text, {}});
    });
    connect(&m_state->notes(), &NoteBook::verdictsFailed, m_notices,
            [this](const QString& reason, const QString& text) {
                m_notices->add(
                    {tr("What was said of a finding is not kept. %1").arg(oneLine(reason.toStdString())), text, {}});
            });
    connect(&m_state->notes(), &NoteBook::arcsFailed, m_notices, [this](const QString& reason, const QString& text) {
        m_notices->add(
            {tr("What was said of a task arc is not kept. %1").arg(oneLine(reason.toStdString())), text, {}});
    });
    connect(&m_state->notes(), &NoteBook::replaysFailed, m_notices, [this](const QString& reason, const QString& text) {
        m_notices->add(
            {tr("What was said of a replay is not kept, or cannot be read. %1").arg(oneLine(reason.toStdString())),
             text,
             {}});
    });
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
    notes->addSeparator();
    m_story->addActions(notes);
    QAction* panel = m_actions.add({"view.panel.notes",
                                    tr("&Show notes and story"),
                                    tr("Show or hide what was written, and the story"),
                                    {QKeySequence(Qt::ALT | Qt::Key_8)},
                                    {},
                                    true},
                                   notes, [] {});
    connect(panel, &QAction::toggled, m_notesDock, &QDockWidget::setVisible);
    connect(m_notesDock, &QDockWidget::visibilityChanged, panel,
            [this, panel] { panel->setChecked(!m_notesDock->isHidden()); });
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
    QMenu* files = notes->addMenu(tr("F&iles"));
    const auto filtered = tr("Notes (*.json)");
    m_actions.add({"note.export", tr("&Write notes to a file…"), tr("Write all notes, apart from the traces"), {}, {}},
                  files, [this, filtered] {
                      const QString file = QFileDialog::getSaveFileName(this, tr("Write notes to a file"),
                                                                        QStringLiteral("notes.json"), filtered);
                      if (!file.isEmpty())
                          told(writeNotesFile(m_state->notes().all(), file), tr("Written to %1").arg(file));
                  });
    m_actions.add({"note.import", tr("&Take notes from a file…"), tr("Add the notes that somebody wrote"), {}, {}},
                  files, [this, filtered] {
                      const QString file =
                          QFileDialog::getOpenFileName(this, tr("Take notes from a file"), {}, filtered);
                      if (!file.isEmpty())
                          takeNotes(file);
                  });
    m_actions.add({"note.bundle",
                   tr("Save a &bundle…"),
                   tr("Save what is shown with its notes as one file that opens again in this state"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                   {}},
                  files, [this] { askForBundle(); });
    const auto stories = tr("Stories (*.arcstory *.txt)");
    m_actions.add({"story.export", tr("Write the &story to a file…"), tr("Write the story as a text file"), {}, {}},
                  files, [this, stories] {
                      const QString file = QFileDialog::getSaveFileName(this, tr("Write the story to a file"),
                                                                        QStringLiteral("story.arcstory"), stories);
                      if (!file.isEmpty())
                          told(writeStoryFile(m_state->notes().story(), file), tr("Written to %1").arg(file));
                  });
    m_actions.add({"story.import",
                   tr("Take the st&ory from a file…"),
                   tr("Put a story in the place of the one that is kept"),
                   {},
                   {}},
                  files, [this, stories] {
                      const QString file =
                          QFileDialog::getOpenFileName(this, tr("Take the story from a file"), {}, stories);
                      if (!file.isEmpty())
                          takeStory(file);
                  });
}

void MainWindow::askForBundle()
{
    if (!m_state->isOpen())
        return;
    auto* box = new QMessageBox(QMessageBox::Question, tr("Save a bundle"),
                                tr("Replace what is personal or secret before it leaves?"), QMessageBox::Cancel, this);
    box->setInformativeText(tr("Values that patterns and names of fields tell are replaced in traces, notes and the "
                               "story. Nobody proves that nothing else is there."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* redacted = box->addButton(tr("&Replace it"), QMessageBox::AcceptRole);
    auto* plain = box->addButton(tr("Save as it &is"), QMessageBox::DestructiveRole);
    box->setDefaultButton(redacted);
    connect(box, &QMessageBox::buttonClicked, this, [this, redacted, plain](const QAbstractButton* button) {
        if (button != redacted && button != plain)
            return;
        const QString file = QFileDialog::getSaveFileName(this, tr("Save a bundle"), QStringLiteral("case.arcbundle"),
                                                          tr("Bundles (*.arcbundle)"));
        if (!file.isEmpty())
            saveBundleAs(file, button == redacted);
    });
    box->open();
}

void MainWindow::saveBundleAs(const QString& file, bool redact)
{
    BundleRequest request;
    request.paths = m_state->paths();
    request.workspace = m_state->workspacePath();
    request.filter = m_state->filterText();
    if (const auto trace = m_state->trace())
        request.trace = m_state->corpus()->traceIdText(*trace);
    request.notes = m_state->notes().all();
    request.view = stateShown();
    request.redact = redact;
    request.file = file;
    statusBar()->showMessage(tr("Saving…"));
    m_bundleTask.start(
        [request, alive = m_state->openCorpus()](const std::stop_token& stop) {
            return std::make_shared<const Result<BundleSaved>>(saveBundle(request, {stop, nullptr}));
        },
        [this, file](const std::shared_ptr<const Result<BundleSaved>>& saved) {
            statusBar()->clearMessage();
            told(*saved ? Result<void>() : Result<void>(saved->error()),
                 *saved ? tr("%1 in %2, %3")
                              .arg(counted(static_cast<qint64>((*saved)->spans), tr("%1 span"), tr("%1 spans")), file,
                                   counted(static_cast<qint64>((*saved)->struck), tr("%1 place replaced"),
                                           tr("%1 places replaced")))
                        : QString());
        });
}

void MainWindow::told(const Result<void>& done, const QString& message)
{
    if (done)
        statusBar()->showMessage(message, 8'000);
    else
        m_notices->add({oneLine(done.error().message), safeText(done.error().message), {}});
}

void MainWindow::takeNotes(const QString& file)
{
    const auto notes = readNotesFile(file);
    told(notes ? Result<void>() : Result<void>(notes.error()), tr("Taken from %1").arg(file));
    if (notes && !m_noteCommands->takeNotes(*notes))
        statusBar()->showMessage(tr("Nothing of it is new"), 8'000);
}

void MainWindow::takeStory(const QString& file)
{
    const auto story = readStoryFile(file);
    told(story ? Result<void>() : Result<void>(story.error()), tr("Taken from %1").arg(file));
    if (story)
        m_noteCommands->setStory(*story, tr("a story from a file"));
}

/// False: the search has not found it, or not yet.
bool MainWindow::chooseFinding(const QString& key)
{
    const FindingModel& model = *m_findings->model();
    for (const bool any : {false, true}) {
        if (any) // it may be dismissed
            m_findings->verdicts()->setCurrentIndex(m_findings->verdicts()->count() - 1);
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.keysOf(model.entryOf(row)).contains(key)) {
                m_findings->table()->selectRow(row);
                return true;
            }
        }
    }
    return false;
}

void MainWindow::chooseArc(const std::string& key)
{
    m_views->setCurrentWidget(m_arcs);
    m_arcs->setFocus();
    const ArcsPtr& found = m_arcBook->arcs();
    for (std::uint32_t arc = 0; arc < found->count(); ++arc) {
        if (arcKey(found->arcs, arc) == key)
            m_arcs->chooseArc(arc);
    }
}

void MainWindow::goToNote(const NoteEntry& entry, const FoundPlace& found)
{
    if (entry.of == NoteEntry::Of::Arc) {
        chooseArc(entry.key.toStdString());
    } else if (entry.of == NoteEntry::Of::Finding) {
        m_views->setCurrentWidget(m_findings);
        m_findings->setFocus();
        if (!chooseFinding(entry.key))
            statusBar()->showMessage(tr("The finding is not, or not yet, among those that were found"), 8'000);
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
        m_state->setTrace(*found.trace);
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
    if (m_story->at())
        m_storyBar->setMissing(lacking.join(QLatin1Char(' ')));
    else if (!lacking.isEmpty())
        m_notices->add({lacking.join(QLatin1Char(' ')), {}, {}});
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
        if (m_state->isOpen() && !m_state->loading() && m_openAt && m_openAt->first == m_state->paths())
            m_guide->goTo(std::exchange(m_openAt, std::nullopt)->second);
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
