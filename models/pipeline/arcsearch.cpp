#include "arcsearch.h"

#include "arcstore.h"
#include "findingsearch.h"
#include "stopsurvey.h"
#include "workspace.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Added to the stamp: raised where joining the same pieces gives other arcs.
constexpr std::string_view joinForm = "arcs 2";

void add(ContentDigest& digest, std::int64_t number)
{
    digest.add({reinterpret_cast<const char*>(&number), sizeof number});
}

void add(ContentDigest& digest, std::string_view text)
{
    add(digest, static_cast<std::int64_t>(text.size()));
    digest.add(text);
}

template <typename ColumnName, int columnCount>
void add(ContentDigest& digest, const Table<ColumnName, columnCount>& table, std::span<const ColumnName> columns)
{
    add(digest, table.rows());
    for (const auto& chunk : table.chunks()) {
        for (const ColumnName name : columns) {
            const Column& column = chunk[name];
            add(digest, column.min());
            add(digest, column.width());
            digest.add({reinterpret_cast<const char*>(column.bytes().data()), column.bytes().size()});
        }
    }
}

int detectorVersion(const DetectorSettings& settings)
{
    const auto detector = std::find_if(detectors().begin(), detectors().end(),
                                       [](const Detector& one) { return one.name == arcDetector; });
    return detector == detectors().end() ? 0 : versionOf(*detector, settings);
}

} // namespace

DigestValue arcStamp(const Corpus& corpus, const ArcDecisions& decisions, const DetectorSettings& settings)
{
    ContentDigest digest(DigestKey{});
    add(digest, joinForm);
    add(digest, detectorVersion(settings));
    std::vector<TraceColumn> traceColumns;
    for (int i = 0; i < traceColumnCount; ++i)
        traceColumns.push_back(static_cast<TraceColumn>(i));
    add(digest, corpus.traces, std::span<const TraceColumn>(traceColumns));
    add(digest, corpus.spans, stampColumns());
    for (const ArcReview& review : decisions.reviews) {
        add(digest, review.arc);
        add(digest, review.outcome ? static_cast<std::int64_t>(*review.outcome) : -1);
        add(digest, review.changed);
    }
    add(digest, "stitches");
    for (const StitchDecision& stitch : decisions.stitches) {
        add(digest, stitch.earlier);
        add(digest, stitch.later);
        add(digest, stitch.accepted ? 1 : 0);
    }
    return digest.value();
}

std::span<const SpanColumn> arcSearchColumns()
{
    return findingColumns(); // arcColumns() among them
}

Result<std::vector<ArcPiece>> searchArcPieces(Workspace& workspace, const Corpus& corpus,
                                              const DetectorSettings& settings, const Control& control, bool stopsToo)
{
    FindingCache cache;
    const bool kept = !workspace.isTemporary();
    if (kept) {
        if (auto loaded = cache.load(workspace); !loaded)
            return loaded.error();
    }
    std::vector<ArcPiece> pieces;
    FindingSearch search;
    search.cache = kept ? &cache : nullptr;
    search.only = {arcDetector};
    if (stopsToo && kept)
        search.only.push_back(stopDetector);
    search.settings = settings;
    search.factsArrived = [&](std::string_view detector, std::span<const TraceFact> facts) {
        if (detector != arcDetector)
            return;
        for (ArcPiece& piece : arcPiecesOf(facts))
            pieces.push_back(std::move(piece));
    };
    if (auto found = searchFindings(workspace.path(), corpus, control, search); !found)
        return found.error();
    if (kept)
        static_cast<void>(cache.save(workspace)); // one that cannot be written to is looked through again next time
    return pieces;
}

Result<ArcCorpus> searchArcs(Workspace& workspace, const Corpus& corpus, const ArcDecisions& decisions,
                             const DetectorSettings& settings, const Control& control, const ArcSearchMore& more)
{
    const bool kept = !workspace.isTemporary();
    const DigestValue stamp = kept ? arcStamp(corpus, decisions, settings) : DigestValue{};
    if (kept && !more.versions && !more.prices.table) {
        auto stored = loadArcs(workspace, corpus, stamp, control);
        if (!stored && stored.error().code == ErrorCode::Cancelled)
            return stored.error();
        if (stored && *stored) // what is damaged is made anew
            return std::move(**stored);
    }
    auto pieces = searchArcPieces(workspace, corpus, settings, control, more.stopsToo);
    if (!pieces)
        return pieces.error();
    for (std::size_t i = 0; more.versions && i < pieces->size(); ++i) {
        const std::vector<VersionUse>& its = (*pieces)[i].versions;
        more.versions->insert(more.versions->end(), its.begin(), its.end());
    }
    auto arcs = joinArcs(corpus, std::move(*pieces), decisions, settings, control, more.prices);
    if (kept && arcs && !more.prices.table)
        static_cast<void>(storeArcs(workspace, *arcs, stamp));
    return arcs;
}

Result<ArcCorpus> searchArcsOf(Workspace& workspace, const Corpus& corpus, std::span<const std::uint32_t> traces,
                               const ArcDecisions& decisions, const DetectorSettings& settings, const Control& control)
{
    auto pieces = searchArcPieces(workspace, corpus, settings, control);
    if (!pieces)
        return pieces.error();
    return joinArcsOf(corpus, std::move(*pieces), traces, decisions, settings, control);
}

Result<ArcCorpus> joinArcsOf(const Corpus& corpus, std::vector<ArcPiece> pieces, std::span<const std::uint32_t> traces,
                             const ArcDecisions& decisions, const DetectorSettings& settings, const Control& control)
{
    std::erase_if(pieces, [&](const ArcPiece& piece) {
        return piece.row >= corpus.spans.rows() ||
               !std::binary_search(traces.begin(), traces.end(),
                                   static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, piece.row)));
    });
    return joinArcs(corpus, std::move(pieces), decisions, settings, control);
}

} // namespace arcscope
