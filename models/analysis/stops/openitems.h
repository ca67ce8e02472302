// Lists of what is to be done, as agents write them with tools of their own, and answers that say that all of it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// "TodoWrite", "update_plan", "write_todos": tools that are given the whole list each time.
bool isItemTool(std::string_view tool);

struct OpenItems {
    std::size_t all = 0;
    std::size_t open = 0; ///< never begun: what is under way may be done without anybody writing it down
    std::string first;    ///< the words of the first of these
};

/// What a call of such a tool says. Nothing where the arguments are no list, or a state of an item is not known.
std::optional<OpenItems> itemsIn(std::string_view arguments);

struct DoneClaim {
    std::int64_t from = 0; ///< bytes of the sentence
    std::int64_t to = 0;
};

/// "All tasks are complete.", without a condition or an exception. English. O(n).
std::optional<DoneClaim> claimOfAllDone(std::string_view text);

} // namespace arcscope
