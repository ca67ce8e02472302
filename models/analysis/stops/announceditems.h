// A text that announces a number of items and gives fewer, or says what it is about to do and ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace arcscope
{

struct AnnouncedItems {
    int announced = 0;
    int given = 0;
    std::int64_t from = 0; ///< the line that announces
    std::int64_t to = 0;
};

/// "Five steps:" with three items behind it that end the text. Nothing where
/// as many are given as announced, or none. English.
std::optional<AnnouncedItems> missingItems(std::string_view text);

struct PromisedAct {
    std::int64_t from = 0; ///< its sentence
    std::int64_t to = 0;
};

/// The last sentence says what the writer does next, now: "Let me check the logs.", "I will now run the tests:". Not
/// what depends on somebody else ("I'll book it once you confirm"), nor on later ("I will follow up tomorrow").
std::optional<PromisedAct> promisedAct(std::string_view text);

} // namespace arcscope
