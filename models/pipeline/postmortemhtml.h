// A postmortem as one HTML file: no script, nothing fetched, all text of traces escaped.
#pragma once

#include "exportprovenance.h"
#include "incidentreport.h"

#include <string>

namespace arcscope
{

/// `manifest`: of what was removed (redactionManifest()), shown as it is; empty: nothing was. `most`: entries of
/// findings that are told in full.
std::string postmortemHtml(const IncidentReport& report, const Corpus& corpus, const ExportProvenance& provenance,
                           std::string_view manifest, std::size_t most = 25);

} // namespace arcscope
