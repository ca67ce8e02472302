// A bundle of what leaves, with the notes on it and the state that it opens in.
#pragma once

#include "leaving.h"
#include "portableplaces.h"
#include "tracebundle.h"

namespace arcscope
{

/// What goes along with traces, in places as the corpus has them.
struct GoingAlong {
    KeptNotes notes;
    std::string view;   ///< schema arcscope.view/1; empty: none
    PlaceAnchor anchor; ///< for links
};

/// For LeavingRequest::along: leaves of `along` what is on the rows, and shows it to the redactor.
void chooseAlong(GoingAlong& along, const Corpus& corpus, std::span<const Row> rows, Redactor* redactor);

/// The bytes of the file. Error: Unreadable, Cancelled, Store.
Result<std::string> leavingBundle(Leaving& leaving, GoingAlong along, const Control& control);

} // namespace arcscope
