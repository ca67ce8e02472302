// The stream of a LangGraph run: server-sent events (data with the name of their mode), or {"event":…,"data":…} and
// {"type":…,"data":…} one a line. Messages are shown by the modes messages (pieces), messages/partial (each from its
// beginning), updates (what a node returned) and values (the whole state). Taken back is
// - a message that RemoveMessage names, or with the id "__remove_all__" all that are not given behind it (rollback,
//   declared);
// - what a message no longer says when it comes again, and a message that a later state does not hold (superseded,
//   inferred); the state of a subgraph says nothing of the messages outside of it;
// - by the error UserRollback, of a run that was cancelled with the action, or displaced with the strategy, "rollback",
//   all that it showed (rollback, declared).
// Messages that stand in the first state were there before the run.
#include "streamvendors.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::string_view removed = R"({"reason":"rollback","evidence":"declared"})";
constexpr std::string_view differs = R"({"reason":"superseded","evidence":"inferred"})";
constexpr std::string_view removeAll = "__remove_all__";
constexpr std::string_view state = ""; ///< in StreamedResponse::earlier: a state was seen
const std::string ofSubgraph = "|";    ///< there, before an id: a message of a subgraph

constexpr std::string_view modes[] = {"metadata", "values", "updates",     "messages", "custom", "tasks",
                                      "debug",    "events", "checkpoints", "error",    "end"};

/// What an event is, without the names of the graphs it came from.
std::string modeOf(const JsonObject& event)
{
    const std::string name = memberText(event, {"event", "type"});
    return name.substr(0, name.find('|'));
}

bool inSubgraph(const JsonObject& event)
{
    JsonElement value;
    JsonArray names;
    if (memberText(event, {"event", "type"}).find('|') != std::string::npos)
        return true;
    return findMember(event, {"ns"}, value) && value.get(names) == simdjson::SUCCESS && names.size() > 0;
}

enum class MessageKind : std::uint8_t { Other, Answer, Piece, Tool, Remove };

struct GraphMessage {
    MessageKind kind = MessageKind::Other;
    std::string id;
    JsonObject body;
};

GraphMessage messageOf(const JsonElement& value)
{
    GraphMessage message;
    if (value.get(message.body) != simdjson::SUCCESS)
        return message;
    std::string type = memberText(message.body, {"type", "role"});
    JsonObject inner;
    JsonElement path;
    JsonArray steps;
    // As LangChain writes objects: the class is the last step of its path.
    if (type == "constructor" && findObject(message.body, "kwargs", inner)) {
        if (findMember(message.body, {"id"}, path) && path.get(steps) == simdjson::SUCCESS && steps.size() > 0)
            type = textOf(steps.at(steps.size() - 1).value_unsafe());
        message.body = inner;
    }
    message.id = memberText(message.body, {"id"});
    if (type == "AIMessageChunk")
        message.kind = MessageKind::Piece;
    else if (type == "ai" || type == "AIMessage" || type == "assistant")
        message.kind = MessageKind::Answer;
    else if (type == "tool" || type == "ToolMessage")
        message.kind = MessageKind::Tool;
    else if (type == "remove" || type == "RemoveMessage")
        message.kind = MessageKind::Remove;
    return message;
}

struct Said {
    std::string text;
    std::string reasoning;
};

Said saidBy(const JsonObject& message)
{
    Said said;
    JsonElement content;
    JsonArray parts;
    JsonObject more;
    if (findObject(message, "additional_kwargs", more))
        said.reasoning = memberText(more, {"reasoning_content"});
    if (!findMember(message, {"content"}, content))
        return said;
    if (content.get(parts) != simdjson::SUCCESS) {
        said.text = textOf(content);
        return said;
    }
    for (const JsonElement element : parts) {
        JsonObject part;
        if (element.get(part) != simdjson::SUCCESS) {
            said.text += element.is_string() ? textOf(element) : std::string();
            continue;
        }
        const std::string type = memberText(part, {"type"});
        if (type == "text")
            said.text += memberText(part, {"text"});
        else if (type == "thinking" || type == "reasoning")
            said.reasoning += memberText(part, {"thinking", "reasoning", "text"});
    }
    return said;
}

class Showing
{
public:
    Showing(Nanos time, StreamedResponse& response, bool subgraph = false)
        : m_time(time)
        , m_response(response)
        , m_subgraph(subgraph)
    {
    }

    /// A message, or a piece of one, as it comes.
    void show(const GraphMessage& message)
    {
        if (message.kind == MessageKind::Tool) {
            result(message);
            return;
        }
        const bool piece = message.kind == MessageKind::Piece && !m_accumulated;
        if (!piece && message.kind != MessageKind::Answer && message.kind != MessageKind::Piece)
            return;
        if (m_response.earlier.contains(message.id) && !message.id.empty())
            return;
        if (m_subgraph)
            m_response.earlier.insert(ofSubgraph + message.id);
        const Said said = saidBy(message.body);
        text(BlockType::Reasoning, message.id, said.reasoning, piece);
        text(BlockType::Text, message.id, said.text, piece);
        calls(message, piece);
    }

    void remove(std::string_view id)
    {
        for (StreamBlock& block : m_response.blocks()) {
            if (!block.retracted && !id.empty() && ownerOf(block) == id)
                m_response.retract(m_time, block, 0, removed);
        }
    }

    /// These are all messages of the graph; what is shown of others goes.
    void settle(const std::vector<GraphMessage>& all, std::string_view why)
    {
        for (StreamBlock& block : m_response.blocks()) {
            const std::string_view owner = ownerOf(block);
            const bool stays = block.retracted || owner.empty() || block.type == BlockType::Other ||
                               m_response.earlier.contains(ofSubgraph + std::string(owner)) ||
                               std::any_of(all.begin(), all.end(), [&](const GraphMessage& message) {
                                   return message.id == owner && message.kind != MessageKind::Remove;
                               });
            if (!stays)
                m_response.retract(m_time, block, 0, why);
        }
    }

    /// From now on pieces are whole messages as far as they have come.
    void accumulate() { m_accumulated = true; }

private:
    /// The message that a block is of. A call of a tool is named after its message and its place.
    static std::string_view ownerOf(const StreamBlock& block)
    {
        const std::string_view item = block.item;
        return block.type == BlockType::ToolCall ? item.substr(0, item.rfind('/')) : item;
    }

    void text(BlockType type, const std::string& id, const std::string& text, bool piece)
    {
        StreamBlock* const block = m_response.findItem(type, id);
        if (block && !piece && !text.empty())
            m_response.rewrite(m_time, *block, text, differs);
        else if (!text.empty())
            m_response.chunkOf(m_time, type, id, text);
    }

    void calls(const GraphMessage& message, bool piece)
    {
        JsonElement value;
        JsonArray calls;
        if (!findMember(message.body, {piece ? "tool_call_chunks" : "tool_calls"}, value) ||
            value.get(calls) != simdjson::SUCCESS)
            return;
        std::uint64_t place = 0;
        for (const JsonElement element : calls) {
            JsonObject call;
            if (element.get(call) != simdjson::SUCCESS)
                continue;
            const std::uint64_t index = piece ? indexOf(call, "index") : place++;
            const std::string item = message.id + '/' + std::to_string(index);
            StreamBlock* block = m_response.findItem(BlockType::ToolCall, item);
            if (!block)
                block = &m_response.beginItem(m_time, BlockType::ToolCall, item, memberText(call, {"name"}),
                                              memberText(call, {"id"}));
            const std::string arguments = memberText(call, {"args"});
            // Parsed arguments differ in their white space from what was streamed.
            if (piece || block->length == 0) {
                if (!arguments.empty())
                    m_response.chunkOf(m_time, BlockType::ToolCall, item, arguments);
            }
        }
    }

    void result(const GraphMessage& message)
    {
        const std::string id = memberText(message.body, {"tool_call_id"});
        if (m_response.earlier.contains(message.id) || m_response.findItem(BlockType::Other, message.id))
            return;
        std::string name = memberText(message.body, {"name"});
        for (StreamBlock& block : m_response.blocks()) {
            if (block.type != BlockType::ToolCall || block.id != id || id.empty())
                continue;
            block.executed = true;
            block.failed = memberText(message.body, {"status"}) == "error";
            name = block.name;
        }
        m_response.beginItem(m_time, BlockType::Other, message.id, name);
        m_response.chunkOf(m_time, BlockType::Other, message.id, saidBy(message.body).text);
    }

    Nanos m_time;
    StreamedResponse& m_response;
    bool m_subgraph;
    bool m_accumulated = false;
};

std::vector<GraphMessage> messagesIn(const JsonElement& value)
{
    std::vector<GraphMessage> messages;
    JsonArray list;
    if (value.get(list) == simdjson::SUCCESS) {
        for (const JsonElement element : list)
            messages.push_back(messageOf(element));
    } else if (value.is_object()) {
        messages.push_back(messageOf(value));
    }
    return messages;
}

bool isRemoveAll(const GraphMessage& message)
{
    return message.kind == MessageKind::Remove && message.id == removeAll;
}

/// What a node gives to the messages: they are added, take the place of those with their ids, or remove them.
void reduce(const std::vector<GraphMessage>& messages, Showing& showing)
{
    const auto all = std::find_if(messages.rbegin(), messages.rend(), isRemoveAll).base();
    if (all != messages.begin())
        showing.settle({all, messages.end()}, removed);
    for (auto message = all; message != messages.end(); ++message) {
        if (message->kind == MessageKind::Remove)
            showing.remove(message->id);
        else
            showing.show(*message);
    }
}

/// {"node": {"messages": …}}, or a list of such for a node.
void takeUpdates(const JsonElement& data, Showing& showing, int depth = 0)
{
    JsonObject object;
    JsonArray list;
    JsonElement messages;
    constexpr int deepest = 3;
    if (depth > deepest)
        return;
    if (data.get(list) == simdjson::SUCCESS) {
        for (const JsonElement each : list)
            takeUpdates(each, showing, depth + 1);
        return;
    }
    if (data.get(object) != simdjson::SUCCESS)
        return;
    if (depth > 0 && findMember(object, {"messages"}, messages)) {
        reduce(messagesIn(messages), showing);
        return;
    }
    if (depth > 0)
        return;
    for (const auto node : object)
        takeUpdates(node.value, showing, depth + 1);
}

void takeState(const JsonElement& data, bool subgraph, Nanos time, StreamedResponse& response)
{
    JsonObject values;
    JsonElement value;
    if (subgraph || data.get(values) != simdjson::SUCCESS || !findMember(values, {"messages"}, value))
        return;
    const std::vector<GraphMessage> messages = messagesIn(value);
    const bool first = response.earlier.insert(std::string(state)).second;
    if (first && response.blocks().empty()) {
        for (const GraphMessage& message : messages)
            response.earlier.insert(message.id);
        return;
    }
    Showing showing(time, response);
    showing.settle(messages, differs);
    for (const GraphMessage& message : messages)
        showing.show(message);
}

void takeMessages(const JsonElement& data, std::string_view mode, Showing& showing)
{
    JsonArray list;
    if (mode != "messages") {
        showing.accumulate();
        reduce(messagesIn(data), showing);
    } else if (data.get(list) == simdjson::SUCCESS && list.size() > 0) {
        reduce({messageOf(list.at(0).value_unsafe())}, showing);
    }
}

void takeError(const JsonElement& data, const std::string& whole, Nanos time, StreamedResponse& response)
{
    JsonObject error;
    const bool told = data.get(error) == simdjson::SUCCESS;
    const std::string type = told ? memberText(error, {"error", "type"}) : std::string();
    response.terminal = true;
    if (type == "UserRollback")
        response.retractAll(time, removed);
    response.cancelled = type == "UserRollback" || type == "UserInterrupt";
    if (response.cancelled) {
        response.stop = type;
        response.add(StreamEventKind::Stop, time, type, whole);
        return;
    }
    response.fail(time, type, told ? memberText(error, {"message"}) : textOf(data), whole);
}

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    JsonObject data;
    return response.terminal || (modeOf(event) == "metadata" && findObject(event, "data", data) &&
                                 !response.id.empty() && memberText(data, {"run_id"}) != response.id);
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string mode = modeOf(event);
    if (response.spanKind != SpanKind::Agent) {
        response.spanKind = SpanKind::Agent;
        response.keepText(); // messages come again
    }
    JsonElement data;
    JsonObject object;
    const bool given = findMember(event, {"data"}, data);
    if (mode == "end") {
        response.terminal = true;
        response.add(StreamEventKind::End, time);
    } else if (!given) {
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
    } else if (mode == "metadata" && data.get(object) == simdjson::SUCCESS) {
        response.id = memberText(object, {"run_id"});
        response.add(StreamEventKind::Start, time, {}, compactJson(object));
    } else if (mode == "messages" || mode == "messages/partial" || mode == "messages/complete") {
        Showing showing(time, response, inSubgraph(event));
        takeMessages(data, mode, showing);
    } else if (mode == "updates") {
        Showing showing(time, response, inSubgraph(event));
        takeUpdates(data, showing);
    } else if (mode == "values") {
        takeState(data, inSubgraph(event), time, response);
    } else if (mode == "error") {
        takeError(data, compactJson(event), time, response);
    } else {
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
    }
}

bool isMode(std::string_view name)
{
    name = name.substr(0, name.find('|'));
    return name.starts_with("messages/") || std::find(std::begin(modes), std::end(modes), name) != std::end(modes);
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        const std::string_view name = value.hasString("event") ? value.text("event") : value.text("type");
        if (!isMode(name) || value.has("ts") || value.has("t_wall_ns"))
            continue;
        const bool whole = name.starts_with("messages/") && value.hasArray("data");
        const bool pieces = name.starts_with("messages") && value.hasObject("data/*") && value.has("data/*/type");
        const bool values = name.starts_with("values") && value.hasArray("data/messages");
        const bool began = name == "metadata" && value.hasString("data/run_id");
        if (whole || pieces || values || began)
            return 87;
        for (const ProbeValue::Entry& entry : value.entries()) {
            if (name.starts_with("updates") && entry.path.starts_with("data/") && entry.path.ends_with("/messages"))
                return 87;
        }
    }
    return streamMentions(probe, "event: messages/") ||
                   (streamMentions(probe, "event: metadata") && streamMentions(probe, "\"run_id\""))
               ? 87
               : 0;
}

} // namespace

const StreamVendor langGraphEvents{begins, take, nullptr, false, nullptr, nullptr, false, nullptr, true};

ImportFormat langGraphStream()
{
    return streamFormat<langGraphEvents>("langgraph-stream", "LangGraph run", sniffStream);
}

} // namespace arcscope
