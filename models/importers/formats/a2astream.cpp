// The answers of an agent that speaks the Agent2Agent protocol (A2A): JSON-RPC responses or bare events, as server-sent
// events or one JSON value a line. A task, or a message without one, is one stream; the requests that stand among them
// begin one. Known spellings: 1.0 ({"artifactUpdate":{…}}, TASK_STATE_WORKING), 0.2 and 0.3 (kind "artifact-update",
// "working"), and those before, told by their members alone. Taken back is
// - what an artifact said that is sent once more without `append` and reads differently: what differs is withdrawn
//   (superseded, observed), what is new comes behind. Where 0.x leaves `append` out that is inferred: agents forget it;
// - by a task that lists its artifacts, what they do not hold (superseded, inferred);
// - by an A2UI deleteSurface among the data, what was sent for that surface (rollback, declared).
// The clock of a status is that of the agent.
#include "a2aparts.h"
#include "streamvendors.h"

#include "times.h"

#include <algorithm>
#include <utility>

namespace arcscope
{
namespace
{

constexpr std::string_view replaced = R"({"reason":"superseded","evidence":"observed"})";
constexpr std::string_view differs = R"({"reason":"superseded","evidence":"inferred"})";

constexpr std::string_view methods[] = {"message/send",         "message/stream",    "tasks/send",
                                        "tasks/sendSubscribe",  "tasks/resubscribe", "SendMessage",
                                        "SendStreamingMessage", "SubscribeToTask"};

enum class Kind : std::uint8_t { None, Request, Error, Task, Message, Status, Artifact };

struct Event {
    Kind kind = Kind::None;
    JsonObject body;
    bool wrapped = false; ///< as 1.0 does: what is false is left out
};

bool isMethod(std::string_view method)
{
    return std::find(std::begin(methods), std::end(methods), method) != std::end(methods);
}

bool hasState(const JsonObject& object)
{
    JsonObject status;
    JsonElement state;
    return findObject(object, "status", status) && findMember(status, {"state"}, state) && state.is_string();
}

bool hasParts(const JsonObject& object)
{
    JsonElement parts;
    return findMember(object, {"parts"}, parts) && parts.is_array();
}

bool isMessage(const JsonObject& object)
{
    return hasParts(object) && hasMember(object, "role") &&
           (hasMember(object, "messageId") || hasMember(object, "message_id"));
}

std::string taskOf(const JsonObject& body, Kind kind)
{
    std::string id = memberText(body, {"taskId", "task_id"});
    return id.empty() && kind != Kind::Message ? memberText(body, {"id"}) : id;
}

Event inner(const JsonObject& object)
{
    Event event;
    event.wrapped = true;
    if ((findObject(object, "artifactUpdate", event.body) || findObject(object, "artifact_update", event.body)) &&
        hasMember(event.body, "artifact")) {
        event.kind = Kind::Artifact;
    } else if ((findObject(object, "statusUpdate", event.body) || findObject(object, "status_update", event.body)) &&
               hasState(event.body)) {
        event.kind = Kind::Status;
    } else if (findObject(object, "task", event.body) && hasState(event.body) && hasMember(event.body, "id")) {
        event.kind = Kind::Task;
    } else if (findObject(object, "message", event.body) && isMessage(event.body)) {
        event.kind = Kind::Message;
    }
    if (event.kind != Kind::None)
        return event;
    event = {Kind::None, object, false};
    const std::string kind = memberText(object, {"kind"});
    const bool named = hasMember(object, "id") || hasMember(object, "taskId");
    JsonObject artifact;
    if (kind == "message" || kind.empty()) {
        if (isMessage(object) && !hasMember(object, "type"))
            event.kind = Kind::Message;
    }
    if (kind == "artifact-update" || (kind.empty() && named && findObject(object, "artifact", artifact) &&
                                      hasParts(artifact) && !hasMember(object, "status")))
        event.kind = Kind::Artifact;
    else if ((kind == "status-update" || (kind.empty() && named && hasMember(object, "final"))) && hasState(object))
        event.kind = Kind::Status;
    else if ((kind == "task" || (kind.empty() && hasMember(object, "id"))) && hasState(object))
        event.kind = Kind::Task;
    return event;
}

Event eventOf(const JsonObject& object)
{
    JsonObject result;
    if (findObject(object, "result", result))
        return inner(result);
    if (isMethod(memberText(object, {"method"})) && findObject(object, "params", result))
        return {Kind::Request, result, false};
    if (hasMember(object, "jsonrpc"))
        return findObject(object, "error", result) ? Event{Kind::Error, result, false}
                                                   : Event{Kind::None, object, false};
    return inner(object);
}

/// "working", "input-required", … of any spelling.
std::string plainState(std::string_view state)
{
    constexpr std::string_view prefix = "TASK_STATE_";
    std::string plain(state.substr(state.starts_with(prefix) ? prefix.size() : 0));
    for (char& c : plain)
        c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return plain;
}

std::string stateOf(const JsonObject& body)
{
    JsonObject status;
    return findObject(body, "status", status) ? memberText(status, {"state"}) : std::string();
}

/// After these the agent sends no more before it is asked again.
bool isLast(std::string_view state)
{
    const std::string plain = plainState(state);
    return plain == "completed" || plain == "failed" || plain == "canceled" || plain == "cancelled" ||
           plain == "rejected" || plain == "input-required" || plain == "auth-required";
}

bool isTrue(const JsonObject& object, std::initializer_list<std::string_view> keys)
{
    JsonElement value;
    return findMember(object, keys, value) && value.is_bool() && bool(value);
}

/// Shows what an artifact or a message holds. `why` it stands in place of what it said before; empty: it comes behind.
void show(const std::string& item, const A2aParts& parts, Nanos time, std::string_view why, StreamedResponse& response)
{
    const std::pair<BlockType, const std::string*> all[] = {
        {BlockType::Reasoning, &parts.reasoning}, {BlockType::Text, &parts.text}, {BlockType::Other, &parts.data}};
    for (const auto& [type, text] : all) {
        StreamBlock* const block = response.findItem(type, item);
        if (block && !why.empty())
            response.rewrite(time, *block, *text, why);
        else if (!text->empty())
            response.chunkOf(time, type, item, *text);
    }
}

std::string artifactId(const JsonObject& artifact)
{
    const std::string id = memberText(artifact, {"artifactId", "artifact_id"});
    return id.empty() ? "artifact " + memberText(artifact, {"index", "name"}) : id;
}

void takeArtifact(const Event& event, Nanos time, StreamedResponse& response)
{
    JsonObject artifact;
    if (!findObject(event.body, "artifact", artifact))
        return;
    const std::string item = artifactId(artifact);
    const bool appends = isTrue(event.body, {"append"}) || isTrue(artifact, {"append"});
    const bool told = event.wrapped || hasMember(event.body, "append") || hasMember(artifact, "append");
    const A2aParts parts = readA2aParts(artifact, time, response);
    show(item, parts, time, appends ? std::string_view() : told ? replaced : differs, response);
    if (isTrue(event.body, {"lastChunk", "last_chunk"}) || isTrue(artifact, {"lastChunk"}))
        response.endItem(time, BlockType::Text, item);
}

/// A task as it stands: the artifacts that it lists are all that it has.
void takeArtifacts(const JsonObject& task, Nanos time, StreamedResponse& response)
{
    JsonElement value;
    JsonArray artifacts;
    if (!findMember(task, {"artifacts"}, value) || value.get(artifacts) != simdjson::SUCCESS)
        return;
    for (const JsonElement element : artifacts) {
        JsonObject artifact;
        if (element.get(artifact) == simdjson::SUCCESS)
            show(artifactId(artifact), readA2aParts(artifact, time, response), time, differs, response);
    }
}

/// The words of the agent; those of the user, which some agents repeat, are not shown.
std::string takeMessage(const JsonObject& message, Nanos time, StreamedResponse& response)
{
    const std::string role = memberText(message, {"role"});
    if (role == "user" || role == "ROLE_USER")
        return {};
    const A2aParts parts = readA2aParts(message, time, response);
    const std::string id = memberText(message, {"messageId", "message_id"});
    show("message " + id, parts, time, id.empty() ? std::string_view() : differs, response);
    return parts.text;
}

void end(const std::string& stop, Nanos time, std::string_view detail, StreamedResponse& response)
{
    response.stop = stop;
    if (!stop.empty())
        response.add(StreamEventKind::Stop, time, stop, detail);
    response.terminal = true;
    response.add(StreamEventKind::End, time);
}

void takeStatus(const JsonObject& body, const std::string& whole, Nanos time, StreamedResponse& response)
{
    JsonObject status;
    if (!findObject(body, "status", status))
        return;
    const std::string state = memberText(status, {"state"});
    const std::string plain = plainState(state);
    JsonObject message;
    std::string said;
    if (findObject(status, "message", message))
        said = takeMessage(message, time, response);
    if (!isLast(state) && !isTrue(body, {"final"})) {
        response.add(StreamEventKind::Other, time, {}, whole);
        return;
    }
    if (response.terminal)
        return;
    if (plain == "failed" || plain == "rejected")
        response.fail(time, plain, said, whole);
    response.cancelled = plain == "canceled" || plain == "cancelled";
    end(state, time, whole, response);
}

Nanos timeIn(const JsonObject& body)
{
    JsonObject status;
    if (!findObject(body, "status", status))
        return noTime;
    const auto said = parseIsoTime(memberText(status, {"timestamp"}));
    return said ? said->time : noTime;
}

bool knows(const JsonObject& object)
{
    const Kind kind = eventOf(object).kind;
    return kind != Kind::None && kind != Kind::Error;
}

bool begins(const JsonObject& object, const StreamedResponse& response)
{
    const Event event = eventOf(object);
    if (event.kind == Kind::Request)
        return true;
    const std::string task = taskOf(event.body, event.kind);
    if (event.kind != Kind::Error && !task.empty() && !response.id.empty() && task != response.id)
        return true;
    if (!response.terminal)
        return false;
    return event.kind == Kind::Message || event.kind == Kind::Error ||
           ((event.kind == Kind::Task || event.kind == Kind::Status) && !isLast(stateOf(event.body)));
}

void take(const JsonObject& object, Nanos time, StreamedResponse& response)
{
    const Event event = eventOf(object);
    const std::string whole = compactJson(object);
    if (time == noTime)
        time = timeIn(event.body);
    // A task that is done when it is first heard of: nothing says when it began.
    if (event.kind == Kind::Task && response.spanKind != SpanKind::Agent && isLast(stateOf(event.body)))
        response.completed = std::exchange(time, noTime);
    if (response.spanKind != SpanKind::Agent) {
        response.spanKind = SpanKind::Agent;
        response.keepText(); // what is sent again is compared with it
        response.add(StreamEventKind::Start, time, {}, event.kind == Kind::Request ? whole : std::string());
    }
    if (event.kind != Kind::Request && event.kind != Kind::Error && response.id.empty())
        response.id = taskOf(event.body, event.kind);
    switch (event.kind) {
    case Kind::None:
        response.add(StreamEventKind::Other, time, {}, whole);
        break;
    case Kind::Request:
        break;
    case Kind::Error:
        response.fail(time, memberText(event.body, {"code"}), memberText(event.body, {"message"}), whole);
        response.terminal = true;
        break;
    case Kind::Task:
        takeArtifacts(event.body, time, response);
        takeStatus(event.body, whole, time, response);
        break;
    case Kind::Message:
        takeMessage(event.body, time, response);
        if (response.id.empty())
            response.id = memberText(event.body, {"messageId", "message_id"});
        end({}, time, {}, response);
        break;
    case Kind::Status:
        takeStatus(event.body, whole, time, response);
        break;
    case Kind::Artifact:
        takeArtifact(event, time, response);
        break;
    }
}

bool takeWhole(const JsonObject& body, StreamedResponse& response)
{
    const Kind kind = eventOf(body).kind;
    if (kind != Kind::Task && kind != Kind::Message)
        return false;
    take(body, noTime, response);
    return true;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        for (const char* const prefix : {"", "result/", "data/", "data/result/"}) {
            const std::string at(prefix);
            const std::string_view kind = value.text(at + "kind");
            const bool state = value.hasString(at + "status/state");
            if (value.hasString(at + "statusUpdate/status/state") || value.hasObject(at + "artifactUpdate/artifact") ||
                (value.hasString(at + "task/status/state") && value.hasString(at + "task/id")) ||
                (value.hasString(at + "message/messageId") && value.hasArray(at + "message/parts")) ||
                (kind == "status-update" && state) || (kind == "artifact-update" && value.hasObject(at + "artifact")) ||
                (kind == "task" && state) ||
                (kind == "message" && value.hasString(at + "messageId") && value.hasArray(at + "parts")) ||
                (at.ends_with("result/") && value.hasString(at + "id") &&
                 (state || value.hasArray(at + "artifact/parts"))))
                return 91;
        }
        if (isMethod(value.text("method")) && value.has("jsonrpc") && value.hasObject("params/message"))
            return 91;
    }
    if (logMentions(probe, "artifact-update") || logMentions(probe, "artifactUpdate"))
        return 91;
    return streamMentions(probe, "\"status-update\"") || streamMentions(probe, "\"artifact-update\"") ||
                   streamMentions(probe, "\"statusUpdate\"") || streamMentions(probe, "\"artifactUpdate\"") ||
                   streamMentions(probe, "\"status\":{\"state\"") || streamMentions(probe, "\"status\": {\"state\"")
               ? 91
               : 0;
}

} // namespace

const StreamVendor a2aEvents{begins, take, nullptr, false, nullptr, knows, true, takeWhole};

ImportFormat a2aStream()
{
    return streamFormat<a2aEvents>("a2a-stream", "A2A task", sniffStream);
}

} // namespace arcscope
