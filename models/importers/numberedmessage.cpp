#include "numberedmessage.h"

#include "jsontext.h"
#include "messagejson.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Splits "3.tool_call.id" into 3 and "tool_call.id".
bool splitNumber(std::string_view& key, std::uint32_t& number)
{
    const std::size_t dot = key.find('.');
    const auto value = readInteger(key.substr(0, dot));
    if (!value || *value < 0 || *value > 0xffffffff)
        return false;
    number = static_cast<std::uint32_t>(*value);
    key = dot == std::string_view::npos ? std::string_view() : key.substr(dot + 1);
    return true;
}

bool removePrefix(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

} // namespace

NumberedMessage::NumberedMessage(Role assumed)
{
    m_message.role = assumed;
    m_message.roleText = roleText(assumed);
}

void NumberedMessage::take(std::string_view key, const std::string& value, std::vector<std::string>& notes)
{
    removePrefix(key, "message.");
    if (key == "role") {
        m_message.role = roleOf(value);
        m_message.roleText = value;
    } else if (key == "content") {
        appendParts(value, m_text, notes);
    } else if (key == "name") {
        m_message.name = value;
    } else if (key == "finish_reason") {
        m_message.stopReason = value;
    } else if (key == "tool_call_id") {
        m_callId = value;
    } else if (key == "reasoning" || key == "reasoning_content") {
        m_text.insert(m_text.begin(), Part{PartKind::Reasoning, value, {}, {}, {}, false});
    } else if (key == "refusal") {
        m_text.push_back({PartKind::Refusal, value, {}, {}, {}, false});
    } else if (key == "function_call_name") {
        m_calls[0].name = value;
    } else if (key == "function_call_arguments_json") {
        m_calls[0].text = value;
    } else if (removePrefix(key, "tool_calls.")) {
        takeCall(key, value);
    } else if (removePrefix(key, "contents.")) {
        takeContent(key, value);
    } else if (key.empty()) {
        appendParts(value, m_text, notes);
    }
}

void NumberedMessage::takeCall(std::string_view key, const std::string& value)
{
    std::uint32_t number = 0;
    if (!splitNumber(key, number))
        return;
    removePrefix(key, "tool_call.");
    removePrefix(key, "function.");
    Part& call = m_calls[number];
    if (key == "id")
        call.id = value;
    else if (key == "name")
        call.name = value;
    else if (key == "arguments")
        call.text = value;
}

void NumberedMessage::takeContent(std::string_view key, const std::string& value)
{
    std::uint32_t number = 0;
    if (!splitNumber(key, number))
        return;
    removePrefix(key, "message_content.");
    Part& part = m_contents[number];
    if (key == "type") {
        if (value == "reasoning")
            part.kind = PartKind::Reasoning;
        else if (value == "image" || value == "audio" || value == "video")
            part.kind = PartKind::Media;
        if (part.kind == PartKind::Media)
            part.name = value;
    } else if (key == "text") {
        part.text = value;
    } else if (key.ends_with(".url") || key == "id") {
        if (part.kind == PartKind::Media || key.ends_with(".url")) {
            part.kind = PartKind::Media;
            part.media =
                value.starts_with("data:") ? "inline, " + std::to_string(value.size()) + " bytes as text" : value;
            if (part.name.empty())
                part.name = std::string(key.substr(0, key.find('.')));
        }
    } else if (key == "data" || key == "encrypted_content") {
        part.media = "inline, " + std::to_string(value.size()) + " bytes as text";
    }
}

Message NumberedMessage::finish()
{
    m_message.parts = std::move(m_text);
    for (auto& [number, part] : m_contents)
        m_message.parts.push_back(std::move(part));
    if (m_message.role == Role::Tool && m_calls.empty()) {
        Part result;
        result.kind = PartKind::ToolResult;
        result.id = m_callId;
        result.name = m_message.name;
        for (const Part& part : m_message.parts)
            result.text += (result.text.empty() ? "" : "\n") + part.text;
        m_message.parts.clear();
        m_message.parts.push_back(std::move(result));
    }
    for (auto& [number, call] : m_calls) {
        call.kind = PartKind::ToolCall;
        // OpenLLMetry repeats in the content what it has as calls.
        std::erase_if(m_message.parts, [&id = call.id](const Part& part) {
            return part.kind == PartKind::ToolCall && !id.empty() && part.id == id;
        });
        m_message.parts.push_back(std::move(call));
    }
    return std::move(m_message);
}

} // namespace arcscope
