// Which line of a picture, or which piece of it, is selected and pointed at.
#pragma once

namespace arcscope
{

struct LinePlace {
    int line = -1;  ///< -1: none
    int piece = -1; ///< what it means the picture knows, 0 to 4,094; -1: the whole line
    bool operator==(const LinePlace&) const = default;
};

struct LineMarks {
    LinePlace selected;
    LinePlace hovered;
    bool focused = false;
};

} // namespace arcscope
