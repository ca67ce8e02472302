// The vendors whose streams, and whose whole responses, are known.
#pragma once

#include "streamreading.h"

namespace arcscope
{

extern const StreamVendor anthropicEvents;
extern const StreamVendor geminiEvents;
extern const StreamVendor openAiChatEvents;
extern const StreamVendor openAiResponsesEvents;

} // namespace arcscope
