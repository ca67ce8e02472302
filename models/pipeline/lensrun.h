// Running a lens over a workspace: columns, facts, streams and task arcs that it needs are brought first.
#pragma once

#include "arcdecision.h"
#include "control.h"
#include "detectorsettings.h"
#include "lens.h"
#include "result.h"

#include <optional>

namespace arcscope
{

class FindingCache;
class Workspace;

struct LensRun {
    const Lens& lens;
    LensValues values{};
    const std::vector<Row>* shown = nullptr; ///< ascending; null: all
    const PriceTable* prices = nullptr;
    const LensFile* file = nullptr;
    const ArcCorpus* arcs = nullptr; ///< of this corpus; null: they are searched where the lens needs them
    ArcDecisions decisions{};        ///< for that search
    /// Knows what detectors found before; what is new goes there. Null: what the workspace keeps is taken, and what is
    /// new is kept in one that is not temporary and can be written to.
    FindingCache* cache = nullptr;
    DetectorSettings settings{};
    /// Of this corpus; null: they are looked for where the lens needs them.
    const std::vector<LensMarker>* marks = nullptr;
    /// Whether versions of tool definitions and indexes are looked for, too: in the content of every span.
    bool versions = true;
};

/// Loads into `corpus`, which is of that workspace, the columns that the lens needs. Progress counts spans whose
/// content is read. Error: Cancelled, Store; Usage, where the lens cannot read its file.
Result<LensResult> runLens(Workspace& workspace, Corpus& corpus, const LensRun& run, const Control& control);

/// A file for a lens; at most 64 MB. Error: Unreadable, Unsupported.
Result<LensFile> readLensFile(const std::string& path);

} // namespace arcscope
