// One event of the Chrome Trace Event format: its phase, times and names, and what its arguments say of a span.
#pragma once

#include "jsonvalue.h"
#include "recordrules.h"
#include "spanrecord.h"

#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// Views live as long as the event's text and the parser's record.
struct ChromeEvent {
    char phase = 0; ///< 0: the object has no "ph" of one letter
    std::string_view name;
    std::string_view category;
    std::string_view process; ///< "pid" as written, without quotes
    std::string_view thread;
    std::string_view id; ///< of asynchronous and flow events, "id" or "id2"
    std::string_view scope;
    bool localId = false; ///< ids of this process only
    bool badTime = false; ///< a time that is there and is none
    Nanos start = noTime;
    Nanos duration = noTime;
    // of the arguments
    Id trace;
    Id span;
    Id parent;
    std::string_view newName; ///< args.name, which metadata events give to processes and threads
};

/// Microseconds with a fraction as nanoseconds, exactly where there are no more than three digits behind the point.
std::optional<Nanos> readMicroseconds(std::string_view number);

/// Reads an event, and gives its arguments to `facts`; words of everyday language count where the category (of the
/// event, else `category`) is one of LLM work. `spare` reads the arguments where they come before the category.
ChromeEvent readChromeEvent(const JsonValue& event, std::string_view category, SpanSink& sink, SpanFacts& facts,
                            JsonParser& spare);

/// The same for an event as it lies in a window, where that takes no parser: quicker by half. False for others, of
/// which nothing counts that was given to `into` and `facts`.
bool readPlainEvent(std::string_view event, SpanFacts& facts, ChromeEvent& into);

/// What the arguments of such an event are read by.
const RecordRules& chromeRules(std::string_view category);

} // namespace arcscope
