// What the stream view says of a whole stream in a line: when text came, how drafts did, what was taken back.
#pragma once

#include "streamsubject.h"

#include <QString>

namespace arcscope
{

/// Says nothing of what is not recorded. The subject has a timeline.
QString streamSummary(const StreamSubject& subject);

} // namespace arcscope
