// What traces are called in lists, so that those of one name can be told apart.
#pragma once

#include "spantable.h"

#include <QString>

#include <vector>

namespace arcscope
{

/// What tells a trace from others of its name.
struct TraceDetail {
    enum class By : std::uint8_t {
        Name, ///< its name is the only one
        Text,
        Id, ///< nothing else is recorded
    };
    By by = By::Name;
    bool alone = true; ///< no trace of another name has this, too
    StringId text;     ///< where by Text

    bool operator==(const TraceDetail&) const = default;
};
using TraceDetails = std::vector<TraceDetail>; ///< by trace

/// Of task, session and user the first that differs between traces of one name. Needs these columns and Name.
TraceDetails traceDetails(const TraceTable& traces);

/// One line: "2f81aa03 · invoke_agent", "invoke_agent", "(no name)".
QString traceName(const Corpus& corpus, std::uint32_t trace, const TraceDetails& details);

/// The same for a narrow column: without the name that it shares with others, where the rest tells it alone.
QString tellingName(const Corpus& corpus, std::uint32_t trace, const TraceDetails& details);

} // namespace arcscope
