// From pieces of traces to task arcs: which belong together, what became of each, and which may be one.
#pragma once

#include "arcdecision.h"
#include "arcpiece.h"
#include "control.h"
#include "prices.h"
#include "result.h"

#include <span>
#include <vector>

namespace arcscope
{

/// The span columns that joining needs; traces and order, too.
std::span<const SpanColumn> arcColumns();

/// By which costs are computed of traces for which the source states none.
struct ArcPrices {
    const PriceTable* table = nullptr; ///< null: nothing is computed
    StringId currency;                 ///< of the corpus
    StringId version;                  ///< of the table, of the corpus
};
/// The names get ids of this corpus, which is a copy of the window's own.
ArcPrices arcPrices(Corpus& corpus, const PriceTable* table);

/// What the traces of an arc are, before anybody decided anything: the task that they name, else the session, else the
/// trace. Trials of one task are arcs of their own: where traces (or sessions) of a task each have a label, or begin
/// with the same request without another user's word that they go on.
///
/// Accepted stitches merge their arcs, later into earlier; arcs that may be one are proposed unless they were rejected.
/// Reviews decide over everything. A trace is priced only where the table prices all of its calls. The same pieces in
/// any order give the same arcs. O(n log n) in pieces and their words. Error: Cancelled.
Result<ArcCorpus> joinArcs(const Corpus& corpus, std::vector<ArcPiece> pieces, const ArcDecisions& decisions,
                           const DetectorSettings& settings, const Control& control = {}, const ArcPrices& prices = {});

} // namespace arcscope
