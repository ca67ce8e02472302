#include "briefvalues.h"

#include "scantext.h"
#include "wordedges.h"

#include <algorithm>

namespace arcscope
{
namespace
{

std::size_t headAt(std::string_view text, std::size_t at)
{
    return std::size_t(static_cast<unsigned char>(lowerAscii(text[at]))) << 8 |
           static_cast<unsigned char>(lowerAscii(text[at + 1]));
}

bool isSame(std::string_view value, std::string_view text, bool exact)
{
    return value.size() == text.size() && std::equal(value.begin(), value.end(), text.begin(), [&](char a, char b) {
               return exact ? a == b : lowerAscii(a) == lowerAscii(b);
           });
}

/// Neither end is inside of a word.
bool standsAlone(std::string_view text, std::size_t from, std::size_t to)
{
    const bool oneCharacter = to - from == 3 && isUtf8Byte(text[from]);
    const auto goesOn = oneCharacter ? lettersGoOn : wordGoesOn;
    return !goesOn(text, from) && !goesOn(text, to);
}

} // namespace

bool BriefValues::takes(std::string_view value)
{
    return value.size() >= shortest && value.size() < KnownValues::shortest &&
           std::any_of(value.begin(), value.end(), [](char c) { return isAsciiLetter(c) || isUtf8Byte(c); });
}

void BriefValues::add(std::string_view value, std::uint32_t id, bool exact)
{
    const auto shorter = [](const Value& one, std::size_t size) { return one.text.size() >= size; };
    m_values.insert(std::lower_bound(m_values.begin(), m_values.end(), value.size(), shorter),
                    {std::string(value), id, exact});
    m_heads.set(headAt(value, 0));
}

const BriefValues::Value* BriefValues::valueAt(std::string_view text, std::size_t at) const
{
    if (at + shortest > text.size() || !m_heads.test(headAt(text, at)))
        return nullptr;
    const auto found = std::find_if(m_values.begin(), m_values.end(), [&](const Value& value) {
        return isSame(value.text, text.substr(at, value.text.size()), value.exact) &&
               standsAlone(text, at, at + value.text.size());
    });
    return found == m_values.end() ? nullptr : &*found;
}

std::vector<KnownValues::Found> BriefValues::find(std::string_view text) const
{
    std::vector<KnownValues::Found> found;
    if (m_values.empty())
        return found;
    for (std::size_t at = 0; at + shortest <= text.size(); ++at) {
        const Value* const value = valueAt(text, at);
        if (!value)
            continue;
        found.push_back({{at, at + value->text.size()}, value->id});
        at += value->text.size() - 1;
    }
    return found;
}

bool BriefValues::holds(std::string_view text) const
{
    return std::any_of(m_values.begin(), m_values.end(),
                       [&](const Value& value) { return isSame(value.text, text, value.exact); });
}

} // namespace arcscope
