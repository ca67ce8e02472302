#include "notefilecommands.h"

#include "bundlefile.h"
#include "displaytext.h"
#include "notebook.h"
#include "notecommands.h"
#include "notefile.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace arcscope
{
namespace
{

std::vector<std::string> standardPaths(const QStringList& paths)
{
    std::vector<std::string> all;
    for (const QString& path : paths)
        all.push_back(path.toStdString());
    return all;
}

} // namespace

NoteFileCommands::NoteFileCommands(AppState& state, NoteCommands& notes, ActionRegistry& actions, QWidget* window)
    : QObject(window)
    , m_state(state)
    , m_notes(notes)
    , m_actions(actions)
    , m_window(window)
{
    connect(&state, &AppState::loadingChanged, this, &NoteFileCommands::showEnabled);
    connect(&state.notes(), &NoteBook::changed, this, &NoteFileCommands::showEnabled); // they are read, too
    connect(&state.notes(), &NoteBook::storyChanged, this, &NoteFileCommands::showEnabled);
}

void NoteFileCommands::addActions(QMenu* menu)
{
    const auto notes = tr("Notes (*.json)");
    const auto stories = tr("Stories (*.arcstory *.txt)");
    m_actions.add({"note.export", tr("&Write notes to a file…"), tr("Write all notes, apart from the traces"), {}, {}},
                  menu, [this, notes] {
                      const QString file = QFileDialog::getSaveFileName(m_window, tr("Write notes to a file"),
                                                                        nearby(QStringLiteral("notes.json")), notes);
                      if (!file.isEmpty())
                          writeNotes(file);
                  });
    m_actions.add({"note.import", tr("&Take notes from a file…"), tr("Add the notes that somebody wrote"), {}, {}},
                  menu, [this, notes] {
                      const QString file =
                          QFileDialog::getOpenFileName(m_window, tr("Take notes from a file"), nearby({}), notes);
                      if (!file.isEmpty())
                          takeNotes(file);
                  });
    m_actions.add({"note.bundle",
                   tr("Save a &bundle…"),
                   tr("Save what is shown with its notes as one file that opens again in this state"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                   {}},
                  menu, [this] { askForBundle(); });
    m_actions.add({"story.export", tr("Write the &story to a file…"), tr("Write the story as a text file"), {}, {}},
                  menu, [this, stories] {
                      const QString file = QFileDialog::getSaveFileName(
                          m_window, tr("Write the story to a file"), nearby(QStringLiteral("story.arcstory")), stories);
                      if (!file.isEmpty())
                          writeStory(file);
                  });
    m_actions.add({"story.import",
                   tr("Take the st&ory from a file…"),
                   tr("Put a story in the place of the one that is kept"),
                   {},
                   {}},
                  menu, [this, stories] {
                      const QString file =
                          QFileDialog::getOpenFileName(m_window, tr("Take the story from a file"), nearby({}), stories);
                      if (!file.isEmpty())
                          takeStory(file);
                  });
    showEnabled();
}

void NoteFileCommands::showEnabled()
{
    const bool open = m_state.isOpen();
    const bool read = open && m_state.notes().isRead();
    const std::pair<const char*, bool> enabled[] = {{"note.export", read},
                                                    {"note.import", read},
                                                    {"note.bundle", open},
                                                    {"story.export", read && !m_state.notes().story().empty()},
                                                    {"story.import", read}};
    for (const auto& [id, on] : enabled) {
        if (QAction* action = m_actions.action(QLatin1String(id)))
            action->setEnabled(on);
    }
}

QString NoteFileCommands::nearby(const QString& name) const
{
    const QString first = m_state.paths().isEmpty() ? QString() : m_state.paths().constFirst();
    const QFileInfo info(first);
    return first.isEmpty() ? name : (info.isDir() ? info.absoluteFilePath() : info.absolutePath()) + '/' + name;
}

void NoteFileCommands::write(std::function<Result<QString>(const std::stop_token&)> work)
{
    emit said(tr("Saving…"));
    m_writing.start([work = std::move(work)](
                        const std::stop_token& stop) { return std::make_shared<const Result<QString>>(work(stop)); },
                    [this](const Done& done) {
                        emit said(*done ? **done : QString());
                        if (!*done)
                            emit failed(done->error());
                    });
}

void NoteFileCommands::writeNotes(const QString& file)
{
    write([file, notes = m_state.notes().all(), paths = m_state.paths()](const std::stop_token&) -> Result<QString> {
        const auto written = writeNotesFile(notes, paths, file);
        return written ? Result<QString>(tr("Written to %1").arg(file)) : Result<QString>(written.error());
    });
}

void NoteFileCommands::writeStory(const QString& file)
{
    write([file, story = m_state.notes().story(), paths = m_state.paths()](const std::stop_token&) -> Result<QString> {
        const auto written = writeStoryFile(story, paths, file);
        return written ? Result<QString>(tr("Written to %1").arg(file)) : Result<QString>(written.error());
    });
}

void NoteFileCommands::takeNotes(const QString& file)
{
    m_takingNotes.start(
        [file, paths = m_state.paths()](const std::stop_token&) {
            return std::make_shared<const Result<KeptNotes>>(readNotesFile(paths, file));
        },
        [this, file, opening = m_state.opening()](const std::shared_ptr<const Result<KeptNotes>>& notes) {
            if (!*notes)
                emit failed(notes->error());
            else if (opening == m_state.opening())
                tellMerge(m_notes.takeNotes(**notes), file);
        });
}

void NoteFileCommands::tellMerge(const NotesMerge& merge, const QString& file)
{
    const auto number = [](std::size_t count) { return countText(static_cast<qint64>(count)); };
    const QString story = merge.storyKept ? QLatin1Char(' ') + tr("The story that is kept stays.") : QString();
    if (merge.added + merge.changed == 0)
        emit said(tr("Nothing of it is new") + (story.isEmpty() ? QString() : QStringLiteral(".") + story));
    else
        emit said(tr("Taken from %1: %2 added, %3 changed, %4 left as they were.")
                      .arg(file, number(merge.added), number(merge.changed), number(merge.kept)) +
                  story);
}

void NoteFileCommands::takeStory(const QString& file)
{
    m_takingStory.start(
        [file, paths = m_state.paths()](const std::stop_token&) {
            return std::make_shared<const Result<Story>>(readStoryFile(paths, file));
        },
        [this, file, opening = m_state.opening()](const std::shared_ptr<const Result<Story>>& story) {
            if (!*story) {
                emit failed(story->error());
            } else if (opening == m_state.opening()) {
                m_notes.setStory(**story, tr("a story from a file"));
                emit said(tr("Taken from %1").arg(file));
            }
        });
}

void NoteFileCommands::askForBundle()
{
    if (!m_state.isOpen())
        return;
    auto* box =
        new QMessageBox(QMessageBox::Question, tr("Save a bundle"),
                        tr("Replace what is personal or secret before it leaves?"), QMessageBox::Cancel, m_window);
    box->setInformativeText(tr("Values that patterns and names of fields tell are replaced in traces, notes and the "
                               "story. Nobody proves that nothing else is there."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* redacted = box->addButton(tr("&Replace it"), QMessageBox::AcceptRole);
    auto* plain = box->addButton(tr("Save as it &is"), QMessageBox::DestructiveRole);
    box->setDefaultButton(redacted);
    connect(box, &QMessageBox::buttonClicked, this, [this, redacted, plain](const QAbstractButton* button) {
        if (button != redacted && button != plain)
            return;
        const QString file = QFileDialog::getSaveFileName(
            m_window, tr("Save a bundle"), nearby(QStringLiteral("case.arcbundle")), tr("Bundles (*.arcbundle)"));
        if (!file.isEmpty())
            saveBundle(file, button == redacted);
    });
    box->open();
}

void NoteFileCommands::saveBundle(const QString& file, bool redact)
{
    BundleRequest request;
    request.paths = standardPaths(m_state.paths());
    request.workspace = m_state.workspacePath().toStdString();
    request.filter = m_state.filterText().toStdString();
    if (const auto trace = m_state.trace())
        request.trace = m_state.corpus()->traceIdText(*trace);
    request.notes = m_state.notes().all();
    if (m_here)
        request.view = m_here();
    request.redact = redact;
    request.file = file.toStdString();
    write([file, request, alive = m_state.openCorpus()](const std::stop_token& stop) -> Result<QString> {
        const auto saved = arcscope::saveBundle(request, {stop, nullptr});
        if (!saved)
            return saved.error();
        return tr("%1 in %2, %3")
            .arg(counted(static_cast<qint64>(saved->spans), tr("%1 span"), tr("%1 spans")), file,
                 counted(static_cast<qint64>(saved->struck), tr("%1 place replaced"), tr("%1 places replaced")));
    });
}

} // namespace arcscope
