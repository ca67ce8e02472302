// BlockBuilder: lays records end to end until they make a block to be packed.
#pragma once

#include "writequeue.h"

#include <memory>
#include <string>
#include <string_view>

namespace arcscope
{

/// Records are laid end to end up to this size; a longer record has a block of its own.
inline constexpr std::size_t blockBytes = std::size_t{1} << 20;

/// A block is a copy of its records or, where they follow each other in a lent buffer, that part of the buffer as it
/// is, with what little stands between them.
class BlockBuilder
{
public:
    /// As RecordKeeper::lend.
    void lend(std::string_view text, const std::shared_ptr<const char[]>& buffer);

    bool empty() const { return size() == 0; }
    /// False where the record should begin a new block.
    bool fits(std::string_view record) const;
    /// Where the record begins in the block.
    std::size_t add(std::string_view record);
    /// The block; the next one begins, in the memory of `spare` where records have to be copied.
    UnpackedBytes take(std::string spare);

private:
    bool isLent(std::string_view record) const;
    bool follows(std::string_view record) const;
    std::size_t size() const { return m_run.empty() ? m_copy.size() : m_run.size(); }

    std::string_view m_lent;
    std::shared_ptr<const char[]> m_lentBuffer;
    std::string m_copy;
    std::string_view m_run; ///< of m_runBuffer; only where m_copy is empty
    std::shared_ptr<const char[]> m_runBuffer;
};

} // namespace arcscope
