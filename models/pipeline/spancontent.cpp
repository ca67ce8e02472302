#include "spancontent.h"

#include "format.h"
#include "workspace.h"

#include <array>

namespace arcscope
{

std::span<const SpanColumn> detailColumns()
{
    static constexpr std::array columns{SpanColumn::Block, SpanColumn::BlockOffset, SpanColumn::BlockLength,
                                        columnOf(SpanText::Format), columnOf(SpanText::Resource)};
    return columns;
}

Result<SpanDetails> loadDetails(Workspace& workspace, const Corpus& corpus, Row row)
{
    auto record = workspace.record(corpus.spans, row);
    if (!record)
        return record.error();
    SpanDetails details;
    details.record = std::move(*record);
    const std::string_view formatName = corpus.text(SpanText::Format, row);
    if (const ImportFormat* format = formatNamed(formatName))
        details.content = format->decode(details.record, corpus.text(SpanText::Resource, row));
    else
        details.content.notes.push_back("this version does not know the format “" + std::string(formatName) + "”");
    return details;
}

} // namespace arcscope
