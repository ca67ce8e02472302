// What is chosen in a view, in words that later imports do not change: a task arc, a finding, a lens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

struct ViewChoice {
    enum class Of : std::uint8_t { Nothing, Arc, Finding, Lens };

    Of of = Of::Nothing;
    std::string name; ///< arcKey(), placedKey() or findingKey(), the name of a lens

    bool operator==(const ViewChoice&) const = default;
};

/// "", "arc:KEY", "finding:KEY", "lens:NAME".
std::string text(const ViewChoice& choice);
/// Nothing for any other text, and for one that names nothing.
std::optional<ViewChoice> parseViewChoice(std::string_view text);

} // namespace arcscope
