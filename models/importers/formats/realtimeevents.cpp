// Logs of OpenAI's Realtime API: the server's events (and the client's among them), one a line. A response is one
// stream; what is spoken is its transcript. Taken back is
// - by conversation.item.truncated{audio_end_ms} what was not heard: all where it is 0 (declared), else the chunks of
// the
//   transcript before which as much sound had come (inferred: sound follows its transcript, so these lie behind it).
//   Where the sound is not in the log nothing is known of where the text was cut;
// - by conversation.item.deleted the item (rollback, declared);
// - by status_details.reason "content_filter" what the response said (inferred).
// output_audio_buffer.cleared is kept: the truncation that follows says what it means.
#include "streamvendors.h"

namespace arcscope
{
namespace
{

constexpr std::int64_t bytesPerMillisecond = 48; ///< of 16-bit samples at 24 kHz, the most that is sent

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    return memberText(event, {"type"}) == "response.created" && !response.id.empty();
}

void takeDone(const JsonObject& done, Nanos time, StreamedResponse& response)
{
    JsonElement usage;
    if (findMember(done, {"usage"}, usage))
        response.count(textOf(usage), time);
    const std::string status = memberText(done, {"status"});
    JsonObject details;
    JsonObject error;
    response.stop = status;
    if (findObject(done, "status_details", details)) {
        const std::string reason = memberText(details, {"reason"});
        if (!reason.empty())
            response.stop = reason;
        if (findObject(details, "error", error))
            response.fail(time, memberText(error, {"code", "type"}), memberText(error, {"message"}),
                          compactJson(details));
    }
    response.cancelled = status == "cancelled";
    response.add(StreamEventKind::Stop, time, response.stop);
    if (response.stop == "content_filter")
        response.retractUncleared(time, 0, R"({"reason":"content_filter","evidence":"inferred"})");
    response.terminal = true;
    response.add(StreamEventKind::End, time);
}

void takeItem(const JsonObject& item, bool added, Nanos time, StreamedResponse& response)
{
    if (memberText(item, {"type"}) != "function_call")
        return;
    const std::string id = memberText(item, {"id"});
    if (added)
        response.beginItem(time, BlockType::ToolCall, id, memberText(item, {"name"}), memberText(item, {"call_id"}));
    else
        response.endItem(time, BlockType::ToolCall, id);
}

StreamBlock& speech(const std::string& item, Nanos time, StreamedResponse& response)
{
    StreamBlock* const block = response.findItem(BlockType::Audio, item);
    return block ? *block : response.beginItem(time, BlockType::Audio, item);
}

bool takeDelta(const JsonObject& event, std::string_view type, Nanos time, StreamedResponse& response)
{
    const std::string item = memberText(event, {"item_id"});
    const std::string delta = memberText(event, {"delta"});
    if (type == "response.text.delta" || type == "response.output_text.delta") {
        response.chunkOf(time, BlockType::Text, item, delta);
    } else if (type == "response.function_call_arguments.delta") {
        response.chunkOf(time, BlockType::ToolCall, item, delta);
    } else if (type == "response.audio_transcript.delta" || type == "response.output_audio_transcript.delta") {
        StreamBlock& block = speech(item, time, response);
        block.spoken.emplace_back(block.audio, block.length);
        response.chunkOf(time, BlockType::Audio, item, delta).transcript = true;
    } else if (type == "response.audio.delta" || type == "response.output_audio.delta") {
        speech(item, time, response).audio += static_cast<std::int64_t>(delta.size() / 4 * 3); // of base64
        response.add(StreamEventKind::Keepalive, time);
    } else {
        return false;
    }
    return true;
}

void truncate(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    StreamBlock* const block = response.findItem(BlockType::Audio, memberText(event, {"item_id"}));
    JsonElement value;
    std::int64_t heard = -1;
    constexpr std::int64_t longest = 86'400'000;
    if (!block || !findMember(event, {"audio_end_ms"}, value) || value.get(heard) != simdjson::SUCCESS || heard < 0 ||
        heard > longest)
        return;
    if (heard == 0) {
        response.retract(time, *block, 0, R"({"reason":"interrupt","evidence":"declared"})");
        return;
    }
    for (const auto& [sound, text] : block->spoken) {
        if (sound >= heard * bytesPerMillisecond && text < block->length) {
            response.retract(time, *block, text, R"({"reason":"interrupt","evidence":"inferred"})");
            return;
        }
    }
}

void remove(const std::string& item, Nanos time, StreamedResponse& response)
{
    for (StreamBlock& block : response.blocks()) {
        if (!item.empty() && block.item == item && !block.retracted)
            response.retract(time, block, 0, R"({"reason":"rollback","evidence":"declared"})");
    }
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string type = memberText(event, {"type"});
    if (time == noTime)
        time = millisecondsOf(event, "timestamp");
    JsonObject inner;
    if (type == "response.created" && findObject(event, "response", inner)) {
        response.id = memberText(inner, {"id"});
        response.add(StreamEventKind::Start, time);
    } else if (type == "response.done" && findObject(event, "response", inner)) {
        takeDone(inner, time, response);
    } else if ((type == "response.output_item.added" || type == "response.output_item.done") &&
               findObject(event, "item", inner)) {
        takeItem(inner, type.ends_with("added"), time, response);
    } else if (type == "session.created" && findObject(event, "session", inner)) {
        response.model = memberText(inner, {"model"});
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
    } else if (type == "error" && findObject(event, "error", inner)) {
        response.fail(time, memberText(inner, {"code", "type"}), memberText(inner, {"message"}), compactJson(event));
    } else if (!takeDelta(event, type, time, response)) {
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
    }
    if (type == "conversation.item.truncated")
        truncate(event, time, response);
    else if (type == "conversation.item.deleted")
        remove(memberText(event, {"item_id"}), time, response);
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        const std::string_view type = value.text("type");
        if (!value.hasString("event_id"))
            continue;
        if (type.starts_with("conversation.item.") || type.starts_with("input_audio_buffer.") ||
            type.starts_with("output_audio_buffer.") || type == "response.done" ||
            (type == "session.created" && value.hasObject("session")))
            return 94;
    }
    return logMentions(probe, "conversation.item.") || logMentions(probe, "input_audio_buffer.") ? 94 : 0;
}

} // namespace

const StreamVendor realtimeServerEvents{begins, take, nullptr, false};

ImportFormat realtimeEvents()
{
    return streamFormat<realtimeServerEvents>("realtime-events", "OpenAI Realtime events", sniffStream);
}

} // namespace arcscope
