// What stands before and between values of a sentence: "about 40", "5 to 10 files", "1 hour 30 minutes".
#pragma once

#include "typedvalues.h"

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace arcscope::valuejoining
{

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> list);

/// What the words before a value say about it; `first` is its first word.
ValueBound boundBefore(std::span<const SentenceWord> words, std::size_t first);

/// Makes one of the last two values where they are one: a range, a duration in two units, "2019-21".
void joinLast(std::vector<TypedValue>& values, std::span<const SentenceWord> words);

} // namespace arcscope::valuejoining
