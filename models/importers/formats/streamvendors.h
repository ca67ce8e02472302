// The vendors whose streams, and whose whole responses, are known.
#pragma once

#include "streamreading.h"

namespace arcscope
{

extern const StreamVendor a2aEvents;
extern const StreamVendor agUiEvents;
extern const StreamVendor anthropicEvents;
extern const StreamVendor bedrockEvents;
extern const StreamVendor cohereEvents;
extern const StreamVendor geminiEvents;
extern const StreamVendor geminiLiveMessages;
extern const StreamVendor langGraphEvents;
extern const StreamVendor llmzDeltas;
extern const StreamVendor ollamaEvents;
extern const StreamVendor openAiChatEvents;
extern const StreamVendor openAiResponsesEvents;
extern const StreamVendor realtimeServerEvents;
extern const StreamVendor vercelUiEvents;
/// Responses of any vendor that were not streamed, one a value.
extern const StreamVendor wholeResponses;

/// Whose event this is, by its members; null where nobody knows it.
const StreamVendor* vendorOf(const JsonObject& event);

/// Events of any of them: each is given to the vendor that knows it.
extern const StreamVendor anyVendorEvents;

/// Takes a response that was not streamed, of whichever vendor; false where it is none. An error that a vendor sent in
/// place of a response is taken, too.
bool takeAnyWhole(const JsonObject& body, StreamedResponse& response);

} // namespace arcscope
