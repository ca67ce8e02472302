// Files of notes and of stories, apart from traces, and the places in them as they are in what is open.
#pragma once

#include "keptnotes.h"
#include "result.h"

#include <QString>
#include <QStringList>

namespace arcscope
{

/// All that people wrote about the paths, as a file of the schema arcscope.notes/1. On any thread, as all of these.
/// Error: Unreadable, Store.
Result<void> writeNotesFile(const KeptNotes& notes, const QStringList& paths, const QString& file);
/// Error: NotFound, Malformed, with the file; Store.
Result<KeptNotes> readNotesFile(const QStringList& paths, const QString& file);

/// A text file (story.md). Error: as above.
Result<void> writeStoryFile(const Story& story, const QStringList& paths, const QString& file);
Result<Story> readStoryFile(const QStringList& paths, const QString& file);

} // namespace arcscope
