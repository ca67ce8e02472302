// FoundStops: what the calls of one state of what is open stopped for; immutable, shared by threads.
#pragma once

#include "corpusloader.h"
#include "stopsurvey.h"

#include <memory>

namespace arcscope
{

struct FoundStops {
    CorpusPtr corpus; ///< whose rows the survey names; null where there is none
    StopSurvey survey;

    /// Null where nothing is known of that span. Takes as many steps as the length of the survey has digits.
    const SpanStop* of(Row row) const;
};

using StopsPtr = std::shared_ptr<const FoundStops>;

} // namespace arcscope
