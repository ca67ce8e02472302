#include "streamcontent.h"

#include "workspace.h"

#include <array>

namespace arcscope
{

std::span<const SpanColumn> streamColumns()
{
    static constexpr std::array columns{SpanColumn::Start, SpanColumn::Duration, SpanColumn::FirstToken,
                                        SpanColumn::StreamEvents};
    return columns;
}

Result<SpanStream> loadStream(Workspace& workspace, const Corpus& corpus, Row row)
{
    auto packed = workspace.stream(row);
    if (!packed)
        return packed.error();
    SpanStream stream;
    stream.model = StreamModel::of(std::move(*packed));
    stream.times.start = corpus.spans.start(row);
    const Nanos length = corpus.spans.duration(row);
    if (stream.times.start != noTime && length >= 0)
        stream.times.end = stream.times.start + length;
    const Nanos firstToken = corpus.spans.at(SpanColumn::FirstToken, row);
    if (stream.times.start != noTime && firstToken >= 0)
        stream.times.firstToken = stream.times.start + firstToken;
    stream.moments = momentsOf(*stream.model, stream.times);
    stream.marks.phases = phasesOf(stream.moments, stream.times);
    stream.marks.stretches = stretchesOf(*stream.model, stream.times);
    stream.json = jsonOf(*stream.model);
    stream.findings = findingsOf(*stream.model, stream.moments, stream.marks.stretches, stream.json);
    stream.commits = commitPatternOf(*stream.model, stream.json);
    stream.figures = figuresOf(*stream.model);
    return stream;
}

} // namespace arcscope
