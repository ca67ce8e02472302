#include "foundstops.h"

#include <algorithm>

namespace arcscope
{

const SpanStop* FoundStops::of(Row row) const
{
    const auto found = std::lower_bound(survey.begin(), survey.end(), row,
                                        [](const SpanStop& stop, Row wanted) { return stop.row < wanted; });
    return found == survey.end() || found->row != row ? nullptr : &*found;
}

} // namespace arcscope
