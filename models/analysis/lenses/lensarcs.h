// Task arcs for lenses: the spans of an arc, the arc of a call, and answers that users asked again.
#pragma once

#include "lensgroups.h"

#include <unordered_map>
#include <unordered_set>

namespace arcscope
{

/// The traces and times of each arc.
class ArcPlaces
{
public:
    ArcPlaces(const Corpus& corpus, const ArcCorpus& arcs);
    /// The arc that the span lies in; nothing where none holds its trace.
    std::optional<std::uint32_t> arcOf(Row row) const;
    /// The spans that show what happened in it, ascending.
    const std::vector<Row>& shownBy(std::uint32_t arc) const { return m_spans[arc]; }

private:
    struct Stretch {
        std::uint32_t arc = 0;
        Nanos start = noTime;
        Nanos end = noTime;
    };
    const Corpus& m_corpus;
    std::unordered_map<std::uint32_t, std::vector<Stretch>> m_ofTrace;
    std::vector<std::vector<Row>> m_spans;
};

/// Arcs of which a span counts that shows them.
std::vector<std::uint32_t> shownArcs(const LensInput& input, const ArcPlaces& places);

/// Answers (rows of ArcStep::Response) behind which the user asked the same again, or had it answered again.
class AskedAgain
{
public:
    explicit AskedAgain(const ArcCorpus& arcs);
    /// Of the answers among these calls.
    LensCell shareOf(const std::vector<Row>& calls) const;

private:
    std::unordered_set<Row> m_answers;
    std::unordered_set<Row> m_again;
};

inline std::int64_t arcValue(const ArcCorpus& arcs, ArcColumn column, std::uint32_t arc)
{
    return arcs.arcs.at(column, arc);
}
inline ArcResolution resolutionOf(const ArcCorpus& arcs, std::uint32_t arc)
{
    return static_cast<ArcResolution>(arcValue(arcs, ArcColumn::Resolution, arc));
}
inline ArcSource sourceOf(const ArcCorpus& arcs, std::uint32_t arc)
{
    return static_cast<ArcSource>(arcValue(arcs, ArcColumn::OutcomeSource, arc));
}
inline ArcOutcome outcomeOf(const ArcCorpus& arcs, std::uint32_t arc)
{
    return static_cast<ArcOutcome>(arcValue(arcs, ArcColumn::Outcome, arc));
}

} // namespace arcscope
