#include "recordedblock.h"

namespace arcscope
{
namespace
{

/// Units of the character that begins with this byte; 0 for a byte inside of one.
std::int64_t unitsAt(char lead, OffsetUnit unit)
{
    const auto byte = static_cast<unsigned char>(lead);
    if (unit == OffsetUnit::Bytes)
        return 1;
    if ((byte & 0xC0) == 0x80)
        return 0;
    return unit == OffsetUnit::Utf16 && byte >= 0xF0 ? 2 : 1;
}

bool spend(LookBudget& budget, std::size_t bytes)
{
    const bool enough = budget >= bytes;
    budget -= enough ? bytes : 0;
    return enough;
}

} // namespace

std::int64_t unitsOf(std::string_view text, OffsetUnit unit)
{
    if (unit == OffsetUnit::Tokens || unit == OffsetUnit::Unknown)
        return -1;
    if (unit == OffsetUnit::Bytes)
        return static_cast<std::int64_t>(text.size());
    std::int64_t units = 0;
    for (const char c : text)
        units += unitsAt(c, unit);
    return units;
}

bool RecordedBlock::use(OffsetUnit unit, LookBudget& budget)
{
    if (unit == OffsetUnit::Tokens || unit == OffsetUnit::Unknown)
        return false;
    if (unit == m_unit)
        return true;
    if (unit != OffsetUnit::Bytes && !spend(budget, m_text.size()))
        return false;
    m_unit = unit;
    m_units = unitsOf(m_text, m_unit);
    return true;
}

RecordedBlock::Place RecordedBlock::at(std::int64_t offset, OffsetUnit unit, LookBudget& budget)
{
    if (!m_known || offset < 0 || !use(unit, budget))
        return {};
    if (offset > m_units)
        return {Found::Beyond, -1};
    if (offset == m_units)
        return {Found::At, size()};
    if (unit == OffsetUnit::Bytes) {
        const bool inside = (static_cast<unsigned char>(m_text[static_cast<std::size_t>(offset)]) & 0xC0) == 0x80;
        return inside ? Place{Found::Inside, -1} : Place{Found::At, offset};
    }
    if (!spend(budget, m_text.size()))
        return {};
    std::int64_t passed = 0;
    for (std::size_t i = 0; i < m_text.size() && passed <= offset; ++i) {
        const std::int64_t next = unitsAt(m_text[i], unit);
        if (next > 0 && passed == offset)
            return {Found::At, static_cast<std::int64_t>(i)};
        passed += next;
    }
    return {Found::Inside, -1};
}

void RecordedBlock::append(std::string_view more)
{
    m_rejected.clear();
    m_text += more;
    appended += more.size();
    m_units += unitsOf(more, m_unit);
}

void RecordedBlock::erase(std::int64_t from, std::int64_t to, LookBudget& budget)
{
    m_rejected.clear();
    if (from < 0 || from >= to || to > size())
        return;
    const auto start = static_cast<std::size_t>(from);
    const auto length = static_cast<std::size_t>(to - from);
    if (!spend(budget, m_text.size() - start - length)) {
        lose();
        return;
    }
    m_units -= unitsOf(std::string_view(m_text).substr(start, length), m_unit);
    m_text.erase(start, length);
}

void RecordedBlock::reject(std::int64_t from)
{
    const auto start = static_cast<std::size_t>(from);
    m_rejected = m_text.substr(start);
    m_units -= unitsOf(m_rejected, m_unit);
    m_text.resize(start);
}

bool RecordedBlock::rejected(std::int64_t from, std::int64_t to, OffsetUnit unit, LookBudget& budget)
{
    return m_known && !m_rejected.empty() && use(unit, budget) && from == m_units &&
           to == m_units + unitsOf(m_rejected, m_unit);
}

} // namespace arcscope
