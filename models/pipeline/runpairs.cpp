#include "runpairs.h"

#include "findingcache.h"
#include "joinedtraces.h"
#include "stopsurvey.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Raised where two runs give another verdict.
constexpr std::string_view comparisonForm = "comparison 1";

void addPairs(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b, std::vector<RunPair>& into)
{
    const bool each = a.size() <= mostTrials && b.size() <= mostTrials;
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = each ? 0 : i; j < (each ? b.size() : std::min(b.size(), i + 1)); ++j)
            into.push_back({a[i], b[j]});
    }
}

void addReruns(const std::vector<std::uint32_t>& runs, std::vector<RunPair>& into)
{
    for (std::size_t i = 0; i < std::min(runs.size(), mostTrials); ++i) {
        for (std::size_t j = i + 1; j < std::min(runs.size(), mostTrials); ++j)
            into.push_back({runs[i], runs[j]});
    }
}

template <typename Number>
void add(ContentDigest& digest, const Number& number)
{
    digest.add({reinterpret_cast<const char*>(&number), sizeof number});
}

DigestValue contentOf(const Corpus& corpus, const ReplayRun& run)
{
    const std::vector<Row> rows = rowsOf(corpus, run.traces);
    ContentDigest digest(DigestKey{});
    add(digest, stampOf(corpus, rows));
    add(digest, static_cast<std::int64_t>(run.outcome));
    add(digest, static_cast<std::int64_t>(run.outcomeSource));
    add(digest, run.score);
    add(digest, static_cast<std::int64_t>(std::ranges::find(rows, run.outcomeRow) - rows.begin()));
    return digest.value();
}

} // namespace

std::vector<RunPair> pairsOf(const ReplayTask& task)
{
    std::vector<RunPair> pairs;
    for (std::size_t side = 1; side < task.runs.size(); ++side)
        addPairs(task.runs[0], task.runs[side], pairs);
    for (const std::vector<std::uint32_t>& runs : task.runs)
        addReruns(runs, pairs);
    return pairs;
}

std::string idOfRun(const ReplayRequest& request, const ReplayRun& run)
{
    return request.sources[run.side].corpus->traceIdText(run.traces.front());
}

std::span<const StepAnchor> anchorsBetween(const ReplayRequest& request, const ReplayRun& base,
                                           const ReplayRun& candidate)
{
    if (request.anchors.empty())
        return {};
    const std::string baseId = idOfRun(request, base);
    const std::string candidateId = idOfRun(request, candidate);
    const auto found = std::ranges::find_if(request.anchors, [&](const ReplayAnchors& anchors) {
        return anchors.side == candidate.side && anchors.base == baseId && anchors.candidate == candidateId;
    });
    return found == request.anchors.end() ? std::span<const StepAnchor>() : found->anchors;
}

std::uint64_t anchoredBy(std::span<const StepAnchor> anchors)
{
    if (anchors.empty())
        return 0;
    ContentDigest digest(DigestKey{});
    for (const StepAnchor& anchor : anchors) {
        add(digest, anchor.base);
        add(digest, anchor.candidate);
    }
    return std::max<std::uint64_t>(digest.value()[0], 1);
}

std::uint64_t comparisonOf(const ReplayRequest& request)
{
    ContentDigest digest(DigestKey{});
    digest.add(comparisonForm);
    for (const Detector& detector : detectors()) {
        if (detector.name == stopDetector)
            add(digest, static_cast<std::int64_t>(versionOf(detector, request.settings)));
    }
    return digest.value()[0];
}

std::vector<DigestValue> contentsOf(const ReplayRequest& request, const ReplayPairing& pairing)
{
    std::vector<DigestValue> contents;
    contents.reserve(pairing.runs.size());
    for (const ReplayRun& run : pairing.runs)
        contents.push_back(contentOf(*request.sources[run.side].corpus, run));
    return contents;
}

} // namespace arcscope
