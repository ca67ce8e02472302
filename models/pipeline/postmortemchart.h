// The pictures of a postmortem.
#pragma once

#include "incidentreport.h"
#include "printedpage.h"

namespace arcscope
{

/// Traces over time, those with findings apart, with changes, start estimate and first complaint. Empty where no time
/// is recorded.
FlatChart incidentChart(const IncidentReport& report, const Corpus& corpus);

/// The spans of one trace as bars, at most so many; with names, and what was left out said.
FlatChart traceChart(const IncidentExample& example, const IncidentReport& report, const Corpus& corpus,
                     std::size_t most = 30);

} // namespace arcscope
