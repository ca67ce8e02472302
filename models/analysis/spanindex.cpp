#include "spanindex.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace arcscope
{
namespace
{

std::size_t slotHash(std::int64_t trace, IdForm form, std::int64_t high, std::int64_t low)
{
    const Id id{static_cast<std::uint64_t>(high) ^ static_cast<std::uint64_t>(trace) * 0x9e3779b97f4a7c15u,
                static_cast<std::uint64_t>(low), form};
    return static_cast<std::size_t>(hashOf(id));
}

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

std::int64_t PatchedColumns::at(SpanColumn column, Row row) const
{
    if (m_patched[row]) {
        for (const Patch& patch : m_byRow.at(row)) {
            if (patch.column == column)
                return patch.value;
        }
    }
    return m_spans.at(column, row);
}

void PatchedColumns::set(SpanColumn column, Row row, std::int64_t value)
{
    if (at(column, row) == value)
        return;
    m_patched[row] = true;
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

SpanIndex::SpanIndex(const SpanTable& spans)
    : m_spans(spans)
    , m_slots(std::bit_ceil(std::max<std::size_t>(16, std::size_t{spans.rows()} * 3 / 2)), noRow)
    , m_mask(m_slots.size() - 1)
{
}

bool SpanIndex::same(Row row, std::int64_t trace, IdForm form, std::int64_t high, std::int64_t low) const
{
    return m_spans.at(SpanColumn::SpanLow, row) == low && m_spans.at(SpanColumn::Trace, row) == trace &&
           m_spans.at(SpanColumn::SpanHigh, row) == high &&
           static_cast<IdForm>(m_spans.at(SpanColumn::SpanForm, row)) == form;
}

Row SpanIndex::insert(Row row)
{
    const auto form = static_cast<IdForm>(m_spans.at(SpanColumn::SpanForm, row));
    if (form == IdForm::None)
        return noRow;
    const std::int64_t trace = m_spans.at(SpanColumn::Trace, row);
    const std::int64_t high = m_spans.at(SpanColumn::SpanHigh, row);
    const std::int64_t low = m_spans.at(SpanColumn::SpanLow, row);
    std::size_t slot = slotHash(trace, form, high, low) & m_mask;
    for (; m_slots[slot] != noRow; slot = (slot + 1) & m_mask) {
        if (same(m_slots[slot], trace, form, high, low))
            return std::exchange(m_slots[slot], row);
    }
    m_slots[slot] = row;
    return noRow;
}

Row SpanIndex::find(std::int64_t trace, IdForm form, std::int64_t high, std::int64_t low) const
{
    if (form == IdForm::None)
        return noRow;
    std::size_t slot = slotHash(trace, form, high, low) & m_mask;
    for (; m_slots[slot] != noRow; slot = (slot + 1) & m_mask) {
        if (same(m_slots[slot], trace, form, high, low))
            return m_slots[slot];
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

bool saysMore(const PatchedColumns& columns, Row row, Row other)
{
    const auto end = [&](Row of) {
        const Nanos start = columns.at(SpanColumn::Start, of);
        const Nanos length = columns.at(SpanColumn::Duration, of);
        return start == noTime || length < 0 ? noTime : start + length;
    };
    const Nanos ends = end(row);
    const Nanos otherEnds = end(other);
    if (ends != otherEnds) // noTime is before all times
        return ends > otherEnds;
    const std::size_t facts = factsRecorded(columns, row);
    const std::size_t otherFacts = factsRecorded(columns, other);
    if (facts != otherFacts)
        return facts > otherFacts;
    return columns.at(SpanColumn::BlockLength, row) > columns.at(SpanColumn::BlockLength, other);
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
