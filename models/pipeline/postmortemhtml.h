// A postmortem as one HTML file: no script, nothing fetched, all text of traces escaped.
#pragma once

#include "exportprovenance.h"
#include "incidentreport.h"
#include "printedpage.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Entries of findings that are told in full.
inline constexpr std::size_t mostEntries = 25;

/// `manifest`: of what was removed (redactionManifest()), shown as it is; empty: nothing was. `charts`: for paper, with
/// the pictures there and not on the page (PrintedPage).
std::string postmortemHtml(const IncidentReport& report, const Corpus& corpus, const ExportProvenance& provenance,
                           std::string_view manifest, std::size_t most = mostEntries,
                           std::vector<FlatChart>* charts = nullptr);

} // namespace arcscope
