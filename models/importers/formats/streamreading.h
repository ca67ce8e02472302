// Recorded model streams: server-sent events, bare JSON events, and event logs with times, for any vendor's events.
#pragma once

#include "messageparts.h"
#include "probe.h"
#include "streamedresponse.h"

#include <string_view>

namespace arcscope
{

/// What a vendor's reader knows. `event` is one event's JSON.
struct StreamVendor {
    /// Whether this event begins another response than `response`, which already has events.
    bool (*begins)(const JsonObject& event, const StreamedResponse& response);
    void (*take)(const JsonObject& event, Nanos time, StreamedResponse& response);
    /// Takes an event of the most frequent form without parsing it; false where it has any other form. May be null.
    bool (*takeFast)(std::string_view event, Nanos time, StreamedResponse& response, std::string& scratch);
    /// "[DONE]" belongs to the protocol: a stream of server-sent events without it is broken.
    bool endsWithDone;
    /// Why a value belongs to no response (the answer to another kind of request, …); null where it does. May be null.
    const char* (*passes)(const JsonObject& event) = nullptr;
    /// Whether an event has the form of this vendor's, whatever surrounds it. May be null.
    bool (*knows)(const JsonObject& event) = nullptr;
    /// A response that was not streamed has the form of one event: a value that stands alone is one.
    bool wholeIsEvent = false;
    /// Takes a response that was not streamed; false where the object is none of this vendor's. May be null.
    bool (*takeWhole)(const JsonObject& body, StreamedResponse& response) = nullptr;
    /// What an event is stands in its name beside the data: it is given as {"event":name,"data":…}.
    bool named = false;
};

/// Reads all responses of a file in any of the forms.
Result<void> readStreams(ReadJob& job, const StreamVendor& vendor);

/// What a record of readStreams says.
SpanContent decodeStream(std::string_view record, const StreamVendor& vendor);

/// The format of a vendor's streams.
template <const StreamVendor& vendor>
ImportFormat streamFormat(const char* id, const char* label, int (*sniff)(const Probe& probe))
{
    return {id, label, sniff, [](ReadJob& job) { return readStreams(job, vendor); },
            [](std::string_view record, std::string_view) { return decodeStream(record, vendor); }};
}

/// Whether text of server-sent events holds this.
bool streamMentions(const Probe& probe, std::string_view text);
/// Whether an event log (members ts or t_wall_ns, with data or raw) holds this in its first lines.
bool logMentions(const Probe& probe, std::string_view text);

/// The milliseconds-free time of a number of seconds; noTime for none.
Nanos secondsOf(const JsonObject& object, std::string_view key);
/// A number of milliseconds; noTime for none.
Nanos millisecondsOf(const JsonObject& object, std::string_view key);
/// An index of a block or choice, 0 for none.
std::uint32_t indexOf(const JsonObject& object, std::string_view key);
/// The object as JSON without white space.
std::string compactJson(const JsonObject& object);
/// An object that is a member.
bool findObject(const JsonObject& object, std::string_view key, JsonObject& found);

} // namespace arcscope
