#include "otlpvalue.h"

#include "jsonrewrite.h"
#include "jsontext.h"
#include "jsontokens.h"

#include <algorithm>

namespace arcscope
{
namespace
{

bool isInteger(std::string_view text)
{
    constexpr std::size_t mostDigits = 18; // fit into 64 bits
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    return !digits.empty() && digits.size() <= mostDigits && (digits.size() == 1 || digits.front() != '0') &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }) && text != "-0";
}

bool isNumber(std::string_view text)
{
    return !text.empty() && readNumber(text) && text.find_first_not_of("-+.eE0123456789") == std::string_view::npos &&
           text.front() != '+';
}

std::string number(std::string_view text)
{
    if (isInteger(text))
        return "{\"intValue\":\"" + std::string(text) + "\"}";
    return "{\"doubleValue\":" + std::string(text) + "}";
}

std::string string(std::string_view text)
{
    std::string json = "{\"stringValue\":";
    appendJsonString(text, json);
    return json + "}";
}

/// Writes the value whose first token was read.
bool write(JsonTokens& tokens, JsonToken token, std::string& json)
{
    switch (token) {
    case JsonToken::String:
        json.append("{\"stringValue\":\"").append(tokens.text()).append("\"}");
        return true;
    case JsonToken::Number:
        if (!isNumber(tokens.text()))
            return false;
        json += number(tokens.text());
        return true;
    case JsonToken::Word:
        if (tokens.text() == "null")
            json += "{}";
        else
            json.append("{\"boolValue\":").append(tokens.text()).append("}");
        return tokens.text() == "null" || tokens.text() == "true" || tokens.text() == "false";
    case JsonToken::ArrayBegin:
        json += "{\"arrayValue\":{\"values\":[";
        for (bool first = true; (token = tokens.next()) != JsonToken::ArrayEnd; first = false) {
            json += first ? "" : ",";
            if (!write(tokens, token, json))
                return false;
        }
        json += "]}}";
        return true;
    case JsonToken::ObjectBegin:
        json += "{\"kvlistValue\":{\"values\":[";
        for (bool first = true; (token = tokens.next()) != JsonToken::ObjectEnd; first = false) {
            if (token != JsonToken::Key)
                return false;
            json.append(first ? "{\"key\":\"" : ",{\"key\":\"").append(tokens.text()).append("\",\"value\":");
            if (!write(tokens, tokens.next(), json))
                return false;
            json += '}';
        }
        json += "]}}";
        return true;
    default:
        return false;
    }
}

} // namespace

std::string otlpValue(const Attribute& attribute)
{
    const std::string& value = attribute.value;
    switch (attribute.type) {
    case AttributeType::Null:
        return value.empty() || value == "null" ? "{}" : string(value);
    case AttributeType::Bool:
        return value == "true" || value == "false" ? "{\"boolValue\":" + value + "}" : string(value);
    case AttributeType::Number:
        return isNumber(value) ? number(value) : string(value);
    case AttributeType::Bytes:
        return "{\"bytesValue\"" + string(value).substr(14);
    case AttributeType::Json: {
        JsonTokens tokens(value);
        std::string json;
        const JsonToken first = tokens.next();
        const bool structured = first == JsonToken::ArrayBegin || first == JsonToken::ObjectBegin;
        if (structured && write(tokens, first, json) && tokens.next() == JsonToken::End)
            return json;
        break;
    }
    case AttributeType::Text:
        break;
    }
    return string(value);
}

} // namespace arcscope
