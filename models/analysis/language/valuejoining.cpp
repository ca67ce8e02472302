#include "valuejoining.h"

#include "numberwords.h"

#include <algorithm>
#include <cmath>

namespace arcscope::valuejoining
{
namespace
{

constexpr std::size_t furthestBound = 3; ///< words between "about" and the number

std::string_view lowerAt(std::span<const SentenceWord> words, std::size_t i)
{
    return i < words.size() ? words[i].lower : std::string_view();
}

} // namespace

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> list)
{
    return std::ranges::find(list, word) != list.end();
}

ValueBound boundBefore(std::span<const SentenceWord> words, std::size_t first)
{
    ValueBound bound = ValueBound::Exact;
    for (std::size_t back = 1; back <= furthestBound && back <= first; ++back) {
        const std::string_view text = lowerAt(words, first - back);
        const std::string_view then = lowerAt(words, first - back + 1);
        if (isOneOf(text, {",", ".", ";", "(", "and", "or"}))
            return bound;
        if (isOneOf(text, {"about", "approximately", "around", "roughly", "nearly", "almost", "circa", "ca", "approx",
                           "~", "estimated"}) ||
            (text == "some" && back == 1)) {
            bound = ValueBound::About;
        } else if (text == "over" || (text == "more" && then == "than") || (text == "at" && then == "least") ||
                   text == "above" || text == "exceeding") {
            bound = ValueBound::AtLeast;
        } else if (text == "under" || (text == "up" && then == "to") || (text == "at" && then == "most") ||
                   text == "below" || (isOneOf(text, {"less", "fewer"}) && then == "than")) {
            bound = ValueBound::AtMost;
        }
    }
    return bound;
}

void joinLast(std::vector<TypedValue>& values, std::span<const SentenceWord> words)
{
    if (values.size() < 2)
        return;
    TypedValue& left = values[values.size() - 2];
    TypedValue& right = values.back();
    const std::size_t gap = right.first - std::size_t(left.end);
    const std::string_view between = gap == 1 ? lowerAt(words, left.end) : std::string_view();
    const bool sameKind = left.type == right.type && left.type == ValueType::Cardinal && !left.unit.empty() &&
                          left.unit == right.unit && left.unit == "s" && !left.range && !right.range;
    if (sameKind && left.number > right.number && (gap == 0 || between == "and" || between == ",")) {
        left.number += right.number;
        left.upper = left.number;
        left.end = right.end;
        values.pop_back();
        return;
    }
    const bool ends = isOneOf(between, {"to", "-", "until", "till", "through"}) ||
                      (between == "and" && left.first > 0 && lowerAt(words, std::size_t(left.first) - 1) == "between");
    if (!ends || left.range || right.range || left.type == ValueType::Identifier || left.type == ValueType::Ordinal)
        return;
    const bool takesType =
        left.type == ValueType::Cardinal && left.unit.empty() &&
        (right.type == ValueType::Percent || right.type == ValueType::Money || right.type == ValueType::Cardinal);
    const bool shortYear =
        left.type == ValueType::Year && between == "-" && right.type == ValueType::Cardinal && right.number < 100;
    if (shortYear)
        right.number += std::floor(left.number / 100) * 100;
    else if (takesType) {
        left.type = right.type;
        left.unit = right.unit;
        if (const auto unit = unitWord(lowerAt(words, std::size_t(right.end) - 1));
            unit && right.type == ValueType::Cardinal)
            left.number *= unit->factor;
    } else if (left.type != right.type || (left.unit != right.unit && !right.unit.empty()))
        return;
    left.range = true;
    left.upper = right.number;
    left.end = right.end;
    values.pop_back();
}

} // namespace arcscope::valuejoining
