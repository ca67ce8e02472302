// What formats say of work that was cancelled: words of stop reasons and status messages, and names of exceptions.
#pragma once

#include "spanrecord.h"

#include <string_view>

namespace arcscope
{

/// A word that stands for nothing else: "cancelled", "canceled", "aborted", "interrupted", in any case, also with who
/// did it in front ("user_cancelled").
bool meansCancelled(std::string_view word);

/// The class of an exception that is thrown by cancelling: asyncio's CancelledError, AbortError of the web and so on.
/// Modules in front do not matter.
bool isCancellation(std::string_view exceptionType);

/// Declared where a status message begins with such a word, Inferred where it is the text or the class of such an
/// exception, else NotRecorded.
Provenance cancellationIn(std::string_view statusMessage);

/// Makes the span a cancelled one. Whoever declares it comes before who infers it.
void setCancelled(SpanRecord& span, Provenance provenance);

} // namespace arcscope
