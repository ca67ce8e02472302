// Files of notes and of stories, apart from traces.
#pragma once

#include "keptnotes.h"
#include "portableplaces.h"
#include "result.h"

#include <string>

namespace arcscope
{

/// All bytes of a file that a person names, up to 64 MB. Error: NotFound, Malformed.
Result<std::string> wholeFile(const std::string& path);

/// All that people wrote, as a file of the schema arcscope.notes/1, with places as they are elsewhere. Error:
/// Unreadable.
Result<void> writeNotesFile(KeptNotes notes, const PlaceAnchor& anchor, const std::string& file);
/// With places as they are here. Error: NotFound, Malformed, with the file.
Result<KeptNotes> readNotesFile(const std::string& file, const PlaceAnchor& anchor);

/// A text file (story.md). Error: as above.
Result<void> writeStoryFile(Story story, const PlaceAnchor& anchor, const std::string& file);
Result<Story> readStoryFile(const std::string& file, const PlaceAnchor& anchor);

} // namespace arcscope
