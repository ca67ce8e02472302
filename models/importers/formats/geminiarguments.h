// The arguments of a tool call that Gemini streams as values with paths, written as JSON text that grows with them.
#pragma once

#include "streamreading.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Where the text stands: what is open in it.
class GeminiArguments
{
public:
    /// The text that one of partialArgs adds: {"jsonPath":"$.a[0].b","stringValue":"x","willContinue":true}. A string
    /// stays open while it says that it will continue; elements that are left out become null. Nothing where it has no
    /// place: its path cannot be followed, or leads to what is already written.
    std::optional<std::string> take(const JsonObject& piece);
    /// Closes what is open.
    std::string finish();

private:
    /// A key, or an index.
    struct Step {
        std::string key;
        std::size_t index = 0;
        bool element = false;

        bool operator==(const Step&) const = default;
    };
    static bool stepsOf(std::string_view path, std::vector<Step>& steps);
    /// Closes the containers of the last value that are not those of `steps`, and opens what is missing.
    bool moveTo(const std::vector<Step>& steps, std::string& out);
    void closeString(std::string& out);

    std::vector<Step> m_at; ///< of the last value
    bool m_string = false;  ///< it is a string, and open
};

} // namespace arcscope
