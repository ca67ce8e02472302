// Notes, and the state of a view, as JSON: what leaves apart from traces and comes back.
#pragma once

#include "keptnotes.h"
#include "result.h"
#include "viewstate.h"

#include <string>
#include <string_view>

namespace arcscope
{

/// Schema arcscope.notes/1 (app/cli/json.md): the same bytes for the same notes, one value a line.
std::string notesJson(const KeptNotes& notes);
/// Reads what notesJson() wrote, exactly; what is absent is empty. Error: Malformed, with what is wrong.
Result<KeptNotes> parseNotes(std::string_view text);

/// Schema arcscope.view/1.
std::string viewJson(const ViewState& state);
Result<ViewState> parseView(std::string_view text);

} // namespace arcscope
