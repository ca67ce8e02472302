#include "viewchoice.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto words = std::to_array<std::string_view>({"", "arc:", "finding:", "lens:"});

} // namespace

std::string text(const ViewChoice& choice)
{
    return std::string(words[static_cast<std::size_t>(choice.of)]) + choice.name;
}

std::optional<ViewChoice> parseViewChoice(std::string_view text)
{
    if (text.empty())
        return ViewChoice();
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (text.starts_with(words[i]) && text.size() > words[i].size())
            return ViewChoice{static_cast<ViewChoice::Of>(i), std::string(text.substr(words[i].size()))};
    }
    return std::nullopt;
}

} // namespace arcscope
