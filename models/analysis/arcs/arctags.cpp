#include "arctags.h"

#include <algorithm>

namespace arcscope
{

ArcTags::ArcTags(const Corpus& corpus)
    : m_corpus(corpus)
{
    for (int i = 0; i < spanTextCount; ++i) {
        const SpanColumn column = columnOf(static_cast<SpanText>(i));
        for (const SpanTable::Chunk& chunk : corpus.spans.chunks()) {
            if (chunk[column].min() != 0 || chunk[column].max() != 0) {
                m_recorded.push_back(static_cast<SpanText>(i));
                break;
            }
        }
    }
}

void ArcTags::add(const PlacedPiece& piece)
{
    if (piece.piece.labelsOnly) {
        m_rows.push_back(piece.piece.row);
        return;
    }
    const auto at = [&](TraceColumn column) {
        return static_cast<std::uint32_t>(m_corpus.traces.at(column, piece.trace));
    };
    const std::uint32_t first = at(TraceColumn::First);
    const std::uint32_t count = at(TraceColumn::Spans);
    const std::size_t before = m_rows.size();
    for (std::uint32_t i = first; i < first + count; ++i)
        m_rows.push_back(static_cast<Row>(m_corpus.order.at(OrderColumn::SpanRow, i)));
    const auto own = std::remove_if(m_rows.begin() + static_cast<std::ptrdiff_t>(before), m_rows.end(),
                                    [&](Row row) { return m_corpus.spans.kind(row) == SpanKind::Evaluator; });
    if (own != m_rows.begin() + static_cast<std::ptrdiff_t>(before))
        m_rows.erase(own, m_rows.end());
}

StringId ArcTags::commonest(SpanText what)
{
    m_values.clear();
    for (const Row row : m_rows) {
        if (const StringId value = m_corpus.spans.text(what, row))
            m_values.emplace_back(value, m_corpus.spans.kind(row) == SpanKind::ModelCall);
    }
    std::sort(m_values.begin(), m_values.end());
    StringId most;
    std::pair<std::ptrdiff_t, std::ptrdiff_t> mostCounts; // calls, spans
    for (auto from = m_values.begin(); from != m_values.end();) {
        const auto to = std::find_if(from, m_values.end(), [&](const auto& each) { return each.first != from->first; });
        const std::pair counts(std::count_if(from, to, [](const auto& each) { return each.second; }), to - from);
        if (counts > mostCounts) {
            most = from->first;
            mostCounts = counts;
        }
        from = to;
    }
    return most;
}

} // namespace arcscope
