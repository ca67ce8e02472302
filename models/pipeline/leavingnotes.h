// Which notes go along with spans that leave, and what is taken out of them.
#pragma once

#include "keptnotes.h"
#include "redactor.h"
#include "spantable.h"

#include <span>
#include <string>
#include <vector>

namespace arcscope
{

class Workspace;

/// What people wrote about what is open, or would be: of the workspace, of the file of notes beside the traces, or,
/// where there is none, of the bundle. Error: Store, Malformed.
Result<KeptNotes> keptBeside(const std::vector<std::string>& paths);

/// The workspace that keeps what is written about them, made where it is not there: that of a bundle begins with its
/// notes. Error: Store, NotFound, Malformed.
Result<Workspace> notesToChange(const std::vector<std::string>& paths);

/// Those on the rows, their traces and the corpus. What was said of findings that name other places too, and of arcs
/// and replays, goes along only where everything leaves: it tells of spans that stay. Places are as they are when what
/// leaves is read: rows are counted anew, and a record that is written in another form has no bytes to name. Needs
/// Trace, Format and the columns of the ids.
KeptNotes notesLeaving(const KeptNotes& notes, const Corpus& corpus, std::span<const Row> rows);

/// arcscope.view/1: what is chosen in it goes along only where all that it names does. The same needs, and Session and
/// Task.
std::string viewLeaving(const std::string& view, const Corpus& corpus, std::span<const Row> rows);

/// Shows the redactor what the notes say, before it is sealed.
void collectNotes(const KeptNotes& notes, Redactor& redactor);
/// Strikes it in all their texts. Who wrote them does not leave.
void strikeNotes(KeptNotes& notes, Redactor& redactor);

} // namespace arcscope
