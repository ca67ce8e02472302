#include "spanindex.h"

#include <algorithm>
#include <utility>

namespace arcscope
{
namespace
{

/// The value with which a column says "not recorded"; columns that always have a value give `other`.
std::int64_t emptyValue(SpanColumn column, std::int64_t other)
{
    switch (column) {
    case SpanColumn::Start:
        return noTime;
    case SpanColumn::Duration:
    case SpanColumn::FirstToken:
    case SpanColumn::Messages:
    case SpanColumn::CallsAsked:
    case SpanColumn::Cost:
        return -1;
    case SpanColumn::ParentForm:
    case SpanColumn::Kind:
    case SpanColumn::Status:
    case SpanColumn::ResponseHash:
    case SpanColumn::BlockLength:
        return 0;
    default:
        break;
    }
    if (column >= SpanColumn::FirstUsage)
        return noTokens;
    return column >= SpanColumn::FirstText ? 0 : other;
}

} // namespace

PatchedColumns::PatchedColumns(const SpanTable& spans)
    : m_spans(spans)
    , m_patched(spans.rows(), false)
{
    columnsChanged();
}

void PatchedColumns::columnsChanged()
{
    m_chunks = m_spans.chunks().size();
    m_columns.assign(m_same.size() * m_chunks, nullptr);
    for (std::size_t chunk = 0; chunk < m_chunks; ++chunk) {
        for (std::size_t i = 0; i < m_same.size(); ++i)
            m_columns[i * m_chunks + chunk] = m_spans.chunks()[chunk].columns[i].get();
    }
    for (std::size_t i = 0; i < m_same.size(); ++i) {
        const auto column = static_cast<SpanColumn>(i);
        m_same[i].reset();
        const auto& chunks = m_spans.chunks();
        if (chunks.empty() || !m_spans.has(column) || m_patchedColumns[i])
            continue;
        const std::int64_t first = chunks.front()[column].min();
        const bool same = std::all_of(chunks.begin(), chunks.end(), [&](const SpanTable::Chunk& chunk) {
            return chunk[column].min() == first && chunk[column].max() == first;
        });
        if (same)
            m_same[i] = first;
    }
}

std::int64_t PatchedColumns::patched(SpanColumn column, Row row) const
{
    for (const Patch& patch : m_byRow.at(row)) {
        if (patch.column == column)
            return patch.value;
    }
    return recorded(column, row);
}

void PatchedColumns::read(SpanColumn column, Row first, std::span<std::int64_t> out) const
{
    chunkOf(column, first).read(first % chunkRows, out);
    if (m_byRow.empty())
        return;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (m_patched[first + i])
            out[i] = patched(column, first + static_cast<Row>(i));
    }
}

void PatchedColumns::set(SpanColumn column, Row row, std::int64_t value)
{
    if (at(column, row) == value)
        return;
    m_patched[row] = true;
    m_patchedColumns[static_cast<std::size_t>(column)] = true;
    m_same[static_cast<std::size_t>(column)].reset();
    auto& patches = m_byRow[row];
    const auto known = std::find_if(patches.begin(), patches.end(), [&](const Patch& p) { return p.column == column; });
    if (known != patches.end())
        known->value = value;
    else
        patches.push_back({column, row, value});
}

std::vector<Patch> PatchedColumns::takePatches()
{
    std::vector<Patch> all;
    for (const auto& [row, patches] : m_byRow)
        all.insert(all.end(), patches.begin(), patches.end());
    std::sort(all.begin(), all.end(), [](const Patch& a, const Patch& b) {
        return a.column != b.column ? a.column < b.column : a.row < b.row;
    });
    return all;
}

std::uint32_t SpanKey::hash() const
{
    const Id id{static_cast<std::uint64_t>(high) ^ static_cast<std::uint64_t>(trace) * 0x9e3779b97f4a7c15u,
                static_cast<std::uint64_t>(low), form};
    return static_cast<std::uint32_t>(hashOf(id));
}

SpanIndex::SpanIndex(const PatchedColumns& columns)
    : m_columns(columns)
    , m_slots(std::max<std::size_t>(16, std::size_t{columns.rows()} * 4 / 3 + 1))
{
}

bool SpanIndex::same(Row row, const SpanKey& key) const
{
    return m_columns.at(SpanColumn::SpanLow, row) == key.low && m_columns.at(SpanColumn::Trace, row) == key.trace &&
           m_columns.at(SpanColumn::SpanHigh, row) == key.high &&
           static_cast<IdForm>(m_columns.at(SpanColumn::SpanForm, row)) == key.form;
}

Row SpanIndex::insert(Row row, const SpanKey& key, std::uint32_t hash)
{
    if (key.form == IdForm::None)
        return noRow;
    std::size_t at = placeOf(hash);
    for (; m_slots[at].row != noRow; at = nextPlace(at)) {
        if (m_slots[at].hash == hash && same(m_slots[at].row, key))
            return std::exchange(m_slots[at].row, row);
    }
    m_slots[at] = {row, hash};
    return noRow;
}

Row SpanIndex::find(const SpanKey& key, std::uint32_t hash) const
{
    if (key.form == IdForm::None)
        return noRow;
    for (std::size_t at = placeOf(hash); m_slots[at].row != noRow; at = nextPlace(at)) {
        if (m_slots[at].hash == hash && same(m_slots[at].row, key))
            return m_slots[at].row;
    }
    return noRow;
}

namespace
{

/// Flags that a reader or the store gives; the others come from assembling.
constexpr std::uint32_t recordedFlags = bit(SpanFlag::EndsBeforeStart) | bit(SpanFlag::Unfinished) |
                                        bit(SpanFlag::Streamed) | bit(SpanFlag::Synthetic) |
                                        bit(SpanFlag::NotExecuted) | bit(SpanFlag::Pending);

bool tellsPlace(SpanColumn column)
{
    return column == SpanColumn::Source || column == SpanColumn::SourceByte || column == SpanColumn::Block ||
           column == SpanColumn::BlockOffset;
}

std::size_t factsRecorded(const PatchedColumns& columns, Row row)
{
    std::size_t count = 0;
    for (const SpanColumn column : assemblyColumns()) {
        const std::int64_t value = columns.at(column, row);
        count += value != emptyValue(column, value);
    }
    return count;
}

} // namespace

bool sameFacts(const PatchedColumns& columns, Row a, Row b)
{
    for (const SpanColumn column : assemblyColumns()) {
        const std::int64_t mask = column == SpanColumn::Flags ? std::int64_t{recordedFlags} : -1;
        if (!tellsPlace(column) && (columns.at(column, a) & mask) != (columns.at(column, b) & mask))
            return false;
    }
    return true;
}

bool saysMore(const PatchedColumns& columns, Row one, Row other)
{
    const auto end = [&](Row of) {
        const Nanos start = columns.at(SpanColumn::Start, of);
        const Nanos length = columns.at(SpanColumn::Duration, of);
        return start == noTime || length < 0 ? noTime : start + length;
    };
    const Nanos ends = end(one);
    const Nanos otherEnds = end(other);
    if (ends != otherEnds) // noTime is before all times
        return ends > otherEnds;
    const std::size_t facts = factsRecorded(columns, one);
    const std::size_t otherFacts = factsRecorded(columns, other);
    if (facts != otherFacts)
        return facts > otherFacts;
    return columns.at(SpanColumn::BlockLength, one) > columns.at(SpanColumn::BlockLength, other);
}

void mergeRecords(PatchedColumns& columns, Row older, Row newer)
{
    const auto both = columns.at(SpanColumn::Flags, older) & columns.at(SpanColumn::Flags, newer);
    if (both & bit(SpanFlag::Synthetic)) {
        const auto from = [&](Row row) { return columns.at(SpanColumn::Start, row); };
        const auto until = [&](Row row) {
            return from(row) + std::max<Nanos>(columns.at(SpanColumn::Duration, row), 0);
        };
        if (from(older) != noTime && from(newer) != noTime) {
            const Nanos start = std::min(from(older), from(newer));
            const Nanos end = std::max(until(older), until(newer));
            columns.set(SpanColumn::Start, newer, start);
            columns.set(SpanColumn::Duration, newer, end - start);
        }
    }
    const bool takesParent = columns.at(SpanColumn::ParentForm, newer) == 0;
    const bool takesRecord = columns.at(SpanColumn::BlockLength, newer) == 0;
    for (const SpanColumn column : assemblyColumns()) {
        const bool parentPart = column == SpanColumn::ParentHigh || column == SpanColumn::ParentLow;
        const bool recordPart = column == SpanColumn::Block || column == SpanColumn::BlockOffset ||
                                column == SpanColumn::Source || column == SpanColumn::SourceByte ||
                                column == columnOf(SpanText::Format) || column == columnOf(SpanText::Resource);
        const std::int64_t now = columns.at(column, newer);
        const std::int64_t before = columns.at(column, older);
        const bool take = parentPart   ? takesParent
                          : recordPart ? takesRecord
                                       : now == emptyValue(column, now + 1) && before != now;
        if (take)
            columns.set(column, newer, before);
    }
    ProvenanceSet merged(static_cast<std::uint32_t>(columns.at(SpanColumn::Provenance, newer)));
    const ProvenanceSet from(static_cast<std::uint32_t>(columns.at(SpanColumn::Provenance, older)));
    for (int i = 0; i < factCount; ++i) {
        const auto fact = static_cast<Fact>(i);
        if (merged.of(fact) == Provenance::NotRecorded)
            merged.set(fact, from.of(fact));
    }
    columns.set(SpanColumn::Provenance, newer, merged.bits());
}

} // namespace arcscope
