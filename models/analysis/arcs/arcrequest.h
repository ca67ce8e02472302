// What a person wrote in a turn that stands in the role of a user, and what ties such texts to others: ids and words.
#pragma once

#include "turnacts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// The bytes that a person wrote: without what programs put around or before it (reminders, environment, instructions
/// of a project, output of commands). Nothing where nobody wrote anything: a note of an interrupt, a summary of a
/// compaction, a notification.
std::optional<TextRange> writtenIn(std::string_view text);

/// Whether a span of that name, as readers of agent logs give it, has words of the program and not of a person.
bool isProgramsMessage(std::string_view spanName);

/// Ids of records ("FH-21880", "#W2378156", "ord_4471"), without signs around them, in lower case; each once, at most
/// `most`. Dates, times, sizes and versions are none.
void addRecordIds(std::string_view text, std::vector<std::string>& into, std::size_t most);
/// The same of members of a JSON object that are named as the id of a record ("order_id", "ticket"), not of a person or
/// a run ("user_id", "session_id"); what is no JSON gives nothing.
void addRecordIdsOfArguments(std::string_view json, std::vector<std::string>& into, std::size_t most);

/// Words of a text that is pasted again are found by runs of so many.
inline constexpr std::size_t shingleWords = 6;
/// A number for every run of words, in lower case and without signs; of at most `most` runs.
void addWordShingles(std::string_view text, std::vector<std::uint64_t>& into, std::size_t most);

} // namespace arcscope
