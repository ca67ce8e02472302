// A whole Corpus for tests: spans written one a line (corpusbuilder.h), assembled as after an import.
#pragma once

#include "assemble.h"
#include "corpusbuilder.h"

namespace arcscope::testing
{

/// Puts what assemble() found out into the corpus of the builder.
inline Corpus assembled(CorpusBuilder& builder)
{
    Corpus corpus = builder.build();
    Assembly assembly = assemble(corpus, builder.traceIds, {}).value();
    for (const Patch& patch : assembly.patches) {
        std::vector<std::int64_t> values = corpus.spans.values(patch.column);
        values[patch.row] = patch.value;
        for (std::size_t chunk = 0; chunk < corpus.spans.chunks().size(); ++chunk)
            corpus.spans.set(chunk, patch.column,
                             std::make_shared<Column>(encode(
                                 std::span(values).subspan(chunk * chunkRows, corpus.spans.chunks()[chunk].rows))));
    }
    const auto put = [&](SpanColumn column, const auto& found) {
        for (std::size_t chunk = 0; chunk < corpus.spans.chunks().size(); ++chunk) {
            const auto first = found.begin() + static_cast<std::ptrdiff_t>(chunk * chunkRows);
            const std::vector<std::int64_t> values(first, first + corpus.spans.chunks()[chunk].rows);
            corpus.spans.set(chunk, column, std::make_shared<Column>(encode(values)));
        }
    };
    put(SpanColumn::ParentRow, assembly.parentRow);
    put(SpanColumn::Depth, assembly.depth);
    put(SpanColumn::Flags, assembly.flags);
    put(SpanColumn::Lane, assembly.lane);
    corpus.traces = assembly.traces;
    for (std::size_t first = 0; first < assembly.order.size(); first += chunkRows) {
        const auto begin = assembly.order.begin() + static_cast<std::ptrdiff_t>(first);
        const auto count = std::min<std::size_t>(chunkRows, assembly.order.size() - first);
        OrderTable::Chunk chunk;
        chunk.rows = static_cast<std::uint32_t>(count);
        chunk.columns[0] = std::make_shared<Column>(
            encode(std::vector<std::int64_t>(begin, begin + static_cast<std::ptrdiff_t>(count))));
        corpus.order.append(std::move(chunk));
    }
    return corpus;
}

inline Corpus corpusOf(const std::string& lines)
{
    CorpusBuilder builder;
    addSpans(builder, lines);
    return assembled(builder);
}

/// The row of the span with that name (and id) in a corpus of addSpans().
inline Row rowNamed(const Corpus& corpus, std::string_view name)
{
    for (Row row = 0; row < corpus.spans.rows(); ++row) {
        if (corpus.text(SpanText::Name, row) == name)
            return row;
    }
    return noRow;
}

} // namespace arcscope::testing
