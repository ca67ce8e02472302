#include "streamcontent.h"

#include "spancontent.h"
#include "statedphases.h"
#include "streamsample.h"
#include "workspace.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// The spans of the trace of `row` that ran tools.
std::vector<ToolRun> toolRuns(const Corpus& corpus, Row row)
{
    std::vector<ToolRun> runs;
    const StringId service = corpus.spans.text(SpanText::Service, row);
    for (const Row at : corpus.rowsOf(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)))) {
        if (corpus.spans.kind(at) != SpanKind::ToolCall)
            continue;
        ToolRun run;
        run.call = corpus.text(SpanText::ToolCallId, at);
        if (run.call.empty())
            run.call = corpus.idText(corpus.spans.spanId(at));
        run.start = corpus.spans.start(at);
        run.sameClock = corpus.spans.text(SpanText::Service, at) == service;
        runs.push_back(std::move(run));
    }
    return runs;
}

/// Of a longer record nothing is decoded: the picture would wait for it, a second for 100 MB.
constexpr std::int64_t longestDecoded = std::int64_t{8} << 20;

std::vector<Attribute> attributesOf(Workspace& workspace, const Corpus& corpus, Row row)
{
    if (corpus.spans.at(SpanColumn::BlockLength, row) > longestDecoded)
        return {};
    auto details = loadDetails(workspace, corpus, row);
    return details ? std::move(details->content.attributes) : std::vector<Attribute>();
}

/// What the call itself says: how long the server took, what its documents were to keep to.
void checkAgainstCall(Workspace& workspace, const Corpus& corpus, Row row, SpanStream& stream)
{
    const std::vector<Attribute> attributes = attributesOf(workspace, corpus, row);
    stream.marks.stated = statedPhases(*stream.model, attributes, stream.moments);
    stream.checks = checkDocuments(*stream.model, stream.json, toolSchemasIn(attributes));
    if (stream.json.empty())
        return;
    std::vector<StreamFinding> more = callFindings(*stream.model, stream.json, stream.checks, toolRuns(corpus, row));
    const auto middle = static_cast<std::ptrdiff_t>(stream.findings.size());
    std::move(more.begin(), more.end(), std::back_inserter(stream.findings));
    std::inplace_merge(stream.findings.begin(), stream.findings.begin() + middle, stream.findings.end(),
                       [](const StreamFinding& a, const StreamFinding& b) { return a.event < b.event; });
}

} // namespace

std::span<const SpanColumn> streamColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all{SpanColumn::Start,
                                    SpanColumn::Duration,
                                    SpanColumn::FirstToken,
                                    SpanColumn::StreamEvents,
                                    SpanColumn::Trace,
                                    SpanColumn::Kind,
                                    SpanColumn::SpanForm,
                                    SpanColumn::SpanHigh,
                                    SpanColumn::SpanLow,
                                    columnOf(SpanText::Service),
                                    columnOf(SpanText::ToolCallId)};
        const auto details = detailColumns();
        all.insert(all.end(), details.begin(), details.end());
        return all;
    }();
    return columns;
}

Result<SpanStream> loadStream(Workspace& workspace, const Corpus& corpus, Row row)
{
    auto packed = workspace.stream(row);
    if (!packed)
        return packed.error();
    SpanStream stream;
    stream.model = StreamModel::of(std::move(*packed));
    stream.times = spanTimesOf(corpus.spans, row);
    stream.moments = momentsOf(*stream.model, stream.times);
    stream.marks.phases = phasesOf(stream.moments, stream.times);
    stream.marks.stretches = stretchesOf(*stream.model, stream.times);
    stream.json = jsonOf(*stream.model);
    stream.findings = findingsOf(*stream.model, stream.moments, stream.marks.stretches, stream.json);
    checkAgainstCall(workspace, corpus, row, stream);
    for (const StreamFinding& finding : stream.findings) {
        if (finding.rule == StreamRule::RetractSemantic)
            stream.marks.links.push_back({finding.block, finding.from, finding.to, finding.what});
    }
    stream.commits = commitPatternOf(*stream.model, stream.json);
    stream.figures = figuresOf(*stream.model);
    return stream;
}

} // namespace arcscope
