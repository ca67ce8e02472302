// What people wrote, in a postmortem: the story step by step, then bookmarks, notes, ranges and tags.
#pragma once

#include "exportprovenance.h"
#include "portableplaces.h"
#include "spantable.h"

#include <string>

namespace arcscope
{

/// A section of the page with the id `story`; empty where there is none. A step has the link to its state, as text,
/// where one file is told. Needs Trace, Name, Flags and the columns of the ids.
std::string storyHtml(const KeptNotes& notes, const PlaceAnchor& anchor, const Corpus& corpus,
                      const ExportProvenance& provenance);
/// A section with the id `notes`; empty where there are none.
std::string annotationsHtml(const KeptNotes& notes, const Corpus& corpus);

} // namespace arcscope
