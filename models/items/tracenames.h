// What traces are called in lists, so that those of one name can be told apart.
#pragma once

#include "spantable.h"

#include <QString>

#include <vector>

namespace arcscope
{

/// By trace: the StringId that tells it from others of its name; 0: its name is the only one, or nothing does.
using TraceDetails = std::vector<std::uint32_t>;

/// Of task, session and user the first that differs between traces of one name. Needs these columns and Name.
TraceDetails traceDetails(const TraceTable& traces);

/// One line: "2f81aa03 · invoke_agent", "invoke_agent", "(no name)".
QString traceName(const Corpus& corpus, std::uint32_t trace, const TraceDetails& details);

/// Of such a line what comes before the name it shares with others, for narrow columns; the whole where nothing does.
QString tellingPart(const QString& traceName);

} // namespace arcscope
