// A postmortem of what leaves: made of the trace that an export of it is read back as, so that what was taken out
// cannot get into it.
#pragma once

#include "incidentreport.h"
#include "leavingbundle.h"
#include "printedpage.h"
#include "redactedcopy.h"

#include <string>

namespace arcscope
{

struct Postmortem {
    RedactedCopy file;
    Session copy; ///< of the file
    IncidentReport report;
};

/// Strikes what is stated and noted, too; `along`: what leaves of it (chooseAlong()). Error: Unreadable, Cancelled,
/// Store.
Result<Postmortem> makePostmortem(Leaving& leaving, IncidentStatement stated, GoingAlong along, const Control& control);

/// The whole page, and the same parts for paper.
std::string screenPage(const Postmortem& postmortem, const Leaving& leaving);
PrintedPage printedPage(const Postmortem& postmortem, const Leaving& leaving);

} // namespace arcscope
