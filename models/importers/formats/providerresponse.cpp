#include "streamvendors.h"

namespace arcscope
{
namespace
{

/// Where a response lies in the lines of batches and of logs; the record itself is looked at first.
constexpr std::string_view places[][2] = {
    {"response", "body"}, {"result", "message"}, {"response", ""}, {"response_body", ""}, {"body", ""}};

bool isResponse(const JsonObject& body)
{
    StreamedResponse response;
    return takeAnyWhole(body, response);
}

/// The response in a record; false where there is none.
bool responseIn(const JsonObject& record, JsonObject& found)
{
    if (isResponse(record)) {
        found = record;
        return true;
    }
    for (const auto& [outer, inner] : places) {
        JsonObject holder;
        if (findObject(record, outer, holder) && (inner.empty() || findObject(holder, inner, holder)) &&
            isResponse(holder)) {
            found = holder;
            return true;
        }
    }
    return false;
}

const char* passes(const JsonObject& record)
{
    JsonObject found;
    return responseIn(record, found) ? nullptr : "a value that is no response of a model";
}

bool begins(const JsonObject&, const StreamedResponse&)
{
    return true;
}

void take(const JsonObject& record, Nanos, StreamedResponse& response)
{
    JsonObject found;
    if (responseIn(record, found))
        takeAnyWhole(found, response);
}

int sniffResponse(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        if (value.hasString("error/message") && value.hasString("error/type") && value.has("error/param"))
            return 25;
        for (const char* const prefix :
             {"", "*/", "response/body/", "result/message/", "response/", "response_body/", "body/"}) {
            const std::string at(prefix);
            const std::string_view object = value.text(at + "object");
            if (object == "chat.completion" ||
                (object == "text_completion" && value.hasString(at + "choices/*/finish_reason")) ||
                (object == "response" && value.hasArray(at + "output")))
                return 84;
            if (object == "list" && value.text(at + "data/*/object") == "embedding")
                return 84;
            const std::string_view type = value.text(at + "type");
            if (value.hasArray(at + "content") && value.has(at + "stop_reason") && value.hasObject(at + "usage") &&
                type == "message" && value.text(at + "role") == "assistant")
                return 84;
            if (value.hasObject(at + "choices/*/message") && value.hasNumber(at + "created"))
                return 80;
            if (value.hasObject(at + "output/message") && value.hasString(at + "stopReason"))
                return 84;
            if (value.hasObject(at + "message") && value.hasString(at + "finish_reason") && value.has(at + "usage"))
                return 80;
            if (type == "completion" && value.hasString(at + "completion") && value.has(at + "stop_reason"))
                return 80;
        }
    }
    return 0;
}

} // namespace

const StreamVendor wholeResponses{begins, take, nullptr, false, passes};

ImportFormat providerResponse()
{
    return streamFormat<wholeResponses>("provider-response", "Model response", sniffResponse);
}

} // namespace arcscope
