// Strings of one field of a JSON text one behind the other: what is split over them can be read there.
#pragma once

#include "recognizer.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct JoinedStrings {
    std::string text;
    struct Begin {
        std::size_t at = 0;     ///< of the text
        std::size_t scalar = 0; ///< counted as visitJson() visits them, from 0
    };
    std::vector<Begin> begins; ///< of each string that says something

    /// Whether a range of the text lies in more than one string.
    bool isSplit(const SensitiveRange& range) const;
    /// Calls `visit` with each string that has a part of the range, and that part of it.
    void eachPart(const SensitiveRange& range,
                  const std::function<void(std::size_t scalar, const SensitiveRange& part)>& visit) const;
};

/// By field.
using StringsByField = std::map<std::string, JoinedStrings, std::less<>>;

/// Appends the strings of a JSON text; keys are left out. False where it is no JSON of objects and arrays. O(n).
bool joinStrings(std::string_view json, StringsByField& into);

} // namespace arcscope
