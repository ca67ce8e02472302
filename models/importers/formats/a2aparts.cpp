#include "a2aparts.h"

#include "streamreading.h"

namespace arcscope
{
namespace
{

constexpr std::string_view surfaceMessages[] = {"surfaceUpdate", "dataModelUpdate",  "beginRendering",
                                                "createSurface", "updateComponents", "updateDataModel",
                                                "deleteSurface"};
constexpr std::string_view deleted = R"({"reason":"rollback","evidence":"declared"})";

/// What a part is by the marks that agent frameworks put into its metadata, each with a prefix of its own.
std::string markOf(const JsonObject& part)
{
    JsonObject metadata;
    if (!findObject(part, "metadata", metadata))
        return {};
    for (const auto member : metadata) {
        if (member.key == "thought" || member.key.ends_with("_thought")) {
            const std::string text = textOf(member.value);
            if (text == "true")
                return "thought";
        } else if (member.key.ends_with("_type") && member.value.is_string()) {
            return textOf(member.value);
        }
    }
    return {};
}

class Parting
{
public:
    Parting(Nanos time, StreamedResponse& response)
        : m_time(time)
        , m_response(response)
    {
    }

    A2aParts read(const JsonObject& holder)
    {
        A2aParts parts;
        JsonElement value;
        JsonArray array;
        if (!findMember(holder, {"parts"}, value) || value.get(array) != simdjson::SUCCESS)
            return parts;
        for (const JsonElement element : array) {
            JsonObject part;
            if (element.get(part) != simdjson::SUCCESS)
                continue;
            const std::string mark = markOf(part);
            JsonElement content;
            if (findMember(part, {"text"}, content))
                (mark == "thought" ? parts.reasoning : parts.text) += textOf(content);
            else if (findMember(part, {"data"}, content) && !call(content, mark) && !surfaces(content))
                parts.data += (parts.data.empty() ? "" : "\n") + textOf(content);
        }
        return parts;
    }

private:
    /// The call of a tool, or its result.
    bool call(const JsonElement& content, std::string_view mark)
    {
        JsonObject data;
        if ((mark != "function_call" && mark != "function_response") || content.get(data) != simdjson::SUCCESS)
            return false;
        const std::string name = memberText(data, {"name"});
        const std::string given = memberText(data, {"id"});
        const std::string id = given.empty() ? name : given;
        StreamBlock* block = m_response.findItem(BlockType::ToolCall, id);
        if (mark == "function_call") {
            // A task repeats what it has done.
            if (block)
                return true;
            m_response.beginItem(m_time, BlockType::ToolCall, id, name, given);
            m_response.chunkOf(m_time, BlockType::ToolCall, id, memberText(data, {"args"}));
            m_response.endItem(m_time, BlockType::ToolCall, id);
            return true;
        }
        if (m_response.findItem(BlockType::Other, id))
            return true;
        if (block)
            block->executed = true;
        m_response.beginItem(m_time, BlockType::Other, id, name);
        m_response.chunkOf(m_time, BlockType::Other, id, memberText(data, {"response"}));
        return true;
    }

    /// Messages of A2UI, one or a list of them.
    bool surfaces(const JsonElement& content)
    {
        JsonArray list;
        if (content.get(list) == simdjson::SUCCESS) {
            bool any = false;
            for (const JsonElement each : list)
                any = surfaces(each) || any;
            return any;
        }
        JsonObject data;
        JsonObject message;
        if (content.get(data) != simdjson::SUCCESS)
            return false;
        for (const std::string_view name : surfaceMessages) {
            if (!findObject(data, name, message))
                continue;
            const std::string item = "surface/" + memberText(message, {"surfaceId"});
            if (name != "deleteSurface")
                m_response.chunkOf(m_time, BlockType::Other, item, textOf(content) + '\n');
            else if (StreamBlock* const block = m_response.findItem(BlockType::Other, item))
                m_response.retract(m_time, *block, 0, deleted);
            return true;
        }
        return false;
    }

    Nanos m_time;
    StreamedResponse& m_response;
};

} // namespace

A2aParts readA2aParts(const JsonObject& holder, Nanos time, StreamedResponse& response)
{
    return Parting(time, response).read(holder);
}

} // namespace arcscope
