#include "filter.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

/// One bit a row of a chunk.
using Bits = std::vector<bool>;

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool containsFolded(std::string_view text, std::string_view wanted)
{
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(),
                       [](char a, char b) { return folded(a) == folded(b); }) != text.end();
}

bool equalFolded(std::string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return folded(x) == folded(y); });
}

bool compare(std::int64_t value, FilterOp op, std::int64_t wanted)
{
    switch (op) {
    case FilterOp::Contains:
    case FilterOp::Equal:
        return value == wanted;
    case FilterOp::NotEqual:
        return value != wanted;
    case FilterOp::Less:
        return value < wanted;
    case FilterOp::LessEqual:
        return value <= wanted;
    case FilterOp::Greater:
        return value > wanted;
    case FilterOp::GreaterEqual:
        return value >= wanted;
    }
    return false;
}

/// A filter prepared for one corpus: which strings match which text term is found once, not per row.
class Evaluation
{
public:
    Evaluation(const Corpus& corpus, const TextHits& hits)
        : m_corpus(corpus)
        , m_hits(hits)
    {
    }

    void prepare(const FilterNode& node)
    {
        const bool text = node.type == FilterNode::Type::Text ||
                          (node.type == FilterNode::Type::Field && node.field->type == FieldType::Text);
        if (text)
            prepareStrings(node);
        if (node.type == FilterNode::Type::Field && node.field->type == FieldType::TraceId)
            prepareTraces(node);
        for (const FilterNode& child : node.children)
            prepare(child);
    }

    Bits run(const FilterNode& node, std::size_t chunk) const
    {
        const auto& columns = m_corpus.spans.chunks()[chunk];
        switch (node.type) {
        case FilterNode::Type::All:
            return Bits(columns.rows, true);
        case FilterNode::Type::Text:
            return matchText(node, chunk);
        case FilterNode::Type::Field:
            return matchField(node, columns);
        case FilterNode::Type::Not: {
            Bits bits = run(node.children.front(), chunk);
            bits.flip();
            return bits;
        }
        case FilterNode::Type::And:
        case FilterNode::Type::Or:
            break;
        }
        const bool all = node.type == FilterNode::Type::And;
        Bits bits = run(node.children.front(), chunk);
        for (std::size_t i = 1; i < node.children.size(); ++i) {
            const Bits other = run(node.children[i], chunk);
            for (std::size_t row = 0; row < bits.size(); ++row)
                bits[row] = all ? bits[row] && other[row] : bits[row] || other[row];
        }
        return bits;
    }

private:
    using Chunk = SpanTable::Chunk;

    void prepareStrings(const FilterNode& node)
    {
        std::vector<bool>& matching = m_strings[&node];
        matching.resize(m_corpus.strings.size());
        const bool exact = node.type == FilterNode::Type::Field && node.op != FilterOp::Contains;
        for (std::uint32_t id = 1; id < m_corpus.strings.size(); ++id) {
            const std::string_view text = m_corpus.strings[StringId{id}];
            matching[id] = exact ? equalFolded(text, node.text) : containsFolded(text, node.text);
        }
        matching[0] = exact && node.text.empty();
    }

    void prepareTraces(const FilterNode& node)
    {
        std::vector<bool>& matching = m_strings[&node];
        matching.resize(m_corpus.traces.rows());
        const Id wanted = parseId(node.text);
        for (std::uint32_t trace = 0; trace < matching.size(); ++trace) {
            const Id id{static_cast<std::uint64_t>(m_corpus.traces.at(TraceColumn::IdHigh, trace)),
                        static_cast<std::uint64_t>(m_corpus.traces.at(TraceColumn::IdLow, trace)),
                        static_cast<IdForm>(m_corpus.traces.at(TraceColumn::IdForm, trace))};
            matching[trace] = sameId(id, wanted, node.text);
        }
    }

    bool sameId(const Id& id, const Id& wanted, std::string_view text) const
    {
        if (id.form == IdForm::Text)
            return m_corpus.strings[StringId{static_cast<std::uint32_t>(id.low)}] == text;
        return id == wanted;
    }

    Bits matchText(const FilterNode& node, std::size_t chunk) const
    {
        const auto& columns = m_corpus.spans.chunks()[chunk];
        const std::vector<bool>& matching = m_strings.at(&node);
        const Column& names = columns[columnOf(SpanText::Name)];
        Bits bits(columns.rows);
        for (std::uint32_t row = 0; row < columns.rows; ++row)
            bits[row] = matching[static_cast<std::size_t>(names[row])];
        const auto hits = m_hits.find(node.text);
        if (hits == m_hits.end())
            return bits;
        const auto first = static_cast<Row>(chunk * chunkRows);
        auto hit = std::lower_bound(hits->second.begin(), hits->second.end(), first);
        for (; hit != hits->second.end() && *hit < first + columns.rows; ++hit)
            bits[*hit - first] = true;
        return bits;
    }

    Bits matchField(const FilterNode& node, const Chunk& columns) const
    {
        Bits bits(columns.rows);
        const bool negated = node.op == FilterOp::NotEqual;
        switch (node.field->type) {
        case FieldType::Text:
        case FieldType::TraceId: {
            const std::vector<bool>& matching = m_strings.at(&node);
            for (const SpanColumn name : node.field->columns) {
                const Column& column = columns[name];
                for (std::uint32_t row = 0; row < columns.rows; ++row)
                    bits[row] = bits[row] || matching[static_cast<std::size_t>(column[row])];
            }
            break;
        }
        case FieldType::SpanId:
            matchSpanId(node, columns, bits);
            break;
        case FieldType::Flag: {
            const Column& column = columns[SpanColumn::Flags];
            for (std::uint32_t row = 0; row < columns.rows; ++row)
                bits[row] = (column[row] & node.number) != 0;
            break;
        }
        case FieldType::Kind:
        case FieldType::Status:
        case FieldType::Count:
        case FieldType::Duration:
        case FieldType::Time:
        case FieldType::Money:
            matchNumber(node, columns, bits);
            return bits;
        }
        if (negated)
            bits.flip();
        return bits;
    }

    void matchSpanId(const FilterNode& node, const Chunk& columns, Bits& bits) const
    {
        const Id wanted = parseId(node.text);
        for (std::uint32_t row = 0; row < columns.rows; ++row) {
            const Id id{static_cast<std::uint64_t>(columns[SpanColumn::SpanHigh][row]),
                        static_cast<std::uint64_t>(columns[SpanColumn::SpanLow][row]),
                        static_cast<IdForm>(columns[SpanColumn::SpanForm][row])};
            bits[row] = sameId(id, wanted, node.text);
        }
    }

    /// "Not recorded" (-1, or noTime) matches no comparison, not even "!=".
    static void matchNumber(const FilterNode& node, const Chunk& columns, Bits& bits)
    {
        const bool optional = node.field->type != FieldType::Kind && node.field->type != FieldType::Status;
        for (std::uint32_t row = 0; row < columns.rows; ++row) {
            std::int64_t sum = 0;
            bool recorded = false;
            for (const SpanColumn name : node.field->columns) {
                const std::int64_t value = columns[name][row];
                const bool given = !optional || (node.field->type == FieldType::Time ? value != noTime : value >= 0);
                recorded = recorded || given;
                sum += given ? value : 0;
            }
            bits[row] = recorded && compare(sum, node.op, node.number);
        }
    }

    const Corpus& m_corpus;
    const TextHits& m_hits;
    std::map<const FilterNode*, std::vector<bool>>
        m_strings; ///< by text or trace term: the strings or traces that match
};

void collectColumns(const FilterNode& node, std::vector<SpanColumn>& columns)
{
    if (node.type == FilterNode::Type::Text)
        columns.push_back(columnOf(SpanText::Name));
    if (node.field)
        columns.insert(columns.end(), node.field->columns.begin(), node.field->columns.end());
    for (const FilterNode& child : node.children)
        collectColumns(child, columns);
}

} // namespace

std::vector<SpanColumn> columnsOf(const Filter& filter)
{
    std::vector<SpanColumn> columns{SpanColumn::Flags};
    collectColumns(filter.root, columns);
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
}

Result<std::vector<Row>> evaluate(const Filter& filter, const Corpus& corpus, const TextHits& hits,
                                  const Control& control)
{
    Evaluation evaluation(corpus, hits);
    evaluation.prepare(filter.root);
    std::vector<Row> rows;
    for (std::size_t chunk = 0; chunk < corpus.spans.chunks().size(); ++chunk) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        const Bits bits = evaluation.run(filter.root, chunk);
        const Column& flags = corpus.spans.chunks()[chunk][SpanColumn::Flags];
        for (std::uint32_t row = 0; row < bits.size(); ++row) {
            if (bits[row] && !(flags[row] & bit(SpanFlag::Superseded)))
                rows.push_back(static_cast<Row>(chunk * chunkRows + row));
        }
    }
    return rows;
}

} // namespace arcscope
