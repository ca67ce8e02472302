// What goes along with traces in a bundle, and the bundle that leaves.
#pragma once

#include "keptnotes.h"
#include "leaving.h"

#include <span>
#include <string>

namespace arcscope
{

struct GoingAlong {
    KeptNotes notes;
    std::string view; ///< JSON, schema arcscope.view/1; empty: none
};

/// Of all notes those that are about the rows. Shows the redactor both, before it is sealed: for LeavingRequest::along.
GoingAlong goingAlong(const KeptNotes& notes, std::string view, const Corpus& corpus, std::span<const Row> rows,
                      Redactor* redactor);

/// The bytes of the file, without what is taken out. Error: Unreadable, Cancelled, Store.
Result<std::string> leavingBundle(Leaving& leaving, GoingAlong along, const Control& control);

} // namespace arcscope
