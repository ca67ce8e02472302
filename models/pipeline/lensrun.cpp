#include "lensrun.h"

#include "arcsearch.h"
#include "changemarkers.h"
#include "findingsearch.h"
#include "streamsampling.h"
#include "workspace.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace arcscope
{
namespace
{

constexpr std::uintmax_t mostFileBytes = 64 << 20;

using Facts = std::map<std::string, std::vector<TraceFact>, std::less<>>;

std::vector<SpanColumn> columnsFor(const Lens& lens)
{
    std::vector<SpanColumn> columns = lens.needs.columns;
    const auto add = [&](std::span<const SpanColumn> more) { columns.insert(columns.end(), more.begin(), more.end()); };
    if (!lens.needs.facts.empty())
        add(findingColumns());
    if (lens.needs.arcs)
        add(arcSearchColumns());
    if (lens.needs.streams)
        add(sampleColumns());
    if (lens.needs.marks) {
        add(findingColumns());
        add(markerColumns());
    }
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
}

Result<Facts> collectFacts(Workspace& workspace, const Corpus& corpus, const LensRun& run,
                           std::span<const std::string_view> detectors, const Control& control)
{
    FindingCache own;
    const bool kept = !run.cache && !workspace.isTemporary();
    if (kept) {
        if (auto loaded = own.load(workspace); !loaded)
            return loaded.error();
    }
    Facts facts;
    for (const std::string_view detector : detectors) {
        std::vector<TraceFact>& into = facts[std::string(detector)];
        FindingSearch search;
        search.cache = run.cache ? run.cache : &own;
        search.settings = run.settings;
        search.only = {detector};
        search.factsArrived = [&](std::string_view, std::span<const TraceFact> arrived) {
            into.insert(into.end(), arrived.begin(), arrived.end());
        };
        if (auto found = searchFindings(workspace.path(), corpus, control, search); !found)
            return found.error();
        // Threads hand them over in any order.
        std::stable_sort(into.begin(), into.end(),
                         [](const TraceFact& a, const TraceFact& b) { return a.place.row < b.place.row; });
    }
    if (kept && !detectors.empty())
        static_cast<void>(own.save(workspace)); // one that cannot be written to is looked through again next time
    return facts;
}

StopSurvey surveyOf(const Facts& facts)
{
    StopSurvey survey;
    if (const auto found = facts.find(stopDetector); found != facts.end()) {
        for (const TraceFact& fact : found->second) {
            if (const auto stop = spanStopOf(fact))
                survey.push_back(*stop);
        }
    }
    return survey;
}

std::vector<VersionUse> versionsIn(const Facts& facts)
{
    std::vector<VersionUse> uses;
    if (const auto found = facts.find(arcDetector); found != facts.end()) {
        for (const ArcPiece& piece : arcPiecesOf(found->second))
            uses.insert(uses.end(), piece.versions.begin(), piece.versions.end());
    }
    return uses;
}

} // namespace

Result<LensResult> runLens(Workspace& workspace, Corpus& corpus, const LensRun& run, const Control& control)
{
    const std::vector<SpanColumn> columns = columnsFor(run.lens);
    if (auto loaded = workspace.loadColumns(corpus, columns, control); !loaded)
        return loaded.error();
    std::vector<std::string_view> detectors = run.lens.needs.facts;
    const bool searchesMarks = run.lens.needs.marks && !run.marks;
    if (searchesMarks && run.versions && std::find(detectors.begin(), detectors.end(), arcDetector) == detectors.end())
        detectors.push_back(arcDetector);
    auto facts = collectFacts(workspace, corpus, run, detectors, control);
    if (!facts)
        return facts.error();
    const StopSurvey stops = surveyOf(*facts);
    std::optional<StreamSamples> streams;
    if (run.lens.needs.streams) {
        auto sampled = sampleStreams(workspace.path(), corpus, control);
        if (!sampled)
            return sampled.error();
        streams = std::move(*sampled);
    }
    std::optional<ArcCorpus> arcs;
    if (run.lens.needs.arcs && !run.arcs) {
        const ArcPrices prices = arcPrices(corpus, run.prices);
        auto found = searchArcs(workspace, corpus, run.decisions, run.settings, control, {nullptr, prices});
        if (!found)
            return found.error();
        arcs = std::move(*found);
    }
    std::vector<LensMarker> marks;
    if (searchesMarks)
        marks = allMarks(corpus, versionsIn(*facts));
    const LensInput input{
        corpus,     run.shown, *facts,     stops,   streams ? &*streams : nullptr, arcs ? &*arcs : run.arcs,
        run.prices, run.file,  run.values, control, run.marks ? run.marks : &marks};
    auto result = run.lens.run(input);
    if (result)
        std::erase_if(result->charts, drawsNothing);
    return result;
}

Result<LensFile> readLensFile(const std::string& path)
{
    std::error_code problem;
    const auto bytes = std::filesystem::file_size(path, problem);
    if (problem)
        return Error{ErrorCode::Unreadable, path + ": " + problem.message()};
    if (bytes > mostFileBytes)
        return Error{ErrorCode::Unsupported, path + ": a file of more than 64 MB"};
    std::ifstream file(path, std::ios::binary);
    LensFile read{path, std::string(static_cast<std::size_t>(bytes), '\0')};
    if (!file.read(read.text.data(), static_cast<std::streamsize>(bytes)))
        return Error{ErrorCode::Unreadable, path + ": cannot be read"};
    return read;
}

} // namespace arcscope
