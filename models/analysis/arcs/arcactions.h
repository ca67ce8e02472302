// What names and words say is done in a task arc: by users with an answer, by tools with records, and what is asked.
#pragma once

#include "arctable.h"

#include <optional>
#include <string_view>

namespace arcscope
{

/// Of an event that records what a user did with an answer: "accept", "copy", "regenerate", "reject". Nothing for a
/// word that says none of it.
std::optional<ArcStep> stepOfAction(std::string_view action);

/// "cancel_reservation", "issueRefund": a record of the user's is another afterwards. Not files, which are written on
/// the way to something.
bool changesRecord(std::string_view tool);

/// Asks for what the work needs: not whether there is anything else, or whether to go on. English.
bool asksForInformation(std::string_view question);

} // namespace arcscope
