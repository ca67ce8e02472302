#include "notesource.h"

#include "arcdecisions.h"
#include "corpusloader.h"
#include "notesfile.h"
#include "notesjson.h"
#include "notestore.h"
#include "replaydecisions.h"
#include "session.h"
#include "tracebundle.h"
#include "verdicts.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace arcscope
{
namespace
{

/// Why the file is not written, and what helps.
Error notWritten(const QString& file, const Error& why)
{
    return {why.code, QFileInfo(file).absolutePath().toStdString() +
                          " cannot be written to, and notes and verdicts are kept there (" + why.message +
                          "). Copy what you opened to a folder of your own and open it there."};
}

/// Puts what was read in its place, or remembers why not.
template <typename T>
void take(Result<T> read, T& into, std::optional<Error>& problem)
{
    if (read)
        into = std::move(*read);
    else if (!problem)
        problem = read.error();
}

void readBundleNotes(const NoteSource& source, NotesRead& read)
{
    auto bundle = readBundle(source.bundle.toStdString());
    if (!bundle || !*bundle) {
        if (!bundle)
            read.problem = bundle.error();
        return;
    }
    if (!QFileInfo::exists(source.file))
        read.notes = std::move((**bundle).notes);
    if ((**bundle).view.empty())
        return;
    auto view = parseView((**bundle).view);
    if (view)
        read.view = std::move(*view);
    else
        read.problem = within(view.error(), "the view that the bundle opens in");
}

} // namespace

NoteSource noteSourceOf(const OpenCorpus& open, const QStringList& paths)
{
    const Workspace& workspace = open.session->workspace;
    if (!workspace.isTemporary())
        return {QString::fromStdString(workspace.path()), {}, false, {}};
    for (const QString& path : paths) {
        const bool missing = std::any_of(open.problems.begin(), open.problems.end(), [&](const PathProblem& problem) {
            return !problem.opened && problem.path == path.toStdString();
        });
        if (missing || path == QLatin1String("-"))
            continue;
        QString whole = QFileInfo(path).absoluteFilePath();
        while (whole.size() > 1 && whole.endsWith(QLatin1Char('/')))
            whole.chop(1);
        const std::string file = notesFileOf(whole.toStdString());
        return {QString::fromStdString(file), paths.size() == 1 && QFileInfo(whole).isFile() ? whole : QString(),
                !file.starts_with(whole.toStdString()), anchorOfPath(path.toStdString())};
    }
    return {};
}

std::string noteAuthor()
{
    for (const char* name : {"USER", "LOGNAME", "USERNAME"}) {
        if (const QByteArray value = qgetenv(name); !value.isEmpty())
            return value.toStdString();
    }
    return {};
}

NotesRead readNotes(const NoteSource& source)
{
    NotesRead read;
    if (!source.bundle.isEmpty())
        readBundleNotes(source, read);
    if (!QFileInfo::exists(source.file))
        return read;
    auto workspace = Workspace::open(source.file.toStdString());
    if (!workspace) {
        read.problem = workspace.error();
        return read;
    }
    take(annotations(*workspace), read.notes.annotations, read.problem);
    take(verdicts(*workspace), read.notes.verdicts, read.problem);
    take(arcDecisions(*workspace), read.notes.arcs, read.problem);
    take(replayDecisions(*workspace), read.notes.replays, read.replayProblem);
    take(keptStory(*workspace), read.notes.story, read.problem);
    take(drafts(*workspace), read.drafts, read.problem);
    std::optional<std::string> clocks;
    take(setting(*workspace, clocksSetting), clocks, read.problem);
    makeLocal(read.notes, source.anchor);
    for (Draft& draft : read.drafts)
        draft.place = localPlace(draft.place, source.anchor);
    read.clocks = QString::fromStdString(clocks.value_or(std::string()));
    return read;
}

Result<std::optional<Workspace>> notesToWrite(const NoteSource& source, bool something)
{
    if (source.file.isEmpty())
        return Error{ErrorCode::Store, "a trace from a pipe has no place for notes: save it to a file first"};
    const bool there = QFileInfo::exists(source.file);
    const KeptNotes first =
        there || source.bundle.isEmpty() ? KeptNotes() : readNotes({source.file, source.bundle, false, {}}).notes;
    if (!there && !something && first.empty())
        return std::optional<Workspace>();
    const std::string path = source.file.toStdString();
    if (source.elsewhere)
        QDir().mkpath(QFileInfo(source.file).absolutePath());
    auto workspace = there ? Workspace::open(path) : Workspace::create(path);
    if (!workspace)
        return there ? workspace.error() : notWritten(source.file, workspace.error());
    if (there && !QFileInfo(source.file).isWritable())
        return notWritten(source.file, {ErrorCode::Store, "read-only"});
    if (!first.empty()) {
        if (const auto merged = mergeNotes(*workspace, first); !merged)
            return merged.error();
    }
    return std::optional<Workspace>(std::move(*workspace));
}

} // namespace arcscope
