// A story: states of a window in order, each with a text, as a text file that people read and compare (story.md).
#pragma once

#include "result.h"
#include "viewstate.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct StoryStep {
    std::string title; ///< one line
    std::string text;  ///< lines
    ViewState state;

    bool operator==(const StoryStep&) const = default;
};

struct Story {
    std::string title;
    std::vector<StoryStep> steps;

    bool empty() const { return title.empty() && steps.empty(); }
    bool operator==(const Story&) const = default;
};

/// The file: a change of one line of a text, or of one value, is a change of one line of it.
std::string storyText(const Story& story);

/// Reads what storyText() wrote, exactly, and what people made of it: line ends of Windows, blank lines between steps,
/// a byte order mark. Error: Malformed, with the line.
Result<Story> parseStory(std::string_view text);

} // namespace arcscope
