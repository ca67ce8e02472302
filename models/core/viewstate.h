// What a window shows, in words that another window on the same content understands.
#pragma once

#include "times.h"

#include <string>

namespace arcscope
{

struct ViewState {
    std::string view;   ///< "timeline", "tools", "stream", …; empty: whichever is shown
    std::string trace;  ///< placeOfTrace() of the one that is shown alone; empty: the whole corpus
    std::string span;   ///< placeOfSpan() of the one that is selected; empty: none
    std::string part;   ///< of the span, text(PlacePart)
    TimeRange range;    ///< that is marked
    TimeRange visible;  ///< what the time axis shows; not recorded: all
    std::string filter; ///< as it was typed
    std::string chosen; ///< in the view, text(ViewChoice); empty: nothing, or whatever is

    bool operator==(const ViewState&) const = default;
};

} // namespace arcscope
