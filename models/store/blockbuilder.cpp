#include "blockbuilder.h"

#include <functional>
#include <utility>

namespace arcscope
{
namespace
{

/// Bytes between two records of a run: a comma, or the beginning of a line that groups spans.
constexpr std::size_t mostBetween = std::size_t{4} << 10;
/// A run ends with its window, which may be longer than a block.
constexpr std::size_t mostRun = 2 * blockBytes;
/// A shorter run is copied, so that others can follow: small blocks pack badly.
constexpr std::size_t smallestRun = blockBytes / 2;

bool lies(std::string_view part, std::string_view within)
{
    const std::less_equal<const char*> before; // of different buffers too
    return before(within.data(), part.data()) && before(part.data() + part.size(), within.data() + within.size());
}

} // namespace

void BlockBuilder::lend(std::string_view text, const std::shared_ptr<const char[]>& buffer)
{
    m_lent = text;
    if (m_lentBuffer != buffer)
        m_lentBuffer = buffer;
}

bool BlockBuilder::isLent(std::string_view record) const
{
    return m_lentBuffer && lies(record, m_lent);
}

/// The run may go on with the record.
bool BlockBuilder::follows(std::string_view record) const
{
    const char* const end = m_run.data() + m_run.size();
    return isLent(record) && m_lentBuffer == m_runBuffer && record.data() >= end &&
           static_cast<std::size_t>(record.data() - end) <= mostBetween &&
           static_cast<std::size_t>(record.data() - m_run.data()) + record.size() <= mostRun;
}

bool BlockBuilder::fits(std::string_view record) const
{
    if (empty())
        return true;
    if (!m_run.empty())
        return follows(record) || (m_run.size() < smallestRun && m_run.size() + record.size() <= blockBytes);
    return m_copy.size() + record.size() <= blockBytes;
}

std::size_t BlockBuilder::add(std::string_view record)
{
    if (empty() && isLent(record)) {
        m_run = record;
        m_runBuffer = m_lentBuffer;
        return 0;
    }
    if (!m_run.empty() && follows(record)) {
        const auto offset = static_cast<std::size_t>(record.data() - m_run.data());
        m_run = {m_run.data(), offset + record.size()};
        return offset;
    }
    if (m_copy.capacity() < blockBytes)
        m_copy.reserve(blockBytes);
    m_copy += std::exchange(m_run, {});
    m_runBuffer.reset();
    const std::size_t offset = m_copy.size();
    m_copy += record;
    return offset;
}

UnpackedBytes BlockBuilder::take(std::string spare)
{
    if (!m_run.empty()) {
        if (m_copy.capacity() < spare.capacity())
            m_copy = std::move(spare);
        return {{}, std::exchange(m_run, {}), std::move(m_runBuffer)};
    }
    return {std::exchange(m_copy, std::move(spare)), {}, nullptr};
}

} // namespace arcscope
