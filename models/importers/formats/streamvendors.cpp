#include "streamvendors.h"

namespace arcscope
{
namespace
{

/// Those with a name in every event first: the others are told by members alone.
constexpr const StreamVendor* vendors[] = {
    &openAiResponsesEvents, &anthropicEvents, &cohereEvents,   &openAiChatEvents, &geminiEvents,
    &bedrockEvents,         &ollamaEvents,    &vercelUiEvents, &agUiEvents,       &a2aEvents};

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    const StreamVendor* const vendor = vendorOf(event);
    return vendor && vendor->begins(event, response);
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    JsonObject error;
    if (const StreamVendor* const vendor = vendorOf(event))
        vendor->take(event, time, response);
    else if (findObject(event, "error", error))
        response.fail(time, memberText(error, {"code", "type"}), memberText(error, {"message"}), compactJson(event));
    else
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
}

} // namespace

const StreamVendor anyVendorEvents{begins, take, nullptr, false};

const StreamVendor* vendorOf(const JsonObject& event)
{
    for (const StreamVendor* vendor : vendors) {
        if (vendor->knows(event))
            return vendor;
    }
    return nullptr;
}

bool takeAnyWhole(const JsonObject& body, StreamedResponse& response)
{
    response.whole = true;
    for (const StreamVendor* vendor : vendors) {
        if (vendor->takeWhole(body, response))
            return true;
    }
    JsonElement value;
    if (!findMember(body, {"error"}, value))
        return false;
    JsonObject error;
    const bool told = value.get(error) == simdjson::SUCCESS;
    response.fail(noTime, told ? memberText(error, {"code", "type", "status"}) : std::string(),
                  told ? memberText(error, {"message"}) : textOf(value), compactJson(body));
    return true;
}

} // namespace arcscope
