#include "streamcontent.h"

#include "spancontent.h"
#include "streamsample.h"
#include "workspace.h"

namespace arcscope
{
namespace
{

/// Of a longer record nothing is decoded: the picture would wait for it, a second for 100 MB.
constexpr std::int64_t longestDecoded = std::int64_t{8} << 20;

Result<std::vector<Attribute>> attributesOf(Workspace& workspace, const Corpus& corpus, Row row)
{
    if (corpus.spans.at(SpanColumn::BlockLength, row) > longestDecoded)
        return std::vector<Attribute>();
    auto details = loadDetails(workspace, corpus, row);
    if (!details)
        return details.error();
    return std::move(details->content.attributes);
}

} // namespace

std::span<const SpanColumn> streamColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all{SpanColumn::Duration, SpanColumn::FirstToken, SpanColumn::StreamEvents};
        const auto runs = toolRunColumns();
        all.insert(all.end(), runs.begin(), runs.end());
        const auto details = detailColumns();
        all.insert(all.end(), details.begin(), details.end());
        return all;
    }();
    return columns;
}

Result<StreamAnalysis> loadStream(Workspace& workspace, const Corpus& corpus, Row row)
{
    auto packed = workspace.stream(row);
    if (!packed)
        return packed.error();
    const auto attributes = attributesOf(workspace, corpus, row);
    if (!attributes)
        return attributes.error();
    StreamAnalysis stream = analysed(std::move(*packed), spanTimesOf(corpus.spans, row), *attributes);
    if (callsTools(stream))
        addRuns(stream, toolRuns(corpus, row));
    return stream;
}

} // namespace arcscope
