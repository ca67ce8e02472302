// What a postmortem says: when it began, who noticed, what changed, how it was before and after, and what was found.
#pragma once

#include "arccohorts.h"
#include "changemarkers.h"
#include "control.h"
#include "finding.h"
#include "findingrank.h"
#include "portableplaces.h"
#include "result.h"
#include "spantable.h"

#include <optional>
#include <string>
#include <vector>

namespace arcscope
{

class Redactor;
struct Session;

/// What a person states, which goes before what is inferred.
struct IncidentStatement {
    std::string title;
    std::string summary;
    Nanos start = noTime;
    Nanos complaint = noTime;
};

/// A moment with how it is known.
struct IncidentMoment {
    Nanos time = noTime;      ///< noTime: not recorded
    Nanos notBefore = noTime; ///< of an estimate: the last moment of which nothing is known
    bool stated = false;      ///< by a person; else inferred
    std::string basis;        ///< the rule, in one sentence
    std::string quote;        ///< what was said then; untrusted
    Row row = noRow;          ///< that shows it
};

/// A change and what it went with.
struct IncidentChange {
    ChangeMarker marker;
    MarkerWindows windows;
    std::vector<ArcRateChange> rates; ///< that were compared around it, where both sides have enough
};

/// One trace as an example.
struct IncidentExample {
    std::uint32_t trace = 0;
    std::string request; ///< the last words of a user; empty: not recorded
    std::string answer;  ///< of the last model call
    std::vector<Row> rows;
    std::vector<std::uint32_t> findings; ///< indices of IncidentReport::findings
};

/// How many traces began in a stretch of time, and how many of them have a finding.
struct IncidentBin {
    TimeRange range;
    std::uint32_t traces = 0;
    std::uint32_t found = 0;
};

struct IncidentReport {
    IncidentStatement stated;
    IncidentMoment start;
    IncidentMoment complaint;
    Nanos lag = noTime; ///< from the start to the first complaint; noTime: one of both is not known
    TimeRange recorded;
    std::vector<IncidentBin> bins;
    std::vector<IncidentChange> changes;
    std::optional<IncidentExample> before;
    std::optional<IncidentExample> after;
    std::vector<Finding> findings; ///< of levels Finding and Check
    std::vector<FindingEntry> entries;
    std::size_t signalCount = 0; ///< weaker findings, left out
    KeptNotes notes;             ///< of which the story and annotations are told
    PlaceAnchor anchor;          ///< links tell places from it
};

/// Of all that is open: choose before. Loads the columns it needs. Error: Cancelled, Store.
Result<IncidentReport> incidentReport(Session& session, const IncidentStatement& stated, const Control& control);

/// Strikes what rules wrote themselves, too: a date that a text spells out is one that they may have found in a field.
void strikeReport(IncidentReport& report, Redactor& redactor);

} // namespace arcscope
