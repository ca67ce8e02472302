// Files of notes and of stories, apart from traces.
#pragma once

#include "keptnotes.h"
#include "result.h"

#include <QString>

namespace arcscope
{

/// All that people wrote, as a file of the schema arcscope.notes/1. Error: Unreadable.
Result<void> writeNotesFile(const KeptNotes& notes, const QString& file);
/// Error: NotFound, Malformed, with the file.
Result<KeptNotes> readNotesFile(const QString& file);

/// A text file (story.md). Error: as above.
Result<void> writeStoryFile(const Story& story, const QString& file);
Result<Story> readStoryFile(const QString& file);

} // namespace arcscope
