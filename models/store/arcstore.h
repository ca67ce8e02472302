// The task arcs of a corpus, kept in its workspace with a stamp of what they were made from.
#pragma once

#include "arctable.h"
#include "contentdigest.h"
#include "control.h"
#include "result.h"

#include <optional>

namespace arcscope
{

class Workspace;

/// In place of those that are kept; all of it or nothing. Error: Store, where the workspace may not be written to.
Result<void> storeArcs(Workspace& workspace, const ArcCorpus& arcs, const DigestValue& stamp);

/// Nothing where none are kept that were made from the same. Rows and strings are those of `corpus`. Error: Cancelled,
/// or Store where they are damaged.
Result<std::optional<ArcCorpus>> loadArcs(Workspace& workspace, const Corpus& corpus, const DigestValue& stamp,
                                          const Control& control);

} // namespace arcscope
