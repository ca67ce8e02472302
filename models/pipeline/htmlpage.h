// The frame of a page that leaves as one HTML file: no script, nothing fetched, all text escaped.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace arcscope
{

enum class PageGround : std::uint8_t { Either, Light, Dark }; ///< Either: as the reader's system has it

struct HtmlFrame {
    std::string_view title;
    std::string_view version;         ///< of the program
    std::string_view style = {};      ///< beside pageStyle
    std::string_view language = "en"; ///< a code that HTML knows
    std::string_view skip = "Skip to the content";
    PageGround ground = PageGround::Either;
    bool pictures = false; ///< some stand in the page itself, as data
};

/// Up to the first part of the body, a link to id "content".
std::string htmlHead(const HtmlFrame& frame);

/// Where it comes from, line by line, under `title`.
std::string htmlOrigin(std::string_view title, std::span<const std::string> lines);

/// What was removed (redactionManifest()), folded; empty for an empty one.
std::string htmlRemoved(std::string_view manifest);

} // namespace arcscope
