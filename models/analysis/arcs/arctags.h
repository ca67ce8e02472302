// The tags of an arc: of each text the value that most of its spans have.
#pragma once

#include "arcgroups.h"

#include <utility>
#include <vector>

namespace arcscope
{

class ArcTags
{
public:
    explicit ArcTags(const Corpus& corpus);

    /// Texts that any span of the corpus has.
    const std::vector<SpanText>& recorded() const { return m_recorded; }
    void clear() { m_rows.clear(); }
    /// All spans of its trace, without what evaluations say of the work, which is no tag of the work.
    void add(const PlacedPiece& piece);
    /// The value that most of the model calls have that were added, else most spans; of equals the smaller id.
    StringId commonest(SpanText what);

private:
    const Corpus& m_corpus;
    std::vector<SpanText> m_recorded;
    std::vector<Row> m_rows;
    std::vector<std::pair<StringId, bool>> m_values; ///< and whether a model call has it
};

} // namespace arcscope
