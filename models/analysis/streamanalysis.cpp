#include "streamanalysis.h"

#include "statedphases.h"
#include "streamflips.h"

#include <algorithm>
#include <array>

namespace arcscope
{

namespace
{

/// Both are by event, and so is what they become.
void merge(std::vector<StreamFinding>& into, std::vector<StreamFinding> more)
{
    const auto byEvent = [](const StreamFinding& a, const StreamFinding& b) { return a.event < b.event; };
    std::stable_sort(more.begin(), more.end(), byEvent);
    const auto middle = static_cast<std::ptrdiff_t>(into.size());
    std::move(more.begin(), more.end(), std::back_inserter(into));
    std::inplace_merge(into.begin(), into.begin() + middle, into.end(), byEvent);
}

} // namespace

StreamAnalysis analysed(PackedStream stream, const StreamSpanTimes& times, std::span<const Attribute> attributes)
{
    StreamAnalysis made;
    made.model = StreamModel::of(std::move(stream));
    made.times = times;
    made.moments = momentsOf(*made.model, times);
    made.marks.phases = phasesOf(made.moments, times);
    made.marks.stated = statedPhases(*made.model, attributes, made.moments);
    made.marks.stretches = stretchesOf(*made.model, times);
    made.json = jsonOf(*made.model);
    made.checks = checkDocuments(*made.model, made.json, toolSchemasIn(attributes));
    made.findings = findingsOf(*made.model, made.moments, made.marks.stretches, made.json);
    merge(made.findings, schemaFindings(*made.model, made.json, made.checks));
    merge(made.findings, flipsOf(*made.model));
    for (const StreamFinding& finding : made.findings) {
        if (finding.rule == StreamRule::RetractSemantic || finding.rule == StreamRule::ClaimFlip)
            made.marks.links.push_back({finding.block, finding.from, finding.to, finding.what});
    }
    made.commits = commitPatternOf(*made.model, made.json);
    made.figures = figuresOf(*made.model);
    return made;
}

bool callsTools(const StreamAnalysis& stream)
{
    return std::any_of(stream.json.begin(), stream.json.end(), [&](const StreamJson& json) {
        return stream.model->blocks()[json.block].type == BlockType::ToolCall;
    });
}

void addRuns(StreamAnalysis& stream, std::span<const ToolRun> runs)
{
    merge(stream.findings, earlyRuns(*stream.model, stream.json, runs));
}

std::span<const SpanColumn> toolRunColumns()
{
    static constexpr std::array columns{SpanColumn::Start,
                                        SpanColumn::Trace,
                                        SpanColumn::Kind,
                                        SpanColumn::SpanForm,
                                        SpanColumn::SpanHigh,
                                        SpanColumn::SpanLow,
                                        columnOf(SpanText::Service),
                                        columnOf(SpanText::ToolCallId)};
    return columns;
}

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

} // namespace arcscope
