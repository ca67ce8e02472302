// Text of a trace in HTML: shown, never active.
#pragma once

#include <string>
#include <string_view>

namespace arcscope
{

/// Valid UTF-8 with nothing that HTML reads as markup, for content and for quoted attributes. Control characters and
/// characters that change the direction of others or cannot be seen stand as their numbers: "⟦U+202E⟧".
std::string htmlText(std::string_view text);

/// The same up to so many bytes of the text, with what was left out said.
std::string htmlExcerpt(std::string_view text, std::size_t most);

} // namespace arcscope
