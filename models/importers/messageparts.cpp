#include "messageparts.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

enum class Shape : std::uint8_t { Text, Reasoning, HiddenReasoning, Refusal, Call, Result, Media };

struct ShapeName {
    std::string_view type;
    Shape shape;
};

// Values of "type" (or "part_kind") in all dialects.
constexpr auto shapeNames = std::to_array<ShapeName>({
    {"text", Shape::Text},
    {"input_text", Shape::Text},
    {"output_text", Shape::Text},
    {"summary_text", Shape::Text},
    {"system-prompt", Shape::Text},
    {"user-prompt", Shape::Text},
    {"reasoning", Shape::Reasoning},
    {"reasoning_text", Shape::Reasoning},
    {"thinking", Shape::Reasoning},
    {"redacted_thinking", Shape::HiddenReasoning},
    {"redacted-reasoning", Shape::HiddenReasoning},
    {"refusal", Shape::Refusal},
    {"tool_call", Shape::Call},
    {"tool-call", Shape::Call},
    {"toolCall", Shape::Call},
    {"tool_use", Shape::Call},
    {"function_call", Shape::Call},
    {"function", Shape::Call},
    {"custom_tool_call", Shape::Call},
    {"server_tool_use", Shape::Call},
    {"server_tool_call", Shape::Call},
    {"mcp_tool_use", Shape::Call},
    {"tool_call_response", Shape::Result},
    {"server_tool_call_response", Shape::Result},
    {"tool_result", Shape::Result},
    {"tool-result", Shape::Result},
    {"tool-return", Shape::Result},
    {"function_call_output", Shape::Result},
    {"custom_tool_call_output", Shape::Result},
    {"mcp_tool_result", Shape::Result},
    {"web_search_tool_result", Shape::Result},
    {"web_fetch_tool_result", Shape::Result},
    {"code_execution_tool_result", Shape::Result},
    {"image", Shape::Media},
    {"image_url", Shape::Media},
    {"input_image", Shape::Media},
    {"image-url", Shape::Media},
    {"audio", Shape::Media},
    {"input_audio", Shape::Media},
    {"audio-url", Shape::Media},
    {"video", Shape::Media},
    {"video_url", Shape::Media},
    {"file", Shape::Media},
    {"input_file", Shape::Media},
    {"document", Shape::Media},
    {"document-url", Shape::Media},
    {"media", Shape::Media},
    {"blob", Shape::Media},
    {"binary", Shape::Media},
    {"uri", Shape::Media},
});

const ShapeName* shapeNamed(std::string_view type)
{
    const auto* const found =
        std::find_if(shapeNames.begin(), shapeNames.end(), [&](const ShapeName& s) { return s.type == type; });
    return found == shapeNames.end() ? nullptr : &*found;
}

Part otherPart(const JsonElement& value)
{
    Part part;
    part.kind = PartKind::Other;
    part.text = simdjson::minify(value);
    return part;
}

Part callOf(const JsonObject& object)
{
    Part part;
    part.kind = PartKind::ToolCall;
    JsonElement inner;
    JsonObject function = object;
    if (findMember(object, {"function"}, inner) && inner.is_object())
        function = inner.get_object().value_unsafe();
    part.name = memberText(function, {"name", "toolName", "tool_name"});
    if (std::string_view name; part.name.empty() && findMember(object, {"function"}, inner) &&
                               inner.get_string().get(name) == simdjson::SUCCESS)
        part.name = name;
    part.text = memberText(function, {"arguments", "input", "args", "parameters", "server_tool_call"});
    part.id = memberText(object, {"id", "tool_call_id", "toolCallId", "call_id", "toolUseId"});
    if (hasMember(object, "call_id"))
        part.id = memberText(object, {"call_id"}); // "id" is the item's own there
    return part;
}

bool flagOf(const JsonObject& object, std::initializer_list<std::string_view> keys)
{
    JsonElement value;
    bool flag = false;
    return findMember(object, keys, value) && value.get_bool().get(flag) == simdjson::SUCCESS && flag;
}

Part resultOf(const JsonObject& object)
{
    Part part;
    part.kind = PartKind::ToolResult;
    JsonElement value;
    if (findMember(object, {"response", "result", "output", "content", "server_tool_call_response"}, value)) {
        // AI SDK 5 and later: {type: "text" | "json" | "error-text" | …, value}
        JsonElement wrapped;
        if (value.is_object() && hasMember(value.get_object().value_unsafe(), "type") &&
            findMember(value.get_object().value_unsafe(), {"value"}, wrapped)) {
            part.failed = memberText(value.get_object().value_unsafe(), {"type"}).starts_with("error");
            value = wrapped;
        }
        part.text = joinedText(value);
    }
    part.name = memberText(object, {"name", "toolName", "tool_name"});
    part.id = memberText(object, {"tool_use_id", "tool_call_id", "toolCallId", "call_id", "toolUseId", "id"});
    part.failed = part.failed || flagOf(object, {"is_error", "isError"}) || memberText(object, {"status"}) == "error";
    return part;
}

/// The modality that a type, a MIME type or a key names.
std::string modalityOf(std::string_view words)
{
    for (const std::string_view modality : {"image", "audio", "video"}) {
        if (words.find(modality) != std::string_view::npos)
            return std::string(modality);
    }
    return "document";
}

Part mediaOf(const JsonObject& outer, std::string_view type)
{
    Part part;
    part.kind = PartKind::Media;
    JsonObject object = outer;
    JsonElement inner;
    if (findMember(outer,
                   {"source", "image_url", "input_audio", "file", "inlineData", "inline_data", "fileData", "file_data"},
                   inner) &&
        inner.is_object())
        object = inner.get_object().value_unsafe();
    const std::string mime = memberText(object, {"mime_type", "media_type", "mimeType", "mediaType", "format"});
    std::string reference =
        memberText(object, {"url", "uri", "file_id", "fileUri", "file_uri", "image_url", "image", "id"});
    const std::string data = memberText(object, {"data", "content", "file_data", "bytes"});
    if (reference.starts_with("data:") || (reference.empty() && !data.empty()))
        reference = "inline, " + std::to_string(data.empty() ? reference.size() : data.size()) + " bytes as text";
    part.name = memberText(outer, {"modality"});
    if (part.name.empty())
        part.name = modalityOf(std::string(type) + " " + mime);
    part.media = mime.empty() ? reference : reference.empty() ? mime : mime + "; " + reference;
    part.text = memberText(outer, {"transcript"});
    return part;
}

/// Shapes that are told by their keys: Gemini and Bedrock have no "type".
bool appendUntyped(const JsonObject& object, std::vector<Part>& parts)
{
    JsonElement inner;
    const auto innerObject = [&](std::initializer_list<std::string_view> keys) {
        return findMember(object, keys, inner) && inner.is_object();
    };
    if (innerObject({"functionCall", "function_call", "toolUse"})) {
        parts.push_back(callOf(inner.get_object().value_unsafe()));
    } else if (innerObject({"functionResponse", "function_response", "toolResult"})) {
        parts.push_back(resultOf(inner.get_object().value_unsafe()));
    } else if (innerObject({"inlineData", "inline_data", "fileData", "file_data"})) {
        parts.push_back(mediaOf(object, ""));
    } else if (innerObject({"image", "audio", "video", "document"})) {
        parts.push_back(mediaOf(inner.get_object().value_unsafe(), hasMember(object, "image") ? "image" : ""));
    } else if (innerObject({"reasoningContent"})) {
        const JsonObject reasoning = inner.get_object().value_unsafe();
        JsonElement text;
        const bool nested = findMember(reasoning, {"reasoningText"}, text) && text.is_object();
        Part part;
        part.kind = PartKind::Reasoning;
        part.text = memberText(nested ? text.get_object().value_unsafe() : reasoning, {"text"});
        parts.push_back(std::move(part));
    } else if (findMember(object, {"text"}, inner) && inner.is_string()) {
        Part part;
        part.kind = flagOf(object, {"thought"}) ? PartKind::Reasoning : PartKind::Text;
        part.text = textOf(inner);
        parts.push_back(std::move(part));
    } else {
        return false;
    }
    return true;
}

void appendShaped(const JsonObject& object, const ShapeName& name, std::vector<Part>& parts)
{
    Part part;
    JsonElement content;
    switch (name.shape) {
    case Shape::Text:
        if (findMember(object, {"text", "content"}, content) && content.is_array()) {
            appendContent(content, parts);
            return;
        }
        part.text = memberText(object, {"text", "content"});
        break;
    case Shape::Reasoning:
        part.kind = PartKind::Reasoning;
        if (findMember(object, {"content", "text", "thinking", "reasoning", "summary"}, content))
            part.text = joinedText(content);
        if (part.text.empty() && findMember(object, {"summary"}, content))
            part.text = joinedText(content);
        break;
    case Shape::HiddenReasoning:
        part.kind = PartKind::Reasoning;
        part.media = "encrypted, " + std::to_string(memberText(object, {"data"}).size()) + " bytes as text";
        break;
    case Shape::Refusal:
        part.kind = PartKind::Refusal;
        part.text = memberText(object, {"refusal", "text", "content"});
        break;
    case Shape::Call:
        part = callOf(object);
        break;
    case Shape::Result:
        part = resultOf(object);
        break;
    case Shape::Media:
        part = mediaOf(object, name.type);
        break;
    }
    parts.push_back(std::move(part));
}

} // namespace

std::string textOf(const JsonElement& value)
{
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS)
        return std::string(text);
    return value.is_null() ? std::string() : simdjson::minify(value);
}

bool findMember(const JsonObject& object, std::initializer_list<std::string_view> keys, JsonElement& value)
{
    for (const std::string_view key : keys) {
        JsonElement found;
        if (object.at_key(key).get(found) == simdjson::SUCCESS && !found.is_null()) {
            value = found;
            return true;
        }
    }
    return false;
}

std::string memberText(const JsonObject& object, std::initializer_list<std::string_view> keys)
{
    JsonElement value;
    return findMember(object, keys, value) ? textOf(value) : std::string();
}

bool hasMember(const JsonObject& object, std::string_view key)
{
    return object.at_key(key).error() == simdjson::SUCCESS;
}

void appendPart(const JsonElement& value, std::vector<Part>& parts)
{
    JsonObject object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        if (value.is_string()) {
            Part part;
            part.text = textOf(value);
            parts.push_back(std::move(part));
        } else if (!value.is_null()) {
            parts.push_back(otherPart(value));
        }
        return;
    }
    if (const ShapeName* shape = shapeNamed(memberText(object, {"type", "part_kind"})))
        appendShaped(object, *shape, parts);
    else if (!appendUntyped(object, parts))
        parts.push_back(otherPart(value));
}

void appendContent(const JsonElement& value, std::vector<Part>& parts)
{
    JsonArray array;
    if (value.get_array().get(array) != simdjson::SUCCESS) {
        appendPart(value, parts);
        return;
    }
    for (const JsonElement part : array)
        appendPart(part, parts);
}

void appendCall(const JsonElement& value, std::vector<Part>& parts)
{
    JsonObject object;
    if (value.get_object().get(object) == simdjson::SUCCESS)
        parts.push_back(callOf(object));
    else if (!value.is_null())
        parts.push_back(otherPart(value));
}

std::string joinedText(const JsonElement& value)
{
    JsonArray array;
    if (value.get_array().get(array) != simdjson::SUCCESS)
        return textOf(value);
    std::vector<Part> parts;
    appendContent(value, parts);
    std::string text;
    for (const Part& part : parts) {
        if (part.kind != PartKind::Text && part.kind != PartKind::Reasoning)
            return simdjson::minify(value);
        if (!text.empty())
            text += '\n';
        text += part.text;
    }
    return text;
}

bool looksLikePart(const JsonObject& object)
{
    if (hasMember(object, "role") || hasMember(object, "parts"))
        return false;
    if (shapeNamed(memberText(object, {"type", "part_kind"})))
        return true;
    for (const std::string_view key :
         {"functionCall", "functionResponse", "toolUse", "toolResult", "inlineData", "text"}) {
        if (hasMember(object, key))
            return true;
    }
    return false;
}

} // namespace arcscope
