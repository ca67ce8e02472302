// The pictures of a postmortem as inline SVG, drawn with the classes of its style.
#pragma once

#include "incidentreport.h"

#include <string>

namespace arcscope
{

/// Traces over time, those with findings apart, with changes, start estimate and first complaint. Empty where no time
/// is recorded.
std::string incidentChart(const IncidentReport& report, const Corpus& corpus);

/// The spans of one trace as bars, at most so many; with names, and what was left out said.
std::string traceChart(const IncidentExample& example, const IncidentReport& report, const Corpus& corpus,
                       std::size_t most = 30);

} // namespace arcscope
