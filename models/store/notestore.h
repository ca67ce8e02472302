// The notes of a workspace as a whole: read, and brought together with what comes from another.
#pragma once

#include "keptnotes.h"
#include "result.h"

namespace arcscope
{

class Workspace;

/// Error: Store; Malformed where what is kept is damaged.
Result<KeptNotes> keptNotes(Workspace& workspace);

/// Error: as of changeAnnotations().
Result<void> keepStory(Workspace& workspace, const Story& story);
Result<Story> keptStory(Workspace& workspace);

struct NotesMerge {
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t kept = 0;   ///< what was there is newer, or the same
    bool storyKept = false; ///< there is another story already, which stays
};

/// Adds what comes, all of it or nothing. Of two of one id or key the one that was changed last counts.
Result<NotesMerge> mergeNotes(Workspace& workspace, const KeptNotes& coming);

} // namespace arcscope
