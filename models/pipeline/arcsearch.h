// The task arcs of a corpus: what each trace shows of them, found on several threads, then put together.
#pragma once

#include "arcjoin.h"
#include "contentdigest.h"

namespace arcscope
{

class Workspace;

/// The span columns that searchArcs() needs; traces and order, too.
std::span<const SpanColumn> arcSearchColumns();

/// Another value for other traces, decisions, thresholds, or another way to make arcs of them. Needs all columns of
/// traces and stampColumns().
DigestValue arcStamp(const Corpus& corpus, const ArcDecisions& decisions, const DetectorSettings& settings);

/// What else is asked for.
struct ArcSearchMore {
    /// Where it is not null, what the traces say of versions, which is not kept with arcs: the traces are asked again.
    std::vector<VersionUse>* versions = nullptr;
    ArcPrices prices{}; ///< arcs with costs that were computed are not kept
    /// Traces that are read are asked what they stopped for, too: searchStops() then takes that from the workspace.
    /// Nothing is gained by it where that is temporary.
    bool stopsToo = false;
};

/// Takes the arcs that the workspace keeps, else what it keeps of its traces, and keeps what is new in one that is not
/// temporary and can be written to. Error: Cancelled, Store.
Result<ArcCorpus> searchArcs(Workspace& workspace, const Corpus& corpus, const ArcDecisions& decisions,
                             const DetectorSettings& settings, const Control& control, const ArcSearchMore& more = {});
/// Those that these traces (ascending) alone would give: work that others go on with ends with them. They are not kept.
Result<ArcCorpus> searchArcsOf(Workspace& workspace, const Corpus& corpus, std::span<const std::uint32_t> traces,
                               const ArcDecisions& decisions, const DetectorSettings& settings, const Control& control);
/// Both steps of it, for several selections of traces of one corpus: what every trace shows, kept by the workspace
/// where it can; and the arcs of some of them.
Result<std::vector<ArcPiece>> searchArcPieces(Workspace& workspace, const Corpus& corpus,
                                              const DetectorSettings& settings, const Control& control,
                                              bool stopsToo = false);
Result<ArcCorpus> joinArcsOf(const Corpus& corpus, std::vector<ArcPiece> pieces, std::span<const std::uint32_t> traces,
                             const ArcDecisions& decisions, const DetectorSettings& settings, const Control& control);

} // namespace arcscope
