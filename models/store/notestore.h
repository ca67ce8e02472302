// The notes of a workspace as a whole: read, and brought together with what comes from another.
#pragma once

#include "keptnotes.h"
#include "result.h"

namespace arcscope
{

class Workspace;

/// Error: Store; Malformed where what is kept is damaged.
Result<KeptNotes> keptNotes(Workspace& workspace);

/// Error: as of changeAnnotations(); Usage where `before` is given and what is kept is another: somebody else wrote it.
Result<void> keepStory(Workspace& workspace, const Story& story, const Story* before = nullptr);
Result<Story> keptStory(Workspace& workspace);

/// Adds what comes as mergeOf() says, all of it or nothing.
Result<NotesMerge> mergeNotes(Workspace& workspace, const KeptNotes& coming);

} // namespace arcscope
