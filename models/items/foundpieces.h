// FoundPieces: what the traces of one state of what is open show of task arcs; immutable, shared by threads.
#pragma once

#include "arcpiece.h"
#include "corpusloader.h"

#include <memory>
#include <vector>

namespace arcscope
{

struct FoundPieces {
    CorpusPtr corpus; ///< whose rows they name, with the columns that joining needs; null where there is none
    std::shared_ptr<const void> in;                                    ///< the state that was open, to be compared with
    std::vector<std::shared_ptr<const std::vector<ArcPiece>>> batches; ///< in no order

    std::vector<ArcPiece> all() const
    {
        std::vector<ArcPiece> pieces;
        for (const auto& batch : batches)
            pieces.insert(pieces.end(), batch->begin(), batch->end());
        return pieces;
    }
};

using PiecesPtr = std::shared_ptr<const FoundPieces>;

} // namespace arcscope
