// What is new in a model call: most of its input repeats the call before it.
#pragma once

#include "content.h"
#include "spantable.h"

#include <cstddef>
#include <vector>

namespace arcscope
{

/// The model call that this one continues: of the model calls of its trace that are siblings (else of all), the last
/// that started before it. noRow where there is none or `row` is no model call. Needs Trace, Kind, Start, ParentRow and
/// the order table.
Row previousModelCall(const Corpus& corpus, Row row);

/// The index of the first message of `input` that the previous call did not already have, as input or as its output.
/// Equal to input.size() where nothing is new, 0 where the first message differs already.
std::size_t firstNewMessage(const std::vector<Message>& input, const std::vector<Message>& previousInput,
                            const std::vector<Message>& previousOutput);

} // namespace arcscope
