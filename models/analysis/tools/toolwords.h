// What the name of a tool says of its effect, and words that tell of failures and of nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class ToolEffect : std::uint8_t {
    Unknown, ///< the name does not say, or it may do anything: "bash"
    Reads,   ///< "get_order", "search"
    Writes,  ///< "update_order", "send_email"
};

ToolEffect effectOf(std::string_view tool);

/// The words of "updateOrder", "memory_write", "fs.read-file", in lower case.
std::vector<std::string> wordsOfToolName(std::string_view tool);

/// Whether an English text tells of a failure: "fail", "unable", "could not", "error", "timed out", …
bool tellsFailure(std::string_view text);

/// Whether an English text says that something is not there: a negation, "none", "zero", "sorry", or a failure.
bool tellsAbsence(std::string_view text);

/// Nothing was found: blank, null, [], {}, [""], or an object that counts zero or has nothing but empty lists.
bool isEmptyResult(std::string_view result);

} // namespace arcscope
