// RecordedBlock: the text of one block of a recorded stream as it is shown at a moment, and offsets into it.
#pragma once

#include "recordedevent.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace arcscope
{

/// Bytes of text that may still be looked through for one span's offsets: real streams append, which costs nothing.
using LookBudget = std::size_t;

/// Units of a whole text; -1 where its bytes do not tell.
std::int64_t unitsOf(std::string_view text, OffsetUnit unit);

class RecordedBlock
{
public:
    enum class Found : std::uint8_t {
        At,
        Beyond, ///< behind the text
        Inside, ///< of a character
        Not,    ///< a unit that the text does not tell, or the text is not known
    };
    struct Place {
        Found found = Found::Not;
        std::int64_t byte = -1;
    };

    std::int64_t size() const { return static_cast<std::int64_t>(m_text.size()); }
    /// False once what is shown cannot be followed any more: content or a range is not recorded.
    bool known() const { return m_known; }
    void lose() { m_known = false; }

    Place at(std::int64_t offset, OffsetUnit unit, LookBudget& budget);
    void append(std::string_view more);
    /// Takes [from, to) out, bytes of the text; where that is too much work the text is known no longer.
    void erase(std::int64_t from, std::int64_t to, LookBudget& budget);
    /// As erase() to the end of the text. What it takes is remembered until the text changes again.
    void reject(std::int64_t from);
    /// Whether [from, to) is what the last reject() took, and the text did not change since.
    bool rejected(std::int64_t from, std::int64_t to, OffsetUnit unit, LookBudget& budget);
    std::int64_t rejectedSize() const { return static_cast<std::int64_t>(m_rejected.size()); }

    std::uint32_t index = 0;    ///< one that no other block of its choice has
    std::uint64_t appended = 0; ///< bytes that ever came
    std::int64_t committed = 0; ///< text before it is final
    BlockType type = BlockType::Text;
    bool typed = false;

private:
    bool use(OffsetUnit unit, LookBudget& budget);

    std::string m_text;
    std::string m_rejected;
    std::int64_t m_units = 0; ///< of the whole text, in m_unit
    OffsetUnit m_unit = OffsetUnit::Bytes;
    bool m_known = true;
};

} // namespace arcscope
