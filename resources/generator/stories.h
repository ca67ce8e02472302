// The stories of the sample week. Each writes its own conversations; none depends on another.
#pragma once

#include "week.h"

namespace arcscope::samples
{

/// Tasks that take several sessions, devices and people.
void tellOfTasks(Week& week);
void tellOfEndings(Week& week);
/// Parallel calls: an orphan, a straggler, a retry storm, failures that nobody mentions.
void tellOfTools(Week& week);
/// One model call, or several, for every way a call can stop.
void tellOfStops(Week& week);
void tellOfRefusals(Week& week);
/// Two calls with their token events.
void tellOfStreams(Week& week);
/// "All 41 tests pass."
void tellOfIncident(Week& week);
/// Order status, sizes, stock: what fills most of the week.
void tellOfRoutine(Week& week);

/// Short calls in the dialect of the Vercel AI SDK, from the shop's web pages.
void tellOfWebPages(Week& week);

/// Searches the guides below `turn`, in the dialect of OpenInference.
struct GuidePassage {
    std::string id;
    std::string text;
    double score;
};
void searchGuides(Turn& turn, const std::string& question, const std::vector<GuidePassage>& passages);

} // namespace arcscope::samples
