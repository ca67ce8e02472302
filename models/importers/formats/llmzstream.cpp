// The message deltas of Botpress LLMz, one JSON value a line or as server-sent events. A stream is one run of its loop;
// every message is a block. {"restart":true,"iterationId":…} takes back all messages of that iteration: another model
// begins it anew (fallback, declared).
#include "streamvendors.h"

namespace arcscope
{
namespace
{

bool isDelta(const JsonObject& event)
{
    JsonElement restart;
    return findMember(event, {"restart"}, restart) && restart.is_bool() && hasMember(event, "iterationId");
}

bool begins(const JsonObject&, const StreamedResponse&)
{
    return false;
}

/// Messages are named by the iteration and their own id, which differs between its attempts.
std::string itemOf(const JsonObject& event)
{
    return memberText(event, {"iterationId"}) + '\n' + memberText(event, {"id"});
}

void takeRestart(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string of = memberText(event, {"iterationId"}) + '\n';
    const std::string detail =
        R"({"reason":"fallback","evidence":"declared","said":)" + jsonQuoted(memberText(event, {"reason"})) + '}';
    for (StreamBlock& block : response.blocks()) {
        if (!block.retracted && block.item.starts_with(of))
            response.retract(time, block, 0, detail);
    }
    const std::string model = memberText(event, {"toModel"});
    if (!model.empty())
        response.model = model;
    response.add(StreamEventKind::Other, time, {}, compactJson(event));
}

void takeText(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string item = itemOf(event);
    const std::string delta = memberText(event, {"delta"});
    const std::string content = memberText(event, {"content"});
    if (response.findItem(BlockType::Text, item) || content.empty())
        response.chunkOf(time, BlockType::Text, item, delta);
    else // what came before the log began is in it, too
        response.chunkOf(time, BlockType::Text, item, content);
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    JsonElement restart;
    if (time == noTime)
        time = millisecondsOf(event, "timestamp");
    if (!isDelta(event) || !findMember(event, {"restart"}, restart))
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
    else if (bool(restart))
        takeRestart(event, time, response);
    else
        takeText(event, time, response);
    response.endless = true;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        for (const char* const prefix : {"", "data/"}) {
            const std::string at(prefix);
            if (value.has(at + "restart") && value.hasString(at + "iterationId") &&
                (value.hasString(at + "delta") || value.has(at + "attempt")))
                return 90;
        }
    }
    return streamMentions(probe, "\"restart\"") && streamMentions(probe, "\"iterationId\"") ? 90 : 0;
}

} // namespace

const StreamVendor llmzDeltas{begins, take, nullptr, false};

ImportFormat llmzStream()
{
    return streamFormat<llmzDeltas>("llmz-stream", "Botpress LLMz messages", sniffStream);
}

} // namespace arcscope
