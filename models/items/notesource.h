// The file that a NoteBook reads and writes: of a workspace, beside trace files, or one that begins with the notes of a
// bundle.
#pragma once

#include "annotations.h"
#include "keptnotes.h"
#include "portableplaces.h"
#include "result.h"
#include "viewstate.h"
#include "workspace.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace arcscope
{

struct OpenCorpus;

/// Copied to the thread that reads and writes.
struct NoteSource {
    QString file;           ///< empty: there is no place for notes (a pipe)
    QString bundle;         ///< whose notes count while there is no file; empty: none
    bool elsewhere = false; ///< the file is not beside the traces, whose folder cannot be written to
    PlaceAnchor anchor;     ///< what is kept names places without folders; in a workspace they are as they are

    bool operator==(const NoteSource&) const = default;
};

NoteSource noteSourceOf(const OpenCorpus& open, const QStringList& paths);

/// Who writes: the user of the system; empty where that is not known.
std::string noteAuthor();

/// The setting that says how clocks are shifted.
inline constexpr std::string_view clocksSetting = "clocks";

/// All that is kept; where a part cannot be read the others are there.
struct NotesRead {
    KeptNotes notes;
    QString clocks;
    std::vector<Draft> drafts;
    std::optional<ViewState> view; ///< that a bundle reopens in
    std::optional<Error> problem;  ///< the file, or a part that is not told of below
    std::optional<Error> replayProblem;
};
NotesRead readNotes(const NoteSource& source);

/// To write to, made where it is not there; nothing where there is nothing to write to a new one. Error: Store, with
/// what helps.
Result<std::optional<Workspace>> notesToWrite(const NoteSource& source, bool something);

} // namespace arcscope
