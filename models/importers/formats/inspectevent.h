// InspectEvent: one event of an Inspect transcript, or one of its messages, as far as a span needs it.
#pragma once

#include "jsonvalue.h"
#include "usage.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// "3 of 5" of a list that lies elsewhere: [begin, end).
struct InspectRange {
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// Texts are empty where the event is silent.
struct InspectEvent {
    std::string event;
    std::string uuid;
    std::string spanId; ///< the span that it lies in
    std::string id;     ///< of a span or a tool call
    std::string parentId;
    std::string name; ///< also of the function that is called
    std::string type;
    std::string action;
    std::string timestamp;
    std::string completed;
    std::string seconds; ///< that the model took, as written
    std::string errorType;
    bool failed = false;
    bool pending = false;
    std::string decision; ///< of an approval

    std::string model;
    std::string modelServed;
    std::string role; ///< of a model, or of a message
    std::string stopReason;
    std::string responseId;
    std::string usage; ///< JSON
    std::string cache; ///< "read": the answer was taken from Inspect's own cache
    std::string agent;
    std::int64_t inputs = 0;          ///< messages in the event itself
    std::vector<InspectRange> pooled; ///< more of them
    std::int64_t outputs = 0;
    std::int64_t callsAsked = 0;
    std::string nested; ///< JSON: events inside of it
};

InspectEvent readInspectEvent(const JsonValue& value);

/// Ranges [[begin, end), …]; what is no range is left out.
std::vector<InspectRange> readRanges(const JsonValue& list);

} // namespace arcscope
