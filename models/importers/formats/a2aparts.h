// The parts of an artifact or a message of the Agent2Agent protocol.
#pragma once

#include "streamedresponse.h"

#include "messageparts.h"

namespace arcscope
{

struct A2aParts {
    std::string text;
    std::string reasoning; ///< texts that the agent marked as thoughts
    std::string data;      ///< other data as JSON, one a line
};

/// What stands in `parts`. Files are left out. Calls of tools with their results and surfaces of A2UI, which are data,
/// become blocks of the response; a call, or a result, that it has is passed over.
A2aParts readA2aParts(const JsonObject& holder, Nanos time, StreamedResponse& response);

} // namespace arcscope
